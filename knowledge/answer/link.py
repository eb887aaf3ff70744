"""Linking: which records a question is about.

Search gives each record a score; what the question says of plan, record kind, numbers and agencies moves it; and the share of the
subject words that a record holds tells whether it is the subject at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
from rapidfuzz import fuzz

from knowledge.answer.defined import definitions
from knowledge.answer.reading import Reading, content_words
from knowledge.corpus import Corpus, load_corpus, search_text
from knowledge.search.hybrid import Hybrid, fuse
from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.text.lexicon import load_lexicon
from knowledge.text.repair import repair
from knowledge.text.syllables import syllables
from knowledge.text.tone import is_syllable
from knowledge.types import AgencyCell, Key, Part, Passage, Record, Target, Task

PART_WEIGHT = 0.60
"""Gain of a record whose kind the facets and the intent point at, on the scale where the best search score is 1."""
PLAN_WEIGHT = 0.25
NUMBER_WEIGHT = 0.15
AGENCY_WEIGHT = 0.10
OPENING_WEIGHT = 0.50
"""Gain of a paragraph that opens with an agency the question names: it says what that agency is to do."""
LABEL_WEIGHT = 0.30
LABEL = 60
"""Gain of a paragraph whose opening words up to a colon ("Lĩnh vực Y tế:") hold the subject words, and characters of such an opening."""
LABELLED = 0.9
OPENING = 120
OPENING_START = 15
"""Characters within which the agency's name must end, and begin, for a paragraph to open with it."""
COVERAGE_WEIGHT = 0.60
ORDER_WEIGHT = 0.15
"""Gain of a record that holds the subject words side by side as the question does: of two with the same words it is the one meant."""
KNOWN = (2.25, 8.2, 1.43, -6.7)
"""Weights of coverage, dense score of the subject words, lexical score per subject word, and the constant, of a logistic regression
that tells 149 questions about tasks and targets of the plans from 39 about other roads, forests, hospitals (area under the curve 0.97)."""
FAMILIAR = -1.0
"""Of those questions, 6 of 149 that the plans answer fall below, and 32 of 39 that they do not: here it asks back."""
STRANGE = -2.0
"""Here it says that the plans do not know the subject."""
SOME_COVERAGE = 0.20
"""Least coverage at which a record has anything to do with the question."""
FUZZY = 80
"""Least similarity (0 to 100) at which a mistyped subject word still counts as the record's word."""

_SHORT = re.compile(r"[^\W_][\w&.-]*\w")

