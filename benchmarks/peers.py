"""BM25 of other libraries on the same passages and questions; run by benchmarks/retrieval.py inside an environment of their own.

Reads `{"passages": file, "n": count, "questions": [...], "k": 10, "rounds": 3}` from standard input, prints a JSON object of
milliseconds and passages per second for each library. The texts are cut at white space, in lower case: what a library does by default
counts as its own.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import perf_counter

from benchmarks.timing import timed

HAYSTACK_UP_TO = 20_000
"""Haystack's in-memory store scores every text in Python for every question: more would take hours."""


def main() -> None:
    """Measure each library that is asked for."""
    asked = json.load(sys.stdin)
    with Path(asked["passages"]).open(encoding="utf-8") as lines:
        texts = [line.strip() for line in islice(lines, asked["n"])]
    measured = {"bm25s": _bm25s(texts, asked["questions"], asked["k"], asked["rounds"])}
    if asked["n"] <= HAYSTACK_UP_TO:
        measured["haystack"] = _haystack(texts, asked["questions"], asked["k"])
    print(json.dumps(measured))


def _bm25s(texts: list[str], questions: list[str], k: int, rounds: int) -> dict[str, object]:
    import bm25s

    begun = perf_counter()
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    index.index([text.lower().split() for text in texts], show_progress=False)
    built = perf_counter() - begun
    index.retrieve([questions[0].lower().split()], k=k, show_progress=False)
    times = timed(lambda q: index.retrieve([q.lower().split()], k=k, show_progress=False), questions, rounds)
    return {
        "name": f"bm25s {version('bm25s')} with Numba, words as written",
        "build": len(texts) / built,
        "times": times,
    }


def _haystack(texts: list[str], questions: list[str], k: int) -> dict[str, object]:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    begun = perf_counter()
    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(i), content=text) for i, text in enumerate(texts)])
    built = perf_counter() - begun
    name = f"Haystack {version('haystack-ai')}, in memory, 20 questions once"
    times = timed(lambda q: store.bm25_retrieval(q, top_k=k), questions[:20], rounds=1)
    return {"name": name, "build": len(texts) / built, "times": times}


if __name__ == "__main__":
    main()
