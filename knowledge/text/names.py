"""Finding known names in running text: a tree of folded syllables, walked from every syllable of the text.

A syllable of the text fits a syllable of a name when the folded forms are equal, when it spells it in Telex or VNI keys, or, in a
long enough name, when one letter is wrong. Diacritics the writer did type must not contradict the name ("cá tính" is not "CA tỉnh").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.text.distance import within_one
from knowledge.text.fold import fold
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.telex import decode
from knowledge.text.tone import is_syllable, settle

_BREAK = re.compile(r"[.;:()?!]")


@dataclass(frozen=True)
class Hit:
    """The name `name` at characters [start, end) of the text."""

    name: str
    start: int
    end: int


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


class NameTree:
    """Names to look for. `add` them, then `find` them in any text."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, words: tuple[str, ...], name: str) -> None:
        """Add a spelling: its syllables with diacritics (a single abbreviation keeps its capitals) and the name it stands for."""
        node = self._root
        for word in words:
            node = node.next.setdefault(fold(word), _Node())
        if not any(known == words for known, _ in node.ends):
            node.ends.append((tuple(settle(w) for w in words), name))

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the names in `text`, left to right, the longest at each place, none overlapping."""
        cut = syllables(text)
        at = 0
        while at < len(cut):
            best = self._longest(text, cut, at)
            if best is None:
                at += 1
                continue
            at, name, start = best
            yield Hit(name, start, cut[at - 1].end)

    def _longest(self, text: str, cut: list[Syllable], at: int) -> tuple[int, str, int] | None:
        best: tuple[int, int, str] | None = None
        stack: list[tuple[_Node, int, str, int, int]] = [(self._root, at, "", 0, 0)]
        while stack:
            node, i, left, slips, depth = stack.pop()
            if not left:
                for words, name in node.ends:
                    score = (i, -slips)
                    if (best is None or score > best[:2]) and _agrees(cut[at:i], words, slips):
                        best = (i, -slips, name)
            if left:  # the rest of a syllable that was typed together with the one before
                stack += [
                    (child, i, left[len(key) :], slips, depth + 1)
                    for key, child in node.next.items()
                    if left.startswith(key)
                ]
                continue
            if i == len(cut) or (depth and _broken(text, cut, i)):
                continue
            stack += [
                (child, i + 1, rest, slips + slip, depth + 1) for child, rest, slip in _steps(node, cut[i], depth)
            ]
        return None if best is None else (best[0], best[2], cut[at].start)


def _steps(node: _Node, syllable: Syllable, depth: int) -> Iterator[tuple[_Node, str, int]]:
    """The children a syllable of the text leads to, each with what is left of the syllable and the slips it took."""
    word = syllable.folded
    exact = node.next.get(word)
    if exact is not None:
        yield exact, "", 0
        return
    spelled = decode(syllable.text)
    if spelled is not None:
        child = node.next.get(fold(spelled))
        if child is not None:
            yield child, "", 0
            return
    for at in range(2, len(word)):
        child = node.next.get(word[:at])
        if child is not None:  # typed together; a letter held too long goes with the first
            yield child, word[at:].lstrip(word[at - 1]), 0
    if not depth:
        return
    for key, child in node.next.items():
        if len(key) > 2 and within_one(word, key):
            yield child, "", 1 if len(key) > 3 else 2  # a slip in a short syllable leaves little to know it by


def _broken(text: str, cut: list[Syllable], i: int) -> bool:
    """Whether a mark that ends a phrase stands before syllable `i`; the dot of a short form ("P. Đồng Xoài") does not."""
    between = text[cut[i - 1].end : cut[i].start]
    return bool(_BREAK.search(between)) and not (between.startswith(".") and len(cut[i - 1].text) <= 2)


def _agrees(cut: list[Syllable], words: tuple[str, ...], slips: int) -> bool:
    if len(cut) == len(words) == 1:
        written, known = cut[0].text, words[0]
        if written != written.upper() and is_syllable(written) and known == known.upper():
            return False
    if slips and len(words) - slips < 2:
        return False
    if slips > 1 and len(words) < 5:
        return False
    if len(cut) != len(words):  # typed together: the spelling of one syllable can not be compared
        return True
    wrong = sum(_contradicts(s, w) for s, w in zip(cut, words, strict=True)) - slips
    return wrong <= (0 if len(words) < 3 else 1 if len(words) < 5 else 2)


def _contradicts(syllable: Syllable, word: str) -> bool:
    written = syllable.text.lower()
    if written == syllable.folded:
        return False
    return settle(decode(written) or written) != word.lower()
