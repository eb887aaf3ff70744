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

from knowledge.answer.defined import definitions
from knowledge.answer.holding import Holding, Shares
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
TITLE_WEIGHT = 0.25
"""Gain of a task whose title names an agency of the question: of all that the agency does it is the one about it."""
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

_QUOTED = re.compile(r"“[^”]{60,}”")
"""The long name of what a plan carries out, in its title and wherever a paragraph names the plan in full."""
_SHARE = re.compile(r"\b(?:bao nhieu|may) ?(?:%|phan tram)")
"""A share that is asked for: targets state these, tasks hardly ever."""
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
    holds, `order` the share of their neighbours that are neighbours in it too; `known` compares over questions: below `FAMILIAR` the
    record may well not be what is asked about, below `STRANGE` it is not.
    """

    key: Key
    score: float
    coverage: float
    known: float
    order: float


class Linker:
    """Links questions to the records of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        names = [name for plan in corpus.plans for name in _QUOTED.findall(plan.title)]
        plain = [_without_names(search_text(r), names) for r in corpus.records]
        # what repair writes out anyway needs no second way; "AI" would be found by every "ai" (who)
        found = definitions(plain)
        defined = {k: v for k, v in found.items() if k not in load_lexicon() and not is_syllable(k)}
        texts = [_written_out(text, defined, found) for text in plain]
        self._search = Hybrid(texts)
        self._unspaced = [fold(text).replace(" ", "") for text in plain]
        cut = [syllables(text) for text in texts]
        self._words = Holding([{w for s in found for w in (s.folded, s.folded.rstrip("%"))} for found in cut])
        # as written, and with the form words left out as they are in a question
        self._side_by_side = Holding(
            [
                {*pairwise([s.folded for s in found]), *pairwise(content_words(text))}
                for found, text in zip(cut, texts, strict=True)
            ]
        )
        self._marked = Holding([{s.text.lower() for s in found} for found in cut])
        self._openings = Holding([_opening(r) for r in corpus.records])
        self._agencies = Holding([_agencies(r) for r in corpus.records])
        self._titles = Holding([_title(r) for r in corpus.records])
        self._labels = Holding([_label(r) for r in corpus.records])
        total = len(plain)
        self._idf = {w: log(1 + total / n) for w, n in self._words.counts().items()}
        self._rare = log(1 + total)

    def rank(self, reading: Reading, prior: dict[Part, float] | None = None) -> list[Candidate]:
        """Every record, best first. `prior` (0 to 1 per kind) replaces the one read from facets and intent."""
        # who monitors a target stands beside its text, and would lead to tasks of the agencies that the question names
        sought = " ".join(reading.marked or reading.content) if "monitor" in reading.question.facets else ""
        lexical, dense = (s.scores(sought or reading.query) for s in (self._search.lexical, self._search.dense))
        fused = fuse(lexical, dense, self._search.weight).astype(np.float64)
        words = max(1, len(reading.content))
        about = self._search.dense.scores(" ".join(reading.marked or reading.content)) if reading.content else dense
        prior = prior if prior is not None else part_prior(reading)
        keys = [record.key for record in self._corpus.records]
        coverage = self._held(reading.content, self._words)
        if reading.marked:
            coverage = (coverage + self._marked_coverage(reading)) / 2
        scores = fused / (float(fused.max()) or 1.0) + COVERAGE_WEIGHT * coverage
        scores += PART_WEIGHT * np.array([prior.get(key.part, 0.0) for key in keys])
        order = self._in_order(reading.content)
        scores += ORDER_WEIGHT * order
        scores += PLAN_WEIGHT * np.array([key.plan in reading.plans for key in keys])
        if numbers := [fold(n).replace(" ", "") for n in reading.values("number")]:
            scores += NUMBER_WEIGHT * np.array([any(n in text for n in numbers) for text in self._unspaced])
        scores += LABEL_WEIGHT * (self._held(reading.content, self._labels) >= LABELLED)
        if agencies := reading.agencies:
            same = load_agencies().same
            scores += AGENCY_WEIGHT * self._agencies.where(lambda name: any(same(a, name) for a in agencies))
            scores += TITLE_WEIGHT * self._titles.where(lambda name: any(same(a, name) for a in agencies))
            scores += OPENING_WEIGHT * self._openings.where(lambda name: any(same(a, name) for a in agencies))
        a, b, c, d = KNOWN
        known = a * coverage + b * about.astype(np.float64) + c * lexical.astype(np.float64) / words + d
        found = list(zip(keys, scores.tolist(), coverage.tolist(), known.tolist(), order.tolist(), strict=True))
        return [Candidate(*found[i]) for i in np.argsort(-scores, kind="stable").tolist()]

    def coverage(self, content: Sequence[str], key: Key) -> float:
        """Share of the subject words, weighted by rarity, that a record holds; typing slips count as the word they resemble."""
        index = next(i for i, r in enumerate(self._corpus.records) if r.key == key)
        return float(self._held(content, self._words)[index])

    def nowhere(self, content: Sequence[str]) -> bool:
        """Whether a subject word that is no slip stands in no record."""
        return any(w not in self._idf and is_syllable(w) for w in content)

    def terms(self, content: Sequence[str], part: Part) -> tuple[int, ...]:
        """Places of the subject words that stand side by side as in the one record of a kind that holds most such pairs, rare ones most."""
        pairs = list(pairwise(content))
        held = [self._side_by_side.of(pair) for pair in pairs]
        sums = np.zeros(len(self._unspaced))
        for h in dict(zip(pairs, held, strict=True)).values():
            sums += h * log(1 + len(h) / max(1.0, float(h.sum())))
        sums *= np.array([record.key.part == part for record in self._corpus.records])
        best = int(np.argmax(sums))
        return tuple(sorted({at for i, h in enumerate(held) if h[best] for at in (i, i + 1)}))

    def _held(self, content: Sequence[str], words: Holding[str]) -> Shares:
        """Share of the subject words, weighted by rarity, that each record holds among these words of it."""
        held, whole = np.zeros(len(self._unspaced)), 0.0
        for word in content:
            weight = self._idf.get(word, self._rare)
            held += weight * (words.like(word, FUZZY) if self._is_slip(word) else words.of(word))
            whole += weight
        return held / whole if content else held

    def _marked_coverage(self, reading: Reading) -> Shares:
        """The same with diacritics: "hạt nhân" is not held by a record that says "nhân dân"."""
        held, whole = np.zeros(len(self._unspaced)), 0.0
        for word, marked in zip(reading.content, reading.marked, strict=True):
            weight = self._idf.get(word, self._rare)
            held += weight * self._marked.of(marked)
            whole += weight
        return held / whole

    def _in_order(self, content: Sequence[str]) -> Shares:
        """Share of the neighbouring subject words that are neighbours in each record too."""
        held = np.zeros(len(self._unspaced))
        for pair in pairwise(content):
            held += self._side_by_side.of(pair)
        return held / max(1, len(content) - 1)

    def _is_slip(self, word: str) -> bool:
        """Whether a word may be a record's word, mistyped: a syllable of the language is meant as it is, repair has mended the rest."""
        return len(word) >= 4 and word not in self._idf and not is_syllable(word)


