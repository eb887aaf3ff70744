"""A message cut into items: wordings that tell something, amounts, times, marks, and the plain words between them.

Where a wording has two readings its neighbours decide: "hoàn thành" ends "SOC hoàn thành" and begins the name of "Hoàn thành
trung tâm điều hành", "lưu" is a wish in "rồi lưu" and a word in "tài liệu lưu trữ".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.progress.reading.amounts import Amount, amount_at, in_tenths
from knowledge.progress.reading.cues import Cue, cues_at
from knowledge.progress.reading.names import NO_NAMES, Names
from knowledge.progress.reading.phrases import single_words
from knowledge.progress.reading.surface import Surface, Word
from knowledge.text.days import unit_of
from knowledge.text.periods import Period, find_periods

_PARTS_OF_OTHERS = ("percent", "half", "zero", "thirds", "quarters", "fifths", "ending", "ordinal")
"""Wordings that tell something only beside a number or at the end of others."""
STATUSES = ("done", "not_started", "in_progress", "delayed", "blocked", "not_done")


HALF = "nua"
"""The word for half, unmarked, which is also that for more."""
_BEFORE_MORE = ("word", "note_label", "note_added", "obstacle_label", "save", "save_not", "nothing")
_BEFORE_TENTHS = ("reach", "about")
"""Kinds of items behind which "bảy phần" is seven tenths."""
_NEXT_MONTH = re.compile(r"\b(?:tháng|thang|Tháng|Thang) sau$")
"""Beside a report "thang sau" is next month, not June ("tháng sáu")."""


@dataclass(frozen=True)
class Item:
    """Words [first, last) of a message. `kind` is that of a cue, or word, mark, time, amount."""

    kind: str
    first: int
    last: int
    amount: Amount | None = None
    period: Period | None = None


def items(message: Surface, today: date, asked: str = "", names: Names = NO_NAMES) -> list[Item]:
    """Cut a message into items, in order; every word belongs to exactly one. A stretch of a title is one plain word."""
    words, limit = message.words, len(message.words)
    periods = {p.start: p for p in find_periods(message.meant, today)}
    found: list[Item] = []
    i = 0
    while i < limit:
        title = names.stretch_at(words, i)
        if title > i:
            found.append(Item("word", i, title))
            i = title
            continue
        amount = amount_at(words, i, limit)
        if amount is not None and (asked == "percent" or (found and found[-1].kind in _BEFORE_TENTHS)):
            amount = in_tenths(words, amount, limit)
        if amount is not None and amount.form == "half" and found and found[-1].kind in _BEFORE_MORE:
            amount = None if words[i].text == HALF else amount  # "khong ghi chu nua": no more of it
        period = periods.get(words[i].at)
        if period is not None and not (amount is not None and amount.form in ("percent", "range", "half")):
            item = _time(message, i, period, today)
        elif amount is not None and (_has_unit(message, amount) or _is_ordinal(words, i, amount)):
            item = Item("word", i, amount.last + (not _is_ordinal(words, i, amount)))
        elif amount is not None and _counts(amount, asked):
            item = Item("amount", i, amount.last, amount)
        else:
            cues = (
                []
                if words[i].kind == "mark" and words[i].text not in ("=", "=>")
                else cues_at(words, i, limit, message.marked)
            )
            item = _chosen(message, i, cues, after_amount=bool(found) and found[-1].kind == "amount")
        found.append(item)
        i = item.last
    return [_settled(found, k, message) for k in range(len(found))]


def _counts(amount: Amount, asked: str) -> bool:
    """Whether an amount in letters is one: "năm" and "ba" alone are ordinary words unless a percent is asked for."""
    return not (amount.spelled and amount.form == "bare") or amount.last - amount.first > 1 or asked == "percent"


def _is_ordinal(words: Sequence[Word], i: int, amount: Amount) -> bool:
    """Whether a bare number says which one ("lần 2", "giai đoạn 1")."""
    if amount.form != "bare" or words[i].kind != "number":
        return False
    return any(c.kind == "ordinal" and c.last == i for k in range(max(0, i - 2), i) for c in cues_at(words, k, i))


def _has_unit(message: Surface, amount: Amount) -> bool:
    """Whether a number runs into letters, its unit: "20ha", "5km"."""
    if amount.form != "bare" or amount.last >= len(message.words):
        return False
    number, after = message.words[amount.last - 1], message.words[amount.last]
    return after.kind == "word" and number.kind == "number" and number.end == after.start


def _time(message: Surface, i: int, period: Period, today: date) -> Item:
    j = i
    while j < len(message.words) and message.words[j].at < period.end:
        j += 1
    if _NEXT_MONTH.search(message.meant[period.start : period.end]):
        first, last = unit_of(today, "month", 1)
        period = replace(period, first=first, last=last)
    return Item("time", i, j, period=period)


def _chosen(message: Surface, i: int, cues: list[Cue], after_amount: bool) -> Item:
    word = message.words[i]
    for cue in cues:
        if cue.kind == "percent_of" and not after_amount:
            continue
        if cue.kind == "ask" and cue.last - cue.first > 1 and _begins_name(message, cue.last - 1):
            continue  # "bao cao tien do ve tinh ..."
        if cue.kind not in _PARTS_OF_OTHERS:
            return Item(cue.kind, cue.first, cue.last)
    return Item("mark" if word.kind == "mark" else "word", i, i + 1)


def _begins_name(message: Surface, k: int) -> bool:
    """Whether word `k` is the first of some that are a name ("ve tinh")."""
    return any(
        c.kind == "word" and c.last > k + 1 for c in cues_at(message.words, k, len(message.words), message.marked)
    )


def _tells_why(found: list[Item], k: int, message: Surface) -> bool:
    """Whether "vướng" tells what is in the way ("vướng: thiếu người", "vướng thiếu chuyên gia"), not that all has stopped."""
    item, after = found[k], follower(found, k, ("mark",))
    if after is None or message.words[found[k + 1].first].text == ":":
        return after is not None
    opens = any(
        c.kind == "obstacle_start" and c.last == item.last for c in cues_at(message.words, item.first, item.last)
    )
    if after.kind == "obstacle_said":
        return opens or after is found[k + 1]  # "đang tạm dừng, thiếu người" states both
    return opens and found[k + 1].kind == "obstacle_start"


def ends(item: Item | None) -> bool:
    """Whether nothing of the same clause follows."""
    return item is None or item.kind == "mark"


def follower(found: list[Item], k: int, passed: tuple[str, ...]) -> Item | None:
    """The first item after `k` whose kind is not in `passed`."""
    return next((x for x in found[k + 1 :] if x.kind not in passed), None)


def _settled(found: list[Item], k: int, message: Surface) -> Item:
    """The item, or plain words where its neighbours speak against the wording."""
    item = found[k]
    as_word = replace(item, kind="word")
    if item.kind in STATUSES:
        after = follower(found, k, ("chatter", "time", "now", "save"))
        if item.kind == "done" and after is not None and after.kind == "amount":
            return replace(item, kind="reach")
        if item.kind == "blocked" and _tells_why(found, k, message):
            colon = message.words[found[k + 1].first].text == ":"
            return replace(item, kind="obstacle_label" if colon else "obstacle_start")
        if item.kind == "not_done" or (item.kind == "delayed" and item.last - item.first > 1):
            return item
        free = after is None or after.kind not in ("word", "aspect", "next_start")
        if free or (after is not None and after.kind == "task_word"):
            return item
        ways = cues_at(message.words, item.first, item.last)
        if item.kind == "delayed" or any(c.kind == "obstacle_start" and c.last == item.last for c in ways):
            return replace(item, kind="obstacle_start")
        return replace(item, kind="aspect" if any(c.kind == "aspect" for c in ways) else "word")
    if item.kind == "urge":
        return replace(item, kind="chatter") if ends(follower(found, k, ("chatter",))) else as_word
    if item.kind == "more" and k + 1 < len(found) and found[k + 1].kind in ("amount", "about") and not k:
        return replace(item, kind="about")
    if item.kind == "worked":  # "đã thực hiện 41%", but "đã thực hiện khảo sát"
        after = follower(found, k, ("about", "chatter"))
        told = after is not None and after.amount is not None and after.amount.form != "bare"
        first = message.words[item.first].folded
        return replace(item, kind="reach" if told else "aspect" if first in single_words("aspect") else "word")
    if item.kind == "replace_end":
        return replace(item, kind="replace")
    if item.kind in ("replace", "replace_to"):
        after, before = follower(found, k, ("about", "chatter")), found[k - 1] if k else None
        leads = before is None or before.kind in (
            "mark",
            "chatter",
            "link",
            "more",
            "ask",
            "amount",
            "time",
            "save_not",
            "nothing",
        )
        cried = k == 1 and before is not None and before.last - before.first == 1 and ends(after)  # "ui nhầm, 15% thôi"
        to = after is not None and after.kind == "amount"
        return replace(item, kind="replace") if (to if item.kind == "replace_to" else leads or cried) else as_word
    if item.kind in ("instead", "link") and message.words[item.first].folded == "thi" and k:
        after = found[k + 1] if k + 1 < len(found) else None
        if after is not None and after.kind == "amount" and found[k - 1].kind == "word":
            return replace(item, kind="reach")  # "khung kiến trúc thì 52"
    if item.kind == "reject_back" and not (k and found[k - 1].kind == "amount"):
        return as_word
    if item.kind == "instead" and not any(x.kind == "reject" for x in found[:k]):
        return replace(item, kind="link")
    if item.kind == "aspect_first":
        after, before = follower(found, k, ()), found[k - 1] if k else None
        if after is not None and after.kind in ("amount", "reach", "about"):
            return replace(item, kind="about")
        starts = before is None or before.kind in ("mark", "link", "chatter", "time", "now", "amount")
        return replace(item, kind="aspect" if starts else "word")
    if item.kind == "save":
        after = follower(found, k, ("chatter", "link"))
        before = found[k - 1] if k else None
        bare = item.last - item.first == 1
        leads = before is None or before.kind == "chatter"  # "lưu và báo tiếp SOC 65%"
        free = after is None or after.kind in ("mark", "save", "replace", "nothing", *(("more",) if leads else ()))
        led = before is None or before.kind in (
            "mark",
            "chatter",
            "amount",
            "link",
            "replace",
            "nothing",
            "word",
            "time",
        )
        return item if (free or not bare) and (led or not bare) and (free or item.first == 0 or not bare) else as_word
    return item
