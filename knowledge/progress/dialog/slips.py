"""Slips and second thoughts in the words of a message: what it takes back, leaves out, gives anew, or only excuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from knowledge.progress.dialog.cues import field_named, is_brief
from knowledge.progress.dialog.state import Slot
from knowledge.progress.dialog.wordings import CLAUSE, bare, says, spoken, wordings
from knowledge.text.syllables import syllables

REASON = re.compile(r"(?<=\d) cho (?:\w+ )?\w+\W*$")
"""Why a number was chosen, behind it ("25 cho chẵn")."""


def renewed_field(text: str) -> Slot | None:
    """The field whose text a message gives anew ("ghi chú phải là đã nối 31 xã")."""
    said = spoken(text)
    fields = cast("dict[Slot, list[str]]", wordings()["fields"])
    ways = [(name, f" {p} {r} ") for name, phrases in fields.items() for p in phrases for r in wordings()["renew"]]
    return next((name for name, way in ways if way in said), None)


def excuses(text: str) -> bool:
    """Whether words only say how a slip came about ("quá tay", "gõ thừa số"): nothing to be kept."""
    said = f" {bare(text)} "
    return is_brief(text) and any(f" {p} " in said for p in wordings()["excuse"])


def winds_up(text: str) -> bool:
    """Whether a message says that its writer is through, not the work ("xong, lưu")."""
    words = bare(text).split()
    return bool(words) and all(w in wordings()["wind_up"] for w in words)


def removed_field(text: str) -> Slot | None:
    """The field that a message asks to leave out ("bỏ ghi chú đi")."""
    return next((field_named(clause) for clause in CLAUSE.split(text) if _removes(clause)), None)


def removed_words(text: str) -> str:
    """The folded words that a message asks to leave out ("xóa phần chờ Bộ Tài chính đi"), "" when it asks for no such thing."""
    removing = _removes(text)
    words = bare(text.replace(",", " ")).split()[len(removing) :]
    start = next((k for k, w in enumerate(words) if w not in wordings()["piece"]), len(words))
    return " ".join(words[start:]) if removing else ""


def _removes(text: str) -> Sequence[str]:
    """The first words of a text up to the one that asks to leave something out, none when it does not."""
    words = bare(text).split()
    start = next((k for k, w in enumerate(words) if w not in wordings()["hesitation"]), 0)
    said = f" {' '.join(words[start:])} "
    ways = [p for p in wordings()["remove"] if said.startswith(f" {p} ")]
    if not ways:
        return ()
    typed = next(s.text.lower() for s in syllables(text) if s.folded == words[start])
    other = (
        any(said.startswith(f" {p} ") for p in wordings()["remove_not"])
        if typed.isascii()
        else typed not in wordings()["remove_marked"]
    )
    return () if other else words[: start + len(max(ways, key=len).split())]


def bare_number(text: str) -> str:
    """The number that a message is, with nothing else that means something ("60", "60 nhé", "khoan, 60 thôi"); "" when it is more."""
    if says(text, "still_to_do"):
        return ""
    words = [w for w in bare(REASON.sub("", text)).split() if w not in wordings()["hesitation"]]
    return words[0] if len(words) == 1 and words[0].isdigit() else ""


def number_in_clause(text: str) -> str:
    """The number that a clause of a message settles on ("sáng nay thêm lớp nữa, 60 đi em"); "" when no clause does, or several do."""
    settling = [c for c in CLAUSE.split(text) if says(c, "settles") and not says(c, "counts")]
    found = [number for c in settling if (number := bare_number(c))]
    return found[0] if len(found) == 1 else ""


def without_excuses(text: str) -> str:
    """A message without its clauses that only say how a slip came about; as it is when it has no others."""
    clauses = [c for c in re.split(r"(?<=[,.;!\n])\s", text) if not excuses(c)]
    return " ".join(clauses) or text
