"""What a question is about, before any search: its subject words, the plans it names and the records it gives by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.answer.english import foreign_words, in_plan_words, is_english
from knowledge.answer.everyday import with_plan_words
from knowledge.answer.glossary import glossary, listed
from knowledge.answer.initials import written_out
from knowledge.answer.items import with_listed
from knowledge.answer.terms import in_terms
from knowledge.text.courtesies import without_courtesies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.plan_names import plan_names
from knowledge.text.repair import repair
from knowledge.text.spans import find_spans, numbered
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.tone import settle, split
from knowledge.types import Part, Question, Span

DATA = Path(__file__).parent / "data"
LONGEST_PHRASE = 5
_YEAR = re.compile(r"\b20\d\d\b")
ACRONYMS = frozenset({"AI"})
"""Upper-case words whose folded form is a function word ("ai", who)."""


@dataclass(frozen=True)
class Reading:
    """A question taken apart.

    `query` is the repaired text that is searched; `content` its folded syllables that are neither function words nor times and
    places in a plan, `marked` the same with their diacritics (empty when the question is typed without any); `subject` those of them
    that no span accounts for (an agency, a number); `plans` the plan ids it names, in order; `parts` the record kinds it names
    ("nhiệm vụ", "chỉ tiêu"); `items` the (part or None, item) addresses it gives.
    """

    question: Question
    query: str
    content: tuple[str, ...]
    marked: tuple[str, ...]
    subject: tuple[str, ...]
    spans: tuple[Span, ...]
    plans: tuple[str, ...]
    parts: tuple[Part, ...]
    items: tuple[tuple[Part | None, str], ...]

    @property
    def foreign(self) -> tuple[str, ...]:
        """English words that name something the glossary does not know."""
        return foreign_words(self.question.text) if self.question.lang == "en" else ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """Agencies the question names for themselves, not as the issuer of a plan ("Phụ lục II của UBND")."""
        issuers = {name for plan in plan_names().plans if plan.id in self.plans for name in plan.issuers}
        return tuple(name for name in self.values("agency") if name not in issuers)

    @property
    def years(self) -> tuple[str, ...]:
        """Years outside of those that the plans are for."""
        return tuple(word for word in self.content if _YEAR.fullmatch(word))

    def values(self, kind: str) -> tuple[str, ...]:
        """Values of the spans of one kind, each once, in order."""
        return tuple(dict.fromkeys(s.value for s in self.spans if s.kind == kind))


def read(question: Question) -> Reading:
    """Take a question apart. Spans given by the dialogue engine are used as they are; without them they are found here."""
    text = without_courtesies(clean(question.text))
    if is_english(text):  # whatever language the talk was in
        question = replace(question, lang="en")
    if question.intent == "ask_task":
        question = replace(question, facets=with_listed(question.facets, repair(text).text))
    spans = question.spans or find_spans(text)
    query = _in_search_words(text, question)
    bare = _in_search_words(_without(text, spans), question)
    subject = content_words(bare)
    # a target's text does not name who monitors it
    named = bare if subject and "monitor" in question.facets else _in_search_words(_in_full(text, spans), question)
    parts = tuple(dict.fromkeys(s.value for s in spans if s.kind == "part" and s.value in ("tasks", "targets", "body")))
    return Reading(
        question=question,
        query=query,
        content=content_words(named),
        marked=_marked_words(named) if question.lang == "en" or _is_marked(repair(text).text) else (),
        subject=subject,
        spans=spans,
        plans=_plans(spans, question),
        parts=parts,  # type: ignore[arg-type]  # filtered to Part above
        items=tuple((part, item) for item, part in numbered(sorted(spans, key=lambda s: s.start))),
    )


def dated(question: Question, today: date) -> Question:
    """The question with the times that count from today ("trong năm nay", "quý 3") among its spans."""
    spans = question.spans or find_spans(question.text)
    new = [s for s in find_spans(question.text, today) if s.kind == "window" and s not in spans]
    if not new:
        return question
    kept = [s for s in spans if not any(s.start < n.end and n.start < s.end for n in new)]
    return replace(question, spans=tuple(sorted((*kept, *new), key=lambda s: s.start)))


def piece(question: Question, start: int, end: int) -> Question:
    """A stretch (`start`, `end` of the clean text) of a question as a question of its own, with the spans that lie in it."""
    text = clean(question.text)
    spans = question.spans or find_spans(text)
    inside = [replace(s, start=s.start - start, end=s.end - start) for s in spans if start <= s.start and s.end <= end]
    return replace(question, text=text[start:end], spans=tuple(inside))


def _plans(spans: Sequence[Span], question: Question) -> tuple[str, ...]:
    """The plans named; an issuer named beside an item, or in a comparison, or for no role or product of its own, stands for its plan."""
    named = tuple(dict.fromkeys(s.value for s in spans if s.kind == "plan"))
    agencies = {s.value for s in spans if s.kind == "agency"}
    issued = tuple(plan.id for plan in plan_names().plans if plan.issuers & agencies)
    if named:
        beside = issued if question.intent == "compare_plans" else ()
        return tuple(dict.fromkeys((*named, *beside)))
    numbered_item = any(s.kind == "item" for s in spans)
    return () if set(question.facets) & {"lead", "partners", "product"} and not numbered_item else issued


def _in_search_words(text: str, question: Question) -> str:
    if question.lang == "en":
        return in_plan_words(text)
    repaired = repair(text).text
    return with_plan_words(written_out(repaired, content_words(repaired)))


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with its spans blanked out."""
    out = list(text)
    for s in spans:
        out[s.start : s.end] = " " * (s.end - s.start)
    return "".join(out)