FACET_PART: dict[str, tuple[Part, float]] = {
    "partners": ("tasks", 1.0),
    "deadline": ("tasks", 1.0),
    "start": ("tasks", 1.0),
    "duration": ("tasks", 1.0),
    "product": ("tasks", 1.0),
    "lead": ("tasks", 0.7),
    "section": ("tasks", 1.0),
    "monitor": ("targets", 1.0),
    "value": ("targets", 0.7),
}
"""Which kind of record has a facet, and how surely: leads and values are spoken of loosely, for the other kind too."""
WORD_VOTE = 0.8
"""Vote of the words "nhiệm vụ" and "chỉ tiêu" themselves: subjects hold them too."""
INTENT_PART: dict[str, Part] = {
    "ask_task": "tasks", "ask_target": "targets", "ask_plan": "body", "list_tasks": "tasks", "list_targets": "targets",
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A record a question may be about.

    `score` (about 0 to 2.5) ranks the records of one question; `coverage` is the share (0 to 1) of the subject words the record
    holds; `known` compares over questions: below `FAMILIAR` the record may well not be what is asked about, below `STRANGE` it is not.
    """

    key: Key
    score: float
    coverage: float
    known: float


class Linker:
    """Links questions to the records of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        plain = [search_text(r) for r in corpus.records]
        # what repair writes out anyway needs no second way; "AI" would be found by every "ai" (who)
        found = definitions(plain)
        defined = {k: v for k, v in found.items() if k not in load_lexicon() and not is_syllable(k)}
        texts = [_written_out(text, defined, found) for text in plain]
        self._search = Hybrid(texts)
        self._unspaced = [fold(text).replace(" ", "") for text in plain]
        cut = [syllables(text) for text in texts]
        self._words = [frozenset(w for s in found for w in (s.folded, s.folded.rstrip("%"))) for found in cut]
        # as written, and with the form words left out as they are in a question
        self._side_by_side = [
            frozenset((*pairwise([s.folded for s in found]), *pairwise(content_words(text))))
            for found, text in zip(cut, texts, strict=True)
        ]
        self._marked = [frozenset(s.text.lower() for s in found) for found in cut]
        self._openings = [_opening(r) for r in corpus.records]
        self._labels = [_label(r) for r in corpus.records]
        total = len(self._words)
        counts: dict[str, int] = {}
        for words in self._words:
            for w in words:
                counts[w] = counts.get(w, 0) + 1
        self._idf = {w: log(1 + total / n) for w, n in counts.items()}
        self._rare = log(1 + total)

    def rank(self, reading: Reading, prior: dict[Part, float] | None = None) -> list[Candidate]:
        """Every record, best first. `prior` (0 to 1 per kind) replaces the one read from facets and intent."""
        lexical, dense = self._search.lexical.scores(reading.query), self._search.dense.scores(reading.query)
        fused = fuse(lexical, dense, self._search.weight)
        top = float(fused.max()) or 1.0
        words = max(1, len(reading.content))
        about = self._search.dense.scores(" ".join(reading.marked or reading.content)) if reading.content else dense
        prior = prior if prior is not None else part_prior(reading)
        agencies = reading.agencies
        numbers = [fold(n).replace(" ", "") for n in reading.values("number")]
        out = []
        for i, record in enumerate(self._corpus.records):
            coverage = self._coverage(reading.content, i)
            if reading.marked:
                coverage = (coverage + self._marked_coverage(reading, i)) / 2
            score = float(fused[i]) / top + COVERAGE_WEIGHT * coverage + PART_WEIGHT * prior.get(record.key.part, 0.0)
            score += ORDER_WEIGHT * self._in_order(reading.content, i)
            if record.key.plan in reading.plans:
                score += PLAN_WEIGHT
            if any(n in self._unspaced[i] for n in numbers):
                score += NUMBER_WEIGHT
            if self._labels[i] and self._held(reading.content, self._labels[i]) >= LABELLED:
                score += LABEL_WEIGHT
            if agencies and _names(record, agencies):
                score += AGENCY_WEIGHT
            if agencies and self._opens_with(i, agencies):
                score += OPENING_WEIGHT
            a, b, c, d = KNOWN
            known = a * coverage + b * float(about[i]) + c * float(lexical[i]) / words + d
            out.append(Candidate(record.key, score, coverage, known))
        order = np.argsort([-c.score for c in out], kind="stable")
        return [out[i] for i in order]

    def _opens_with(self, index: int, agencies: Sequence[str]) -> bool:
        same = load_agencies().same
        return any(same(a, b) for a in agencies for b in self._openings[index])

    def coverage(self, content: Sequence[str], key: Key) -> float:
        """Share of the subject words, weighted by rarity, that a record holds; typing slips count as the word they resemble."""
        return self._coverage(content, next(i for i, r in enumerate(self._corpus.records) if r.key == key))

    def _coverage(self, content: Sequence[str], index: int) -> float:
        if not content:
            return 0.0
        return self._held(content, self._words[index])

    def _held(self, content: Sequence[str], words: frozenset[str]) -> float:
        if not content:
            return 0.0
        weights = [self._idf.get(w, self._rare) for w in content]
        held = [1.0 if w in words else self._resembles(w, words) for w in content]
        return sum(a * b for a, b in zip(weights, held, strict=True)) / sum(weights)

    def _marked_coverage(self, reading: Reading, index: int) -> float:
        """The same with diacritics: "hạt nhân" is not held by a record that says "nhân dân"."""
        weights = [self._idf.get(w, self._rare) for w in reading.content]
        held = [w in self._marked[index] for w in reading.marked]
        return sum(a for a, b in zip(weights, held, strict=True) if b) / sum(weights)

    def _in_order(self, content: Sequence[str], index: int) -> float:
        """Share of the neighbouring subject words that are neighbours in a record too."""
        pairs = list(pairwise(content))
        return sum(pair in self._side_by_side[index] for pair in pairs) / len(pairs) if pairs else 0.0

    def _resembles(self, word: str, words: frozenset[str]) -> float:
        if len(word) < 4 or word in self._idf or is_syllable(word):
            return 0.0  # a syllable of the language is meant as it is: repair has mended what was not
        best = max((fuzz.ratio(word, w) for w in words if abs(len(w) - len(word)) <= 1), default=0.0)
        return best / 100 if best >= FUZZY else 0.0


def _written_out(text: str, defined: Mapping[str, str], known: Mapping[str, str]) -> str:
    """A record's text with its short forms also written out ("CBCC": cán bộ công chức), and what its plan shortens also short.

    `known` are all the short forms that the plans define, `defined` those that may be added without being mistaken for a word.
    """
    words, folded = set(_SHORT.findall(text)), fold(text)
    more = [short for short, long in defined.items() if short not in words and fold(long) in folded]
    more += [long for short, long in known.items() if short in words and fold(long) not in folded]
    return " ".join((text, *(after for _, after, _ in repair(text).changes), *more))


def part_prior(reading: Reading) -> dict[Part, float]:
    """How much (0 to 1) a question points at each kind of record, from its words, its facets and its intent."""
    question = reading.question
    votes: dict[Part, float] = dict.fromkeys(reading.parts, WORD_VOTE)
    for facet in question.facets:
        if facet == "lead" and "monitor" in question.facets:
            continue  # "chịu trách nhiệm theo dõi": who monitors, said with a word of leading
        if facet in FACET_PART:
            part, weight = FACET_PART[facet]
            votes[part] = votes.get(part, 0.0) + weight
    for intent, chance in question.ranking or ((question.intent or "", question.confidence),):
        if intent in INTENT_PART:
            part = INTENT_PART[intent]
            votes[part] = votes.get(part, 0.0) + chance
    most = max(votes.values(), default=0.0)
    return {p: v / max(most, 1.0) for p, v in votes.items()}


def _opening(record: Record) -> tuple[str, ...]:
    if not isinstance(record, Passage):
        return ()
    return tuple(m.name for m in load_agencies().find(record.text.text[:OPENING]) if m.start <= OPENING_START)


def _label(record: Record) -> frozenset[str]:
    head, colon, _ = record.text.text[:LABEL].partition(":") if isinstance(record, Passage) else ("", "", "")
    return frozenset(s.folded for s in syllables(head)) if colon else frozenset()


def _names(record: object, agencies: Sequence[str]) -> bool:
    registry = load_agencies()
    cells: tuple[AgencyCell, ...] = (record.lead, record.partners) if isinstance(record, Task) else ()
    if isinstance(record, Target) and record.monitor:
        cells = (record.monitor,)
    return any(registry.same(a, n) for c in cells for n in c.agencies for a in agencies)


@lru_cache(maxsize=1)
def load_linker() -> Linker:
    """The linker over the published plans, made once per process."""
    corpus = load_corpus()
    return Linker(corpus)
