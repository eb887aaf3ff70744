"""The collections that are there now. An import is noticed while the service runs: what is new is indexed beside what is being asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from time import monotonic

from knowledge.collections.finder import Finder, Match
from knowledge.collections.records import MANIFEST, read_collections
from knowledge.search.live import Live

LOOK_EVERY = 5.0
"""Seconds between two looks at the folder."""


class Shelf:
    """Finders over the collections of a folder. Empty until `open`, and where the folder is: then nothing is ever found."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._live: Live[tuple[Finder, ...]] = Live(())
        self._seen: tuple[tuple[str, int], ...] = ()
        self._looked = 0.0

    def open(self, folder: Path) -> None:
        """Serve the collections of a folder; they are indexed before this returns."""
        self._folder = folder
        self._seen = self._state()
        self._live.rebuild(self._build)

    def find(self, text: str, content: Sequence[str]) -> Match | None:
        """The record of any collection that fits a question best."""
        self._look()
        found = [match for finder in self._live.current if (match := finder.find(text, content))]
        return max(found, key=lambda m: m.coverage + m.title + m.runs, default=None)

    def _look(self) -> None:
        if self._folder is None or monotonic() - self._looked < LOOK_EVERY:
            return
        self._looked = monotonic()
        state = self._state()
        if state != self._seen:
            self._seen = state
            Thread(target=self._live.rebuild, args=(self._build,), daemon=True).start()

    def _state(self) -> tuple[tuple[str, int], ...]:
        folder = self._folder
        return tuple((str(p), p.stat().st_mtime_ns) for p in sorted(folder.glob(f"*/{MANIFEST}"))) if folder else ()

    def _build(self) -> tuple[Finder, ...]:
        return tuple(Finder(c) for c in read_collections(self._folder)) if self._folder else ()


SHELF = Shelf()
"""The one of this process."""
