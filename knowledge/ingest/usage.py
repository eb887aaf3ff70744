"""Double-entry book-keeping of source words: every word is used once, in order, and what is left over is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.errors import WordLoss
from knowledge.ingest.blocks import Word, join


class Usage:
    """Who uses which source word. Roles are free names ("title", "header", "page number")."""

    def __init__(self) -> None:
        self._roles: dict[int, str] = {}

    def claim(self, words: Iterable[Word], role: str) -> None:
        """Use words for a role.

        Raises:
            WordLoss: a word is used already, or the words are not in source order.
        """
        before = -1
        for word in words:
            if word.order in self._roles or word.order <= before:
                place = f"{word.place}{word.line or ''}"
                raise WordLoss(f"{word.text!r} at {place} is used twice or out of order", word=word.text, place=place)
            self._roles[word.order] = role
            before = word.order

    def roles(self) -> Counter[str]:
        """How many words each role uses."""
        return Counter(self._roles.values())

    def unused(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
        """Runs of neighbouring words that nobody used."""
        runs: list[list[Word]] = []
        for word in words:
            if word.order in self._roles:
                continue
            if runs and runs[-1][-1].order == word.order - 1:
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(tuple(run) for run in runs)

    def require(self, words: Sequence[Word]) -> None:
        """Check that every one of `words` is used.

        Raises:
            WordLoss: some are not; the first run is named.
        """
        lost = self.unused(words)
        if lost:
            first = lost[0]
            place = f"{first[0].place}{first[0].line or ''}"
            raise WordLoss(f"{join(first)!r} at {place} is not used", word=join(first), place=place)
