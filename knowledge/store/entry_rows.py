"""Entries as rows of the table and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import Row

from knowledge.progress.types import Content, Entry, Evidence
from knowledge.store.tables import entries
from knowledge.types import Key

COLUMNS = tuple(column.name for column in entries.columns)


def content_row(content: Content) -> dict[str, Any]:
    """The columns that hold what an entry says."""
    return asdict(content) | {"evidence": [asdict(piece) for piece in content.evidence]}


def entry_of(row: Row[Any] | Mapping[str, Any]) -> Entry:
    """The entry in a row, read from the table or about to be written."""
    raw = cast(Mapping[str, Any], row._mapping if isinstance(row, Row) else row)
    return Entry(
        raw["seq"], raw["id"], raw["kind"], raw["record"], Key(raw["plan"], raw["part"], raw["item"]), raw["version"],
        raw["corrects"], raw["author"], raw["agency"], raw["channel"], raw["at"], _content(raw), raw["previous"], raw["hash"],
    )  # fmt: skip


def _content(raw: Mapping[str, Any]) -> Content:
    return Content(
        raw["percent"], raw["status"], raw["note"], raw["obstacle"], raw["next_step"],
        tuple(Evidence(**piece) for piece in raw["evidence"]), raw["value"], raw["unit"], raw["measured_on"], raw["measure"],
    )  # fmt: skip
