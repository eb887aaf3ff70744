"""Messages read beside the plans' own titles: a title pasted whole is a name, whatever figures and wordings are in it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from knowledge.corpus import load_corpus
from knowledge.progress.reading import Names, Report, names_of, read_report, split_reports
from knowledge.records import plain


def read_message(text: str, today: date, asked: str = "") -> Report:
    """What a message says about progress, as `read_report` finds it."""
    return read_report(text, today, asked, _names())


def split_message(text: str) -> tuple[str, ...]:
    """The pieces of a message of several reports, as `split_reports` cuts it."""
    return split_reports(text, _names())


@lru_cache(maxsize=1)
def _names() -> Names:
    return names_of(plain(r) for r in load_corpus().records if r.key.part != "body")
