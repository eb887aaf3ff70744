"""Answers from the body of a plan: the sentences that hold the subject words, or the points of a section asked for as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from knowledge.answer.context import Context, cite, reply
from knowledge.answer.link import OPENING, OPENING_START
from knowledge.answer.rows import closing, more
from knowledge.answer.wording import say, shorten
from knowledge.text.agencies import load_agencies
from knowledge.text.syllables import syllables
from knowledge.types import Answer, Key, Passage

EXCERPT = 330
"""Characters of a passage within which the subject words are looked for; shorter passages are quoted whole."""
FOLLOWED = 620
"""Characters up to which the clauses that follow are quoted too."""
POINTS = 8
SHORTEST, SECTION = 100, 1300
"""Least characters of a point of a section, and characters that its points share."""
HEADING_COVERAGE = 0.75
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<=\d)[-/]")
"""Ends the number that people call a document by: "57" of "57-nq/tw"."""
_DOCUMENT = re.compile(r"\d[-/].*[a-z]")


def passage_answer(ctx: Context, key: Key) -> Answer:
    """The best passage, quoted where it fits the question."""
    passage = ctx.corpus.record(key)
    assert isinstance(passage, Passage)  # noqa: S101 - the caller ranks by part
    value = "value" in ctx.facets
    quote = excerpt(passage, ctx.reading.content, followed=0 if value else FOLLOWED, numbered=value)
    if "lead" in ctx.facets or not ctx.reading.agencies:
        quote = _from_opening(passage, quote)
    plan = ctx.corpus.plan(key.plan).short
    place = "place" if key.item[:1] not in "IVX" else "intro"
    text = say(ctx.lang, f"body.{place}", plan=plan, item=key.item, quote=quote)
    return reply(ctx, "answered", text, [cite(ctx.corpus, key, quote, ctx.lang)], [key])


def opened_by(ctx: Context) -> Key | None:
    """The paragraph that fits best of those that open with an agency which the question names: it says what that agency is to do."""
    agencies = load_agencies()
    for candidate in ctx.ranked if ctx.reading.agencies else ():
        record = ctx.corpus.record(candidate.key)
        named = _opening(record) if isinstance(record, Passage) else []
        if any(agencies.same(a, name) for a in ctx.reading.agencies for name in named):
            return record.key
    return None


def _opening(passage: Passage) -> list[str]:
    """The agencies that a paragraph opens with."""
    return [m.name for m in load_agencies().find(passage.text.text[:OPENING]) if m.start <= OPENING_START]


def _from_opening(passage: Passage, quote: str) -> str:
    """A quote taken from the beginning of a paragraph that opens with an agency, so that it says who; else as it is."""
    text = passage.text.text
    end = text.find(quote) + len(quote)
    return text[:end].strip() if _opening(passage) and end <= FOLLOWED and len(passage.text.source) == 1 else quote


def section_answer(ctx: Context, plan_id: str, item: str) -> Answer | None:
    """The points of a numbered section, each shortened."""
    points = [p for p in ctx.corpus.plan(plan_id).body if p.key.item == item or p.key.item.startswith(f"{item}.")]
    if not points:
        return None
    if len(points) == 1:
        return passage_answer(ctx, points[0].key)
    shown = points[:POINTS]
    head = say(
        ctx.lang,
        "body.section",
        plan=ctx.corpus.plan(plan_id).short,
        item=item,
        title=points[0].heading[-1] if points[0].heading else "",
    )
    limit = max(SHORTEST, SECTION // len(shown))
    lines = [head, *(f"- {shorten(p.text.text, limit)}" for p in shown)]
    rest = [p.key for p in points[POINTS:]]
    lines += closing(ctx, rest)
    return reply(
        ctx,
        "answered",
        "\n".join(lines),
        [cite(ctx.corpus, p.key, excerpt(p, ctx.reading.content), ctx.lang) for p in shown],
        [p.key for p in shown],
        more(ctx, rest),
        rest,
    )


def excerpt(
    passage: Passage, content: Sequence[str], limit: int = EXCERPT, followed: int = 0, *, numbered: bool = False
) -> str:
    """A run of neighbouring clauses of a passage, verbatim: those that hold most of the subject words in at most about `limit` characters,
    and the clauses after them that fit into `followed`. When `numbered`, they hold a number too, if any clause does.
    """
    text = passage.text.text
    if len(passage.text.source) > 1:  # parted in the source: a quote must lie within one piece
        telling = _telling(passage.sentences, content)
        text = max(passage.sentences, key=lambda s: (_held(s, telling), len(s)))
    if len(text) <= limit:
        return text
    cuts = [0, *(m.end() for m in re.finditer(r"[;.](?=\s)|…(?=\s)", text)), len(text)]
    spans = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    telling = _telling([text[a:b] for a, b in spans], content)
    named = [i for i, (a, b) in enumerate(spans) if _first_document(text[a:b]) & set(content)]
    numbered = numbered and _DIGIT.search(text) is not None
    best, chosen = -1.0, spans[0]
    for i in named or range(len(spans)):
        for j in range(i, len(spans)):
            start, end = spans[i][0], spans[j][1]
            if end - start > limit and j > i:
                break
            score = _held(text[start:end], telling) - (end - start) / 10_000
            if score > best and (not numbered or _DIGIT.search(text, start, end)):
                best, chosen = score, (start, end)
    end = max(e for _, e in spans if e == chosen[1] or chosen[1] < e <= chosen[0] + followed)
    return text[chosen[0] : end].strip()


def _first_document(clause: str) -> set[str]:
    """The number of the document that a clause names first, whole and as people call it: what the clause says, it says of that one."""
    number = next((s.folded for s in syllables(clause) if _DOCUMENT.search(s.folded)), None)
    return {number, _NUMBER.split(number)[0]} if number else set()


def _telling(clauses: Sequence[str], content: Sequence[str]) -> dict[str, float]:
    """The subject words that clauses hold, by what they tell of where to look: a word that few clauses hold tells more than one all do."""
    words = [_words(c) for c in clauses]
    return {w: 1 / n for w in set(content) if (n := sum(w in held for held in words))}


def _held(clause: str, telling: Mapping[str, float]) -> float:
    words = _words(clause)
    return sum(weight for w, weight in telling.items() if w in words)


def _words(text: str) -> set[str]:
    return {w for s in syllables(text) for w in (s.folded, _NUMBER.split(s.folded)[0])}


def no_such_section(ctx: Context) -> Answer | None:
    """What is said of a section asked for by number alone that none of the plans has ("mục 3 phần III của kế hoạch UBND")."""
    asked = ctx.reading.values("section")
    if not asked or ctx.reading.subject:
        return None
    plans = [p for p in ctx.corpus.plans if not ctx.reading.plans or p.id in ctx.reading.plans]
    if any(section.item == item for p in plans for section in p.sections for item in asked):
        return None
    told = [say(ctx.lang, "absent.part_of_plan", plan=p.short, item=", ".join(asked)) for p in plans]
    return reply(ctx, "unanswerable", "\n".join(told))


def asked_section(ctx: Context) -> tuple[str, str] | None:
    """The section a question asks for as a whole, by number ("mục III.2") or by its title ("mục đích của kế hoạch")."""
    wanted = set(ctx.reading.subject)
    titled = bool(wanted) or not ctx.reading.agencies  # what an agency is to do in a section is not the section
    said = {s.folded for s in syllables(ctx.reading.query)}
    for plan in ctx.corpus.plans:
        if ctx.reading.plans and plan.id not in ctx.reading.plans:
            continue
        items = {p.key.item for p in plan.body}
        for value in (*ctx.reading.values("section"), *(i for _, i in ctx.reading.items)):
            if any(i == value or i.startswith(f"{value}.") for i in items):
                return plan.id, value
        for p in plan.body if titled else ():
            title = {s.folded for s in syllables(p.heading[-1])} if p.heading else set()
            least = HEADING_COVERAGE if wanted else 1.0
            if title and wanted <= title and len(said & title) / len(title) >= least:
                return plan.id, ".".join(p.key.item.split(".")[: len(p.heading)])
    return None
