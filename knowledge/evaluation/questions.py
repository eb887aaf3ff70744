"""Questions whose right answers are known, read from JSON lines: what was typed, what must come back, how it is to be understood."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from knowledge.errors import EvaluationError
from knowledge.text.fold import fold
from knowledge.types import Facet, Key, Part

Category = Literal[
    "task_facet",
    "multi_facet",
    "target",
    "list_filter",
    "conflict",
    "body",
    "english",
    "followup",
    "out_of_scope",
    "social",
]
Register = Literal["formal", "chat", "nodiacritics", "abbrev", "typo"]


@dataclass(frozen=True)
class Row:
    """One question, perhaps with turns before it; every expectation is of the answer to the last turn.

    `must` are groups of alternatives, one of each group is to occur; `cite` are records that may stand as the source. `intent` and
    `facets` say how the last turn is to be understood; sets that only look at answers leave them out (None and empty).
    """

    id: str
    category: Category
    lang: Literal["vi", "en"]
    register: Register
    turns: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    cite: tuple[Key, ...]
    note: str = ""
    intent: str | None = None
    facets: tuple[Facet, ...] = ()

    def without_diacritics(self) -> Row:
        """The same row, its turns typed without diacritics."""
        return replace(self, turns=tuple(fold(turn) for turn in self.turns))


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read a set of questions; blank lines are passed over.

    Raises:
        EvaluationError: a line is no row of such a set; `details` hold the file, the line (from 1) and the field that is wrong, `json`
            where the line is no JSON object, `id` also where an earlier row has the same.
    """
    rows: dict[str, Row] = {}
    for number, line in _lines(path):
        try:
            row = _row(json.loads(line))
        except json.JSONDecodeError as error:
            raise _bad(path, number, "json") from error
        except _BadField as error:
            raise _bad(path, number, error.field) from None
        if row.id in rows:
            raise _bad(path, number, "id")
        rows[row.id] = row
    if not rows:
        raise _bad(path, 1, "json")
    return tuple(rows.values())


class _BadField(Exception):
    def __init__(self, field: str) -> None:
        self.field = field


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise _bad(path, number + 1, "json") from error


def _bad(path: Path, line: int, field: str) -> EvaluationError:
    return EvaluationError(f"{path}, line {line}: bad {field}", file=str(path), line=line, field=field)


def _row(raw: object) -> Row:
    if not isinstance(raw, dict):
        raise _BadField("json")
    turns = _texts(raw, "turns")
    if not turns:
        raise _BadField("turns")
    return Row(
        id=_text(raw, "id"),
        category=_one_of(raw, "category", get_args(Category)),
        lang=_one_of(raw, "lang", ("vi", "en")),
        register=_one_of(raw, "register", get_args(Register)),
        turns=turns,
        must=tuple(_group(group) for group in _list(raw, "must")),
        must_not=_texts(raw, "must_not"),
        cite=tuple(_key(place) for place in _list(raw, "cite")),
        note=raw.get("note") or "",
        intent=_text(raw, "intent") if raw.get("intent") else None,
        facets=tuple(_facet(f) for f in raw.get("facets") or ()),
    )


def _list(raw: dict[str, Any], field: str) -> list[Any]:
    if not isinstance(value := raw.get(field), list):
        raise _BadField(field)
    return value


def _text(raw: dict[str, Any], field: str) -> str:
    if not isinstance(value := raw.get(field), str) or not value:
        raise _BadField(field)
    return value


def _texts(raw: dict[str, Any], field: str) -> tuple[str, ...]:
    values = _list(raw, field)
    if not all(isinstance(v, str) and v for v in values):
        raise _BadField(field)
    return tuple(values)


def _one_of(raw: dict[str, Any], field: str, allowed: tuple[str, ...]) -> Any:
    if raw.get(field) not in allowed:
        raise _BadField(field)
    return raw[field]


def _group(group: object) -> tuple[str, ...]:
    if not isinstance(group, list) or not group:
        raise _BadField("must")
    return _texts({"must": group}, "must")


def _key(place: object) -> Key:
    match place:
        case {"plan": str(plan), "part": str(part), "item": str() | int() as item} if part in get_args(Part):
            return Key(plan, part, str(item))  # type: ignore[arg-type]  # one of Part
    raise _BadField("cite")


def _facet(facet: object) -> Facet:
    if facet not in get_args(Facet):
        raise _BadField("facets")
    return facet  # type: ignore[return-value]  # one of Facet
