"""Stretches of time named in a text ("quý II/2026", "6 tháng đầu năm 2026", "2026-2030"), and the words around that relate to them.

The language is data (`data/time.json`): patterns over folded text. Diacritics that were typed are then compared with the words those
patterns stand for, so that "đèn 2026" is not read as "đến 2026".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.text.days import Days, months, quarters, shifted, unit_of
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.text.tone import settle

DATA = Path(__file__).parent / "data" / "time.json"


_NEAR = 25
"""Characters within which another month makes "thang sau" a month too."""
_COUNTED = re.compile(r"\d ?$")


@dataclass(frozen=True)
class Period:
    """Days `first` to `last`, named by characters [start, end), and how the words around relate to them ("" when they do not)."""

    start: int
    end: int
    first: date
    last: date
    relation: str = ""


@dataclass(frozen=True)
class _Atom:
    start: int
    end: int
    kind: str
    groups: dict[str, str]


class TimeWords:
    """The patterns of `data/time.json`, compiled."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.atoms = {kind: re.compile(pattern) for kind, pattern in raw["atoms"].items()}
        self.numbers: dict[str, int] = raw["numbers"]
        self.relative: dict[str, list[Any]] = raw["relative"]
        self.weekdays: dict[str, int] = raw["weekdays"]
        self.halves: dict[str, int] = raw["halves"]
        self.past = frozenset(raw["past"])
        self.just_over = frozenset(raw["just_over"])
        self.units: dict[str, str] = raw["units"]
        self.quarters_of: dict[str, list[int]] = raw["quarters_of"]
        self.join = re.compile(raw["join"])
        self.before = {name: re.compile(rf"\b(?:{p})\s?:?\s?$") for name, p in raw["before_words"].items()}
        self.after = {name: re.compile(rf"\s?,?\s?(?:{p})\b") for name, p in raw["after_words"].items()}
        self.open_ended = re.compile(rf"\b(?:{raw['open_ended']})\b")
        self.recurring = {name: re.compile(rf"\b(?:{p})\b") for name, p in raw["recurring"].items()}
        self.outlook = re.compile(raw["outlook"])
        self.around = re.compile(rf"\b(?:{raw['around']})\b")
        self.words = frozenset(raw["words"])


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """Read the language of time expressions."""
    return TimeWords(json.loads(DATA.read_text(encoding="utf-8")))


def find_periods(text: str, today: date | None = None) -> list[Period]:
    """Find the stretches of time in `text` (NFC), in order; ranges are joined and the words around them set `relation`.

    Expressions without a year take it from the expression after them, else from `today`; without either they are left out, as are
    those that count from the present when `today` is None.
    """
    words = time_words()
    folded = fold(text)
    found: list[Period] = []
    year: int | None = None
    for atom in reversed(_with_next_month(text, folded, _atoms(text, folded, words))):
        if "y" in atom.groups:
            year = _year(atom.groups["y"])
        elif today is not None and year is None:
            year = today.year
        days = _days(atom, year, today, words)
        if days is not None:
            found.append(Period(atom.start, atom.end, *days, "range" if "n2" in atom.groups else ""))
    related: list[Period] = []
    for p in _joined(text, folded, found[::-1], words):
        related.append(_related(text, folded, p, words, related[-1].end if related else 0))
    return related


def _atoms(text: str, folded: str, words: TimeWords) -> list[_Atom]:
    free = folded
    found = []
    for kind, pattern in words.atoms.items():
        for m in pattern.finditer(free):
            if not _written(text[m.start() : m.end()], words):
                continue
            found.append(_Atom(m.start(), m.end(), kind, {k: v for k, v in m.groupdict().items() if v is not None}))
            free = free[: m.start()] + "\0" * (m.end() - m.start()) + free[m.end() :]
    return sorted(found, key=lambda a: a.start)


def _with_next_month(text: str, folded: str, atoms: list[_Atom]) -> list[_Atom]:
    """Tell "tháng sau" (next month) from "tháng sáu" (June), which are one without diacritics.

    Typed diacritics decide. Without any it is next month, as people mean it, unless another month is named nearby.
    """
    months = [a for a in atoms if a.kind.startswith("month")]
    read = []
    for a in atoms:
        if a.kind != "month" or a.groups["n"] != "sau" or a.groups.keys() & {"y", "n2", "rel"}:
            read.append(a)
            continue
        typed = text[a.start : a.end].lower()
        near = any(b is not a and b.start - a.end < _NEAR and a.start - b.end < _NEAR for b in months)
        june = settle(typed.split()[-1]) != "sau" or (near and typed == folded[a.start : a.end])
        if june:
            read.append(a)
        elif not _COUNTED.search(folded, 0, a.start):
            read.append(replace(a, kind="relative", groups={"rel": "thang sau"}))
    return read


