"""The wordings a report is understood by, found in a message: phrases of `cues.json` by what they tell the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from knowledge.progress.reading.surface import Word
from knowledge.text.fold import fold
from knowledge.text.tone import settle

DATA = Path(__file__).parent / "cues.json"
_MARKS = "!"
_CHOICE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Cue:
    """Words [first, last) are a wording of `kind`."""

    kind: str
    first: int
    last: int


class _Node(dict[str, "_Node"]):
    def __init__(self) -> None:
        super().__init__()
        self.ends: dict[str, set[tuple[str, ...]]] = {}
        """Kinds of the phrases that end here, in order of the file, and how each is marked; a first "!" asks for the marks."""


@lru_cache(maxsize=1)
def _load() -> _Node:
    root = _Node()
    for kind, phrases in json.loads(DATA.read_text(encoding="utf-8"))["cues"].items():
        for words in {w for phrase in phrases for w in spellings(phrase)}:
            node = root
            for word in words:
                node = node.setdefault(fold(word.removeprefix(_MARKS)), _Node())
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


def cues_at(words: Sequence[Word], i: int, limit: int, marked: bool = False) -> list[Cue]:
    """The wordings that begin at word `i` and end before word `limit`: longest first, of one length in the order of the data.

    In a `marked` message a single word without marks is what it looks like: "cho" is not "chờ".
    """
    node = _load()
    found: list[Cue] = []
    for j in range(i, limit):
        step = node.get(words[j].folded)
        if step is None:
            break
        node = step
        typed = [w.text.lower() for w in words[i : j + 1]]
        exact = marked and j == i
        here = [Cue(kind, i, j + 1) for kind, ways in node.ends.items() if any(_same(typed, w, exact) for w in ways)]
        found[:0] = here
    return found


def _same(typed: Sequence[str], phrase: tuple[str, ...], exact: bool) -> bool:
    """Whether each word is unmarked, or marked as the phrase has it."""
    exact = exact or phrase[0].startswith(_MARKS)
    return all(
        (w == fold(w) and not exact) or settle(w) == settle(p.removeprefix(_MARKS))
        for w, p in zip(typed, phrase, strict=True)
    )
