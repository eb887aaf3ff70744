"""Which signs the linear models look at: of a whole message, or of one word in its surroundings; with and without diacritics."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.dialogue.components.words import Word, ngrams, words

_LONGEST_WORDS = 3
_PIECES = (2, 3, 4)
_EDGES = ("^", "$")
_REACH = 3
"""How many words to either side of a word belong to its surroundings."""


def sentence_features(text: str) -> List[str]:
    """Return the signs of a whole message: runs of words in both forms, pieces of words, how it begins and ends."""
    found = words(text)
    folded = tuple(_number(w.folded) for w in found)
    marked = tuple(_number(w.marked) for w in found)
    signs = [f"f:{run}" for run in ngrams(folded, _LONGEST_WORDS)]
    signs += [f"m:{run}" for run in ngrams(marked, _LONGEST_WORDS)]
    signs += [f"c:{piece}" for word in folded for piece in pieces(word)]
    if folded:
        signs += [f"<{folded[0]}", f"<{' '.join(folded[:2])}", f"{folded[-1]}>", f"{' '.join(folded[-2:])}>"]
    return signs


def word_features(found: Sequence[Word], place: int) -> List[str]:
    """Return the signs of one word: itself, its pieces, and the words around it by their distance."""

    def folded(i: int) -> str:
        return _number(found[i].folded) if 0 <= i < len(found) else _EDGES[i >= 0]

    def marked(i: int) -> str:
        return found[i].marked if 0 <= i < len(found) else _EDGES[i >= 0]

    near = range(-_REACH, _REACH + 1)
    signs = [f"f{d}:{folded(place + d)}" for d in near]
    signs += [f"near:{folded(place + d)}" for d in near]
    signs += [f"m{d}:{marked(place + d)}" for d in near[1:-1]]
    signs += [f"ff{d}:{folded(place + d)} {folded(place + d + 1)}" for d in near[:-1]]
    signs += [f"fff{d}:{folded(place + d)} {folded(place + d + 1)} {folded(place + d + 2)}" for d in near[1:-3]]
    signs += [f"c:{piece}" for piece in pieces(folded(place)) if len(piece) < _PIECES[-1]]
    return signs


def pieces(word: str) -> Tuple[str, ...]:
    """Return the character runs of a word whose ends are marked by spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in _PIECES for i in range(len(padded) - n + 1))


def _number(word: str) -> str:
    return "0" if word[0].isdigit() else word
