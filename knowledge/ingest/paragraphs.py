"""Groups lines into paragraphs and says what each begins with: a heading number, a bullet, a target number, a signature.

Where the source shows soft line ends it is believed; elsewhere a paragraph ends at a blank line or at a line that closes a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from knowledge.ingest.blocks import Line
from knowledge.ingest.drafts import Words
from knowledge.text.fold import fold

Kind = Literal["roman", "number", "bullet", "target", "recipients", "signature", "text"]
_ROMAN = re.compile(r"^([IVX]{1,5})\.$")
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.$")
_TARGET = re.compile(r"^\((\d{1,3})\)$")
_BULLET = re.compile(r"^[-–+•*]$")
_CLOSED = re.compile(r"[.;:!?…”\"]$|\./\.$")
_ENDED = re.compile(r"[.,;:!?…]$")
# A line this long, in parts of the longest one, ends where the page ends and not where the paragraph does.
_FULL = 0.8


@cache
def markers() -> dict[str, list[str]]:
    """Words that begin the fixed parts of an official document, folded."""
    raw: dict[str, list[str]] = json.loads(
        (Path(__file__).parent / "data" / "markers.json").read_text(encoding="utf-8")
    )
    return raw


@dataclass(frozen=True)
class Paragraph:
    """Lines put together: what kind of start they have, its label ("III", "2", "(14)"), and the words after the
    label.
    """

    kind: Kind
    label: str
    mark: Words
    words: Words


def begins(line: Line, name: str) -> bool:
    """Whether a line starts with one of the markers of `name`."""
    text = fold(line.text) + " "
    return any(text.startswith(marker) for marker in markers()[name])


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Group lines into paragraphs. From the recipients on, everything belongs to the signature block."""
    group: list[Line] = []
    kind: Kind = "text"
    closing = False
    full = _FULL * max((len(line.text) for line in lines), default=0)
    for line in lines:
        fresh = "signature" if begins(line, "signature") else "recipients" if begins(line, "recipients") else None
        if fresh:
            closing = True
            if group:
                yield _paragraph(kind, group)
            group, kind = [line], "signature" if fresh == "signature" else "recipients"
        elif closing:
            group.append(line)
        elif not group or _starts(line, group[-1], full):
            if group:
                yield _paragraph(kind, group)
            group, kind = [line], kind_of_start(line)
        else:
            group.append(line)
    if group:
        yield _paragraph(kind, group)


def kind_of_start(line: Line) -> Kind:
    """What a line begins with."""
    first = line.words[0].text
    for kind, pattern in (("roman", _ROMAN), ("number", _NUMBER), ("target", _TARGET), ("bullet", _BULLET)):
        if pattern.match(first) and len(line.words) > 1:
            return kind  # type: ignore[return-value]  # the four names above are kinds
    return "text"


def _starts(line: Line, before: Line, full: float) -> bool:
    """Whether a paragraph starts at `line`, after the line `before` of the current one. `full` is the length of a full line."""
    kind = kind_of_start(line)
    if before.wrapped:
        # A dash at the start of a continued line is a dash ("KHCN / - ĐMST"), unless the sentence had come to a stop.
        return kind != "text" and bool(_ENDED.search(before.text) if kind == "bullet" else _CLOSED.search(before.text))
    if kind == "bullet" and before.wrapped is None and line.gap == 0 and len(before.text) > full:
        return bool(_ENDED.search(before.text))
    if kind == "text":
        return line.gap > 0 and (before.wrapped is False or bool(_CLOSED.search(before.text)))
    return True


def _paragraph(kind: Kind, group: Sequence[Line]) -> Paragraph:
    words = tuple(w for line in group for w in line.words)
    if kind in ("text", "recipients", "signature"):
        return Paragraph(kind, "", (), words)
    return Paragraph(kind, words[0].text.strip(".()"), words[:1], words[1:])
