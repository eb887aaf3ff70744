"""From blocks to a draft: which lines are body, which are annex headings, which are tables, and who reads each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from knowledge.errors import LayoutError
from knowledge.ingest.blocks import Block, Line, Row
from knowledge.ingest.drafts import Draft, PassageDraft
from knowledge.ingest.flow import read_flow
from knowledge.ingest.headers import header_rows, run_of_headers
from knowledge.ingest.outline import read_body
from knowledge.ingest.pages import page_numbers
from knowledge.ingest.paragraphs import begins
from knowledge.ingest.tables import read_tables
from knowledge.ingest.usage import Usage
from knowledge.text.agencies import Registry

_ANNEX_HEAD = re.compile(r"^PHỤ LỤC\b|^Phụ lục(?:\s+[IVX\d]+)?\s*[.:]?\s*$")


def parse(blocks: Sequence[Block], agencies: Registry, usage: Usage) -> Draft:
    """Find everything a plan holds.

    Raises:
        LayoutError: neither a table with a known header nor a numbered section was found.
        WordLoss: a word of an annex was not used, or used twice.
    """
    draft = Draft()
    lines, tables = _sorted(blocks)
    numbers = page_numbers(lines)
    for line in numbers:
        usage.claim(line.words, "page number")
    lines = [line for line in lines if line not in numbers]
    body, annexes = _annexes(lines)
    read_body(body, draft, usage)
    read_tables(tables, draft, usage)
    flows: list[Sequence[Line]] = []
    for number, annex in enumerate(annexes, 1):
        flowed = next((i for i, line in enumerate(annex) if _header_at(annex, i)), len(annex))
        head = tuple(w for line in annex[:flowed] for w in line.words)
        usage.claim(head, "annex heading")
        item = "annex" if len(annexes) == 1 else f"annex.{number}"
        draft.body.append(PassageDraft(item, (), head))
        flows.append(annex[flowed:])
    for flow in flows:
        if flow:
            read_flow(flow, draft, agencies, usage)
    if not (draft.tasks or draft.targets or any(p.heading for p in draft.body)):
        raise LayoutError("no table with a known header and no numbered section was found")
    usage.require([word for rows in tables for row in rows for word in row.words])
    return draft


def _sorted(blocks: Sequence[Block]) -> tuple[list[Line], list[list[Row]]]:
    """Lines in order, and tables. Rows above the first known header are page layout (letterhead, titles): their cells are lines."""
    lines: list[Line] = []
    tables: list[list[Row]] = []
    for key, group in groupby(blocks, key=lambda b: b.table if isinstance(b, Row) else 0):
        if not key:
            lines.extend(b for b in group if isinstance(b, Line))
            continue
        rows = [b for b in group if isinstance(b, Row)]
        start = next((i for i in range(len(rows)) if header_rows(rows[i : i + 2])), None)
        continues = start is None and bool(tables) and len(rows[0].slots) == len(tables[-1][0].slots)
        start = 0 if continues else len(rows) if start is None else start
        lines.extend(Line(slot.words, 1, False) for row in rows[:start] for slot in row.slots if slot.words)
        if rows[start:]:
            tables.append(rows[start:])
    return lines, tables


def _annexes(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Sequence[Line]]]:
    """The body, and the lines of each annex from its heading on."""
    starts = [i for i, line in enumerate(lines) if _ANNEX_HEAD.match(line.text) and begins(line, "annex")]
    if not starts:
        first = next((i for i in range(len(lines)) if _header_at(lines, i)), len(lines))
        return lines[:first], [lines[first:]] if first < len(lines) else []
    return lines[: starts[0]], [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _header_at(lines: Sequence[Line], at: int) -> bool:
    words = tuple(w for line in lines[at : at + _HEADER_LINES] for w in line.words)
    return run_of_headers(words) is not None


# A header that has run together into text goes over at most this many lines.
_HEADER_LINES = 12
