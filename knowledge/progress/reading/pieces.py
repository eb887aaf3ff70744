"""Note, obstacle and next step, cut out of what was typed: all that names no task, no percent and no status and is no courtesy."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.progress.reading.items import STATUSES, Item
from knowledge.progress.reading.mention import EDGES
from knowledge.progress.reading.phrases import single_words
from knowledge.progress.reading.surface import Surface

_JOIN = "; "
_TRIMMED = EDGES - {"aspect", "bound", "time", "added", "reach", "vague", "more"}
_LEADING = _TRIMMED | {"reach"}


def pieces(
    message: Surface,
    found: Sequence[Item],
    role: Sequence[str],
    clause: Sequence[int],
    used: Collection[int],
    named: int,
) -> tuple[str, str, str]:
    """Note, obstacle and next step; `named` is where the name of the task begins. Pieces that stand apart are joined by "; "."""
    out: dict[str, list[tuple[int, int]]] = {"note": [], "obstacle": [], "next": []}
    start = _preamble(message, found, named)
    while start < len(found):
        kind = _kind(role[start], start in used)
        end = start + 1
        while (
            end < len(found)
            and _kind(role[end], end in used) == kind
            and (kind != "free" or clause[end] == clause[start])
        ):
            end += 1
        if kind in ("note", "obstacle", "next"):
            first, last = content(found, *_dictated(message, found, start, end))
            last = _with_ending(message, found, clause, last)
            if first < last:
                out[kind].append((first, last))
        elif kind == "free":
            first, last = content(found, start, end)
            last = _with_ending(message, found, clause, last) if first < last else last
            if found[first:last] and _tells(found[first:last]):
                out["note"].append((first, last))
        start = end
    note, obstacle, following = (_text(message, found, out[kind], used) for kind in ("note", "obstacle", "next"))
    return note, obstacle, following


def _preamble(message: Surface, found: Sequence[Item], named: int) -> int:
    """Where the report itself begins after "Kính gửi ..., Sở ... xin báo cáo:"; nothing is told before that.

    What ends in a colon before the task is named leads up to it ("báo luôn 2 việc: SOC ...").
    """
    for k in range(named):
        if message.words[found[k].first].text == ":" and all(x.kind != "aspect" for x in found[:k]):
            return k + 1
    for k, item in enumerate(found[:-1]):
        if item.amount is not None or item.kind in STATUSES:
            break
        if item.kind in ("ask", "chatter") and message.words[found[k + 1].first].text == ":":
            return k + 1
    return 0


def _with_ending(message: Surface, found: Sequence[Item], clause: Sequence[int], last: int) -> int:
    """The end of free words with the word that closes their clause where it completes a verb: "chờ thiết bị về", "chưa làm được"."""
    if last >= len(found) or found[last].kind != "link":
        return last
    rest = [x for x, c in zip(found[last + 1 :], clause[last + 1 :], strict=True) if c == clause[last]]
    closes = all(x.kind in ("mark", "chatter") for x in rest)
    return last + (closes and message.words[found[last].first].folded in single_words("ending"))


def _tells(inside: Sequence[Item]) -> bool:
    """Whether free words are more than a stray one ("pls", a name after "anh")."""
    return any(x.kind == "word" for x in inside) and (len(inside) > 1 or inside[-1].last - inside[0].first > 1)


def _kind(role: str, used: bool) -> str:
    return "used" if used or role in ("gone", "rejected") else role or "free"


def _dictated(message: Surface, found: Sequence[Item], start: int, end: int) -> tuple[int, int, frozenset[str]]:
    """A labelled piece and what may be cut off before it: nothing but marks after a colon, "ghi chú: cảm ơn Sở Tài chính" is a note."""
    colon = next((k for k in range(max(0, start - 1), end) if message.words[found[k].first].text == ":"), None)
    if colon is not None and all(item.kind == "chatter" for item in found[start:colon]):
        return max(colon, start), end, frozenset(("mark",))
    return start, end, frozenset(("mark", "chatter"))


def content(found: Sequence[Item], start: int, end: int, leading: Collection[str] = _LEADING) -> tuple[int, int]:
    """Items [start, end) without courtesies, commands and marks at their ends; `leading` are the kinds cut off before it."""
    while start < end and found[start].kind in leading:
        start += 1
    while end > start and (
        found[end - 1].kind in (_TRIMMED - {"percent_of", "nothing", "more"}) or _leads_on(found, start, end - 1)
    ):
        end -= 1
    return start, end


def _leads_on(found: Sequence[Item], start: int, k: int) -> bool:
    """Whether item `k` is an "and" after a comma, with what it joins cut off."""
    return found[k].kind == "more" and k > start and found[k - 1].kind == "mark"


def _text(message: Surface, found: Sequence[Item], parts: list[tuple[int, int]], used: Collection[int]) -> str:
    merged: list[tuple[int, int]] = []
    for first, last in parts:
        if (
            merged
            and all(x.kind in ("mark", "chatter", "link") for x in found[merged[-1][1] : first])
            and not (set(range(merged[-1][1], first)) & set(used))
        ):
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return _JOIN.join(message.piece(found[first].first, found[last - 1].last) for first, last in merged)
