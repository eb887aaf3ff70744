"""All the ways one agency name is written: with and without "và", "&", and with usual short forms of its parts.

Made when the register is read, so that the data file lists only what no rule can give.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.text.fold import fold
from knowledge.text.syllables import syllables

_AND = ("va", "and")


@dataclass(frozen=True)
class Register:
    """Rules beside the agencies.

    `equivalents` are groups of interchangeable phrases; `remarks` are folded words that are no agency in a cell; a class name that ends
    in one of the folded `places` and is followed by a proper name means one place.
    """

    equivalents: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    places: tuple[str, ...]


def spellings(name: str, register: Register) -> set[tuple[str, ...]]:
    """Every spelling of `name` as a sequence of syllables, diacritics kept, in lower case."""
    found = {tuple(_words(name))}
    for group in register.equivalents:
        phrases = [tuple(_words(phrase)) for phrase in group]
        for words in list(found):
            for phrase in phrases:
                at = _index(words, phrase)
                if at is not None:
                    found |= {(*words[:at], *other, *words[at + len(phrase) :]) for other in phrases}
    for words in list(found):
        found.add(tuple(w for w in words if fold(w) not in _AND))
    for words in list(found):
        if any("&" in w for w in words):
            found.add(tuple(w.replace("&", "") for w in words))
            found.add(tuple(part for w in words for part in w.split("&")))
    return found


def _index(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    return next((i for i in range(len(words)) if words[i : i + len(phrase)] == phrase), None)


def _words(text: str) -> list[str]:
    # Capitals are kept for one-word abbreviations: "CAT" is an agency, "cat" is any word.
    cut = syllables(text)
    return [cut[0].text] if len(cut) == 1 else [s.text.lower() for s in cut]