def _written(piece: str, words: TimeWords) -> bool:
    """Whether every syllable is unmarked or marked as a time word is."""
    cut = syllables(piece)
    return all(s.text.lower() == s.folded or settle(s.text.lower()) in words.words for s in cut)


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _days(atom: _Atom, year: int | None, today: date | None, words: TimeWords) -> Days | None:
    g, kind = atom.groups, atom.kind
    try:
        if kind in ("relative", "ahead"):
            return None if today is None else _from_today(g, kind, today, words)
        if kind.startswith("weekday"):
            return None if today is None else _weekday(g, today, words)
        if kind in ("half", "quarter", "month") and "rel" in g:
            year = None if today is None else today.year + words.halves[g["rel"]]
        if year is None:
            return None
        if kind.startswith("day"):
            day = date(year, int(g["m"]), int(g["d"]))
            return day, day
        if kind.startswith(("quarter", "month")):
            first = _number(g["n"], words)
            last = _number(g.get("n2", g["n"]), words)
            return (quarters if kind.startswith("quarter") else months)(year, first, max(first, last))
        if kind.startswith("half"):
            return _half(g, year, words)
        if kind.startswith("stretch"):
            return quarters(year, *words.quarters_of[g["half"].replace("the ", "")])
        return months(year, 1, 12)
    except (ValueError, KeyError):  # a 31st of June, a quarter 7
        return None


def _half(g: dict[str, str], year: int, words: TimeWords) -> Days:
    count = _number(g["k"], words) if "k" in g else 6
    return months(year, 1, count) if g["half"] in ("dau", "first") else months(year, 13 - count, 12)


def _from_today(g: dict[str, str], kind: str, today: date, words: TimeWords) -> Days:
    if kind == "relative":
        unit, ahead = words.relative[g["rel"]]
        if "half" in g and unit == "year":
            return quarters(today.year + ahead, *words.quarters_of[g["half"]])
        return unit_of(today, unit, ahead)
    count = _number(g.get("k") or g["k2"], words)
    unit = words.units[g.get("unit") or g["unit2"]]
    if (g.get("rel") or g["rel2"]) in words.past:
        return shifted(today, unit, -count), today
    return today, shifted(today, unit, count)


def _weekday(g: dict[str, str], today: date, words: TimeWords) -> Days:
    """A day of a week. One that is just over ("thứ sáu vừa rồi", `ahead` 0 and still to come) was in the week before."""
    unit, ahead = words.relative[g["rel"]]
    monday, _ = unit_of(today, unit, ahead)
    day = monday + timedelta(days=words.weekdays[g["day"]])
    if g["rel"] in words.just_over and day > today:
        day -= timedelta(days=7)
    return day, day


def _number(written: str, words: TimeWords) -> int:
    return int(written) if written.isdigit() else words.numbers.get(written) or words.numbers[written[:3]]


def _joined(text: str, folded: str, periods: list[Period], words: TimeWords) -> Iterator[Period]:
    held: Period | None = None
    for p in periods:
        if held is None:
            held = p
            continue
        between = slice(held.end, p.start)
        if words.join.fullmatch(folded[between]) and _written(text[between], words) and held.first <= p.last:
            held = replace(held, end=p.end, last=max(held.last, p.last), relation="range")
        else:
            yield held
            held = p
    if held is not None:
        yield held


def _related(text: str, folded: str, p: Period, words: TimeWords, free: int) -> Period:
    """Read the words around a period; those before `free` belong to another one."""
    start, end, relation = p.start, p.end, p.relation
    for name, pattern in words.before.items():
        m = pattern.search(folded, max(free, start - 40), start)
        if m and _written(text[m.start() : start], words):
            start = m.start()
            relation = relation or name
            break
    for name, pattern in words.after.items():
        m = pattern.match(folded, end)
        if m and _written(text[m.start() : m.end()], words):
            end, relation = m.end(), name
            break
    return replace(p, start=start, end=end, relation="" if relation in ("range", "in") else relation)


def day_before(day: date) -> date:
    """The day before `day`."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after `day`."""
    return day + timedelta(days=1)
