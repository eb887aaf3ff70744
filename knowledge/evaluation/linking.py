"""Whether the record a question is about comes first: by its words alone, by words and meaning, linked, and in the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from knowledge.answer.answerer import load_answerer
from knowledge.answer.link import load_linker
from knowledge.answer.reading import read
from knowledge.corpus import load_corpus, search_text
from knowledge.evaluation.answering import understood
from knowledge.evaluation.checks import covers
from knowledge.evaluation.questions import Row
from knowledge.search.hybrid import Hybrid
from knowledge.text.fold import fold
from knowledge.types import Key

ONE_SUBJECT = frozenset({"task_facet", "multi_facet", "target", "body", "english"})
"""Categories whose questions are about one matter; lists, conflicts and the like ask for several records at once."""


def first_right(rows: Iterable[Row]) -> tuple[int, dict[str, int]]:
    """How many rows have one turn, one subject and say what they are to cite; and of how many of them each way puts a right record first.

    A record is right that the row names, or its twin in another plan. The ways: BM25 over the records without diacritics, the same with
    meaning, linking (told intent and facets), and what the answer cites first.
    """
    asked = [row for row in rows if row.cite and len(row.turns) == 1 and row.category in ONE_SUBJECT]
    ways: dict[str, Callable[[Row], Key | None]] = {
        "words": _by_words,
        "words and meaning": lambda row: load_corpus().records[_plain().search(fold(row.turns[0]), 1)[0].index].key,
        "linked": lambda row: load_linker().rank(read(understood(row)))[0].key,
        "answered": _cited,
    }
    return len(asked), {name: sum(_right(way(row), row) for row in asked) for name, way in ways.items()}


def _by_words(row: Row) -> Key | None:
    found = _plain().lexical.search(fold(row.turns[0]), 1)
    return load_corpus().records[found[0][0]].key if found else None


def _cited(row: Row) -> Key | None:
    cited = load_answerer().answer(understood(row)).citations
    return Key(cited[0].plan, cited[0].part, cited[0].item) if cited else None


def _right(key: Key | None, row: Row) -> bool:
    return key is not None and any(covers(w, k) for k in (key, *load_corpus().twins(key)) for w in row.cite)


@lru_cache(maxsize=1)
def _plain() -> Hybrid:
    return Hybrid([fold(search_text(record)) for record in load_corpus().records])
