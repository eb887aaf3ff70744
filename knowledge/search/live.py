"""What is being searched now, and its successor built beside it: readers never wait and never see half of a change."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Index = TypeVar("Index")


class Live(Generic[Index]):
    """Holds an index. Take `current` once per question: it stays whole for whoever holds it, also after a change."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._building = Lock()

    @property
    def current(self) -> Index:
        """The newest index that is complete."""
        return self._index

    def rebuild(self, build: Callable[[], Index]) -> Index:
        """Build a new index while the old one answers, then put it in its place; builds wait for each other.

        When `build` raises, the old one stays.
        """
        with self._building:
            built = build()
            self._index = built
            return built
