"""Reads annex tables whose rows and cells the source shows: headers by meaning, sections, rows that go on after a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.blocks import Row, Slot
from knowledge.ingest.drafts import Doubt, Draft, RowDraft, SectionDraft, Words
from knowledge.ingest.headers import Columns, header_rows
from knowledge.ingest.usage import Usage

ROMAN = re.compile(r"^([IVX]{1,5})[.)]?$")
_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?)[.)]?$")


def read_tables(tables: Sequence[Sequence[Row]], draft: Draft, usage: Usage) -> None:
    """Put the sections, tasks and targets of tables into the draft.

    A table without a header continues the one before it when it has as many columns.
    """
    columns: Columns | None = None
    state = _State(draft, usage)
    for rows in tables:
        at = 0
        while at < len(rows):
            found = header_rows(rows[at : at + 2])
            if found:
                fresh, height = found
                for row in rows[at : at + height]:
                    usage.claim(row.words, "header")
                draft.doubts.extend(
                    Doubt("unknown_column", _place(rows[at]), text)
                    for text in fresh.unknown
                    if columns is None or text not in columns.unknown
                )
                if columns is None or fresh.holds != columns.holds:
                    state.restart()
                columns, at = fresh, at + height
                if not _numbered(rows[at:], columns):
                    columns = columns.without_number()
                continue
            if columns:
                state.take(rows[at], columns)
            at += 1


def _numbered(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether the number column is filled; programs that number rows by themselves leave it empty in the file."""
    at = columns.kinds.index("number") if "number" in columns.kinds else None
    return at is not None and any(_NUMBER.match(row.slots[at].text) for row in rows if at < len(row.slots))


def _place(row: Row) -> str:
    first = row.words[0]
    return f"{first.place}{first.line or ''}"


class _State:
    """Where in a table we are: the section, and the row that a row without a number continues."""

    def __init__(self, draft: Draft, usage: Usage) -> None:
        self.draft, self.usage = draft, usage
        self.restart()

    def restart(self) -> None:
        self.section = ""
        self.count = 0
        self.above: dict[int, Words] = {}

    def take(self, row: Row, columns: Columns) -> None:
        """Use one row under the current header."""
        if not row.words:
            return
        number = self._number(row, columns)
        section = self._section(row, number)
        if section:
            self.usage.claim(row.words[: -len(section.title)], "number")
            self.usage.claim(section.title, "section")
            self.draft.sections.append(section)
            self.section = section.item
            return
        rows = self.draft.targets if columns.holds == "targets" else self.draft.tasks
        cells = self._cells(row, columns)
        if number is None and self.count and "number" in columns.kinds:
            last = rows[-1]
            joined = {kind: last.cells.get(kind, ()) + cells.get(kind, ()) for kind in {**last.cells, **cells}}
            rows[-1] = RowDraft(last.item, last.section, joined)
            return
        self.count += 1
        rows.append(RowDraft(number or str(self.count), self.section, cells))

    def _number(self, row: Row, columns: Columns) -> str | None:
        if "number" not in columns.kinds:
            return None
        match = _NUMBER.match(row.slots[columns.kinds.index("number")].text)
        return match[1].lstrip("0") if match else None

    def _section(self, row: Row, number: str | None) -> SectionDraft | None:
        """A row that holds nothing but a Roman numeral and a title, in one merged cell or in two."""
        filled = [slot for slot in row.slots if slot.words]
        words = row.words
        match = ROMAN.match(words[0].text)
        if number is not None or not match or len(filled) > 2 or len(words) < 2:
            return None
        if len(filled) == 2 and len(filled[0].words) > 1:
            return None
        return SectionDraft(match[1], words[1:])

    def _cells(self, row: Row, columns: Columns) -> dict[str, Words]:
        cells: dict[str, Words] = {}
        for at, (slot, kind) in enumerate(zip(row.slots, columns.kinds, strict=False)):
            words = self._words(at, slot)
            if kind == "number" or (kind is None and slot.words):
                self.usage.claim(slot.words, kind or "unknown column")
            elif kind and words:
                # A cell merged over several rows is one place in the source that holds for each of them.
                if slot.joined != "above":
                    self.usage.claim(words, kind)
                cells[kind] = words
        return cells

    def _words(self, at: int, slot: Slot) -> Words:
        if slot.joined != "above":
            self.above[at] = slot.words
        return self.above.get(at, ())
