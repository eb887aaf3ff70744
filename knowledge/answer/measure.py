"""The value of a target in words: the level it sets, with operator and unit as the plan writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

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
    held = [len(set(content) & _words(v)) for v in values]
    return [v for v, n in zip(values, held, strict=True) if n == max(held)]


def _words(said: TargetValue | Target) -> set[str]:
    """The folded words of a level with what it is of, or of a whole target."""
    text = said.text.text if isinstance(said, Target) else f"{said.subject} {said.text}"
    return {s.folded for s in syllables(text)}


def of_one_level(records: Sequence[Record], subject: Sequence[str]) -> list[Record]:
    """Records without the twins of the first that set another level than the words `subject` ask for, where the first sets several:
    the plan that counts patents says nothing of plant varieties, which the other counts in the same sentence.
    """
    first = records[0]
    asked = _fitting(first.values, subject) if isinstance(first, Target) and subject else ()
    if not isinstance(first, Target) or len(asked) != 1:
        return list(records)
    others = {w for v in first.values if v is not asked[0] for w in _words(v)}
    own = (set(subject) & _words(asked[0])) - others
    return [
        r
        for r in records
        if not isinstance(r, Target)
        or len(r.values) != 1
        or asked[0] in _told(r, first.values)
        or own & _words(r)
        or not own
    ]


def level_of_twin(records: Sequence[Record], subject: Sequence[str]) -> Level | None:
    """The level of the only record that holds all the words `subject` which any of the records holds, where the first sets several
    levels and has none of them said in all those words.
    """
    first, *twins = records
    if not isinstance(first, Target) or len(first.values) < 2:
        return None
    single = [t for t in twins if isinstance(t, Target) and len(t.values) == 1]
    told: list[TargetValue | Target] = [*first.values, *single]
    known = set(subject) & {w for said in told for w in _words(said)}
    if not known or any(known <= _words(v) for v in first.values):
        return None
    whole = [t for t in single if known <= _words(t)]
    return level(whole[0].values[0]) if len(whole) == 1 else None


def _told(target: Target, values: Sequence[TargetValue]) -> Sequence[TargetValue]:
    """Of a twin's values those that a target of one value is about: of the same level, else in most of its words."""
    same = [v for v in values if level(v) == level(target.values[0])]
    return same or _fitting(values, [s.folded for s in syllables(target.text.text)])


def _with_unit(result: str, unit: str) -> str:
    """A result cell with its unit, unless the cell already says it or is not a number: "100" and "%" make "100%"."""
    if not unit or not re.search(r"\d\s*$", result):
        return result
    return f"{result}{unit}" if unit.startswith("%") else f"{result} {unit}"


def subject(text: str) -> str:
    """What the level of a table row is said of: the row's text."""
    return shorten(text, WHOLE)


def _words_and_pairs(words: Sequence[str]) -> set[str | tuple[str, str]]:
    """Words and neighbours: "công dân số" is more than three words that clauses about "kỹ năng số" of "cán bộ, công chức" hold too."""
    return {*words, *pairwise(words)}


def best_clause(text: str, content: Sequence[str]) -> str:
    """The clauses of a text that hold most of the subject words, and those that hold others of them; else the whole text. Verbatim."""
    clauses = [c for c in re.split(r"(?<=[;.])\s+", text) if c.strip()]
    wanted = _words_and_pairs(content)
    held = [wanted & _words_and_pairs([s.folded for s in syllables(c)]) for c in clauses]
    best = max(map(len, held))
    if not best:
        return text.strip(" .;")
    told = set[str | tuple[str, str]]().union(*(words for words in held if len(words) == best))
    chosen = [
        c for c, words in zip(clauses, held, strict=True) if len(words) == best or len(words - told) >= MORE_WORDS
    ]
    return " ".join(chosen).strip(" .;")
