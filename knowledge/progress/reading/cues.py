"""The wordings a report is understood by, found in a message: phrases of `cues.json` by what they tell the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.progress.reading.phrases import NEEDS_MARKS, load_phrases
from knowledge.progress.reading.surface import Word
from knowledge.text.fold import fold
from knowledge.text.tone import settle


@dataclass(frozen=True)
class Cue:
    """Words [first, last) are a wording of `kind`."""

    kind: str
    first: int
    last: int


def cues_at(words: Sequence[Word], i: int, limit: int, marked: bool = False) -> list[Cue]:
    """The wordings that begin at word `i` and end before word `limit`: longest first, of one length in the order of the data.

    In a `marked` message a single word without marks is what it looks like: "cho" is not "chờ".
    """
    node = load_phrases()
    found: list[Cue] = []
    for j in range(i, limit):
        step = node.get(words[j].folded)
        if step is None:
            break
        node = step
        typed = [w.text.lower() for w in words[i : j + 1]]
        exact = marked and j == i
        here = [Cue(kind, i, j + 1) for kind, ways in node.ends.items() if any(_same(typed, w, exact) for w in ways)]
        found[:0] = here
    return found


def _same(typed: Sequence[str], phrase: tuple[str, ...], exact: bool) -> bool:
    """Whether each word is unmarked, or marked as the phrase has it."""
    exact = exact or phrase[0].startswith(NEEDS_MARKS)
    return all(
        (w == fold(w) and not exact) or settle(w) == settle(p.removeprefix(NEEDS_MARKS))
        for w, p in zip(typed, phrase, strict=True)
    )
