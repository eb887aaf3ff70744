"""One message, several tasks: a piece of the message for each.

Lines are told apart first (pasted tables, numbered lists), then what stands in one line: "SOC 35%, còn IOC 40%". A piece begins
where a new name comes before a new percent or status; what follows without a name of its own stays with the piece before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.progress.reading.items import STATUSES, Item, items
from knowledge.progress.reading.mention import EDGES
from knowledge.progress.reading.names import NO_NAMES, Names
from knowledge.progress.reading.percents import acts, at_end
from knowledge.progress.reading.roles import breaks, clauses, roles
from knowledge.progress.reading.surface import Surface, surface
from knowledge.text.normalise import lines

_BULLET = re.compile(r"^(?:[-–—•*+]\s+|\(?\d{1,2}\s?[.)]\s*(?=[^\W\d])|\d{1,2}\s?[-:]\s+|[a-hA-H][.)]\s+)")
_ANY_DAY = date(2000, 1, 1)
"""Which day it is plays no part in where a message is cut."""


def split_reports(text: str, names: Names = NO_NAMES) -> tuple[str, ...]:
    """Cut `text` into one piece per task, in order; every piece stands in the text as it is (see `normalise.lines`).

    A message about one task comes back whole. Bullets and a heading above several reports are left out.
    """
    typed = lines(text)
    rows = [_BULLET.sub("", row) for row in typed.split("\n")]
    pieces: list[list[str]] = []
    held: list[str] = []
    for k, row in enumerate(rows):
        kind = _kind(row, names)
        follows = _kind(rows[k + 1], names) if k + 1 < len(rows) else ""
        opens = kind in ("named", "task") or (kind == "words" and follows == "bare")
        if opens and held and any(_kind(r, names) in ("named", "bare") for r in held):
            pieces.append(held)
            held = []
        elif (
            kind == "named"
            and held
            and all(_kind(r, names) == "words" for r in held)
            and not pieces
            and _heading(held, rows, names)
        ):
            held = []
        held.append(row)
    pieces.append(held)
    if len(pieces) == 1:
        cut = _cut(typed if "\n" in typed else pieces[0][0], names)
        return cut if len(cut) > 1 else (typed,)
    return tuple(part for piece in pieces for part in _cut(_verbatim(typed, piece), names))


def behind_percents(text: str) -> tuple[str, ...]:
    """Cut a line behind each of its percentages but the last ("SOC 35% IOC 40%"): what may be several reports with nothing between.

    Whether it is several, only the names in the pieces tell. One piece when there is one percentage, or several lines.
    """
    message = surface(text)
    found = items(message, _ANY_DAY)
    told = [k for k, x in enumerate(found) if x.amount is not None and x.amount.form == "percent"]
    if len(told) < 2 or "\n" in message.typed:
        return (message.typed,)
    starts = [0, *(k + 1 for k in told[:-1])]
    pieces = (_trimmed(message, found, a, b) for a, b in zip(starts, [*starts[1:], len(found)], strict=True))
    return tuple(piece for piece in pieces if piece)


def _heading(held: Sequence[str], rows: Sequence[str], names: Names) -> bool:
    """Whether the rows before the first report are a heading above several."""
    return held[-1].endswith(":") or sum(_kind(r, names) == "named" for r in rows) > 1


def _verbatim(typed: str, piece: Sequence[str]) -> str:
    start = typed.index(piece[0])
    end = typed.index(piece[-1], start + sum(len(r) for r in piece[:-1])) + len(piece[-1])
    return typed[start:end]


def _kind(row: str, names: Names) -> str:
    """What a line is: "named" (a name and how far it is), "bare" (how far, no name), "task" (a name with its label), "words"."""
    message = surface(row)
    found = items(message, _ANY_DAY, names=names)
    role = roles(message, found, _ANY_DAY)
    clause = clauses(message, found)
    told = [k for k in range(len(found)) if not role[k] and _tells(found, k)]
    if told:
        before = found[: told[0]]
        return "named" if any(x.kind == "word" for x in before) or _numbered(before) else "bare"
    first = next((x for x in found if x.kind not in ("chatter", "ask")), None)
    return "task" if first is not None and first.kind == "task_word" and clause else "words"


def _tells(found: Sequence[Item], k: int) -> bool:
    item = found[k]
    if item.kind in STATUSES:
        return True
    reached = k > 0 and found[k - 1].kind in ("reach", "about")
    return item.amount is not None and at_end(found, k) and (item.amount.form != "bare" or reached)


def _cut(row: str, names: Names) -> tuple[str, ...]:
    """The pieces of one line."""
    message = surface(row)
    found = items(message, _ANY_DAY, names=names)
    role = roles(message, found, _ANY_DAY)
    clause = clauses(message, found)
    told = -1
    starts: list[int] = []
    for k, item in enumerate(found):
        if role[k]:
            continue
        if _tells(found, k):
            start = _own_name(message, found, role, clause, told + 1, k)
            if start >= 0 and (told >= 0 or not starts):
                starts.append(start if starts else 0)
            told = k if starts else told
        elif item.kind == "too" and starts and told >= 0:
            start = _further(found, clause, told + 1, k)
            if start >= 0:
                starts.append(start)
                told = k
    if len(starts) < 2:
        return (row,)
    ends = [*starts[1:], len(found)]
    return tuple(_trimmed(message, found, a, b) for a, b in zip(starts, ends, strict=True))


def _own_name(
    message: Surface, found: Sequence[Item], role: Sequence[str], clause: Sequence[int], after: int, k: int
) -> int:
    """Where the name that belongs to item `k` begins, -1 when nothing before it is a name of its own."""
    start = k
    while start > after and clause[start - 1] == clause[k] and not role[start - 1]:
        start -= 1
    if start == k and k > after and after == 0:
        start = 0
    inside = found[start:k]
    if any(x.kind in ("within", "replace", "save") for x in inside) or acts(inside):
        return -1
    first = next((x for x in inside if x.kind not in EDGES or x.kind == "aspect"), None)
    if (
        first is None
        or first.kind not in ("word", "task_word")
        or not (any(x.kind == "word" for x in inside) or _numbered(inside))
    ):
        return -1
    if found[k].kind in STATUSES and after and not _marked_off(message, found, start, first):
        return -1
    return start


def _marked_off(message: Surface, found: Sequence[Item], start: int, first: Item) -> bool:
    """Whether a clause that states a status is about another task: "còn ...", "nhiệm vụ ...", after ";", or an acronym."""
    led = start < len(found) and found[start].kind in ("more", "link")
    mark = start > 0 and message.words[found[start - 1].first].text in (";", "\n")
    word = message.words[first.first].text
    return led or mark or first.kind == "task_word" or (len(word) > 1 and word.isupper())


def _further(found: Sequence[Item], clause: Sequence[int], after: int, k: int) -> int:
    """Where "còn ... nữa" begins, -1 when it names nothing."""
    start = k
    while start > after and clause[start - 1] == clause[k]:
        start -= 1
    named = any(x.kind == "word" for x in found[start:k])
    return start if named and found[start].kind in ("link", "more", "aspect") and not acts(found[start + 1 : k]) else -1


def _numbered(inside: Sequence[Item]) -> bool:
    return {"task_word", "amount"} <= {x.kind for x in inside}


def _trimmed(message: Surface, found: Sequence[Item], first: int, last: int) -> str:
    """Items [first, last) without the marks and joining words at their ends."""
    while first < last and (found[first].kind in ("more", "link") or breaks(message, found[first])):
        first += 1
    while last > first and (found[last - 1].kind in ("more", "link", "too") or breaks(message, found[last - 1])):
        last -= 1
    return message.piece(found[first].first, found[last - 1].last) if first < last else ""
