"""Which part of a message tells what: every item gets a role.

Roles: "obstacle", "next", "note" (after a label), "rejected" (what is said not to be so), "gone" (wordings that are understood by
themselves and belong to no text), "" (everything else). A labelled role lasts until another wording takes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.progress.reading.items import STATUSES, Item
from knowledge.progress.reading.surface import Surface

_SENTENCE_ENDS = frozenset((".", "!", "?", ";", "\n"))
_BREAKS = frozenset((",", ":", "...", "->", "=>", "•", "|", "+")) | _SENTENCE_ENDS
_DASHES = frozenset(("-", "–", "—"))
_KEPT = frozenset(("obstacle_start", "obstacle_said", "next_start"))
_LABELS = {
    "obstacle_label": "obstacle",
    "next_label": "next",
    "note_label": "note",
    "note_added": "note",
    "note_head": "note",
}
_FREE = ("", "gone")
_AFTER_FIGURE = frozenset(("chatter", "percent_of", "too", "link", "now", "more"))


def clauses(message: Surface, found: Sequence[Item]) -> list[int]:
    """The number of the clause each item belongs to; marks that separate belong to the clause they end."""
    out, number = [], 0
    for item in found:
        out.append(number)
        if breaks(message, item):
            number += 1
    return out


def breaks(message: Surface, item: Item) -> bool:
    """Whether an item ends a clause."""
    if item.kind != "mark":
        return False
    word = message.words[item.first]
    if word.text in _DASHES:
        return message.meant[max(0, word.at - 1)].isspace() and message.meant[word.at + 1 : word.at + 2].isspace()
    return word.text in _BREAKS or word.text.startswith("..")


def roles(message: Surface, found: Sequence[Item], today: date) -> list[str]:
    """The role of each item."""
    clause = clauses(message, found)
    out = [""] * len(found)
    current, labelled, dictates = "", False, False
    for k, item in enumerate(found):
        starts = all(
            x.kind in ("chatter", "link", "more", "mark", "replace")
            for x, c in zip(found[:k], clause, strict=False)
            if c == clause[k]
        )
        if breaks(message, item):
            if message.words[item.first].text in _SENTENCE_ENDS or current == "rejected":
                current, labelled = "", False
            out[k] = "gone" if k and out[k - 1] == "gone" else current
            continue
        if current == "rejected" and item.kind != "instead":
            out[k] = current
            continue
        if starts and current and _turns(found, k, labelled):
            current, labelled = "", False
        dictated = current == "note" and dictates and any(x == "note" for x in out[:k])
        new = "" if dictated and item.kind not in _LABELS else _opened(found, k, starts, message, today)
        if new:
            current, labelled, dictates = new, item.kind in _LABELS, item.kind in ("note_label", "note_added")
            kept = item.kind in _KEPT or item.kind in ("time", "now")
            out[k] = new if kept else "gone"
            if item.kind in _KEPT:
                _reach_back(found, out, clause, k, new)
            if item.kind == "obstacle_said":
                _with_its_subject(found, out, clause, k)
        elif item.kind == "reject_back":
            out[k - 1], out[k] = "rejected", "gone"
        elif item.kind == "no_obstacle" or item.kind == "instead":
            out[k] = "gone"
            current = ""
        else:
            out[k] = current
    return out


def _turns(found: Sequence[Item], k: int, labelled: bool) -> bool:
    """Whether a clause that begins with item `k` no longer belongs to what was said before."""
    item = found[k]
    if item.kind in STATUSES:
        return not labelled
    if item.kind in ("save", "save_not", "task_word", "replace", "nothing", "no_obstacle", "reach", "now"):
        return True
    return not labelled and item.kind in ("aspect", "amount")


def _opened(found: Sequence[Item], k: int, starts: bool, message: Surface, today: date) -> str:
    """The role that begins with item `k`, "" when none does."""
    item, before = found[k], found[k - 1] if k else None
    after = found[k + 1] if k + 1 < len(found) else None
    if item.kind == "obstacle_said":
        return "obstacle"
    if after is None or (item.kind not in _LABELS and breaks(message, after)):
        return ""
    if item.kind == "reject":
        return "rejected" if any(x.kind in ("word", "amount") for x in found[k + 1 :]) else ""
    if item.kind in _LABELS:
        colon = message.words[after.first].text in (":", "-")
        opens = starts or not item.kind.startswith("note_") or (item.kind == "note_label" and _behind_figure(found, k))
        return _LABELS[item.kind] if colon or (opens and item.kind != "note_head") else ""
    if item.kind == "obstacle_start":
        return "obstacle"
    if item.kind == "obstacle_reason":
        anchored = any(x.kind in ("amount", *STATUSES) for x in found[:k])
        return "obstacle" if starts or anchored else ""
    if item.kind == "next_start":
        will = item.last - item.first == 1
        return (
            "next" if starts or will or (before is not None and before.kind in ("time", "link", "more", "now")) else ""
        )
    if item.kind == "time" and starts and item.period is not None and item.period.first > today:
        return "next" if after.kind in ("word", "reach", "next_start", "chatter") else ""
    return ""


def _with_its_subject(found: Sequence[Item], out: list[str], clause: Sequence[int], k: int) -> None:
    """Give what an obstacle is said of the same role, once it is told how far the work is ("SOC 53%, 45 xã chưa có mặt bằng")."""
    start = clause.index(clause[k])
    if not any(x.amount is not None or x.kind in STATUSES for x in found[:start]):
        return
    j = k - 1
    while j >= start and found[j].kind in ("word", "amount", "time") and out[j] in _FREE:
        out[j] = "obstacle"
        j -= 1


def _behind_figure(found: Sequence[Item], k: int) -> bool:
    """Whether item `k` follows how far the work is, with no mark between ("SOC 40% ghi chú là đã họp")."""
    before = next((x for x in found[:k][::-1] if x.kind not in _AFTER_FIGURE), None)
    return before is not None and before.kind in ("amount", *STATUSES)


def _reach_back(found: Sequence[Item], out: list[str], clause: Sequence[int], k: int, role: str) -> None:
    """Give a time right before "sẽ" the same role."""
    j = k - 1
    while j >= 0 and clause[j] == clause[k] and found[j].kind in ("time", "now") and out[j] in _FREE:
        out[j] = role
        j -= 1
