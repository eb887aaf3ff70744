"""The words of a message that name the task: beside the percent or the status, else the first clause that tells nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from knowledge.progress.reading.items import STATUSES, Item
from knowledge.progress.reading.surface import Surface

Stretch = tuple[int, int]
"""Items [first, last); (0, 0) for none."""

_LONGEST_TIME = timedelta(days=366)
NONE: Stretch = (0, 0)
EDGES = frozenset(
    [
        "chatter",
        "link",
        "mark",
        "now",
        "about",
        "bound",
        "time",
        "aspect",
        "reach",
        "ask",
        "more",
        "too",
        "replace",
        "instead",
        "save",
        "save_not",
        "nothing",
        "fall",
        "added",
        "percent_of",
        "wrong_task",
        "vague",
        "no_obstacle",
    ]
)
_NAME = frozenset(
    [
        "word",
        "task_word",
        "amount",
        "time",
        "reach",
        "link",
        "chatter",
        "ask",
        "about",
        "bound",
        "percent_of",
        "added",
        "fall",
        "more",
        "too",
        "note_head",
        "now",
        "vague",
        "nothing",
    ]
)


def find_mention(
    message: Surface,
    found: Sequence[Item],
    role: Sequence[str],
    clause: Sequence[int],
    anchor: int | None,
    asked: str,
    replaces: bool,
) -> Stretch:
    """The items that name the task. `anchor` is the item that reports the percent or states the status."""
    if anchor is not None and not (found[anchor].kind in STATUSES and _labelled(found, anchor + 1)):
        beside = _before(message, found, role, clause, anchor, asked)
        if beside != NONE:
            return beside
    labelled = next((k for k in range(len(found)) if not role[k] and _labelled(found, k)), None)
    if labelled is not None:
        return _name(found, role, labelled, _end(found, role, clause, labelled))
    wrong = any(x.kind == "wrong_task" and not role[k] for k, x in enumerate(found)) or _renamed(found, clause, anchor)
    if asked in ("", "task") or (replaces and (anchor is None or wrong)):
        told = next((k + 1 for k, x in enumerate(found) if x.kind == "wrong_task" and not role[k]), 0)
        first = _first_clause(message, found, role, clause, anchor, told)
        first = _first_clause(message, found, role, clause, anchor) if first == NONE else first
        if first != NONE:
            return first
    elif any(x.kind == "task_word" and not role[k] for k, x in enumerate(found)):
        at = next(k for k, x in enumerate(found) if x.kind == "task_word" and not role[k])
        return _name(found, role, at, _end(found, role, clause, at))
    return _after(found, role, clause, anchor, asked) if anchor is not None else NONE


def _renamed(found: Sequence[Item], clause: Sequence[int], anchor: int | None) -> bool:
    """Whether a clause without the figure gives a new name ("đổi sang bình dân học vụ số, và 41%")."""
    pairs = zip(found, found[1:], clause, strict=False)
    return anchor is not None and any(
        x.kind == "replace" and after.kind == "word" and c != clause[anchor] for x, after, c in pairs
    )


def _labelled(found: Sequence[Item], k: int) -> bool:
    """Whether item `k` is the "nhiệm vụ" of "đang làm nhiệm vụ SOC"."""
    return 0 < k < len(found) and found[k].kind == "task_word" and found[k - 1].kind in (*STATUSES, "aspect")


def _before(
    message: Surface, found: Sequence[Item], role: Sequence[str], clause: Sequence[int], anchor: int, asked: str
) -> Stretch:
    start = anchor
    while start > 0 and clause[start - 1] == clause[anchor] and not role[start - 1] and _may_name(found[start - 1]):
        start -= 1
    name = _name(found, role, start, anchor)
    if name == NONE or asked or found[name[0]].kind == "task_word" or start != clause.index(clause[anchor]):
        return name
    while start > 0:
        earlier = clause.index(clause[start - 1])
        inside = range(earlier, start - 1)
        comma = message.words[found[start - 1].first].text == ","
        free = all(not role[j] and found[j].kind in _NAME for j in inside) and any(
            found[j].kind == "word" for j in inside
        )
        if not (comma and free):
            break
        start = earlier
    return _name(found, role, start, anchor)


def _first_clause(
    message: Surface, found: Sequence[Item], role: Sequence[str], clause: Sequence[int], anchor: int | None, at: int = 0
) -> Stretch:
    limit = anchor if anchor is not None else len(found)
    while at < limit:
        end = min(limit, at + sum(c == clause[at] for c in clause[at:]))
        free = [k for k in range(at, end) if not role[k]]
        first = next((k for k in free if found[k].kind not in EDGES or found[k].kind == "aspect"), end)
        if first < end and found[first].kind in ("word", "task_word", "amount", "note_head"):
            name = _name(found, role, first, end)
            while name != NONE and end < limit and message.words[found[end - 1].first].text == ",":
                further = end + sum(c == clause[end] for c in clause[end:])
                inside = found[end : min(limit, further) - 1]
                named = all(x.kind in _NAME for x in inside) and any(x.kind == "word" for x in inside)
                if anchor is None or further > limit or not named or any(role[end : further - 1]):
                    break
                end = further
                name = _name(found, role, first, end)
            if name != NONE:
                return name
        at = max(end, at + 1)
    return NONE


def _after(found: Sequence[Item], role: Sequence[str], clause: Sequence[int], anchor: int, asked: str) -> Stretch:
    start = anchor + 1
    while start < len(found) and found[start].kind in ("percent_of", "chatter", "link", "now"):
        start += 1
    if start == len(found) or clause[start] != clause[anchor] or role[start]:
        return NONE
    if found[start].kind == "task_word" or (not asked and found[start].kind == "word"):
        return _name(found, role, start, _end(found, role, clause, start))
    return NONE


def _end(found: Sequence[Item], role: Sequence[str], clause: Sequence[int], start: int) -> int:
    end = start
    while end < len(found) and clause[end] == clause[start] and not role[end] and _may_name(found[end]):
        end += 1
    return end


def _may_name(item: Item) -> bool:
    return item.kind in _NAME or item.kind in ("aspect", "mark")


def _name(found: Sequence[Item], role: Sequence[str], start: int, end: int) -> Stretch:
    """The name among items [start, end): without what leads to it and from it, and without what was done about it."""
    while start < end and (found[start].kind in EDGES - {"tail"} or role[start]):
        start += 1
    stop = start
    while stop < end and not role[stop] and _may_name(found[stop]) and found[stop].kind != "aspect":
        if found[stop].kind == "fall" and stop + 1 < end and found[stop + 1].kind == "amount":
            break  # "SOC tăng từ 30 ..."
        stop += 1
    while stop > start and _leads_on(found, stop - 1):
        stop -= 1
    kinds = {x.kind for x in found[start:stop]}
    named = "word" in kinds or {"task_word", "amount"} <= kinds
    return (start, stop) if named else NONE


def _leads_on(found: Sequence[Item], k: int) -> bool:
    """Whether item `k` at the end of a name is no part of it; "giai đoạn 2026-2030" and the "nha" of "3 nha" are."""
    item = found[k]
    if item.period is not None:
        return item.period.last - item.period.first <= _LONGEST_TIME
    if item.kind == "chatter" and k:
        return found[k - 1].amount is None
    return item.kind in EDGES and item.kind != "fall"
