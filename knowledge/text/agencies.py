"""Which agency a piece of text names: the register of the province's agencies and the search for them in any spelling.

The register is data (`data/agencies.json`). Names are found as sequences of folded syllables in a tree, so marked, unmarked and
abbreviated spellings cost one walk; single syllables may be joined, carry Telex keys or one wrong letter when the rest of the
name is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.text.aliases import Register, spellings
from knowledge.text.fold import fold
from knowledge.text.names import Hit, NameTree
from knowledge.text.syllables import syllables

DATA = Path(__file__).parent / "data" / "agencies.json"

_GROUP = re.compile(r"\([^()]*\)")
_SEPARATOR = re.compile(r"[,;()/:]|\s[-–]\s")


@dataclass(frozen=True)
class Agency:
    """An agency, or a class of agencies (`kind` "class"). `party_of` names the agency whose party committee it is."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    party_of: str | None = None


@dataclass(frozen=True)
class AgencyMention:
    """The agency `name` named by characters [start, end) of a text."""

    name: str
    start: int
    end: int
    text: str


class Registry:
    """Every known agency, by name and by spelling."""

    def __init__(self, agencies: Iterable[Agency], register: Register) -> None:
        self._agencies = {a.name: a for a in agencies}
        self._remarks = register.remarks
        self._places = register.places
        self._tree = NameTree()
        self._spelled: dict[str, str] = {}
        for agency in self._agencies.values():
            for written in (agency.name, *agency.aliases):
                for words in spellings(written, register):
                    self._tree.add(words, agency.name)
                    self._spelled.setdefault(" ".join(fold(w) for w in words), agency.name)
        self._grams = {spelled: _bigrams(spelled) for spelled in self._spelled}

    def __iter__(self) -> Iterator[Agency]:
        return iter(self._agencies.values())

    def __len__(self) -> int:
        return len(self._agencies)

    def get(self, name: str) -> Agency | None:
        """Return the agency of this canonical name or alias (any spelling), None when there is none."""
        if name in self._agencies:
            return self._agencies[name]
        known = self._spelled.get(_spelled(name))
        return None if known is None else self._agencies[known]

    def find(self, text: str) -> list[AgencyMention]:
        """Find the agencies `text` (see `normalise.clean`) names, in order, the longest name at each place."""
        return [_mention(text, hit) for hit in self._tree.find(text) if not self._is_one_place(text, hit)]

    def resolve_cell(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Resolve a plan's agency cell.

        Returns the canonical names in order of mention without repeats, and the pieces of the cell that name no known agency. In
        a list "Các Sở: Tài chính, Công Thương" the word for department is taken as said before each piece.
        """
        found = [(m.start, m.name) for m in self.find(text)]
        taken = list(text)
        for m in self.find(text):
            taken[m.start : m.end] = "," * (m.end - m.start)
        rest = _GROUP.sub(lambda m: self._without_remark(m[0]), "".join(taken))
        unknown: list[tuple[int, str]] = []
        at, head = 0, ""
        for piece in _SEPARATOR.split(rest):
            words = piece.strip(" .")
            start = at + len(piece) - len(piece.lstrip(" ."))
            at += len(piece) + 1
            head = self._head(text[:start]) or head
            listed = self._listed(head, words)
            if listed:
                found += [(start, name) for name in listed]
            elif not self._is_remark(words, head):
                unknown.append((start, words))
        names = tuple(dict.fromkeys(name for _, name in sorted(found)))
        return names, tuple(words for _, words in unknown)

    def near(self, text: str, n: int = 3) -> list[str]:
        """Return up to `n` canonical names whose spelling is nearest to `text`, nearest first, for "did you mean"."""
        grams = _bigrams(_spelled(text))
        best: dict[str, float] = {}
        for spelled, known in self._grams.items():
            shared = 2 * len(grams & known) / (len(grams) + len(known) or 1)
            name = self._spelled[spelled]
            best[name] = max(best.get(name, 0.0), shared)
        ranked = sorted(best, key=lambda name: -best[name])
        return [name for name in ranked[:n] if best[name] >= 0.3]

    def same(self, a: str, b: str) -> bool:
        """Whether two agencies differ in form only: one is the other, or the party committee of the other."""
        left, right = self.get(a), self.get(b)
        if left is None or right is None:
            return _spelled(a) == _spelled(b)
        return left.name == right.name or left.party_of == right.name or right.party_of == left.name

    def _is_one_place(self, text: str, hit: Hit) -> bool:
        """Whether a class name goes on with a proper name: "UBND xã Xuân Lộc" is not the class of communes."""
        following = text[hit.end : hit.end + 3]
        named = following[:1] == " " and following[1:2].isupper() and not following[1:].isupper()
        if not named or self._agencies[hit.name].kind != "class":
            return False
        words = fold(text[hit.start : hit.end]).split()
        return words[-1] in self._places and sum(w.strip(",") in self._places for w in words) == 1

    def _without_remark(self, group: str) -> str:
        """Blank a bracket that says what an agency does instead of naming one."""
        inner = fold(group[1:-1]).strip()
        opens = any(inner.startswith(r) for r in self._remarks if " " in r)
        return "," * len(group) if opens else group

    def _is_remark(self, words: str, head: str) -> bool:
        folded = " ".join(s.folded for s in syllables(words))
        while folded:
            remark = next((r for r in self._remarks if folded == r or folded.startswith(r + " ")), None)
            if remark is None:
                return folded == head
            folded = folded[len(remark) :].strip()
        return True

    def _head(self, before: str) -> str:
        """The word said once before a list of agencies ("so" of "Các Sở: ...")."""
        m = re.search(r"\bcac (so):?\s*$", fold(before))
        return m[1] if m else ""

    def _listed(self, head: str, words: str) -> list[str]:
        if not head or not words:
            return []
        whole = f"{head} {words}"
        hits = list(self._tree.find(whole))
        return [h.name for h in hits] if hits and hits[0].start == 0 and hits[-1].end == len(whole) else []


@lru_cache(maxsize=4)
def load_agencies(path: Path = DATA) -> Registry:
    """Read the register of agencies."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    agencies = [Agency(a["name"], a["kind"], tuple(a.get("aliases", ())), a.get("party_of")) for a in raw["agencies"]]
    names = {a.name for a in agencies}
    lost = [a.name for a in agencies if a.party_of and a.party_of not in names]
    if lost:
        raise ValueError(f"{path.name}: party_of of {', '.join(lost)} names no agency")
    remarks = tuple(sorted((fold(r) for r in raw["remarks"]), key=len, reverse=True))
    equivalents = tuple(tuple(group) for group in raw["equivalents"])
    return Registry(agencies, Register(equivalents, remarks, tuple(fold(p) for p in raw["places"])))


def _mention(text: str, hit: Hit) -> AgencyMention:
    return AgencyMention(hit.name, hit.start, hit.end, text[hit.start : hit.end])


def _spelled(text: str) -> str:
    return " ".join(s.folded for s in syllables(text))


def _bigrams(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))
