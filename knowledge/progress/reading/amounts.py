"""Amounts as people type them: "45", "45 %", "bốn lăm phần trăm", "một nửa", "3/4", "2 phần 3", "40-50%", "âm 5%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from knowledge.progress.reading.cues import cues_at
from knowledge.progress.reading.phrases import single_words
from knowledge.progress.reading.surface import Word
from knowledge.text.numerals import canonical
from knowledge.text.references import reference_words, written

Form = Literal["percent", "bare", "fraction", "half", "range"]

_HUNDRED = re.compile(r"^tram$")
_TENFOLD = re.compile(r"^chuc$")
_POINT = re.compile(r"^(?:phay|cham|point)$")
_HALF_MORE = re.compile(r"^ruoi$")
_PARTS = re.compile(r"^phan$")
_MINUS = re.compile(r"^(?:-|−|–|am|tru)$")
_TO = re.compile(r"^(?:-|–|—|~|den|toi|hoac|hay|to)$")
_LONGEST_NUMBER = 4
_ENGLISH_PARTS = {"thirds": 3, "quarters": 4, "fifths": 5}
"""Wordings for a part of a whole, and how many of them make it."""


@dataclass(frozen=True)
class Amount:
    """Words [first, last) say `value` (a range its upper end); `spelled` when written in letters alone."""

    value: float
    form: Form
    first: int
    last: int
    spelled: bool = False


def amount_at(words: Sequence[Word], i: int, limit: int) -> Amount | None:
    """The amount that begins at word `i` and ends before word `limit`."""
    if words[i].folded == "%" and i + 1 < limit and words[i + 1].kind == "number":
        return Amount(_digits(words[i + 1].text), "percent", i, i + 2)
    if _MINUS.match(words[i].folded):
        return _below_zero(words, i, limit)
    half = next((c for c in cues_at(words, i, limit) if c.kind == "half"), None)
    if half is not None:
        return Amount(50.0, "half", i, half.last)
    first = _plain(words, i, limit)
    parted = _in_parts(words, i, limit, first)
    if parted is not None or first is None:
        return parted
    at = first.last
    if at + 1 < limit and (words[at].folded == "/" or _PARTS.match(words[at].folded)):
        below = _fourth(words, at + 1) or _plain(words, at + 1, limit)
        hundred = words[at + 1].folded.startswith("tr")
        if below is not None and not hundred and 0 < first.value <= below.value <= 100 and below.value > 1:
            return Amount(100 * first.value / below.value, "fraction", i, below.last)
    if at + 1 < limit and _TO.match(words[at].folded):
        high = _plain(words, at + 1, limit)
        unit = _unit(words, high.last, limit) if high else 0
        if high is not None and unit and high.value > first.value:
            return Amount(high.value, "range", i, unit)
    unit = _unit(words, at, limit)
    if unit and at + 1 < limit and words[unit - 1].kind != "number":
        after = _TO.match(words[unit].folded) if unit < limit else None
        high = _plain(words, unit + 1, limit) if after and unit + 1 < limit else None
        end = _unit(words, high.last, limit) if high else 0
        if high is not None and end and high.value > first.value and words[unit].kind == "mark":
            return Amount(high.value, "range", i, end)
    return replace(first, form="percent", last=unit) if unit else first


def in_tenths(words: Sequence[Word], amount: Amount, limit: int) -> Amount:
    """The amount as a percentage where it counts parts of ten ("được bảy phần"): nothing but marks and courtesies follow."""
    at = amount.last
    if amount.form != "bare" or not 0 < amount.value < 10 or at >= limit or not _PARTS.match(words[at].folded):
        return amount
    closes = at + 1 == limit or words[at + 1].kind == "mark" or words[at + 1].folded in single_words("chatter")
    return replace(amount, value=10 * amount.value, form="fraction", last=at + 1) if closes else amount


def _in_parts(words: Sequence[Word], i: int, limit: int, count: Amount | None) -> Amount | None:
    """An English fraction that begins at word `i`: "two thirds", "a quarter", "three-quarters"."""
    if count is None and words[i].folded != "a":
        return None
    at = count.last if count is not None else i + 1
    at += at < limit and words[at].text == "-"
    parts = next((c for c in cues_at(words, at, limit) if c.kind in _ENGLISH_PARTS), None) if at < limit else None
    above = count.value if count is not None else 1.0
    if parts is None or not 0 < above <= _ENGLISH_PARTS[parts.kind]:
        return None
    return Amount(100 * above / _ENGLISH_PARTS[parts.kind], "fraction", i, parts.last)


def _below_zero(words: Sequence[Word], i: int, limit: int) -> Amount | None:
    if i + 1 >= limit or (words[i].kind == "mark" and words[i + 1].at != words[i].at + 1):
        return None
    found = _plain(words, i + 1, limit)
    if found is None or (found.spelled and words[i].kind == "mark"):
        return None
    unit = _unit(words, found.last, limit)
    return Amount(-found.value, "percent" if unit else "bare", i, unit or found.last)


def _plain(words: Sequence[Word], i: int, limit: int) -> Amount | None:
    """A number in digits or in letters; "chục" makes it tenfold, "phẩy 5" and "rưỡi" add to it."""
    if i >= limit:
        return None
    found: Amount | None = None
    if words[i].kind == "number":
        found = Amount(_digits(words[i].text), "bare", i, i + 1)
    else:
        numbers = reference_words()
        longest = min(limit, i + _LONGEST_NUMBER) if words[i].folded in _number_starts() else i
        for j in range(longest, i, -1):
            value = _spelled(words[i:j])
            if value is not None and all(written(w.text, numbers) for w in words[i:j]):
                found = Amount(float(value), "bare", i, j, spelled=True)
                break
    if found is not None and found.value < 10 and found.last < limit and _HUNDRED.match(words[found.last].folded):
        rest = _plain(words, found.last + 1, limit)
        more = rest if rest is not None and rest.value < 100 else None
        last = more.last if more is not None else found.last + 1
        return replace(found, value=100 * found.value + (more.value if more is not None else 0), last=last)
    if found is not None and found.last < limit and _TENFOLD.match(words[found.last].folded) and found.value < 100:
        found = replace(found, value=10 * found.value, last=found.last + 1)
    return _with_decimals(words, found, limit) if found is not None else None


def _with_decimals(words: Sequence[Word], whole: Amount, limit: int) -> Amount:
    """A whole number with what "phẩy 5", "phẩy bảy lăm" or "rưỡi" after it adds."""
    at = whole.last
    if at >= limit or not whole.value.is_integer():
        return whole
    if _HALF_MORE.match(words[at].folded):
        return replace(whole, value=whole.value + 0.5, last=at + 1)
    if at + 1 >= limit or not _POINT.match(words[at].folded):
        return whole
    if words[at + 1].text.isdigit():
        return replace(whole, value=float(f"{whole.value:.0f}.{words[at + 1].text}"), last=at + 2)
    for end in range(min(limit, at + 1 + _LONGEST_NUMBER), at + 1, -1):
        part = _spelled(words[at + 1 : end])
        if part is not None:
            return replace(whole, value=float(f"{whole.value:.0f}.{part}"), last=end)
    return whole


def _fourth(words: Sequence[Word], i: int) -> Amount | None:
    """The word for four that stands below a fraction line alone ("một phần tư")."""
    return Amount(4.0, "bare", i, i + 1, spelled=True) if words[i].folded == "tu" else None


@lru_cache(maxsize=1)
def _number_starts() -> frozenset[str]:
    """The words that a number in letters may begin with."""
    return frozenset(said.split()[0] for said in reference_words().numbers) | frozenset(single_words("zero"))


def _spelled(words: Sequence[Word]) -> int | None:
    value = reference_words().numbers.get(" ".join(w.folded for w in words))
    if value is None and any(c.kind == "zero" and c.last == len(words) for c in cues_at(words, 0, len(words))):
        return 0
    return value


def _digits(written_number: str) -> float:
    """A number in digits; what is none ("30.6.2026") counts as no percentage can."""
    plain = canonical(written_number)
    return float(plain) if plain.count(".") < 2 and "," not in plain else float("inf")


def _unit(words: Sequence[Word], i: int, limit: int) -> int:
    """Where the unit of a percentage that begins at word `i` ends; 0 when there is none."""
    if i < limit and words[i].folded == "%":
        return i + 1
    return next((c.last for c in cues_at(words, i, limit) if c.kind == "percent"), 0) if i < limit else 0
