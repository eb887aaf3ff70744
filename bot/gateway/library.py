"""The published plans and their search index, as the API reads them; loaded once, off the event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels.errors import ApiError
from knowledge.types import Record

if TYPE_CHECKING:
    from knowledge.corpus import Corpus
    from knowledge.search.hybrid import Hybrid


@dataclass(frozen=True)
class Found:
    """A record that a search found, and its score in 0..1."""

    record: Record
    score: float


class Library:
    """Plans and index. Until `load` is through, asking for them is answered with 503."""

    def __init__(self) -> None:
        self._corpus: Corpus | None = None
        self._index: Hybrid | None = None

    @property
    def loaded(self) -> bool:
        """Are plans and index there?"""
        return self._index is not None

    @property
    def corpus(self) -> Corpus:
        """The published plans."""
        if self._corpus is None:
            raise ApiError(503, "not_ready", {"Retry-After": "5"})
        return self._corpus

    async def load(self) -> None:
        """Load on a thread.

        Raises:
            SauroError: no published plan, or the index or its encoder can not be loaded.
        """
        await asyncio.to_thread(self._load)

    async def search(self, query: str, limit: int) -> list[Found]:
        """The `limit` best records for a query, best first."""
        records = self.corpus.records
        if self._index is None:
            raise ApiError(503, "not_ready", {"Retry-After": "5"})
        hits = await asyncio.to_thread(self._index.search, query, limit)
        return [Found(records[hit.index], hit.score) for hit in hits]

    def _load(self) -> None:
        from knowledge.corpus import load_corpus, search_text
        from knowledge.search.hybrid import Hybrid

        self._corpus = load_corpus()
        self._index = Hybrid([search_text(record) for record in self._corpus.records])
