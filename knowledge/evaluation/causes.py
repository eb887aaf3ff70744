"""Which part an answer went wrong in, so that a failure is looked for in the right room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.evaluation.checks import STATUSES, Verdict, covers

Cause = Literal["service", "understanding", "refused", "linking", "answer"]


@dataclass(frozen=True)
class Understood:
    """What the dialogue engine took the last turn of a row for."""

    intent: str
    facets: tuple[str, ...]


def cause(verdict: Verdict, alone: Verdict | None, understood: Understood | None) -> Cause:
    """The first part that explains a failure.

    `service`: no answer, or one without the dialogue engine. `understanding`: the answering part is right when told how the question is
    meant (`alone`, None for questions that do not lead to it), or, where turns before it leave that open, the last turn was taken for
    something else. Then `refused`: nothing was answered; `linking`: none of the wanted records is a source; `answer`: the rest.
    """
    row, reply = verdict.row, verdict.reply
    if reply.error or reply.degraded:
        return "service"
    if alone is None or alone.passed or (len(row.turns) > 1 and _taken_otherwise(verdict, understood)):
        return "understanding"
    if verdict.refused:
        return "refused"
    if row.cite and not any(covers(wanted, c) for wanted in row.cite for c in reply.citations):
        return "linking"
    return "answer"


def explained(verdict: Verdict, understood: Understood | None) -> str:
    """What failed, in one line."""
    return "; ".join((*_understanding(verdict, understood), *_checks(verdict)))


def _taken_otherwise(verdict: Verdict, understood: Understood | None) -> bool:
    row = verdict.row
    return understood is not None and (understood.intent, set(understood.facets)) != (row.intent, set(row.facets))


def _understanding(verdict: Verdict, understood: Understood | None) -> list[str]:
    if understood is None or not _taken_otherwise(verdict, understood):
        return []
    row = verdict.row
    said = [f"taken for {understood.intent}, is {row.intent}"] if understood.intent != row.intent else []
    if set(understood.facets) != set(row.facets):
        said.append(f"facets {_listed(understood.facets)}, are {_listed(row.facets)}")
    return said


def _checks(verdict: Verdict) -> list[str]:
    row, reply = verdict.row, verdict.reply
    if reply.error:
        return [reply.error]
    said = ["without the dialogue engine"] if reply.degraded else []
    if not verdict.status_right and not reply.degraded:
        right = STATUSES.get(row.category, {"answered"})
        said.append(f"status {reply.status}, should be {' or '.join(sorted(right))}")
    if verdict.missing and (reply.status == "answered" or verdict.status_right):
        said.append("does not say " + ", ".join(f'"{group[0]}"' for group in verdict.missing))
    if verdict.found:
        said.append("says " + ", ".join(f'"{text}"' for text in verdict.found))
    if not verdict.cited and reply.status == "answered":
        cited = tuple(dict.fromkeys(f"{c.plan}/{c.part}/{c.item}" for c in reply.citations))
        shown = (*cited[:4], "...") if len(cited) > 4 else cited
        said.append(f"cites {_listed(shown)} for {_listed(tuple(map(str, row.cite)))}")
    if not verdict.verbatim:
        said.append("a quote is not the plan's own words")
    return said


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