def _in_full(text: str, spans: Sequence[Span]) -> str:
    """The text with its agencies under their names ("MTTQ", "SKHCN") and all other spans blanked out but numbers and years.

    A year outside of those that the plans are for ("2045") says what a question is about; the others are words of form.
    """
    out = text
    for s in sorted(spans, key=lambda s: -s.start):
        if s.kind == "agency" and not set(fold(s.text).split()) <= set(fold(s.value).split()):
            out = f"{out[: s.start]}{s.value}{out[s.end :]}"
        elif s.kind not in ("agency", "number"):
            kept = " ".join(_YEAR.findall(s.text)) if s.kind == "window" else ""
            out = f"{out[: s.start]}{kept:{s.end - s.start}}{out[s.end :]}"
    return out


def content_words(text: str) -> tuple[str, ...]:
    """Folded syllables of a text that are not function words, in order."""
    return tuple(fold(w) for w in _content(text))


def _marked_words(text: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in _content(text)) if _is_marked(text) else ()


def _is_marked(text: str) -> bool:
    """Whether a text has diacritics: the plans' words that are put into one without any say nothing of the words that were typed."""
    return fold(text) != text.lower()


def _content(text: str) -> tuple[str, ...]:
    words = [s for s in syllables(text) if any(c.isalnum() for c in s.text)]
    phrases = _function_phrases()
    kept: list[Syllable] = []
    form: list[bool] = []
    i = 0
    while i < len(words):
        size = next((n for n in range(LONGEST_PHRASE, 0, -1) if _phrase(words, i, n) in phrases), 0)
        if size < 2:
            kept.append(words[i])
            form.append(size == 1 and words[i].text not in ACRONYMS and _meant_as_form(words[i]))
        i += max(size, 1)
    return tuple(word.text for word, meant in zip(kept, in_terms(kept, form, _function_marks()), strict=True) if meant)


def _meant_as_form(word: Syllable) -> bool:
    """Whether a word with the letters of a form word has its diacritics too, or none, or all but the tone: "thất" is not "thật"."""
    written = settle(word.text.lower())
    forms = _function_marks().get(word.folded, (written,))
    return written == word.folded or written in forms or written in {split(form)[0] for form in forms}


def _phrase(words: list[Syllable], start: int, size: int) -> str:
    return " ".join(w.folded for w in words[start : start + size]) if start + size <= len(words) else ""


@lru_cache(maxsize=1)
def _function_phrases() -> frozenset[str]:
    return frozenset(listed(DATA / "function_words.txt"))


@lru_cache(maxsize=1)
def _function_marks() -> dict[str, tuple[str, ...]]:
    return {word: tuple(forms.split()) for word, forms in glossary(DATA / "function_marks.tsv").items()}
