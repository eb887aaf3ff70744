"""From a message to what it says about progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from knowledge.progress.reading.amounts import Amount
from knowledge.progress.reading.items import Item, items
from knowledge.progress.reading.measures import measured_on, measured_value
from knowledge.progress.reading.mention import find_mention
from knowledge.progress.reading.names import NO_NAMES, Names
from knowledge.progress.reading.percents import Percent, find_percent
from knowledge.progress.reading.pieces import pieces
from knowledge.progress.reading.roles import clauses, roles
from knowledge.progress.reading.statuses import find_status
from knowledge.progress.reading.surface import Surface, surface
from knowledge.progress.reading.types import Problem, Report

_IMPLIED = {"done": 100, "not_started": 0}
_FREE_WORDS = ("note", "obstacle", "next_step")


def read_report(text: str, today: date, asked: str = "", names: Names = NO_NAMES) -> Report:
    """Read what `text` says about progress. Never raises.

    `asked` is the slot being asked for ("percent", "note", "obstacle", "next_step", "task", "confirm", "" outside a dialog): a bare
    "45" is a percent when a percent is asked for or something is corrected, an answer to "note" is the note as it stands.
    `names` are the titles of the plans (`names_of`): their words are then not taken for wordings of a report.
    """
    message = surface(text)
    found = items(message, today, asked, names)
    role = roles(message, found, today)
    clause = clauses(message, found)
    replaces = (
        any(x.kind in ("replace", "wrong_task") and not role[k] for k, x in enumerate(found)) or "rejected" in role
    )
    nothing = _says_nothing(found)
    save = any(x.kind == "save" for x in found)
    if asked in _FREE_WORDS and not nothing and not (replaces and any(x.kind == "amount" for x in found)):
        return _free_words(message, found, role, asked, save)
    percent = find_percent(found, role, clause, asked)
    status = find_status(found, role, clause, percent)
    vague = None if percent else next((k for k, x in enumerate(found) if x.kind == "vague" and not role[k]), None)
    if vague is not None and status is not None and status.status == "done":
        status = None  # "xong gần hết rồi"
    anchor = percent.index if percent else status.index if status else vague
    measured = None if percent else measured_value(message, found, role, clause)
    beside = measured[2].start if measured and anchor is None else anchor
    mention = find_mention(message, found, role, clause, beside, asked, replaces)
    used = set(range(*mention)) | ({anchor} if anchor is not None else set())
    used |= (set(status.used) if status else set()) | (set(measured[2]) if measured else set())
    note, obstacle, next_step = pieces(message, found, role, clause, used, mention[0])
    named = message.piece(found[mention[0]].first, found[mention[1] - 1].last) if mention[1] else ""
    said = _Percent(None, "", "")
    amount = found[percent.index].amount if percent else None
    if percent and amount:
        said = _percent(message, found, percent, amount)
    elif vague is not None and (status is None or status.status != "not_started"):
        said = _Percent(None, "vague", _words(message, found, vague))
    elif status is not None:
        said = _Percent(_IMPLIED.get(found[status.index].kind), "", "")
    value, unit = (
        (amount.value, "" if amount.form == "bare" else "%") if amount else measured[:2] if measured else (None, "")
    )
    return Report(
        percent=said.whole,
        problem=said.problem,
        raw=said.raw,
        status=status.status if status else None,
        mention=named,
        note=note,
        obstacle=obstacle,
        next_step=next_step,
        links=message.links,
        replaces=replaces,
        mention_replaces=bool(named) and replaces and _other_task(found, role, percent is not None),
        rejected=_rejected(message, found, role),
        unhindered=any(x.kind == "no_obstacle" for x in found),
        save=save,
        holds=any(x.kind == "save_not" and not role[k] for k, x in enumerate(found)),
        nothing=nothing and not (named or note or obstacle or next_step or percent or status or vague is not None),
        value=value,
        unit=unit,
        measured_on=measured_on(message, found, role, mention, today),
    )


@dataclass(frozen=True)
class _Percent:
    whole: int | None
    problem: Problem
    raw: str


def _percent(message: Surface, found: Sequence[Item], percent: Percent, amount: Amount) -> _Percent:
    """The whole percent, or why there is none."""
    k = percent.index
    raw = _words(message, found, k)
    if percent.rivals or amount.form == "range" or (k and found[k - 1].kind == "added"):
        return _Percent(None, "unclear", _words(message, found, k, added=True))
    if amount.value > 100:
        return _Percent(None, "above", raw)
    if amount.value < 0:
        return _Percent(None, "below", raw)
    if amount.form == "bare" and 0 < amount.value < 1:
        return _Percent(floor(100 * amount.value + 0.5), "", raw)
    if _remains(message, found, k):
        return _Percent(floor(100 - amount.value + 0.5), "", _words(message, found, k, around=True))
    return _Percent(floor(amount.value + 0.5), "", raw)


def _remains(message: Surface, found: Sequence[Item], k: int) -> bool:
    """Whether the amount is what is still to be done: "còn 20% nữa", "còn lại 20%"."""
    before = [
        w.folded for x in found[:k] for w in message.words[x.first : x.last] if x.kind != "about" or x is found[0]
    ]
    after = message.words[found[k].last].folded if found[k].last < len(message.words) else ""
    return before[-2:] == ["con", "lai"] or (before[-1:] == ["con"] and after in ("nua", "chua"))


def _words(message: Surface, found: Sequence[Item], k: int, added: bool = False, around: bool = False) -> str:
    first = k - 1 if around or (added and k and found[k - 1].kind == "added") else k
    last = k + 1 if around and k + 1 < len(found) and found[k + 1].kind == "too" else k
    return message.piece(found[first].first, found[last].last)


def _says_nothing(found: Sequence[Item]) -> bool:
    said = any(x.kind in ("nothing", "no_obstacle") for x in found)
    return said and all(
        x.kind in ("nothing", "no_obstacle", "chatter", "link", "mark", "save", "done", "too") for x in found
    )


def _other_task(found: Sequence[Item], role: Sequence[str], percent: bool) -> bool:
    """Whether what is corrected is the task."""
    if any(x.kind == "wrong_task" for x in found):
        return True
    rejected = [x.kind for k, x in enumerate(found) if role[k] == "rejected"]
    return "word" in rejected if rejected else not percent


def _rejected(message: Surface, found: Sequence[Item], role: Sequence[str]) -> str:
    """The words that a message says are not so, without the wording that says it."""
    said = [x for k, x in enumerate(found) if role[k] == "rejected"]
    return message.piece(said[0].first, said[-1].last) if said else ""


def _free_words(message: Surface, found: Sequence[Item], role: Sequence[str], asked: str, save: bool) -> Report:
    """A message that answers the question for a note, an obstacle or a next step: kept whole, but for its label and "lưu"."""
    end = _wish_to_save(found)
    labels = ("obstacle_label", "next_label", "note_label", "note_added", "note_head")
    start = 0
    if end and found[0].kind in labels and role[0] == "gone":
        start = next((k for k in range(1, end) if found[k].kind != "mark"), end)
    whole = message.typed if (start, end) == (0, len(found)) else ""
    text = whole or (message.piece(found[start].first, found[end - 1].last) if start < end else "")
    note, obstacle, following = (text if asked == slot else "" for slot in _FREE_WORDS)
    return Report(
        note=note, obstacle=obstacle, next_step=following, links=message.links, save=save and end < len(found)
    )


def _wish_to_save(found: Sequence[Item]) -> int:
    """Where a wish to save begins at the end of free words ("..., lưu nhé"); their end when there is none ("đã chuyển vào lưu")."""
    at = len(found)
    while at and found[at - 1].kind in ("save", "mark", "chatter", "link"):
        at -= 1
    rest = found[at:]
    wishes = [x for x in rest if x.kind == "save"]
    plain = at == 0 or len(rest) > len(wishes) or any(x.last - x.first > 1 for x in wishes)
    return at if wishes and plain else len(found)
