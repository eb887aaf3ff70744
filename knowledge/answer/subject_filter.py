"""The subject words of a list question as a condition on rows ("nhiệm vụ nào về bán dẫn?")."""

from __future__ import annotations

from itertools import pairwise

from knowledge.answer.context import Context
from knowledge.answer.filters import WORDS_HELD, Filter, asks
from knowledge.answer.wording import say
from knowledge.corpus import search_text
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.types import Part, Record, Task


def word_filter(ctx: Context, part: Part, *, alone: bool) -> Filter | None:
    """The subject words as a condition: on the product where products are asked about, else on the whole record.

    Beside other conditions (not `alone`) one or two left-over words are no condition: they are more often a turn of speech.
    """
    words = frozenset(ctx.reading.subject)
    if len(words) < (1 if alone else 3):
        return None
    of_product = "product" in ctx.facets or asks(ctx, "product")
    of_lead = asks(ctx, "lead") and not ctx.reading.agencies and _leads(ctx, words)

    def said_of(record: Record) -> list[str]:
        text = search_text(record)
        if isinstance(record, Task) and (of_product or of_lead):
            text = record.product.text if of_product else record.lead.text
        return [s.folded for s in syllables(text)]

    def beside(said: list[str]) -> bool:
        return any(pair == ctx.reading.subject for pair in pairwise(said))

    # of two words that stand together somewhere, neither is meant alone: "bán dẫn" is not "bản" here and "dân" there
    whole = any(beside(said_of(r)) for r in ctx.corpus.records if r.key.part == part)

    def test(record: Record) -> bool:
        said = said_of(record)
        return beside(said) if whole else len(words & set(said)) / len(words) >= WORDS_HELD

    typed = {fold(word): word for word in ctx.reading.marked}
    said = " ".join(typed.get(word, word) for word in ctx.reading.subject)
    text = say(ctx.lang, "filter.lead", agency=said) if of_lead else say(ctx.lang, "filter.words", words=said)
    return Filter(text, test)


def _leads(ctx: Context, words: frozenset[str]) -> bool:
    """Whether the words are those of a class that leads tasks ("xã phường" of "UBND các xã, phường")."""
    leads = (r.lead.text for r in ctx.corpus.records if isinstance(r, Task))
    return any(words <= {s.folded for s in syllables(text)} for text in leads)
