"""Targets by what they are measured in or set at: "chỉ tiêu nào tính theo %/năm", "chỉ tiêu nào đặt mức 80%"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from knowledge.text.fold import fold
from knowledge.types import Record, Target

_RATE = re.compile(r"%/nam\b|\bnguoi/van dan\b")
_EACH = re.compile(r"\s*/\s*|\s+tren (?:mot |moi )?(?=van dan\b)|(?<=%) (?:mot|moi|hang) (?=nam\b)")


def asked_rate(text: str) -> str | None:
    """The rate a question asks after, in its one form ("%/nam"); None when it asks after none."""
    found = _RATE.search(_per(text))
    return found[0] if found else None


def written(rate: str, records: Iterable[Record]) -> str:
    """A rate as the plans write it, in short."""
    units = (v.unit for r in records if isinstance(r, Target) for v in r.values if _per(v.unit) == rate)
    return min(units, key=len, default=rate)


def measured_in(rate: str) -> Callable[[Record], bool]:
    """Whether a target has a value in such a unit."""
    return lambda record: isinstance(record, Target) and any(_per(v.unit) == rate for v in record.values)


def measured_at(number: str) -> Callable[[Record], bool]:
    """Whether a target is set at a number, percent or not ("80%")."""
    found = re.search(r"\d+(?:[.,]\d+)?", number)
    amount = float(found.group().replace(",", ".")) if found else None
    percent = "%" in number

    def test(record: Record) -> bool:
        return isinstance(record, Target) and any(
            v.value == amount and v.operator != "range" and ("%" in v.unit) == percent for v in record.values
        )

    return test


def _per(text: str) -> str:
    """A text without diacritics, its rates in one form: "người trên một vạn dân" and "người / vạn dân" are one unit."""
    return _EACH.sub("/", fold(text))
