"""The values that entities have in the examples, as signs for the slot tagger: what was an entity once is likely one in any role,
"Huế" whether one leaves from there or goes there (what that is worth: docs/evaluation.md).
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

from bot.dialogue.components.labels import Entity

# The name of a value's entity, without its role, and the value, in small letters, its words joined by spaces.
Value = Tuple[str, str]
# By the first word of a value and by value, how many entities of each name have it.
Known = Dict[str, Dict[str, Dict[str, int]]]

_LONGEST = 6
_NONE: Mapping[Value, int] = Counter()


def values(words: Sequence[str], within: Sequence[Optional[Entity]]) -> Iterator[Value]:
    """Yield the value of each entity of a text, given its words and the entity that each is part of.

    Of a name with dots the last part counts: "fromloc.city_name" and "toloc.city_name" are roles by another spelling.
    """
    for _, run in groupby(zip(words, within, strict=True), key=lambda pair: id(pair[1])):
        pairs = list(run)
        if entity := pairs[0][1]:
            yield entity["entity"].rpartition(".")[2], " ".join(word for word, _ in pairs)


def gather(told: Iterable[Value]) -> Known:
    """Count the values of all examples."""
    known: Known = {}
    for (name, value), times in Counter(told).items():
        known.setdefault(value.partition(" ")[0], {}).setdefault(value, {})[name] = times
    return known


def value_signs(words: Sequence[str], known: Known, own: Mapping[Value, int] = _NONE) -> List[List[str]]:
    """Return, for each word, the names of the entities that the longest known value from some word on could be.

    Args:
        words: of one text, in small letters.
        known: values of the examples.
        own: how often each occurs in this very text, if it is one of the examples: they tell nothing new.
    """
    signs: List[List[str]] = [[] for _ in words]
    for start, word in enumerate(words):
        begun = known.get(word, {})
        for end in range(min(len(words), start + _LONGEST), start, -1) if begun else ():
            value = " ".join(words[start:end])
            names = [name for name, times in begun.get(value, {}).items() if times > own.get((name, value), 0)]
            if names:
                for at in range(start, end):
                    signs[at] += [f"v:{name}{'+' if at > start else ''}" for name in names]
                break
    return [sorted(set(of_word)) for of_word in signs]
