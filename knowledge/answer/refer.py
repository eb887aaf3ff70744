"""What a question without a subject of its own points at: the record talked about, its neighbour, or one of those offered."""

from __future__ import annotations

import json
from functools import lru_cache

from knowledge.answer.absent import asks_whether
from knowledge.answer.context import Context, reply
from knowledge.answer.reading import DATA, read
from knowledge.answer.wording import say
from knowledge.corpus import search_text
from knowledge.text.syllables import syllables
from knowledge.text.tone import is_syllable
from knowledge.types import Answer, Facet, Key, Question, Target

FEW = 2
"""Subject words up to which a question may speak of what was talked about, whatever it was taken for."""

SCRAP = 2
"""Letters up to which what is no syllable says nothing."""

SAME_WORK = 0.9
"""Least share of a target's words that a task holds which carries it out."""
LONG = 4
"""Least number of a target's words: fewer are found anywhere."""
TASKS_ALONE: frozenset[Facet] = frozenset(("deadline", "start", "duration", "product", "partners"))


def referred(ctx: Context) -> Key | Answer | None:
    """The record referred to; an answer when the reference leads nowhere; None when the question has a subject of its own."""
    focus = ctx.reading.question.focus
    words = _references()
    text = _words(ctx)
    left = [w for w in ctx.reading.subject if w not in words["spare"] and not (focus and _scrap(w))]
    if not (focus or ctx.facets) or (left and not _held(ctx, left)) or (ctx.reading.foreign and not focus):
        return None
    if ctx.reading.agencies and ctx.reading.question.intent != "follow_up" and not (focus and asks_whether(ctx)):
        return None
    if not focus:
        return reply(ctx, "clarify", say(ctx.lang, "absent.no_focus"))
    for name, step in (("next", 1), ("previous", -1)):
        if _says(text, words[name]):
            found = ctx.corpus.neighbour(focus[0], step)
            return found.key if found else reply(ctx, "unanswerable", say(ctx.lang, "absent.no_next"))
    chosen = _ordinal(text, focus) or focus[0]
    if ctx.reading.plans and chosen.plan not in ctx.reading.plans:
        near = (*focus, *ctx.corpus.twins(chosen))
        other = [k for k in near if k.plan in ctx.reading.plans and (k in ctx.corpus.twins(chosen))]
        if not other:
            plan = ctx.corpus.plan(ctx.reading.plans[0]).short
            return reply(ctx, "unanswerable", say(ctx.lang, "absent.no_twin", plan=plan))
        return other[0]
    return _task_of(ctx, chosen) or chosen


def _task_of(ctx: Context, key: Key) -> Key | None:
    """The task that carries out a target, when only what tasks have is asked of it: "hạn khi nào" after the target of the IOC."""
    target = ctx.corpus.record(key)
    if not isinstance(target, Target) or not ctx.facets or not set(ctx.facets) <= TASKS_ALONE:
        return None
    reading = read(Question(target.text.text, intent="ask_task"))
    best = next(c for c in ctx.linker.rank(reading) if c.key.part == "tasks" and c.key.plan == key.plan)
    return best.key if len(reading.content) >= LONG and best.coverage >= SAME_WORK else None


def points_on(ctx: Context) -> bool:
    """Whether the question asks for nothing but the neighbour of what was talked of ("chỉ tiêu tiếp theo?")."""
    words = _references()
    alone = not set(ctx.reading.subject) - words["spare"] and not ctx.reading.agencies
    return bool(ctx.reading.question.focus) and alone and _says(_words(ctx), words["next"] | words["previous"])


def picks_listed(ctx: Context) -> bool:
    """Whether a number stands for a place in what was just listed ("cái thứ hai"), not for an item of a plan."""
    question = ctx.reading.question
    if question.intent != "follow_up" or ctx.reading.parts or ctx.reading.plans:
        return False
    return _ordinal(_words(ctx), question.focus) is not None


def _held(ctx: Context, words: list[str]) -> bool:
    """Whether a follow-up speaks in the very words of the record talked about ("ưu tiên lĩnh vực nào?")."""
    question = ctx.reading.question
    short = question.intent in ("ask_task", "ask_target") and bool(question.facets) and len(words) <= FEW
    if not question.focus or not (question.intent == "follow_up" or short):
        return False
    text = {s.folded for s in syllables(search_text(ctx.corpus.record(question.focus[0])))}
    return all(w in text for w in words)


def _scrap(word: str) -> bool:
    """Whether a word is what a slip of the hand left of one ("th", "tr")."""
    return len(word) <= SCRAP and word.isalpha() and not is_syllable(word)


def _ordinal(text: str, focus: tuple[Key, ...]) -> Key | None:
    words = _references()
    for place in range(1, 6):
        if _says(text, words[f"ordinal{place}"]) and place <= len(focus):
            return focus[place - 1]
    return focus[-1] if _says(text, words["last"]) else None


def _words(ctx: Context) -> str:
    """The folded words of the question between single spaces."""
    return f" {' '.join(s.folded for s in syllables(ctx.reading.query))} "


def _says(text: str, phrases: frozenset[str]) -> bool:
    return any(f" {p} " in text for p in phrases)


@lru_cache(maxsize=1)
def _references() -> dict[str, frozenset[str]]:
    raw = json.loads((DATA / "references.json").read_text(encoding="utf-8"))
    table = {name: frozenset(raw[name]) for name in ("next", "previous", "last", "pronouns")}
    for place, phrases in raw["ordinals"].items():
        table[f"ordinal{place}"] = frozenset(phrases)
    table["spare"] = frozenset(w for phrases in table.values() for p in phrases for w in p.split())
    return table
