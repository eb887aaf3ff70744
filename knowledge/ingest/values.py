"""Finds the measurable values in a target: operator, number or range, unit, and what is measured.

"đạt tối thiểu trên 70%" is more than 70 %, "vào nhóm 4 tỉnh, thành phố" is rank 4 or better, "40% -70%" is a range.
Years, document numbers and names with digits ("6G", "SpO2") are not values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.text.fold import fold
from knowledge.types import Operator, TargetValue

_SIGNS: dict[str, Operator] = {">": ">", "≥": ">=", ">=": ">=", "<": "<", "≤": "<=", "<=": "<=", "=": "="}
_CLAUSE = re.compile(r";\s+|\.\s+(?=\S)|,\s+(?=trong đó\b)|\s+(?=trong đó\b)")
_EDGE = " ,;.:-"


class _Words(NamedTuple):
    value: re.Pattern[str]
    operators: dict[str, Operator]
    lead_in: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = json.loads((Path(__file__).parent / "data" / "values.json").read_text(encoding="utf-8"))
    longest_first = sorted(raw["operators"], key=len, reverse=True)
    units = "|".join(re.escape(fold(u)) for u in sorted(raw["units"], key=len, reverse=True))
    operator = rf"(?P<operator>[<>]=?|[≥≤=]|\b(?:{'|'.join(longest_first)})\b)\s*"
    number = r"\d+(?:[.,]\d+)?"
    span = rf"(?P<low>{number})(?:(?:\s*%)?\s*(?:-|\bden\b)\s*(?P<high>{number}))?"
    value = re.compile(rf"(?:{operator})?(?<![\w/.,]){span}\s*(?P<unit>{units})?(?![\w/])")
    lead_ins = "|".join(sorted(raw["lead_ins"], key=len, reverse=True))
    return _Words(value, raw["operators"], re.compile(rf"(?:\s*\b(?:{lead_ins}))+\s*$"))


def values_in(text: str) -> tuple[TargetValue, ...]:
    """The values of a sentence, in order of mention.

    A bare number counts only with a unit or an operator beside it.

    >>> [(v.operator, v.value, v.unit) for v in values_in("Tỷ trọng kinh tế số đạt trên 30% GRDP")]
    [('>', 30.0, '% GRDP')]
    """
    return tuple(v for start, end in _clauses(text) for v in _clause_values(text, start, end))


def values_of_row(text: str, unit: str, result: str) -> tuple[TargetValue, ...]:
    """The values of a table row with unit and result columns: the result's first, then those only the sentence has.

    The result measures the sentence, but for later clauses that have a value of their own. Its unit is the
    one written beside the number, or else the unit column's.
    """
    subject = _subject(text)
    found = values_in(result)
    if not found:
        bare = _words().value.search(fold(result))
        found = (_value(result, bare, ""),) if bare and bare["low"] and not _is_year(bare) else ()
    main = tuple(replace(v, unit=_row_unit(v.unit, unit), subject=subject) for v in found)
    measured = {(v.operator, v.value, v.high) for v in main}
    return main + tuple(v for v in values_in(text) if (v.operator, v.value, v.high) not in measured)


def _subject(text: str) -> str:
    clauses = [text[start:end] for start, end in _clauses(text)]
    kept = [clause for i, clause in enumerate(clauses) if i == 0 or not values_in(clause)]
    return text.strip(_EDGE) if len(kept) == len(clauses) else "; ".join(c.strip(_EDGE) for c in kept)


def _row_unit(own: str, column: str) -> str:
    return column if column and (not own or column.startswith(own)) else own


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSE.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _clause_values(text: str, start: int, end: int) -> Iterator[TargetValue]:
    clause = text[start:end]
    folded = fold(clause)
    for match in _words().value.finditer(folded):
        if _is_year(match) or not (match["unit"] or match["operator"]):
            continue
        before = re.sub("^trong đó", "", clause[: match.start()])
        lead_in = _words().lead_in.search(fold(before))
        before = before[: lead_in.start()] if lead_in else before
        yield _value(clause, match, before.strip(_EDGE) or clause[match.end() :].strip(_EDGE))


def _is_year(match: re.Match[str]) -> bool:
    return not match["unit"] and len(match["low"]) == 4 and match["low"][:2] in ("19", "20")


def _value(text: str, match: re.Match[str], subject: str) -> TargetValue:
    low, high = _number(match["low"]), match["high"]
    operator = _operator(match["operator"])
    unit = text[match.start("unit") : match.end("unit")] if match["unit"] else ""
    return TargetValue(
        operator="range" if high else operator,
        value=low,
        unit=unit,
        text=text[match.start() : match.end()].strip(),
        high=_number(high) if high else None,
        subject=subject,
    )


def _operator(written: str | None) -> Operator:
    if not written:
        return "="
    return _SIGNS.get(written) or _words().operators[written]


def _number(written: str) -> float:
    return float(written.replace(",", "."))
