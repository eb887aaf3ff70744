"""The collections that are there now. An import is noticed while the service runs: what is new is indexed beside what is being asked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic

from knowledge.collections.finder import Finder, Match
from knowledge.collections.records import MANIFEST, read_collections
from knowledge.errors import CollectionError
from knowledge.search.live import Live

_log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the folder."""


class Shelf:
    """Finders over the collections of a folder. Empty until `open`, and where the folder is: then nothing is ever found."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._live: Live[tuple[Finder, ...]] = Live(())
        self._seen: dict[Path, int] = {}
        self._looked = 0.0
        self._taking_up: Thread | None = None

    def open(self, folder: Path) -> None:
        """Serve the collections of a folder; they are indexed before this returns.

        Raises:
            CollectionError: as `read_collections`.
        """
        self._folder = folder
        self._seen = self._state()
        self._live.rebuild(self._build)

    def find(self, text: str, content: Sequence[str]) -> Match | None:
        """The record of any collection that fits a question best."""
        self._look()
        found = [match for finder in self._live.current if (match := finder.find(text, content))]
        return max(found, key=lambda m: m.coverage + m.title + m.runs, default=None)

    def _look(self) -> None:
        if monotonic() - self._looked < LOOK_EVERY or (self._taking_up and self._taking_up.is_alive()):
            return
        self._looked = monotonic()
        if self._state() != self._seen:
            self._taking_up = Thread(target=self._take_up, daemon=True)
            self._taking_up.start()

    def _take_up(self) -> None:
        """Index what is there now; what can not be read leaves everything as it was, and is looked at again."""
        state = self._state()
        try:
            self._live.rebuild(self._build)
        except CollectionError as error:
            _log.warning("collections not taken up: %s", error)
        else:
            self._seen = state

    def _state(self) -> dict[Path, int]:
        """When each collection was written (nanoseconds): a manifest is replaced last."""
        written: dict[Path, int] = {}
        for manifest in self._folder.glob(f"*/{MANIFEST}") if self._folder else ():
            with suppress(FileNotFoundError):  # it is being taken away
                written[manifest] = manifest.stat().st_mtime_ns
        return written

    def _build(self) -> tuple[Finder, ...]:
        return tuple(Finder(c) for c in read_collections(self._folder)) if self._folder else ()


SHELF = Shelf()
"""The one of this process."""
