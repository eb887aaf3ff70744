"""Questions the plans do not answer: said plainly, with what the plans do state about the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.answer.context import Context, reply, with_twins
from knowledge.answer.filters import asks, cue_phrases, parse_window
from knowledge.answer.link import Candidate
from knowledge.answer.passages import excerpt
from knowledge.answer.places import elsewhere
from knowledge.answer.wording import say, shorten
from knowledge.corpus import search_text
from knowledge.records import plain
from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables
from knowledge.types import Answer, Key, Passage, Record, Target, Task

SURE = 0.5
"""Least confidence at which the dialogue engine's word that the plans never state such a thing is taken."""
VERY_SURE = 0.8
"""The same, of a subject that a record holds whole."""
WHOLE = 0.85
ABOUT = 0.6
"""Least share of the subject words a record must hold to be named as what the plans do state."""
_YEAR = re.compile(r"\b20[2-9]\d\b")
OPENING, HORIZON = 2026, 2030
"""The year the plans begin in, and the one their targets are set for, where a target names none itself."""


def by_kind(ctx: Context) -> Answer | None:
    """Kinds of things the plans never state: money, telephone numbers, persons, penalties, other provinces."""
    question = ctx.reading.question
    if (asks(ctx, "absent") or _asks_person(ctx)) and question.intent != "follow_up":
        return not_stated(ctx, ctx.ranked[0])
    if elsewhere(ctx, ctx.ranked[0].key):
        return unknown(ctx)
    if members_unstated(ctx, with_twins(ctx, ctx.ranked[0].key)):
        return not_stated(ctx, ctx.ranked[0])
    if question.intent != "ask_absent" or question.confidence < SURE:
        return None
    best = ctx.ranked[0]
    if best.coverage >= WHOLE and (question.confidence < VERY_SURE or _set_by_target(ctx, best)):
        return None
    return not_stated(ctx, best)


def _set_by_target(ctx: Context, best: Candidate) -> bool:
    """Whether the question asks for the level of a target, or of a year that it is set for ("kinh tế số năm 2030 là mấy")."""
    years = _asked_years(ctx)
    asked = bool(years) or "value" in ctx.facets
    return best.key.part == "targets" and asked and all(OPENING <= year <= HORIZON for year in years)


def asks_whether(ctx: Context) -> bool:
    """Whether the question asks if there is such a thing ("kế hoạch có nhiệm vụ ... không?")."""
    if ctx.lang == "en":
        return fold(ctx.reading.question.text).startswith(cue_phrases("whether"))
    return says_whether(ctx.reading.query)


def says_whether(text: str) -> bool:
    """Whether a Vietnamese text asks for a yes or a no ("có ... không")."""
    return _whether().search(fold(text)) is not None


@lru_cache(maxsize=1)
def _whether() -> re.Pattern[str]:
    """ "Có ... không", with whom it is said to behind it ("em", "ạ")."""
    has, denial, behind = ("|".join(cue_phrases(cue)) for cue in ("has", "denial", "vocative"))
    return re.compile(rf"\b(?:{has})\b.+\b(?:{denial})(?:\s+(?:{behind}))*\W*$")


def _asks_person(ctx: Context) -> bool:
    """Whether the question asks who holds an office: plans name agencies, and of persons only who signs."""
    return "signer" not in ctx.facets and asks(ctx, "persons") and asks(ctx, "who_is")


def unknown(ctx: Context) -> Answer:
    """The plans do not know the subject."""
    return reply(ctx, "unanswerable", f"{say(ctx.lang, 'absent.unknown')} {say(ctx.lang, 'absent.offer')}")


def not_stated(ctx: Context, best: Candidate) -> Answer:
    """The plans know the subject, perhaps, but not what is asked of it."""
    named = ctx.linker.coverage(ctx.reading.subject, best.key) if ctx.reading.agencies else best.coverage
    if min(named, best.coverage) < ABOUT:  # an agency alone is no subject: "số điện thoại Sở Y tế"
        return unknown(ctx)
    title = shorten(plain(ctx.corpus.record(best.key)), 110)
    return reply(
        ctx,
        "unanswerable",
        f"{say(ctx.lang, 'absent.known', title=title)} {say(ctx.lang, 'absent.offer')}",
        focus=[best.key],
    )


