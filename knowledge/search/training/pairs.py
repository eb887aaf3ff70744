"""Pairs of texts that belong together, found in a corpus without anybody's labels.

Each kind teaches something a search needs: neighbours that a subject goes on in other words, sentences that a part belongs to
its whole, snippets that a few words typed in haste mean the paragraph they come from, titles how a thing's name relates to
what is written about it. Diacritics are no concern here: the encoder's tokenizer takes them off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from knowledge.errors import SearchError
from knowledge.search.training.corpus import Paragraph, Titled, TrainingCorpus

Pair = tuple[str, str]

SHARES = {"neighbours": 0.35, "sentences": 0.35, "snippets": 0.20, "titles": 0.10}
"""Share of each kind among the pairs, as far as the corpus has them."""
LONGEST = 320
"""Characters of a text that are used, about 70 syllables: the subject is plain by then, and longer texts only cost time."""
SHORTEST = 60
"""A paragraph with fewer characters is a heading, a signature or a caption."""
SNIPPET = (4, 12)
"""Least and most words of a snippet."""
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+")


def make_pairs(corpus: TrainingCorpus, n: int, seed: int) -> dict[str, list[Pair]]:
    """Draw about `n` pairs by kind, in random order; a kind of which the corpus has none is missing.

    Raises:
        SearchError: the corpus has no pair at all.
    """
    rng = Random(seed)  # noqa: S311 - draws training examples, keeps no secret
    found = {
        "neighbours": list(_neighbours(corpus.paragraphs)),
        "sentences": list(_sentences(corpus.paragraphs, rng)),
        "snippets": list(_snippets(corpus.paragraphs, rng)),
        "titles": list(_titles(corpus.titled)),
    }
    drawn = {kind: rng.sample(pairs, min(len(pairs), round(n * SHARES[kind]))) for kind, pairs in found.items()}
    kept = {kind: pairs for kind, pairs in drawn.items() if pairs}
    if not kept:
        raise SearchError("no pairs in the corpus")
    return kept


def _neighbours(paragraphs: tuple[Paragraph, ...]) -> Iterator[Pair]:
    for this, following in pairwise(paragraphs):
        if this.source == following.source and min(len(this.text), len(following.text)) >= SHORTEST:
            yield this.text[:LONGEST], following.text[:LONGEST]


def _sentences(paragraphs: tuple[Paragraph, ...], rng: Random) -> Iterator[Pair]:
    for paragraph in paragraphs:
        sentences = _SENTENCE_END.split(paragraph.text)
        if len(paragraph.text) >= SHORTEST and len(sentences) > 1:
            i = rng.randrange(len(sentences))
            yield sentences[i][:LONGEST], " ".join(sentences[:i] + sentences[i + 1 :])[:LONGEST]


def _snippets(paragraphs: tuple[Paragraph, ...], rng: Random) -> Iterator[Pair]:
    least, most = SNIPPET
    for paragraph in paragraphs:
        text = paragraph.text[:LONGEST]
        words = text.split()
        if len(words) > most:
            length = rng.randint(least, most)
            start = rng.randrange(len(words) - length)
            yield " ".join(words[start : start + length]), text


def _titles(titled: tuple[Titled, ...]) -> Iterator[Pair]:
    for text in titled:
        for part in text.fields:
            if len(part) >= SHORTEST:
                yield text.title, part[:LONGEST]
