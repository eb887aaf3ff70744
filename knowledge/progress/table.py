"""The progress table: one row per work and reporting agency, as the API, the files made of it and the answers' records show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from knowledge.progress.clock import day_of
from knowledge.progress.due import overdue
from knowledge.progress.overview import Work
from knowledge.progress.rights import PUBLIC_STATUS, sees, shown
from knowledge.progress.state import Series
from knowledge.progress.types import Account

WORDS = ("receipt", "note", "obstacle", "next_step")


def table(works: Iterable[Work], account: Account, today: date, public: bool) -> list[dict[str, Any]]:
    """The rows of some works that an account may see; a work nobody has reported on has one row without a state.

    A row is a JSON object: address and cells of the record, its twins, then agency, percent, status, days and words of the series.
    What is withheld is None; `overdue` is withheld from citizens, to whom a deadline is past or not, and no more.
    """
    return [row for work in works for row in _rows(work, account, today, public)]


def _rows(work: Work, account: Account, today: date, public: bool) -> list[dict[str, Any]]:
    task = work.task
    sight = sees(account, public)
    if sight == "nothing":
        return []
    head = {
        "plan": task.key.plan, "part": task.key.part, "item": task.key.item, "id": task.id,
        "title": task.title.text, "lead": task.lead.text, "timeframe": task.timeframe.text,
        "due": work.due and work.due.isoformat(),
        "twins": [{"plan": t.key.plan, "part": t.key.part, "item": t.key.item, "id": t.id} for t in work.records[1:]],
    }  # fmt: skip
    if not work.series:
        late = None if sight == "public" else overdue(task.timeframe, today)
        return [
            {
                **head,
                **dict.fromkeys(("agency", "percent", "percent_at", "status", "updated_on")),
                "overdue": late,
                **dict.fromkeys(WORDS),
            }
        ]
    return [{**head, **_state(s, work, account, today, public)} for s in work.series]


def _state(series: Series, work: Work, account: Account, today: date, public: bool) -> dict[str, Any]:
    told, status = series.percent, series.status
    is_public = sees(account, public) == "public"
    seen: dict[str, Any] = shown(series.latest, account, work.records, public) or {}
    return {
        "agency": series.agency,
        "percent": told.content.percent if told else None,
        "percent_at": day_of(told.at).isoformat() if told else None,
        "status": PUBLIC_STATUS.get(status, status) if is_public and status else status,
        "updated_on": day_of(series.latest.at).isoformat(),
        "overdue": None if is_public else overdue(work.task.timeframe, today, done=series.done),
        **{word: seen.get(word) for word in WORDS},
    }