def year_between(ctx: Context, keys: Sequence[Key]) -> Answer | None:
    """What is said of a target asked for a year on the way, where the plans set its level for their last year alone."""
    years = _window_years(ctx)
    records = [ctx.corpus.record(k) for k in keys]
    if not years or HORIZON in years or not all(isinstance(r, Target) and _set_once(r, years) for r in records):
        return None
    title = shorten(plain(records[0]), 110)
    text = say(ctx.lang, "absent.year", title=title, horizon=HORIZON)
    return reply(ctx, "unanswerable", text, focus=keys)


def _set_once(target: Target, years: set[int]) -> bool:
    """Whether a target has one level, for the last year, and none for each year or for one of these."""
    text = fold(search_text(target))
    return not re.search(rf"/\s*(?:{'|'.join(cue_phrases('per_year'))})\b", text) and not any(
        str(year) in text for year in years
    )


def year_outside(ctx: Context, keys: Sequence[Key]) -> bool:
    """Whether the question asks of a year, or of a run of years ("trong 5 năm tới"), that neither the record nor its twins reach."""
    records = [ctx.corpus.record(k) for k in keys]
    windows = [set(_years(value)) for value in ctx.reading.values("window")]
    asked = [*windows, *({int(y)} for y in _YEAR.findall(ctx.reading.query))]
    return any(all(_outside(r, year) for r in records for year in years) for years in asked if years)


def _window_years(ctx: Context) -> set[int]:
    return {year for value in ctx.reading.values("window") for year in _years(value)}


def _asked_years(ctx: Context) -> set[int]:
    return _window_years(ctx) | {int(y) for y in _YEAR.findall(ctx.reading.query)}


def _outside(record: Record, year: int) -> bool:
    if str(year) in search_text(record):
        return False
    if isinstance(record, Task):
        frame = record.timeframe
        if str(year) in frame.text or frame.open_ended or frame.recurring:
            return False
        if frame.start and frame.due and frame.start.year <= year <= frame.due.year:
            return False
        return year > (frame.due.year if frame.due else year) or year < OPENING
    return isinstance(record, Target) and not OPENING <= year <= HORIZON


def places_unstated(ctx: Context, keys: Sequence[Key]) -> bool:
    """Whether the question asks which wards or communes, of a record that, like its twins, names none."""
    if not asks(ctx, "places") or asks(ctx, "every") or set(ctx.facets) - {"content", "partners"}:
        return False
    return not any(_names_place(search_text(ctx.corpus.record(k))) for k in keys)


def members_unstated(ctx: Context, keys: Sequence[Key]) -> bool:
    """Whether the question asks who belongs to a class of agencies that a task's cell names as a whole ("các doanh nghiệp viễn thông")."""
    text = fold(clean(ctx.reading.question.text))
    members = "|".join(cue_phrases("members"))
    agencies = load_agencies()
    for span in ctx.reading.spans:
        agency = agencies.get(span.value) if span.kind == "agency" else None
        if agency is None or agency.kind != "class" or not re.search(rf"\b(?:{members})\b", text[span.end :]):
            continue
        tasks = [r for k in keys if isinstance(r := ctx.corpus.record(k), Task)]
        if any(agencies.same(agency.name, n) for t in tasks for c in (t.lead, t.partners) for n in c.agencies):
            return True
    return False


def _names_place(text: str) -> bool:
    """Whether a ward or commune stands in a text by its own name, which begins with a capital."""
    kinds = "|".join(cue_phrases("place_kind"))
    return any(text[m.start(1)].isupper() for m in re.finditer(rf"\b(?:{kinds}) (\w)", fold(text)))


def counts_unstated(ctx: Context, keys: Sequence[Key]) -> bool:
    """Whether the question asks how many and nothing else, of a record that, like its twins, states no number."""
    if set(ctx.facets) - {"number", "content"} != {"value"} or not asks(ctx, "how_many"):
        return False
    return not any(_states_number(ctx.corpus.record(k), ctx.reading.content) for k in keys)


def _states_number(record: Record, content: Sequence[str]) -> bool:
    if isinstance(record, Passage):
        said, near = excerpt(record, content, numbered=True), excerpt(record, content)
        return re.search(r"\d", said) is not None and 2 * _shared(said, content) >= _shared(near, content)
    if isinstance(record, Task):
        return re.search(r"(?<![\d.])\d{1,3}(?!\d)", f"{record.title.text} {record.product.text}") is not None
    return not isinstance(record, Target) or bool(record.values)


def _shared(text: str, content: Sequence[str]) -> int:
    return len({s.folded for s in syllables(text)} & set(content))


def _years(value: str) -> list[int]:
    window = parse_window(value)
    return [d.year for d in (window.start, window.end) if d]
