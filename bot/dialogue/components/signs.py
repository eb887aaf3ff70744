"""Which signs of a message, and of each of its words, the linear models look at.

Names of agencies, times and plans are looked through: beside the words themselves there is a reading in which each span is one
sign of its kind, so that what is learned with one agency holds for all.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import List, Sequence, Tuple

from bot.dialogue.components.words import LIMIT, Word, ngrams, pieces, read

_LONG = 8
_WINDOW = 3


@lru_cache(maxsize=64)
def message_signs(text: str) -> Tuple[str, ...]:
    """Return the signs of a whole message: runs of words in both forms, pieces of words, spans, how it begins and ends, pictures."""
    reading = read(text)
    words = reading.words
    seen = _looked_through(words)
    folded = [w.folded for w in seen]
    signs = [f"f:{run}" for run in ngrams(folded, 2)]
    signs += [f"m:{run}" for run in ngrams([w.marked for w in seen], 2)]
    signs += [f"c:{piece}" for word in seen if not word.kind for piece in pieces(word.folded)]
    signs += [f"w:{run}" for run in ngrams([w.folded for w in words], 2)]
    signs += [f"x:{run}" for run in ngrams([w.marked for w in words], 2)]
    for size in (1, 2, 3):
        signs += [f"<{' '.join(folded[:size])}", f"{' '.join(folded[-size:])}>"]
    signs += [f"length:{min(len(seen), _LONG)}", f"agencies:{sum(s.kind == 'agency' for s in reading.spans)}"]
    signs += sorted(
        {f"span:{s.kind}" for s in reading.spans} | {f"part:{s.value}" for s in reading.spans if s.kind == "part"}
    )
    signs += [f"e:{c}" for c in text[:LIMIT] if not words or unicodedata.category(c) == "So"]
    return tuple(signs)


def word_signs(words: Sequence[Word]) -> List[List[str]]:
    """Return, for each word, the signs of its place: itself, its neighbours up to three words away, the runs it stands in."""
    edge = [Word(sign, sign, -1, -1, "", -1) for sign in ("^", "$")]
    padded = [edge[0]] * _WINDOW + list(words) + [edge[1]] * _WINDOW
    return [_signs_at(padded, at + _WINDOW) for at in range(len(words))]


def _signs_at(words: Sequence[Word], at: int) -> List[str]:
    signs = []
    for step in range(-_WINDOW, _WINDOW + 1):
        word = words[at + step]
        signs += [f"f{step}:{word.folded}", f"m{step}:{word.marked}"]
        if word.kind:
            signs.append(f"k{step}:{word.kind}")
    for first, second in ((-2, -1), (-1, 0), (0, 1), (1, 2)):
        a, b = words[at + first], words[at + second]
        signs += [f"F{first}:{a.folded} {b.folded}", f"M{first}:{a.marked} {b.marked}"]
    for first in (-2, -1, 0):
        signs.append(f"R{first}:" + " ".join(w.folded for w in words[at + first : at + first + 3]))
    return signs + [f"c:{piece}" for piece in pieces(words[at].folded)]


def _looked_through(words: Sequence[Word]) -> List[Word]:
    seen: List[Word] = []
    for word in words:
        if not word.kind:
            seen.append(word)
        elif not seen or seen[-1].place != word.place:
            name = f"[{word.kind}]"
            seen.append(Word(name, name, word.start, word.end, word.kind, word.place))
    return seen
