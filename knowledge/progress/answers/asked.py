"""A question about progress taken apart: what it asks for, of which time, and the words that name its subject."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.answer.context import Context
from knowledge.answer.filters import parse_window
from knowledge.answer.reading import Reading, read
from knowledge.progress.overview import Work, record_ids, with_entries
from knowledge.progress.rights import Sight, sees
from knowledge.progress.types import Account, Entry
from knowledge.text.spans import find_spans
from knowledge.text.syllables import Syllable, syllables
from knowledge.types import Question, Window

CUES = Path(__file__).parent / "data" / "cues.json"
LEAST = 3
"""Words of an agency's name that name it by themselves ("xã Long Thành")."""
LONGEST = 6
"""Words of the longest phrase among the cues."""


@dataclass(frozen=True)
class Desk:
    """Who asks, when, and where records are read.

    `entries` gives the entries of record ids, oldest first, `name_of` the name of an account, "" where there is none, `added` the
    agencies that no plan names.
    """

    account: Account
    today: date
    entries: Callable[[list[str]], list[Entry]]
    name_of: Callable[[str], str] = lambda _: ""
    public: bool = False
    added: Callable[[], Sequence[str]] = lambda: ()


@dataclass(frozen=True)
class Asked:
    """One question about progress on its way to an answer; `ctx` is what the plans are asked with."""

    ctx: Context
    desk: Desk

    @property
    def question(self) -> Question:
        """The question as the dialogue engine understood it."""
        return self.ctx.reading.question

    @cached_property
    def sight(self) -> Sight:
        """How much of progress the asker sees."""
        return sees(self.desk.account, self.desk.public)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The stretches of time named, reckoned from today."""
        spans = find_spans(self.ctx.reading.query, self.desk.today)
        return tuple(parse_window(s.value) for s in spans if s.kind == "window")

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Agencies the question names; those that no plan does with or without the first word ("UBND") of their names."""
        text = f" {_joined(syllables(self.ctx.reading.query))} "
        names = {name: [s.folded for s in syllables(name)] for name in self.desk.added()}
        added = tuple(
            name for name, words in names.items()
            if f" {' '.join(words)} " in text or (len(words) > LEAST and f" {' '.join(words[1:])} " in text)
        )  # fmt: skip
        return added or self.ctx.reading.agencies

    @cached_property
    def mention(self) -> str:
        """The words that name a subject: the question without what asks about progress and without times."""
        text = self.ctx.reading.query
        taken = [(s.start, s.end) for s in find_spans(text, self.desk.today) if s.kind == "window"]
        words = syllables(text)
        place = 0
        while place < len(words):
            size = next((n for n in range(LONGEST, 0, -1) if _joined(words[place : place + n]) in _phrases()), 0)
            if size:
                taken.append((words[place].start, words[min(place + size, len(words)) - 1].end))
            place += size or 1
        out = list(text)
        for start, end in taken:
            out[start:end] = " " * (end - start)
        return " ".join("".join(out).split())

    @cached_property
    def subject(self) -> Reading:
        """The mention, read for itself."""
        return read(Question(self.mention, lang=self.question.lang))

    @property
    def names_work(self) -> bool:
        """Whether it names a subject, by words or by number."""
        return bool(self.subject.content or self.subject.items)

    def asks(self, *cues: str) -> bool:
        """Whether the question holds a phrase of one of these cues."""
        text = f" {_joined(syllables(self.ctx.reading.query))} "
        return any(f" {phrase} " in text for cue in cues for phrase in _cues()[cue])

    def known(self, works: list[Work]) -> list[Work]:
        """The works with what is reported on them, as far as the asker may see anything of it; one query."""
        return works if self.sight == "nothing" else with_entries(works, self.desk.entries(record_ids(works)))


def _joined(words: list[Syllable]) -> str:
    return " ".join(w.folded for w in words)


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(CUES.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    return frozenset(phrase for phrases in _cues().values() for phrase in phrases)
