"""Short forms that nobody defined, read by their initials as words of the plans: "KTDL" is "kiến trúc dữ liệu", "ATTT" "an toàn thông tin".

People shorten whatever they read every day. What is long can hardly mean anything else; what is short ("XH", "TS") is only read where the
plans use it beside the other words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.answer.glossary import listed
from knowledge.corpus import load_corpus, search_text
from knowledge.text.fold import fold
from knowledge.text.lexicon import load_lexicon
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.tone import is_syllable, split

LINKS = Path(__file__).parent / "data" / "link_words.txt"
SHORTEST, LONGEST = 2, 7
"""Letters of a short form that is read."""
TELLING, CERTAIN = 3, 4
"""Letters from which a short form without other subject words beside it is read, and from which it is read whatever these are."""
BESIDE = 0.5
"""Least share of the other subject words that a record must hold for any other to be read as it says."""
NEIGHBOUR = 0.2
_SPOKEN = re.compile(r"[bcdđghklmnpqrstvx]+|[aiouă-ư][bcdđghklmnpqrstvx]{2,}")
"""Letters that cannot be said: consonants, with at most a vowel before them."""


@dataclass(frozen=True)
class _Run:
    """Words of a record with nothing between them but spaces, their initials, and all the words of the record, folded."""

    words: tuple[str, ...]
    initials: str
    record: frozenset[str]


@dataclass(frozen=True)
class _Place:
    """Where the plans write what a short form may stand for: the folded words before and after it, and all those of the record."""

    before: str
    after: str
    record: frozenset[str]


def written_out(text: str, subject: Collection[str]) -> str:
    """The text with such short forms written out; `subject` are the folded subject words of the question."""
    once = _first_written_out(text, subject)
    return once if once == text else _first_written_out(once, subject)  # what is written out tells of its neighbours


def _first_written_out(text: str, subject: Collection[str]) -> str:
    cut = syllables(text)
    around = ["", *(s.folded for s in cut), ""]
    marked = fold(text) != text.lower()
    for i, s in reversed(list(enumerate(cut))):
        if phrase := _meant(s, frozenset(subject) - {s.folded}, around[i], around[i + 2]):
            text = f"{text[: s.start]}{phrase if marked else fold(phrase)}{text[s.end :]}"
    return text


def _meant(word: Syllable, others: frozenset[str], before: str, after: str) -> str:
    """What a short form stands for, "" when it is none or the plans have no such words."""
    short = word.text.lower()
    if not SHORTEST <= len(short) <= LONGEST or not _SPOKEN.fullmatch(short) or is_syllable(short):
        return ""
    if short in load_lexicon().keep or (len(short) >= TELLING and word.folded in _used()):
        return ""
    readings = _readings(short)
    scores = {phrase: max(_fit(p, others, before, after) for p in places) for phrase, places in readings.items()}
    best = max(readings, key=lambda phrase: (scores[phrase], len(readings[phrase])), default="")
    if not best or len(short) >= CERTAIN or (len(short) == TELLING and not others):
        return best
    return best if scores[best] >= BESIDE and list(scores.values()).count(scores[best]) == 1 else ""


def _fit(place: _Place, others: frozenset[str], before: str, after: str) -> float:
    """How well the question fits a place: share of its other subject words in the record, and more for a neighbour it has there too."""
    share = len(others & place.record) / len(others) if others else 0.0
    return share + NEIGHBOUR * ((before == place.before != "") + (after == place.after != ""))


@lru_cache(maxsize=1024)
def _readings(short: str) -> dict[str, tuple[_Place, ...]]:
    """The phrases of the plans with these initials, and the places they stand in."""
    letters = re.compile(f"(?={short.replace('d', '[dđ]')})")
    found: dict[str, list[_Place]] = {}
    for run in _runs():
        for m in letters.finditer(run.initials):
            start, end = m.start(), m.start() + len(short)
            if _links() & {run.words[start], run.words[end - 1]}:
                continue
            before, after = (
                fold(" ".join(w)) for w in (run.words[max(0, start - 1) : start], run.words[end : end + 1])
            )
            found.setdefault(" ".join(run.words[start:end]), []).append(_Place(before, after, run.record))
    return {phrase: tuple(places) for phrase, places in found.items()}


@lru_cache(maxsize=1)
def _runs() -> tuple[_Run, ...]:
    """Every run of the plans, with the words that only link left in and left out."""
    found = []
    for record in load_corpus().records:
        text = search_text(record)
        cut = syllables(text)
        held = frozenset(s.folded for s in cut)
        starts = [0, *(i for i in range(1, len(cut)) if text[cut[i - 1].end : cut[i].start] != " "), len(cut)]
        for a, b in pairwise(starts):
            words = tuple(s.text.lower() for s in cut[a:b])
            found += [_run(words, held), _run(tuple(w for w in words if w not in _links()), held)]
    return tuple(dict.fromkeys(found))


def _run(words: tuple[str, ...], record: frozenset[str]) -> _Run:
    return _Run(words, "".join(split(w)[0][0] for w in words), record)


@lru_cache(maxsize=1)
def _links() -> frozenset[str]:
    return frozenset(listed(LINKS))


@lru_cache(maxsize=1)
def _used() -> frozenset[str]:
    """The words of the plans, short forms that they use themselves among them."""
    return frozenset(w for run in _runs() for w in run.record)
