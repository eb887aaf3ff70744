"""Reads an annex table whose cells have run together into lines: headers, page breaks, rows, and then cells by `segment`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.errors import LayoutError
from knowledge.ingest.blocks import Line, Word, join, locators
from knowledge.ingest.drafts import Doubt, Draft, RowDraft, SectionDraft, Words
from knowledge.ingest.evidence import Evidence, Token, Widths, tokens_of
from knowledge.ingest.headers import run_of_headers
from knowledge.ingest.segment import segment
from knowledge.ingest.usage import Usage
from knowledge.text.agencies import Registry

_ROMAN = re.compile(r"^[IVX]{1,5}\.?$")
_NUMBERS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
# A cell boundary that beats its best rival by less than this is shown as doubtful.
_SURE = 2.0


@dataclass
class _Row:
    item: str
    section: str
    fragments: list[list[Token]] = field(default_factory=lambda: [[]])


def read_flow(lines: Sequence[Line], draft: Draft, agencies: Registry, usage: Usage) -> None:
    """Put the sections and tasks (or targets) of one annex into the draft.

    Raises:
        WordLoss: a word of the annex is not used exactly once and in order.
    """
    kinds, rows = _Splitter(lines, draft, usage).split()
    columns = tuple(kind for kind in kinds if kind != "number")
    evidence = Evidence(columns, agencies)
    first = {row.item: segment(row.fragments[0], evidence, more=len(row.fragments) > 1) for row in rows}
    # Column widths are learned from the rows read so far, and then every row is read again with them.
    evidence = replace(evidence, widths=Widths.learn(columns, [cut.cells for cut in first.values()]))
    out = draft.targets if "target" in columns else draft.tasks
    for row in rows:
        cells: dict[str, Words] = {}
        for at, fragment in enumerate(row.fragments):
            cut = segment(fragment, evidence, begun=at > 0, more=at + 1 < len(row.fragments))
            for kind, tokens in zip(columns, cut.cells, strict=True):
                words = tuple(t.word for t in tokens)
                usage.claim(words, kind)
                cells[kind] = cells.get(kind, ()) + words
            if cut.margin < _SURE:
                place = ", ".join(locators([t.word for t in fragment]))
                shown = " | ".join(join(t.word for t in tokens) for tokens in cut.cells)
                draft.doubts.append(Doubt("unsure_cells", place, shown))
        out.append(RowDraft(row.item, row.section, cells))
    usage.require([w for line in lines for w in line.words])


class _Splitter:
    """Takes headers, section titles and row numbers out of the lines, and leaves each row as the fragments between page breaks."""

    def __init__(self, lines: Sequence[Line], draft: Draft, usage: Usage) -> None:
        self.tokens = tokens_of(lines)
        self.draft, self.usage = draft, usage
        self.kinds: tuple[str, ...] = ()
        self.rows: list[_Row] = []
        self.section = ""
        self.sections = 0
        self.title: list[Word] = []

    def split(self) -> tuple[tuple[str, ...], list[_Row]]:
        """Return the kinds of columns in order, and the rows."""
        at = 0
        while at < len(self.tokens):
            at += self._header(at) or self._number(at) or self._roman(at) or self._word(at)
        self._end_title()
        if not self.rows:
            raise LayoutError("a table header was found, but no numbered row under it")
        return self.kinds, self.rows

    def _header(self, at: int) -> int:
        found = (
            run_of_headers([t.word for t in self.tokens[at : at + _LONGEST_HEADER]])
            if self.tokens[at].line_start
            else None
        )
        if not found:
            return 0
        kinds, length = found
        before = self.tokens[at - 1] if at else None
        if self.kinds and kinds != self.kinds:
            return 0
        self.kinds = kinds
        self.usage.claim([t.word for t in self.tokens[at : at + length]], "header")
        if before and self.rows and not self.title:
            self.rows[-1].fragments.append([])
        return length

    def _number(self, at: int) -> int:
        """A row number: the next one in the count, at the start of a line that does not continue another."""
        token = self.tokens[at]
        if not token.line_start or token.continued or token.word.text.rstrip(".") != str(len(self.rows) + 1):
            return 0
        self._end_title()
        self._trim()
        self.usage.claim([token.word], "number")
        self.rows.append(_Row(str(len(self.rows) + 1), self.section))
        return 1

    def _roman(self, at: int) -> int:
        token = self.tokens[at]
        wanted = _NUMBERS[self.sections + 1] if self.sections + 1 < len(_NUMBERS) else None
        if not token.line_start or token.continued or token.word.text.rstrip(".") != wanted:
            return 0
        self._end_title()
        self._trim()
        self.usage.claim([token.word], "number")
        self.sections += 1
        self.section = wanted
        self.title = [token.word]
        return 1

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        if self.title:
            self.title.append(token.word)
        elif self.rows:
            self.rows[-1].fragments[-1].append(token)
        return 1

    def _end_title(self) -> None:
        if self.title:
            words = tuple(self.title[1:])
            self.usage.claim(words, "section")
            self.draft.sections.append(SectionDraft(self.section, words))
            self.title = []

    def _trim(self) -> None:
        """A page break right before a new row leaves an empty fragment behind."""
        if self.rows:
            self.rows[-1].fragments = [f for f in self.rows[-1].fragments if f] or [[]]


_LONGEST_HEADER = 30
