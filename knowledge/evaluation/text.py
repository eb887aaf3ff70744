"""How well noisy text is brought back to what was meant, word by word, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from time import process_time_ns

from knowledge.evaluation.tally import percentile
from knowledge.evaluation.text_noise import Pair
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables


@dataclass(frozen=True)
class Mended:
    """What became of the noisy rows of one kind.

    Of the words of the clean texts, `damaged` are those the noisy text lacks and `repaired` those of them the mended text has;
    `harmed` were whole in the noisy text and are no more. `exact` of `rows` texts came out as they were meant. `us` are microseconds of
    processor time a text, in ascending order.
    """

    rows: int
    exact: int
    damaged: int
    repaired: int
    harmed: int
    us: tuple[float, ...]

    @property
    def share(self) -> float:
        """Share of damaged words that were repaired, 1 when none was damaged."""
        return self.repaired / self.damaged if self.damaged else 1.0

    def percentile(self, share: float) -> float:
        """Microseconds within which `share` of the texts are done."""
        return percentile(self.us, share)


def mended(pairs: Iterable[Pair], mend: Callable[[str], str]) -> Mended:
    """Let `mend` work on every noisy text. Text typed without any diacritics is compared without them: it may stay as it is."""
    rows = exact = damaged = repaired = harmed = 0
    us = []
    for pair in pairs:
        began = process_time_ns()
        result = mend(pair.noisy)
        us.append((process_time_ns() - began) / 1000)
        form = fold if pair.noisy.lower() == fold(pair.noisy) else str.lower
        clean, noisy, out = (_words(form(text)) for text in (pair.clean, pair.noisy, result))
        before, after = _held(clean, noisy), _held(clean, out)
        lacking = set(range(len(clean))) - before
        rows += 1
        exact += out == clean
        damaged += len(lacking)
        repaired += len(lacking & after)
        harmed += len(before - after)
    return Mended(rows, exact, damaged, repaired, harmed, tuple(sorted(us)))


def _words(text: str) -> list[str]:
    return [s.text for s in syllables(text)]


def _held(clean: Sequence[str], other: Sequence[str]) -> set[int]:
    """Which words of `clean` the other text has in their places."""
    blocks = SequenceMatcher(None, clean, other, autojunk=False).get_matching_blocks()
    return {at for a, _, size in blocks for at in range(a, a + size)}
