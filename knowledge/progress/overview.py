"""The works of the plans with what is reported on them: the rows of lists, of the overall picture and of the progress table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.corpus import Corpus
from knowledge.progress.due import deadline, overdue
from knowledge.progress.state import Series, series, standing
from knowledge.progress.types import Entry
from knowledge.types import Key, Record, Target, Task


@dataclass(frozen=True)
class Work:
    """A task and its twins, the record it is listed under first, with a series for each agency that reports on it."""

    records: tuple[Task, ...]
    series: tuple[Series, ...] = ()

    @property
    def task(self) -> Task:
        """The record it is listed under."""
        return self.records[0]

    @property
    def reported(self) -> bool:
        """Whether anybody has reported on it."""
        return bool(self.series)

    @property
    def done(self) -> bool:
        """Whether every agency that reports on it reports it as done."""
        return bool(self.series) and all(s.done for s in self.series)

    def overdue(self, today: date) -> bool:
        """Whether the deadline of the record it is listed under has passed without the work being done."""
        return overdue(self.task.timeframe, today, done=self.done)

    @property
    def due(self) -> date | None:
        """The deadline of the record it is listed under."""
        return deadline(self.task.timeframe)


def same_work(corpus: Corpus, record: Record) -> tuple[Task | Target, ...]:
    """A task or target and its twins: what is reported on one is reported on all. A passage is no work.

    A target of several values may be twin to one target for each of them. What is measured of these shows on it; what is measured of
    it is not told apart, and does not show on them.
    """
    if isinstance(record, Task):
        return (record, *_records(corpus, record.key))
    if not isinstance(record, Target):
        return ()
    single = [k for k in corpus.twins(record.key) if corpus.twins(k) == (record.key,)]
    return (record, *(t for k in single if isinstance(t := corpus.record(k), Target)))


def task_as_work(corpus: Corpus, task: Task) -> Work:
    """A task as a work that is listed under it, without its series."""
    return Work((task, *_records(corpus, task.key)))


def tasks_as_works(corpus: Corpus, wanted: Iterable[Task] | None = None) -> list[Work]:
    """Each work once, listed under the first of the `wanted` tasks (all, when None) that is one of its records."""
    chosen = [t for p in reversed(corpus.plans) for t in p.tasks] if wanted is None else wanted
    seen: set[Key] = set()
    out = []
    for task in chosen:
        if task.key not in seen:
            work = task_as_work(corpus, task)
            seen |= {t.key for t in work.records}
            out.append(work)
    return out


def record_ids(works: Iterable[Work]) -> list[str]:
    """The permanent ids of all records of some works: what the ledger is asked for, once."""
    return [t.id for w in works for t in w.records]


def with_entries(works: Sequence[Work], entries: Iterable[Entry]) -> list[Work]:
    """The works with their series. `entries` are those of all their records, corrections and undos included."""
    by_record: dict[str, list[Entry]] = {}
    for entry in entries:
        by_record.setdefault(entry.record, []).append(entry)
    return [
        Work(w.records, tuple(series(standing(e for t in w.records for e in by_record.get(t.id, ()))))) for w in works
    ]


def _records(corpus: Corpus, key: Key) -> list[Task]:
    return [t for k in corpus.twins(key) if isinstance(t := corpus.record(k), Task)]
