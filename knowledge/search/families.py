"""The four families of terms of a lexical index: syllables and bigrams, each as written and without diacritics.

Most syllables and nearly all bigrams are written in one way only. The postings of such a written term are those of the term without
diacritics: they are stored, and read, once. Of the others one way is mostly the usual one. What a text is given for the term without
diacritics is what it is given for the usual way, times a ratio of rarities, and a rest, which is nothing in all texts that know no other
way. The rests are stored too, and read with the usual way in place of the long list without diacritics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from knowledge.search.postings import Places, Postings, Weights, idf, invert
from knowledge.search.terms import Codes, Cut, Ids
from knowledge.text.fold import fold

BIGRAM_WEIGHT = 0.7
"""Weight of a bigram family against its syllable family. Of 0.3, 0.5, 0.7 and 1.0, 0.5 is best on encyclopedic
questions and 1.0 on names of public-service procedures, by 0.3 nDCG points or less; 0.7 loses least on both."""
NOTHING = 1e-6
"""Share of a weight that is no more than what subtracting floats leaves over."""


@dataclass(frozen=True)
class Family:
    """Syllables or bigrams. Every term stands in `folded`; one that is written in several ways stands in `written` too, once for each.
    `sole[t]` is the code of the one way in which folded term t is written, else -1. A term of `rest` is the usual way of a folded one:
    `ratio` times its postings in `written` and those in `rest` are together the folded ones."""

    folded: Postings
    written: Postings
    rest: Postings
    ratio: Weights
    sole: Codes

    def read(self, folded: Codes, written: Codes | None) -> Iterator[tuple[int, int, float]]:
        """The terms that a question reads: 0 for `folded`, 1 for `written` or 2 for `rest`, the term there, its share.

        Codes are -1 for what no text holds. A question without diacritics (`written` is None) reads the folded terms alone, another
        one both forms by half.
        """
        terms = self.folded.find(folded)
        if written is None:
            yield from ((0, term, 1.0) for term in terms.tolist() if term >= 0)
            return
        own, rest = self.written.find(written), self.rest.find(written)
        alone = (self.sole[terms] == written) & (written >= 0) if len(self.sole) else written < 0
        for term, only, way, other in zip(terms.tolist(), alone.tolist(), own.tolist(), rest.tolist(), strict=True):
            if other >= 0:
                yield 1, way, 0.5 + 0.5 * float(self.ratio[other])
                yield 2, other, 0.5
            elif term >= 0:
                yield 0, term, 1.0 if only else 0.5
                if way >= 0:
                    yield 1, way, 0.5


class Families:
    """Both families of a list of texts, and the way from a question to the postings it reads; `rounded` weights take half the room."""

    def __init__(self, texts: Cut, rounded: bool) -> None:
        self._ids, self._folded_ids = texts.ids, texts.folded_ids
        to_folded = texts.folding.astype(np.int64)

        def fold_pairs(codes: Codes) -> Codes:
            first, second = np.divmod(codes, max(1, len(texts.ids)))
            return to_folded[first] * len(texts.folded_ids) + to_folded[second]

        alone = texts.written.astype(np.int64)
        self._syllables = _family(alone, texts.doc, texts.lengths, lambda codes: to_folded[codes], rounded)
        inner = texts.doc[1:] == texts.doc[:-1]
        pairs = _pairs(alone, len(texts.ids))[inner]
        self._bigrams = _family(pairs, texts.doc[1:][inner], (texts.lengths - 1).clip(min=0), fold_pairs, rounded)

        families = (self._syllables, self._bigrams)
        self.postings = tuple(
            postings for family in families for postings in (family.folded, family.written, family.rest)
        )

    def read(self, syllables: list[str]) -> dict[tuple[int, int], float]:
        """The factor of each list of postings that a question of these written syllables reads, by place in `postings` and term."""
        plain = [fold(s) for s in syllables]
        marked = plain != syllables
        folded, written = _codes(plain, self._folded_ids), _codes(syllables, self._ids)
        pairs, written_pairs = _pairs(folded, len(self._folded_ids)), _pairs(written, len(self._ids))
        factors: defaultdict[tuple[int, int], float] = defaultdict(float)
        for place, term, share in self._syllables.read(folded, written if marked else None):
            factors[place, term] += share
        for place, term, share in self._bigrams.read(pairs, written_pairs if marked else None):
            factors[3 + place, term] += share * BIGRAM_WEIGHT
        return factors

    def covered(self, syllables: list[str], text: int, n: int) -> float:
        """Share of these syllables, diacritics aside and weighted by rarity among the `n` texts, that stand in a text."""
        held = self._syllables.folded
        whole = there = 0.0
        for term in held.find(_codes(list({fold(s) for s in syllables}), self._folded_ids)).tolist():
            start, end = held.starts[term : term + 2].tolist() if term >= 0 else (0, 0)
            rarity = float(idf(n, end - start))
            place = start + int(np.searchsorted(held.docs[start:end], text))
            whole += rarity
            there += rarity * (place < end and int(held.docs[place]) == text)
        return there / whole if whole else 0.0


def _codes(syllables: list[str], ids: dict[str, int]) -> Codes:
    return np.array([ids.get(s, -1) for s in syllables], dtype=np.int64)


def _pairs(ids: Codes, size: int) -> Codes:
    """A code for each syllable and the next of `size` different ones, shape (n - 1,); -1 where one of them has none."""
    first, second = ids[:-1], ids[1:]
    return np.where((first < 0) | (second < 0), -1, first * size + second)


def _family(written: Codes, doc: Ids, lengths: Ids, folding: Callable[[Codes], Codes], rounded: bool) -> Family:
    folded = invert(folding(written), doc, lengths)
    every = invert(written, doc, lengths)
    place = folded.find(folding(every.codes))
    alone = np.bincount(place, minlength=len(folded.codes))[place] == 1
    sole = np.full(len(folded.codes), -1, dtype=np.int64)
    sole[place[alone]] = every.codes[alone]
    several = every.taken(np.flatnonzero(~alone))
    rest, ratio = _rests(folded, several, place[~alone], len(lengths))
    if rounded:
        folded, several, rest = folded.rounded(), several.rounded(), rest.rounded()
    return Family(folded, several, rest, ratio, sole)


def _rests(folded: Postings, ways: Postings, place: Places, n: int) -> tuple[Postings, Weights]:
    """What the texts are given for a folded term beyond its usual way; `place[w]` is the folded term of way w."""
    held, whole = np.diff(ways.starts), np.diff(folded.starts)[place]
    usual = np.flatnonzero(2 * held > whole)
    ratio = (idf(n, whole[usual]) / idf(n, held[usual])).astype(np.float32)
    rest, own = folded.taken(place[usual]), ways.taken(usual)
    weights = rest.levels.copy()
    weights[np.searchsorted(rest.keys(n), own.keys(n))] -= own.levels * np.repeat(ratio, held[usual])
    left = weights > NOTHING * rest.levels
    sizes = np.add.reduceat(left, rest.starts[:-1], dtype=np.int64) if len(usual) else held[:0]
    some = sizes > 0
    starts = np.concatenate(([0], np.cumsum(sizes[some])))
    return Postings(own.codes[some], starts, rest.docs[left], weights[left], rest.steps[some]), ratio[some]
