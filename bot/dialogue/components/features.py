"""Which signs of a sentence the linear models look at: words and pieces of words, with and without diacritics."""

from __future__ import annotations

from typing import List, Tuple

from bot.dialogue.components.words import ngrams, words

_LONGEST_WORDS = 3
_PIECES = (2, 3, 4)


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


def pieces(word: str) -> Tuple[str, ...]:
    """Return the character runs of a word whose ends are marked by spaces."""
    padded = f" {word} "
    return tuple(padded[i : i + n] for n in _PIECES for i in range(len(padded) - n + 1))


def _number(word: str) -> str:
    return "0" if word[0].isdigit() else word
