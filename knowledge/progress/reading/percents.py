"""Which of the amounts in a message is the percent it reports: what stands around each decides.

"đạt 35%" and "SOC: 30%" report; "bố trí 1% GRDP ngân sách" counts something, "đã giải ngân 20% vốn" tells of a part of the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.progress.reading.items import STATUSES, Item

_BEFORE = frozenset(["about", "now", "chatter", "time", "aspect"])
_AFTER = frozenset(["chatter", "percent_of", "now", "time", "too", "link"])
_END = frozenset(STATUSES) | frozenset(
    [
        "mark",
        "save",
        "save_not",
        "replace",
        "aspect",
        "obstacle_label",
        "obstacle_reason",
        "obstacle_start",
        "obstacle_said",
        "reject",
        "next_label",
        "next_start",
        "note_label",
        "note_added",
        "note_head",
        "instead",
        "nothing",
        "ask",
        "no_obstacle",
        "wrong_task",
        "more",
    ]
)


@dataclass(frozen=True)
class Percent:
    """The item at `index` reports the percent; `rivals` is true when another amount claims it as strongly."""

    index: int
    rivals: bool = False


def find_percent(found: Sequence[Item], role: Sequence[str], clause: Sequence[int], asked: str) -> Percent | None:
    """The item that reports the percent, None when no amount does."""
    replaces = any(x.kind == "replace" for x in found) or "rejected" in role
    scored = [
        (_score(found, clause, k, asked, replaces), k)
        for k, x in enumerate(found)
        if x.kind == "amount" and not role[k] and not _is_start(found, k)
    ]
    claims = [(score, k) for score, k in scored if score > 0]
    if not claims:
        return None
    best = max(score for score, _ in claims)
    ties = [k for score, k in claims if score == best]
    values = {amount.value for k in ties if (amount := found[k].amount)}
    if _run_on(found, ties[-1]):
        return Percent(ties[-1] - 1, rivals=True)
    return Percent(ties[-1], rivals=len(values) > 1 and not replaces)


def _run_on(found: Sequence[Item], k: int) -> bool:
    """Whether an amount in letters goes on from another one: "mười lăm mươi phần trăm" is no number."""
    before, amount = found[k - 1].amount if k else None, found[k].amount
    return before is not None and amount is not None and before.spelled and amount.spelled and before.form == "bare"


def _is_start(found: Sequence[Item], k: int) -> bool:
    """Whether the amount is where a rise began: "từ 30% lên 45%"."""
    before = found[k - 1].kind if k else ""
    after = found[k + 1] if k + 1 < len(found) else None
    return before == "fall" and after is not None and after.kind in ("reach", "replace")


def _score(found: Sequence[Item], clause: Sequence[int], k: int, asked: str, replaces: bool) -> int:
    amount = found[k].amount
    if amount is None:
        return 0
    left = next(
        (x for x, c in zip(found[:k][::-1], clause[:k][::-1], strict=True) if c == clause[k] and x.kind not in _BEFORE),
        None,
    )
    closes = at_end(found, k)
    of = k + 1 < len(found) and found[k + 1].kind == "percent_of"
    reached = left is not None and left.kind in ("reach", "replace", "instead")
    points = 3 * closes + (3 if reached else 2 if left is None or left.kind in ("added", "fall") else 1)
    if left is not None and left.kind == "bound":
        points -= 2
    inside = [x for x, c in zip(found[:k], clause[:k], strict=True) if c == clause[k]]
    if acts(inside):
        points -= 2
    label = [] if inside else [x for x, c in zip(found[:k], clause[:k], strict=True) if c == clause[k] - 1]
    if any(x.kind == "within" for x in (*inside, *label)):
        points -= 3  # what was planned, or said before
    if amount.form in ("percent", "range"):
        return points + 2 + 2 * of
    if amount.spelled and not amount.value and left is not None and left.kind == "word":
        return 0  # "có phối hợp với ai không"
    numbered = left is not None and left.kind == "task_word"
    shared = of and reached and amount.form in ("fraction", "half")  # "hoàn thành 3/4 khối lượng SOC"
    if not (closes or shared) or numbered:
        return 0
    if asked == "percent" or replaces:
        return points
    if amount.form == "half":
        return points - 1 + 2 * of
    if amount.form == "fraction":
        return points - 1 if reached or of or left is None or left.kind in ("word", "mark", "ask") else 0
    if acts(inside):
        return 0  # "đã giải phóng mặt bằng được 20" counts something
    return points - 2 if reached and amount.value <= 100 and float(amount.value).is_integer() else 0


def at_end(found: Sequence[Item], k: int) -> bool:
    """Whether nothing that the amount `k` could count follows it."""
    right = next((x for x in found[k + 1 :] if x.kind not in _AFTER), None)
    return right is None or right.kind in _END


def acts(inside: Sequence[Item]) -> bool:
    """Whether the words before tell of an act ("đã giải ngân"): something done, then words that say what."""
    seen = False
    for x in inside:
        if x.kind == "aspect":
            seen = True
        elif seen and x.kind == "word":
            return True
        elif x.kind == "reach":
            return False
    return False
