"""Whether a quote is the plan's own words: looked up in the source text, not in the records that were made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from unicodedata import normalize

from knowledge.ingest.readers.text import decode, plain
from knowledge.records import PLANS
from knowledge.types import Citation


def settled(text: str) -> str:
    """The form in which texts are compared: NFC, lower case, single spaces, one kind of dash without spaces around it."""
    text = normalize("NFC", text).lower().replace("\u2013", "-").replace("\u2014", "-")
    return re.sub(r" ?- ?", "-", " ".join(text.split()))


@dataclass(frozen=True)
class SourceText:
    """The text a plan was read from."""

    text: str

    def holds(self, citation: Citation) -> bool:
        """Does the quote stand in the text, but for white space?

        The cells of a task are broken over lines that hold pieces of its other cells too: of a task it is enough that every word
        stands in the text.
        """
        quote = settled(citation.quote)
        if not quote:
            return False
        if _joined(quote) in self._joined:
            return True
        return citation.part == "tasks" and _words(quote) <= self._words

    @cached_property
    def _joined(self) -> str:
        return _joined(settled(self.text))

    @cached_property
    def _words(self) -> frozenset[str]:
        return _words(settled(self.text))


@lru_cache(maxsize=4)
def source_texts(folder: Path = PLANS / "sources") -> Mapping[str, SourceText]:
    """By plan id, the source texts kept beside the published plans, mark-up as plain text."""
    return {
        path.stem: SourceText("\n".join(plain(line) for line in decode(path.read_bytes(), path.name).splitlines()))
        for path in sorted(folder.glob("*.txt"))
    }


def _joined(text: str) -> str:
    return re.sub(r"\s", "", text)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))
