"""The phrases of `cues.json` as a tree of unmarked words, each end with the kinds of the phrases that end there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from knowledge.text.fold import fold

DATA = Path(__file__).parent / "cues.json"
NEEDS_MARKS = "!"
_CHOICE = re.compile(r"\[([^\]]*)\]")


class Node(dict[str, "Node"]):
    """A word of the tree: the words that may follow it, and what ends with it."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: dict[str, set[tuple[str, ...]]] = {}
        """Kinds of the phrases that end here, in order of the file, and how each is marked; a first "!" asks for the marks."""


@lru_cache(maxsize=1)
def load_phrases() -> Node:
    """Read the phrases."""
    root = Node()
    for kind, phrases in json.loads(DATA.read_text(encoding="utf-8"))["cues"].items():
        for words in {w for phrase in phrases for w in spellings(phrase)}:
            node = root
            for word in words:
                node = node.setdefault(fold(word.removeprefix(NEEDS_MARKS)), Node())
            node.ends.setdefault(kind, set()).add(words)
    return root


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The word sequences a phrase of the data stands for: "[đã|] xong" is ("đã", "xong") and ("xong",)."""
    parts = _CHOICE.split(phrase)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    for chosen in product(*choices):
        words = tuple("".join(chosen).split())
        if words:
            yield words


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word of the phrases as it is written there: such a word is no slip of the keyboard."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))["cues"]
    return frozenset(
        word for phrases in raw.values() for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase)
    )


@lru_cache(maxsize=8)
def single_words(kind: str) -> frozenset[str]:
    """The phrases of `kind` that are one word, unmarked."""
    return frozenset(word for word, node in load_phrases().items() if kind in node.ends)
