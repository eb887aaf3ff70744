"""How well a search finds what it should, on questions whose right texts are known."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import SearchError
from knowledge.text.fold import fold

if TYPE_CHECKING:
    from knowledge.search.hybrid import Hybrid

DEPTH = 10
"""How many of the best texts are looked at."""


@dataclass(frozen=True)
class RetrievalSet:
    """Texts, questions and, for each question, the indices of the texts that answer it (at least one)."""

    texts: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]

    def without_diacritics(self) -> RetrievalSet:
        """The same set with its questions, not its texts, typed without diacritics."""
        return replace(self, queries=tuple(fold(q) for q in self.queries))


@dataclass(frozen=True)
class Quality:
    """Means over the questions: nDCG and recall between 0 and 1, milliseconds per question."""

    ndcg_at_10: float
    recall_at_1: float
    recall_at_10: float
    ms: float


def read_set(path: Path) -> RetrievalSet:
    """Read JSON lines of two kinds: `{"doc": id, "text": ...}` and `{"query": ..., "relevant": id or [ids]}`.

    Raises:
        SearchError: a line is neither, a question has no text that answers it, or there are no texts or no
            questions; `details` hold file and line.
    """
    index: dict[str | int, int] = {}
    texts: list[str] = []
    questions: list[tuple[int, str, list[str | int]]] = []
    for number, row in _rows(path):
        match row:
            case {"doc": str() | int() as doc, "text": str(text)}:
                index[doc] = len(texts)
                texts.append(text)
            case {"query": str(query), "relevant": str() | int() as wanted}:
                questions.append((number, query, [wanted]))
            case {"query": str(query), "relevant": [_, *_] as wanted}:
                questions.append((number, query, wanted))
            case _:
                raise _bad_row(path, number)
    if not texts or not questions:
        raise _bad_row(path, 1)
    return RetrievalSet(
        tuple(texts),
        tuple(query for _, query, _ in questions),
        tuple(_indices(wanted, index, path, number) for number, _, wanted in questions),
    )


def _rows(path: Path) -> Iterator[tuple[int, object]]:
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield number, json.loads(line)
    except ValueError as e:
        raise _bad_row(path, max(number, 1)) from e


def _indices(wanted: list[str | int], index: dict[str | int, int], path: Path, number: int) -> frozenset[int]:
    try:
        return frozenset(index[w] for w in wanted)
    except (KeyError, TypeError) as e:
        raise _bad_row(path, number) from e


def _bad_row(path: Path, number: int) -> SearchError:
    return SearchError(f"{path}, line {number}: not a row of a retrieval set", file=str(path), line=number)


def ndcg(ranked: Sequence[int], relevant: Collection[int]) -> float:
    """Normalised discounted cumulative gain of a ranking of up to `DEPTH`, gains 0 and 1 (Järvelin and Kekäläinen, 2002)."""
    gained = sum(1 / np.log2(rank + 2) for rank, i in enumerate(ranked) if i in relevant)
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))
    return float(gained / ideal)


def recall(ranked: Sequence[int], relevant: Collection[int]) -> float:
    """Share of the relevant texts that a ranking holds."""
    return len(set(ranked) & set(relevant)) / len(relevant)


def measure(search: Callable[[str, int], Sequence[int]], data: RetrievalSet) -> Quality:
    """Ask every question and compare the `DEPTH` best texts that `search` finds, best first, with those that answer it."""
    start = perf_counter()
    rankings = [search(query, DEPTH) for query in data.queries]
    seconds = perf_counter() - start
    pairs = list(zip(rankings, data.relevant, strict=True))
    return Quality(
        ndcg_at_10=float(np.mean([ndcg(ranked, relevant) for ranked, relevant in pairs])),
        recall_at_1=float(np.mean([recall(ranked[:1], relevant) for ranked, relevant in pairs])),
        recall_at_10=float(np.mean([recall(ranked, relevant) for ranked, relevant in pairs])),
        ms=1000 * seconds / len(rankings),
    )


def searches(hybrid: Hybrid) -> dict[str, Callable[[str, int], list[int]]]:
    """The three ways to search, by name, as `measure` asks them."""
    return {
        "lexical": lambda query, k: [i for i, _ in hybrid.lexical.search(query, k)],
        "dense": lambda query, k: [i for i, _ in hybrid.dense.search(query, k)],
        "hybrid": lambda query, k: [hit.index for hit in hybrid.search(query, k)],
    }
