"""Compares two sentences: are the numbers the same, does one say more, or is it only put in other words?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from knowledge.text.syllables import syllables

# A run of this many syllables that only one side has adds to what is asked; shorter ones are wording.
ADDITION = 4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def compare(left: str, right: str) -> Literal["same", "value", "scope", "wording"]:
    """How two sentences about the same work differ. Case, punctuation and leading zeros of numbers do not count."""
    a, b = syllables(left), syllables(right)
    if [s.folded for s in a] == [s.folded for s in b] and [s.text.lower() for s in a] == [s.text.lower() for s in b]:
        return "same"
    if numbers(left) != numbers(right):
        return "value"
    return "scope" if max(longest_addition(left, right), longest_addition(right, left)) >= ADDITION else "wording"


def numbers(text: str) -> list[float]:
    """The numbers of a text in order of size."""
    return sorted(float(n.replace(",", ".").rstrip(".")) for n in _NUMBER.findall(text) if n.count(".") < 2)


def longest_addition(more: str, less: str) -> int:
    """The most syllables that one run of `more` adds and `less` has nowhere; numbers are left out."""
    words = [s.folded for s in syllables(more)]
    others = [s.folded for s in syllables(less)]
    known = set(others)
    longest = 0
    for tag, start, end, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            longest = max(longest, sum(not w[0].isdigit() and w not in known for w in words[start:end]))
    return longest
