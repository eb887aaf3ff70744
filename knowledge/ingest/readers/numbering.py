"""The numbers and bullets that Word draws itself: they are not in a paragraph's text, but a reader of the page sees them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LEVEL = re.compile(r"%(\d)")


class Numbering:
    """Counts through the lists of one document."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is None:
            return
        root: Any = part.element
        abstract = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
        for num in root.findall(qn("w:num")):
            link = num.find(qn("w:abstractNumId"))
            for level in abstract[link.get(qn("w:val"))].findall(qn("w:lvl")):
                form, text, start = (_value(level, tag) for tag in ("w:numFmt", "w:lvlText", "w:start"))
                place = (num.get(qn("w:numId")), level.get(qn("w:ilvl")))
                self._levels[place] = (form or "decimal", text or "", int(start or 1))

    def label(self, paragraph: Paragraph) -> str:
        """The label Word draws before a paragraph ("III.", "2.", "-"), or an empty string."""
        place = _place(paragraph)
        if place is None or place not in self._levels:
            return ""
        form, text, start = self._levels[place]
        if form == "bullet":
            return "-"
        number, depth = place[0], int(place[1])
        counts = self._counts[number]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return _LEVEL.sub(lambda m: self._number(number, int(m[1]) - 1, counts), text)

    def _number(self, number: str, depth: int, counts: dict[int, int]) -> str:
        form, _, start = self._levels[(number, str(depth))]
        return _written(counts.get(depth, start), form)


def _place(paragraph: Paragraph) -> tuple[str, str] | None:
    """List and level of a paragraph, from itself or from its style."""
    for element in (paragraph._p, paragraph.style.element if paragraph.style else None):
        found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if element is not None else None
        if found is not None:
            return _value(found, "w:numId") or "", _value(found, "w:ilvl") or "0"
    return None


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else str(child.get(qn("w:val")))


def _written(number: int, form: str) -> str:
    if form == "upperRoman":
        out = ""
        for value, sign in _ROMAN:
            out, number = out + sign * (number // value), number % value
        return out
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(number)
