"""Whether the answer to a question is right: every check of a row, each on its own, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.evaluation.questions import Row
from knowledge.evaluation.sources import SourceText, settled
from knowledge.types import Citation, Key

EARLY = 400
"""Characters at the head of an answer within which the asked fact is told early."""
ONE_FACT = frozenset({"task_facet", "multi_facet", "target"})
"""Categories that ask about a record: their answers may not cite more beside it than of it."""
STATUSES = {
    "out_of_scope": frozenset({"unanswerable", "out_of_scope", "clarify", "social"}),
    "social": frozenset({"social", "answered", "asking"}),
}
"""Statuses that are right, by category; `answered` in all others."""


@dataclass(frozen=True)
class Reply:
    """What came back to the last turn. `error` says what went wrong where nothing came; `ms` are the milliseconds of every turn."""

    text: str = ""
    status: str | None = None
    citations: tuple[Citation, ...] = ()
    degraded: bool = False
    error: str = ""
    ms: tuple[float, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the checks of a row say. `missing` are groups of `must` that the answer meets with no alternative, `found` texts of `must_not`
    that it holds; `early`: right, and every group met within the first `EARLY` characters.
    """

    row: Row
    reply: Reply
    missing: tuple[tuple[str, ...], ...]
    found: tuple[str, ...]
    status_right: bool
    cited: bool
    verbatim: bool
    early: bool

    @property
    def passed(self) -> bool:
        """Is everything right?"""
        ok = self.status_right and self.cited and self.verbatim
        return ok and not (self.reply.error or self.missing or self.found)

    @property
    def refused(self) -> bool:
        """Was no answer given where the plans hold one?"""
        return self._failed_fact and self.reply.status != "answered"

    @property
    def wrong(self) -> bool:
        """Was something else answered than what the plans hold?"""
        return self._failed_fact and self.reply.status == "answered"

    @property
    def _failed_fact(self) -> bool:
        return not self.passed and self.row.category not in STATUSES


def judge(row: Row, reply: Reply, sources: Mapping[str, SourceText]) -> Verdict:
    """Check a reply; quotes from plans whose source text is not among `sources` are taken as they are."""
    verdict = Verdict(
        row=row,
        reply=reply,
        missing=unmet(row.must, reply.text),
        found=tuple(t for t in row.must_not if settled(t) in settled(reply.text)),
        status_right=not reply.degraded and reply.status in STATUSES.get(row.category, {"answered"}),
        cited=well_cited(row, reply.citations),
        verbatim=all(_verbatim(c, sources) for c in reply.citations),
        early=not unmet(row.must, reply.text[:EARLY]),
    )
    return verdict if verdict.passed else replace(verdict, early=False)


def unmet(groups: tuple[tuple[str, ...], ...], text: str) -> tuple[tuple[str, ...], ...]:
    """The groups none of whose alternatives stands in a text."""
    held = settled(text)
    return tuple(group for group in groups if not any(settled(t) in held for t in group))


def well_cited(row: Row, citations: tuple[Citation, ...]) -> bool:
    """Do the sources fit: one of those wanted, or every plan (of a single plan: every part) where the row's note begins with `all`?"""
    if not row.cite:
        return True
    inside = sum(any(covers(w, c) for w in row.cite) for c in citations)
    if row.category in ONE_FACT and len(citations) > 2 * inside:
        return False
    hit = {w for w in row.cite if any(covers(w, c) for c in citations)}
    if not row.note.startswith("all"):
        return bool(hit)
    if len({w.plan for w in row.cite}) > 1:
        return {w.plan for w in hit} == {w.plan for w in row.cite}
    return {w.part for w in hit} == {w.part for w in row.cite}


def covers(wanted: Key, citation: Key | Citation) -> bool:
    """Is a key or citation that of the wanted item, or, in the body, of something inside it (III.3.2 of III.3)?"""
    if (wanted.plan, wanted.part) != (citation.plan, citation.part):
        return False
    inside = wanted.part == "body" and citation.item.startswith(f"{wanted.item}.")
    return inside or citation.item == wanted.item


def _verbatim(citation: Citation, sources: Mapping[str, SourceText]) -> bool:
    source = sources.get(citation.plan)
    return source.holds(citation) if source else bool(citation.quote.strip())
