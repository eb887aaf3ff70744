"""Cuts the run-together words of one table row back into its cells: the best-scoring cut, found by dynamic programming.

The columns come in order, so a row of n words under k columns is cut at k-1 places. A cut scores by what stands on both
sides of it (a line that its source shows as continued, a small letter, an open bracket speak against) and by what the
cells then mean (agencies in an agency column, a time expression in the time column, lines no wider than their column).
See `Evidence` for the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.ingest.evidence import Evidence, Stretch, Token

_NEVER = float("-inf")


@dataclass(frozen=True)
class Cut:
    """The cells of a row in column order. `margin` is how far the cut beats the best one that puts some boundary elsewhere."""

    cells: tuple[tuple[Token, ...], ...]
    score: float
    margin: float


def segment(tokens: Sequence[Token], evidence: Evidence, *, begun: bool = False, more: bool = False) -> Cut:
    """Cut `tokens` into one cell per column.

    `begun`: the row started before a page break, so any cell may be empty and the first may start in the middle of a
    sentence. `more`: the row goes on after a page break.
    """
    columns, places = evidence.columns, _places(tokens, evidence)
    size, last = len(places), len(columns)
    partial = begun or more
    inner: dict[tuple[str, int, int], float] = {}

    @cache
    def stretch(a: int, b: int) -> Stretch:
        return Stretch.of(tokens[places[a] : places[b]])

    def gain(k: int, a: int, b: int) -> float:
        if a == b:
            return evidence.empty(begun=begun, more=more)
        key = (columns[k], a, b)
        if key not in inner:
            inner[key] = evidence.cell(columns[k], stretch(a, b), partial=partial)
        if not a:
            return inner[key]
        score = inner[key] + evidence.boundary(tokens[places[a]])
        if columns[k] == "timeframe":
            score -= evidence.torn(stretch(a - 1, b))
        return score

    # ahead[k][a]: best score of the first k columns over places[0:a]; behind[k][a]: of the columns from k over
    # places[a:].
    ahead = [[_NEVER] * size for _ in range(last + 1)]
    behind = [[_NEVER] * size for _ in range(last + 1)]
    ahead[0][0] = behind[last][size - 1] = 0.0
    for k in range(last):
        for b in range(size):
            ahead[k + 1][b] = max(ahead[k][a] + gain(k, a, b) for a in range(b + 1) if ahead[k][a] > _NEVER or a == 0)
    for k in reversed(range(last)):
        for a in range(size):
            behind[k][a] = max(gain(k, a, b) + behind[k + 1][b] for b in range(a, size))
    best = ahead[last][size - 1]
    cuts = [0]
    for k in range(last):
        a = cuts[-1]
        cuts.append(max(range(a, size), key=lambda b: gain(k, a, b) + behind[k + 1][b]))
    rivals = [ahead[k][a] + behind[k][a] for k in range(1, last) for a in range(size) if a != cuts[k]]
    cells = tuple(tuple(tokens[places[a] : places[b]]) for a, b in pairwise(cuts))
    return Cut(cells, best, best - max(rivals, default=_NEVER))


def _places(tokens: Sequence[Token], evidence: Evidence) -> list[int]:
    """Where a cell may start: at a line start, or inside a line at a capital or a digit; and the end."""
    starts = [
        i for i, t in enumerate(tokens) if i and (t.line_start or t.word.text[0].isupper() or t.word.text[0].isdigit())
    ]
    return [0, *(i for i in starts if evidence.boundary(tokens[i]) > _HOPELESS), len(tokens)] if tokens else [0, 0]


# A small letter on a line that the source shows as continued: no meaning of the cells makes up for that.
_HOPELESS = -7.0
