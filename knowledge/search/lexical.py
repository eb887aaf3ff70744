"""Search by shared words: BM25 over syllables and syllable bigrams, of the text as written and without diacritics.

The diacritics-free families let "chuyen doi so" find "chuyển đổi số"; that is better than guessing the marks first. What was
measured is in docs/adr/0003-serving-the-encoder.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import SearchError
from knowledge.search.families import Families
from knowledge.search.terms import cut, written_syllables

if TYPE_CHECKING:
    from knowledge.search.scan import Scan

Scores = NDArray[np.float32]

SCORED_UP_TO = 5_000
"""Up to this many texts each is scored, with NumPy; beyond, only those that can be among the best (`scan`)."""


class Lexical:
    """BM25 over a fixed list of texts; document i is text i. Safe to share between threads.

    A question with diacritics is scored by the mean of the written and the diacritics-free families, one without any by
    the latter alone: its syllables as written would only meet the few words that bear no mark.

    Raises:
        SearchError: there is no text to index.
    """

    def __init__(self, texts: Iterable[str], scored_up_to: int = SCORED_UP_TO) -> None:
        found = cut(texts)
        self.n = len(found.lengths)
        if not self.n:
            raise SearchError("no text to index")
        large = self.n > scored_up_to
        self._families = Families(found, rounded=large)
        del found
        self._scan: Scan | None = None
        if large:
            from knowledge.search.scan import Scan  # Numba is loaded only where it pays

            self._scan = Scan(self._families.postings, self.n)

    def scores(self, query: str) -> Scores:
        """Score every text: shape (n,), 0 where nothing is shared, no upper bound."""
        scores = np.zeros(self.n, dtype=np.float32)
        for (place, term), factor in self._families.read(written_syllables(query)).items():
            postings = self._families.postings[place]
            held = slice(*postings.starts[term : term + 2])
            scores[postings.docs[held]] += np.float32(factor * postings.steps[term]) * postings.levels[held]
        return scores

    def covered(self, query: str, text: int) -> float:
        """Share, 0 to 1, of the syllables of a question that a text holds, diacritics aside, each counted by its rarity."""
        return self._families.covered(written_syllables(query), text, self.n)

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """The k best texts that share a word with the query as (index, score), best first; among equals the earlier text."""
        if self._scan is not None:
            found, scores = self._scan.best(self._families.read(written_syllables(query)), k)
        else:
            every = self.scores(query)
            least = np.partition(every, -k)[-k] if k < self.n else 0
            found = np.flatnonzero((every >= least) & (every > 0)).astype(np.int32)
            scores = every[found]
        best = np.lexsort((found, -scores))[:k]
        return list(zip(found[best].tolist(), scores[best].tolist(), strict=True))
