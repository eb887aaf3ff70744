"""The value of a target in words: the level it sets, with operator and unit as the plan writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answer.facts import Fact
from knowledge.answer.wording import shorten
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.types import Target

WHOLE = 170
"""A target sentence with one value is given whole up to this many characters."""


def target_value(target: Target, content: Sequence[str]) -> Fact | None:
    """The level a target sets. Of a target with several values, those whose clause fits the subject words `content`."""
    if target.result is not None:
        unit = target.unit.text if target.unit else ""
        level = _with_unit(target.result.text, unit)
        return Fact(
            "value", target.key, f"{_subject(target.text.text)}: {level}", target.result.text, _form(target, content)
        )
    text = target.text.text
    clause = best_clause(text, content) if len(target.values) > 1 or len(text) > WHOLE else text.strip(" .;")
    return Fact("value", target.key, clause, clause, _form(target, content))


def _with_unit(result: str, unit: str) -> str:
    """A result cell with its unit, unless the cell already says it or is not a number: "100" and "%" make "100%"."""
    if not unit or not re.search(r"\d\s*$", result):
        return result
    return f"{result}{unit}" if unit.startswith("%") else f"{result} {unit}"


def _subject(text: str) -> str:
    return shorten(text, WHOLE)


def best_clause(text: str, content: Sequence[str]) -> str:
    """The clauses of a text that hold most of the subject words, else the whole text. Verbatim."""
    clauses = [c for c in re.split(r"(?<=[;.])\s+", text) if c.strip()]
    wanted = set(content)
    held = [len(wanted & {s.folded for s in syllables(c)}) for c in clauses]
    best = max(held)
    return (
        " ".join(c for c, n in zip(clauses, held, strict=True) if n == best).strip(" .;") if best else text.strip(" .;")
    )


def _form(target: Target, content: Sequence[str]) -> tuple[object, ...]:
    """What two targets must share to say the same: operator, number and kind of unit of the values asked about."""
    values = target.values
    if len(values) > 1:
        wanted = set(content)
        held = [len(wanted & {s.folded for s in syllables(f"{v.subject} {v.text}")}) for v in values]
        values = tuple(v for v, n in zip(values, held, strict=True) if n == max(held))
    if not values:
        return ("words", fold(target.result.text if target.result else target.text.text))
    return tuple((v.operator, v.value, v.high, "%" in v.unit) for v in values)
