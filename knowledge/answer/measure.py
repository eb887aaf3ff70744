"""The value of a target in words: the level it sets, with operator and unit as the plan writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from knowledge.answer.facts import Fact
from knowledge.answer.wording import shorten
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.types import Record, Target, TargetValue

Level = tuple[float, float | None]
WHOLE = 170
"""A target sentence with one value is given whole up to this many characters."""


MORE_WORDS = 2
"""Subject words that a clause must add to those of the best one to be told too: "kỹ năng số và công dân số" asks for two levels."""


def target_value(target: Target, content: Sequence[str], levels: Collection[Level] = ()) -> Fact | None:
    """The level a target sets. Of a target with several values, that which is one of `levels` (those of the twin asked about), else
    those whose clause fits the subject words `content`.
    """
    same = [v for v in target.values if level(v) in levels] if len(target.values) > 1 else []
    values = same if len(same) == 1 else _fitting(target.values, content)
    form = tuple((v.operator, *level(v), "%" in v.unit) for v in values)
    if target.result is not None:
        unit = target.unit.text if target.unit else ""
        reached = _with_unit(target.result.text, unit)
        return Fact("value", target.key, f"{subject(target.text.text)}: {reached}", target.result.text,
                    form or ("words", fold(target.result.text)))  # fmt: skip
    text = target.text.text
    if len(target.values) > 1 or len(text) > WHOLE:
        wanted = [s.folded for v in same for s in syllables(f"{v.subject} {v.text}")] if len(same) == 1 else content
        clause = best_clause(text, wanted)
    else:
        clause = text.strip(" .;")
    return Fact("value", target.key, clause, clause, form or ("words", fold(text)))


def level(value: TargetValue) -> Level:
    """A value as a number, or as the two ends of a range."""
    return value.value, value.high


def _fitting(values: Sequence[TargetValue], content: Sequence[str]) -> Sequence[TargetValue]:
    """Of several values, those whose words hold most of the subject words."""
    wanted = set(content)
    held = [len(wanted & {s.folded for s in syllables(f"{v.subject} {v.text}")}) for v in values]
    return [v for v, n in zip(values, held, strict=True) if n == max(held)]


def of_one_level(records: Sequence[Record], content: Sequence[str]) -> list[Record]:
    """Records without the targets of one level that set another than the words `content` ask for, where one of the records sets several:
    the plan that counts patents says nothing of plant varieties, which the other counts in the same sentence.
    """
    several = next((r for r in records if isinstance(r, Target) and len(r.values) > 1), None)
    asked = _fitting(several.values, content) if several else ()
    if several is None or len(asked) != 1:
        return list(records)
    return [
        r
        for r in records
        if r is several
        or not isinstance(r, Target)
        or len(r.values) != 1
        or asked[0] in _fitting(several.values, [s.folded for s in syllables(r.text.text)])
    ]


def _with_unit(result: str, unit: str) -> str:
    """A result cell with its unit, unless the cell already says it or is not a number: "100" and "%" make "100%"."""
    if not unit or not re.search(r"\d\s*$", result):
        return result
    return f"{result}{unit}" if unit.startswith("%") else f"{result} {unit}"


def subject(text: str) -> str:
    """What the level of a table row is said of: the row's text."""
    return shorten(text, WHOLE)


def best_clause(text: str, content: Sequence[str]) -> str:
    """The clauses of a text that hold most of the subject words, and those that hold others of them; else the whole text. Verbatim."""
    clauses = [c for c in re.split(r"(?<=[;.])\s+", text) if c.strip()]
    wanted = set(content)
    held = [wanted & {s.folded for s in syllables(c)} for c in clauses]
    best = max(map(len, held))
    if not best:
        return text.strip(" .;")
    told = set().union(*(words for words in held if len(words) == best))
    chosen = [
        c for c, words in zip(clauses, held, strict=True) if len(words) == best or len(words - told) >= MORE_WORDS
    ]
    return " ".join(chosen).strip(" .;")
