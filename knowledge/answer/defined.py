"""Short forms that a plan defines for itself: "đổi mới sáng tạo (ĐMST)", "Trung tâm điều hành thông minh (IOC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.text.fold import fold

_DEFINED = re.compile(r"([^()]{4,120}?)\s?\((?:[^()\d]{0,30}? là:? )?([^\W\d_][\w&.-]{1,11})\)")
_WORD = re.compile(r"[^\W\d_]+")
_PHRASE_END = re.compile(r"[.;:,?!\d]")
_LINKS = frozenset(("va", "cua", "cho"))
LONGEST = 8
"""Words of the longest phrase that is shortened."""


def definitions(texts: Iterable[str]) -> dict[str, str]:
    """The short forms defined in `texts` and what they stand for; of several definitions the first counts.

    What is shortened ends at the bracket. It begins where its initials are the short form's letters, or else at the last word that has a
    capital.
    """
    found: dict[str, str] = {}
    for text in texts:
        for m in _DEFINED.finditer(text):
            short = m[2]
            if sum(c.isupper() for c in short) >= 2 and (phrase := _phrase(_PHRASE_END.split(m[1])[-1], short)):
                found.setdefault(short, phrase)
    return found


def _phrase(before: str, short: str) -> str:
    words = list(_WORD.finditer(before))[-LONGEST:]
    letters = [c for c in fold(short) if c.isalpha()]
    for at in range(len(words) - 1, -1, -1):
        initials = [fold(w[0])[0] for w in words[at:] if fold(w[0]) not in _LINKS]
        if initials == letters:
            return before[words[at].start() :].strip()
    starts = [w.start() for w in words if w[0][0].isupper()]
    phrase = before[starts[-1] :].strip() if starts else ""
    return phrase if len(phrase.split()) > 1 and short not in phrase else ""
