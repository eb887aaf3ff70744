"""What the steps from question to answer share, and the small pieces every answer is built of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.answer.link import Candidate, Linker
from knowledge.answer.reading import Reading
from knowledge.answer.wording import Lang, say
from knowledge.corpus import Corpus
from knowledge.records import as_json
from knowledge.types import Answer, Choice, Citation, Facet, Key, Part, Record, Status


@dataclass(frozen=True)
class Context:
    """One question on its way to an answer."""

    reading: Reading
    corpus: Corpus
    linker: Linker

    @property
    def lang(self) -> Lang:
        """Language the answer is given in."""
        return self.reading.question.lang

    @cached_property
    def ranked(self) -> list[Candidate]:
        """Every record by how well the question fits it, best first; several steps look at it."""
        return self.linker.rank(self.reading)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets asked for, each once, in the order of the question."""
        return tuple(dict.fromkeys(self.reading.question.facets))


def label(corpus: Corpus, key: Key, lang: Lang) -> str:
    """How a source is named to a reader: "Kế hoạch của UBND tỉnh, nhiệm vụ 34"."""
    plan = corpus.plan(key.plan)
    if key.part == "body" and key.item[:1] not in "IVX":
        named = f"source.{key.item.partition('.')[0]}"
        return say(lang, named, plan=plan.short)
    word = ""
    if key.part == "targets":
        listed = plan.targets[0].result is None
        word = say(lang, "source.target_word_body" if listed else "source.target_word_table")
    return say(lang, f"source.{key.part}", plan=plan.short, item=key.item, word=word)


def cite(corpus: Corpus, key: Key, quote: str, lang: Lang) -> Citation:
    """A citation of a verbatim piece of a record."""
    return Citation(key.plan, key.part, key.item, label(corpus, key, lang), quote)


def source_line(citations: Iterable[Citation], corpus: Corpus, lang: Lang) -> str:
    """The line that closes an answer: every source once, items of one plan and part together."""
    groups: dict[tuple[str, Part, str], list[str]] = {}
    for c in citations:
        single = c.part == "body" and c.item[:1] not in "IVX"
        items = groups.setdefault((c.plan, c.part, c.item if single else ""), [])
        if c.item not in items:
            items.append(c.item)
    labels = [
        label(corpus, Key(plan, part, only or ", ".join(items)), lang) for (plan, part, only), items in groups.items()
    ]
    return say(lang, "source.line", labels="; ".join(labels))


def reply(
    ctx: Context, status: Status, text: str, citations: Iterable[Citation] = (), focus: Iterable[Key] = (),
    choices: Iterable[Choice] = (), rest: Iterable[Key] = (),
) -> Answer:  # fmt: skip
    """An answer with its source line and the records behind it."""
    cited = tuple(dict.fromkeys(citations))
    keys = tuple(dict.fromkeys(focus))
    if cited:
        text = f"{text}\n{source_line(cited, ctx.corpus, ctx.lang)}"
    records: list[Record] = [r for k in keys if (r := ctx.corpus.get(k))]
    return Answer(status, text, cited, tuple(as_json(r) for r in records), tuple(choices), keys, tuple(rest))


def with_twins(ctx: Context, key: Key, ranked: Sequence[Candidate] = ()) -> list[Key]:
    """A record and, of each other plan, the twin that was talked of or fits the question best. A plan the question names stands first."""
    place = {c.key: i for i, c in enumerate(ranked)}
    focus = ctx.reading.question.focus
    twins = sorted(ctx.corpus.twins(key), key=lambda k: (k not in focus, place.get(k, 0)))
    keys = [key, *{k.plan: k for k in reversed(twins)}.values()]
    return sorted(keys, key=lambda k: bool(ctx.reading.plans) and k.plan not in ctx.reading.plans)
