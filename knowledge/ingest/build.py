"""Makes the records of a plan out of a draft: cells, agencies, timeframes, values, sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.ingest.blocks import cell, join, locators
from knowledge.ingest.drafts import Doubt, Draft, PassageDraft, RowDraft, Words
from knowledge.ingest.values import values_in, values_of_row
from knowledge.text.agencies import Registry
from knowledge.text.timeframe import looks_like_timeframe, parse_timeframe
from knowledge.types import AgencyCell, Cell, Key, Passage, Plan, Section, Target, Task

_BLANK_NUMBER = re.compile(r"\bsố\s*[-/….]", re.IGNORECASE)
_BLANK_DATE = re.compile(r"\bngày\s*(?:tháng|[/….])", re.IGNORECASE)
_ATTACHED = re.compile(r"kế hoạch\s+(số\s.*?)\s+(ngày\s.*?)\s+của\s+(.*?)\)?$", re.IGNORECASE)

Split = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class About:
    """What a plan's own text does not say, or says in too many words."""

    title: str = ""
    short: str = ""
    issuer: str = ""


def build(draft: Draft, plan: str, version: str, about: About, agencies: Registry, split: Split) -> Plan:
    """Make the plan. Doubtful cells are added to the draft's doubts. Permanent ids are left empty; `ids` gives them."""
    maker = _Maker(plan, agencies, draft.doubts)
    number, date, issuer, named = _front(draft)
    blanks = [
        name
        for name, pattern, found in (("number", _BLANK_NUMBER, number), ("date", _BLANK_DATE, date))
        if pattern.search(found.text)
    ]
    return Plan(
        id=plan,
        version=version,
        title=about.title or join(draft.title) or named or about.short or plan,
        short=about.short or plan,
        issuer=about.issuer or issuer,
        number=number,
        date=date,
        blanks=tuple(blanks),
        signer=cell(draft.signer) if draft.signer else None,
        sections=tuple(Section(s.item, cell(s.title)) for s in draft.sections),
        tasks=tuple(maker.task(row) for row in draft.tasks),
        targets=tuple(maker.target(row) for row in draft.targets),
        body=tuple(maker.passage(p, split) for p in draft.body),
    )


def _front(draft: Draft) -> tuple[Cell, Cell, str, str]:
    """Number, date, issuer and full name: from the letterhead, or else from the note under an annex's heading ("Kèm
    theo Kế hoạch số ...").
    """
    number, date, issuer, named = cell(draft.number), cell(draft.date), "", ""
    for passage in draft.body:
        found = _ATTACHED.search(join(passage.words)) if passage.item.startswith("annex") else None
        if not found:
            continue
        issuer, named = issuer or found[3], named or found[0].rstrip(")")
        number = number if number.text else Cell(found[1], locators(_words_at(passage.words, found.span(1))))
        date = date if date.text else Cell(found[2], locators(_words_at(passage.words, found.span(2))))
    return number, date, issuer, named


def _words_at(words: Words, span: tuple[int, int]) -> Words:
    ends = [len(join(words[: i + 1])) for i in range(len(words))]
    return tuple(w for w, end in zip(words, ends, strict=True) if span[0] <= end - len(w.text) < span[1])


class _Maker:
    def __init__(self, plan: str, agencies: Registry, doubts: list[Doubt]) -> None:
        self.plan, self.agencies, self.doubts = plan, agencies, doubts

    def task(self, row: RowDraft) -> Task:
        key = Key(self.plan, "tasks", row.item)
        when = cell(row.cells.get("timeframe", ()))
        if not looks_like_timeframe(when.text):
            self.doubts.append(Doubt("timeframe", str(key), when.text))
        for kind in ("title", "lead", "timeframe"):
            if not row.cells.get(kind):
                self.doubts.append(Doubt("empty_cell", str(key), kind))
        return Task(
            key,
            "",
            row.section,
            cell(row.cells.get("title", ())),
            self._agencies(key, row.cells.get("lead", ())),
            self._agencies(key, row.cells.get("partners", ())),
            cell(row.cells.get("product", ())),
            parse_timeframe(when.text, when.source),
        )

    def target(self, row: RowDraft) -> Target:
        key = Key(self.plan, "targets", row.item)
        text = cell(row.cells["target"]) if "target" in row.cells else Cell("")
        if row.cells.keys() <= {"target"}:
            return Target(key, "", text, values_in(text.text))
        unit, result = cell(row.cells.get("unit", ())), cell(row.cells.get("result", ()))
        values = values_of_row(text.text, unit.text, result.text)
        return Target(key, "", text, values, unit, result, self._agencies(key, row.cells.get("monitor", ())))

    def passage(self, draft: PassageDraft, split: Split) -> Passage:
        text = cell(draft.words)
        pieces = [join(piece) for piece in draft.pieces] or [
            sentence for run in unbroken(draft.words) for sentence in verbatim(split(join(run)), join(run))
        ]
        return Passage(Key(self.plan, "body", draft.item), "", draft.heading, text, tuple(pieces))

    def _agencies(self, key: Key, words: Words) -> AgencyCell:
        found = cell(words)
        names, unknown = self.agencies.resolve_cell(found.text) if found.text else ((), ())
        self.doubts.extend(Doubt("unknown_agency", str(key), piece) for piece in unknown)
        return AgencyCell(found.text, found.source, names)


def unbroken(words: Words) -> list[Words]:
    """The runs of words that follow each other in the source: a page number in the middle of a paragraph parts it in two.

    A sentence is cut there too, because a quote must be found in the source as it stands.
    """
    cuts = [i for i in range(1, len(words)) if words[i].order != words[i - 1].order + 1]
    return [tuple(words[a:b]) for a, b in pairwise([0, *cuts, len(words)])]


def verbatim(sentences: Sequence[str], text: str) -> list[str]:
    """The sentences if together they are exactly the text, white space apart; else the text as one sentence.

    >>> verbatim(["Một câu.", "Hai câu."], "Một câu. Hai câu.")
    ['Một câu.', 'Hai câu.']
    """
    out: list[str] = []
    at = 0
    for sentence in sentences:
        piece = " ".join(sentence.split())
        found = text.find(piece, at)
        if not piece or found != at + (at > 0 and text[at : at + 1] == " "):
            return [text]
        if out and not any(c.isalnum() for c in piece):
            # The "/." that closes an official document is no sentence.
            out[-1] = text[at - len(out[-1]) : found + len(piece)]
        else:
            out.append(piece)
        at = found + len(piece)
    return out if at == len(text) else [text]


def with_ids(plan: Plan, ids: dict[Key, str]) -> Plan:
    """The plan with the permanent id of every record."""
    return replace(
        plan,
        tasks=tuple(replace(t, id=ids[t.key]) for t in plan.tasks),
        targets=tuple(replace(t, id=ids[t.key]) for t in plan.targets),
        body=tuple(replace(p, id=ids[p.key]) for p in plan.body),
    )
