"""Places of a plan that a question points at by number: items ("nhiệm vụ số 12", "mục tiêu (9)"), sections ("mục IV"), parts.

The words are data (`data/references.json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.text.fold import fold
from knowledge.text.numerals import canonical, number_words, roman
from knowledge.text.syllables import syllables
from knowledge.text.tone import settle
from knowledge.types import Span, SpanKind

DATA = Path(__file__).parent / "data" / "references.json"

_ROMAN = r"(?:viii|vii|vi|iv|ix|iii|ii|i|v|x)"


class ReferenceWords:
    """The patterns of `data/references.json`, compiled."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.numbers = number_words(raw["numbers"])
        self.marked = frozenset(raw["numbers"]["marked"])
        spelled = "|".join(sorted((re.escape(w) for w in self.numbers), key=len, reverse=True))
        not_unit = rf"(?![\d%]|[.,]\d|/\d|[/-]\d*[a-z]|\s?{raw['units']}\b|\s?%)"
        digits = rf"\(?\s?(?P<n>\d{{1,3}}){not_unit}(?:\s?\))?"
        word = rf"(?P<w>(?:{spelled})\b(?=\s?{raw['after_word_number']}))"
        parts = "|".join(f"(?P<{part}>{pattern})" for part, pattern in raw["parts"].items())
        self.part = re.compile(rf"(?<![\w/])(?:{parts})(?![a-z])")
        self.number = re.compile(rf"{raw['numbered']}?\s?\.?\s?(?:{digits}|{word})")
        self.more = re.compile(rf"{raw['list']}(?P<n>\d{{1,3}}){not_unit}\b")
        self.bare = re.compile(
            rf"(?<![\w/])(?:{raw['item_words']}(?:{raw['numbered']}\s?|\s)|(?:so|#)\s?)(?:{digits}|{word})(?![a-z])"
        )
        number = (
            rf"(?:(?P<r>{_ROMAN}|\d)|(?P<w>(?:{spelled})(?=\s?{raw['after_word_number']})|{raw['section_numbers']}))"
        )
        section = rf"(?<!\w){raw['section_words']}(?:{raw['numbered']})?\s{number}(?P<deeper>(?:\.\d+)*)\b{not_unit}"
        self.section = re.compile(section)
        self.within = re.compile(
            rf"(?<!\w){raw['point_words']}\s(?P<n>\d{{1,2}}){raw['link']}{raw['section_words']}\s(?P<r>{_ROMAN})\b"
        )
        self.dotted = re.compile(rf"(?<![\w.])(?:{raw['point_words']}\s)?(?P<r>{_ROMAN})(?P<deeper>(?:\.\d+)+)\b")
        self.percent = re.compile(rf"(?<!\w)(?P<w>{spelled})\s{raw['percent']}(?!\w)")
        self.digits = re.compile(
            rf"(?<![\w.,/])(?P<n>\d+(?:[.,]\d+)*)(?:\s?(?P<p>{raw['percent']})(?!\w))?(?!\d|[.,/]\d|[/-]?[a-z])"
        )


@lru_cache(maxsize=1)
def reference_words() -> ReferenceWords:
    """Read the words that point at places of a plan."""
    return ReferenceWords(json.loads(DATA.read_text(encoding="utf-8")))


def find_parts_and_items(text: str) -> Iterator[Span]:
    """Yield parts and the items numbered after them, then items without a part ("cái số 12"). An item's span is its number."""
    words = reference_words()
    folded = fold(text)
    for m in words.part.finditer(folded):
        if not written(text[m.start() : m.end()], words):
            continue
        yield _span("part", text, m.start(), m.end(), str(m.lastgroup))
        number = words.number.match(folded, m.end())
        if number and written(text[m.end() : number.end()], words):
            start = m.end() + len(number[0]) - len(number[0].lstrip())
            yield _span("item", text, start, number.end(), _value(number, words))
            yield from _listed(text, folded, number.end(), words)
    for m in words.bare.finditer(folded):
        if written(text[m.start() : m.end()], words):
            yield _span("item", text, m.start(), m.end(), _value(m, words))
            yield from _listed(text, folded, m.end(), words)


def find_sections(text: str) -> Iterator[Span]:
    """Yield sections: "mục IV" and "mục 4" (`IV`), "III.4", "mục 2 phần II" (`II.2`)."""
    words = reference_words()
    folded = fold(text)
    for m in words.within.finditer(folded):
        yield _span("section", text, m.start(), m.end(), f"{roman(m['r'])}.{m['n']}")
    for pattern in (words.section, words.dotted):
        for m in pattern.finditer(folded):
            said = m.groupdict()
            numeral = roman(str(words.numbers[said["w"]]) if said.get("w") else m["r"])
            if numeral and written(text[m.start() : m.end()], words):
                yield _span("section", text, m.start(), m.end(), numeral + m["deeper"])


def find_numbers(text: str) -> Iterator[Span]:
    """Yield numbers in digits ("80%", "12") and percentages in letters."""
    words = reference_words()
    folded = fold(text)
    for m in words.percent.finditer(folded):
        yield _span("number", text, m.start(), m.end(), f"{words.numbers[m['w']]}%")
    for m in words.digits.finditer(folded):
        yield _span("number", text, m.start(), m.end(), canonical(m["n"]) + ("%" if m["p"] else ""))


def written(piece: str, words: ReferenceWords) -> bool:
    """Whether every syllable is unmarked, a number, or marked as the words that point at places are."""
    return all(s.text.lower() == s.folded or settle(s.text.lower()) in words.marked for s in syllables(piece))


def _listed(text: str, folded: str, at: int, words: ReferenceWords) -> Iterator[Span]:
    while m := words.more.match(folded, at):
        yield _span("item", text, m.start("n"), m.end(), canonical(m["n"]))
        at = m.end()


def _value(m: re.Match[str], words: ReferenceWords) -> str:
    return canonical(m["n"]) if m["n"] else str(words.numbers[m["w"]])


def _span(kind: SpanKind, text: str, start: int, end: int, value: str) -> Span:
    return Span(kind, start, end, text[start:end], value)
