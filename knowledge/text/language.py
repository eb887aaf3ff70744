"""How usual a syllable is, and how usual after another: the table that `knowledge.text.learn` makes, read on demand.

Probabilities are natural logarithms. Pairs follow "stupid backoff" (Brants et al., 2007): a pair that is not in the table gets the
frequency of its second word, times 0.4.
"""

from __future__ import annotations

import gzip
import math
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.text.fold import fold
from knowledge.text.tone import is_syllable

DATA = Path(__file__).parent / "data" / "language.tsv.gz"

LEAST = 60
"""A word met less often than this in the corpus is not what a slip is put down to."""

COMPOUND = 1500
"""A pair met at least this often may be written short: "hthành" for "hoàn thành"."""

OFTEN = 4
"""The time a word is asked for at which all that follows it is unpacked; before, one entry is looked for in the packed row."""

_BACKOFF = math.log(0.4)


class Words:
    """Words with their counts and, packed until they are asked for, the words that follow them."""

    def __init__(self, counts: dict[str, int], following: dict[str, str]) -> None:
        self.counts = counts
        self._packed = following
        self._pairs: dict[str, dict[str, int]] = {}
        self._asked: dict[str, int] = {}
        self._total = math.log(sum(counts.values()))

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def pair(self, first: str, second: str) -> int:
        """How often `second` followed `first`; 0 when rarely or never."""
        pairs = self._pairs.get(first)
        if pairs is not None:
            return pairs.get(second, 0)
        asked = self._asked[first] = self._asked.get(first, 0) + 1
        if asked < OFTEN:
            return self._one(first, second)
        words = self._packed.get(first, "").replace("=", " ").split()
        pairs = self._pairs[first] = dict(zip(words[::2], map(int, words[1::2]), strict=True))
        return pairs.get(second, 0)

    def _one(self, first: str, second: str) -> int:
        """The count read off the packed row of `first`."""
        packed, entry = f" {self._packed.get(first, '')} ", f" {second}="
        at = packed.find(entry)
        return int(packed[at + len(entry) : packed.index(" ", at + 1)]) if at >= 0 else 0

    def before(self, second: str, head: str) -> list[str]:
        """The words that begin with `head` and make a usual compound with `second`, most usual first."""
        return [first for first in self._compounds.get(second, ()) if first.startswith(head)]

    @cached_property
    def _compounds(self) -> dict[str, list[str]]:
        """The first words of the most usual pairs by their second."""
        found: dict[str, list[tuple[int, str]]] = {}
        for first, packed in self._packed.items():
            for entry in packed.split(" "):
                second, _, count = entry.partition("=")
                if not count or int(count) < COMPOUND:  # they stand in order of their counts
                    break
                found.setdefault(second, []).append((int(count), first))
        return {second: [first for _, first in sorted(firsts, reverse=True)] for second, firsts in found.items()}

    def log_word(self, word: str) -> float:
        """Log probability of a word, that of a word seen once in ten tables for an unknown one."""
        return math.log(self.counts.get(word, 0) or 0.1) - self._total

    def log_pair(self, first: str, second: str) -> float:
        """Log probability of `second` after `first` ("" at the start of a phrase)."""
        if first:
            together = self.pair(first, second)
            if together:
                return math.log(together) - math.log(self.counts[first])
            return _BACKOFF + self.log_word(second)
        return self.log_word(second)


class Language:
    """The table twice, as written and folded, and the written forms of each folded word, most usual first."""

    def __init__(self, path: Path) -> None:
        marked, _, folded = gzip.decompress(path.read_bytes()).decode("utf-8").partition("\n\n")
        counts: dict[str, int] = {}
        following: dict[str, str] = {}
        bare: dict[str, int] = {}
        self._written: dict[str, list[str]] = {}
        for line in marked.split("\n"):
            word, count, after = line.split("\t")
            counts[word] = int(count)
            following[word] = after
            plain = fold(word)
            bare[plain] = bare.get(plain, 0) + counts[word]
            self._written.setdefault(plain, []).append(word)
        for words in self._written.values():
            words.sort(key=lambda w: -counts[w])
        split = (line.partition("\t") for line in folded.split("\n"))
        self.marked = Words(counts, following)
        self.folded = Words(bare, {word: after for word, _, after in split})

    @cached_property
    def usual(self) -> frozenset[str]:
        """The folded syllables that a slip may be put down to."""
        return frozenset(
            fold(word) for word, count in self.marked.counts.items() if count >= LEAST and is_syllable(word)
        )

    def written(self, plain: str) -> list[str]:
        """The known words whose folded form is `plain`, most usual first."""
        return self._written.get(plain, [])


@lru_cache(maxsize=4)
def load_language(path: Path = DATA) -> Language:
    """Read the table."""
    return Language(path)