def _without_names(text: str, names: Sequence[str]) -> str:
    """A text without the names of what the plans carry out: a paragraph that gives one in full is not about every word of it."""
    for name in names:
        text = text.replace(name, " ")
    return text


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
        if facet == "value" and {"partners", "start"} & set(question.facets):
            continue  # the number stands in the task's title ("ít nhất 01 điểm")
        if facet in FACET_PART:
            part, weight = FACET_PART[facet]
            sure = facet == "value" and _SHARE.search(fold(reading.query))
            votes[part] = votes.get(part, 0.0) + (1.0 if sure else weight)
    for intent, chance in question.ranking or ((question.intent or "", question.confidence),):
        if intent in INTENT_PART and not (intent == "ask_plan" and "number" in question.facets):  # paragraphs have none
            part = INTENT_PART[intent]
            votes[part] = votes.get(part, 0.0) + chance
    most = max(votes.values(), default=0.0)
    return {p: v / max(most, 1.0) for p, v in votes.items()}


def _opening(record: Record) -> tuple[str, ...]:
    if not isinstance(record, Passage):
        return ()
    return tuple(m.name for m in load_agencies().find(record.text.text[:OPENING]) if m.start <= OPENING_START)


def _title(record: Record) -> tuple[str, ...]:
    return tuple(m.name for m in load_agencies().find(record.title.text)) if isinstance(record, Task) else ()


def _label(record: Record) -> frozenset[str]:
    head, colon, _ = record.text.text[:LABEL].partition(":") if isinstance(record, Passage) else ("", "", "")
    return frozenset(s.folded for s in syllables(head)) if colon else frozenset()


def _agencies(record: Record) -> frozenset[str]:
    """The agencies in the cells of a record: who leads, takes part, monitors."""
    cells: tuple[AgencyCell, ...] = (record.lead, record.partners) if isinstance(record, Task) else ()
    if isinstance(record, Target) and record.monitor:
        cells = (record.monitor,)
    return frozenset(name for cell in cells for name in cell.agencies)


@lru_cache(maxsize=1)
def load_linker() -> Linker:
    """The linker over the published plans, made once per process."""
    corpus = load_corpus()
    return Linker(corpus)
