"""The canonical form of a ledger row and its hash, so that anybody can recompute the chain with a JSON and a SHA-256 library.

The form, byte by byte: one JSON object whose names are those of `FIELDS` (the columns of the table `entries` but `hash`), sorted by
name; no white space outside strings; UTF-8 without a byte-order mark; no line end. Inside strings only `"`, `\\` and the control
characters U+0000 to U+001F are escaped (`\\b \\t \\n \\f \\r`, else `\\u00xx`); all other characters, Vietnamese letters too, stand as
themselves. Integers are decimal; `value` is a double written as Python's `repr` writes it, the shortest that reads back the same
(`72.0`, `0.5`, `1e+16`); times are UTC with microseconds (`2026-03-05T07:08:09.000123Z`), days are `2026-03-05`; nothing is `null`. The
objects in `evidence` have sorted names as well. The hash is the SHA-256 of these bytes in lower-case hex; since `previous`, the hash of
the row before, is one of the fields, a hash stands for its row and every row before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

FIELDS = (
    "agency", "at", "author", "channel", "corrects", "evidence", "id", "idempotency_key", "item", "kind", "measure",
    "measured_on", "next_step", "note", "obstacle", "part", "percent", "plan", "previous", "record", "seq", "status", "unit",
    "value", "version",
)  # fmt: skip
"""What is hashed, in the order in which it is written."""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(row: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed. `row` has every name of `FIELDS`; others are passed over.

    `at` is an aware datetime, `measured_on` a date or None, `evidence` a list of flat objects, `value` a number or None.

    Raises:
        ValueError: a number that is not finite, or text that UTF-8 can not hold.
    """
    fields = {name: row[name] for name in FIELDS}
    fields["at"] = written_moment(row["at"])
    if row["measured_on"] is not None:
        fields["measured_on"] = written_day(row["measured_on"])
    if row["value"] is not None:
        fields["value"] = float(row["value"]) + 0.0  # minus zero is zero
    return _encode(fields).encode("utf-8")


def sealed(row: Mapping[str, Any]) -> str:
    """The hash of a row: SHA-256 of its canonical form, in hex."""
    return sha256(canonical(row)).hexdigest()


def written_moment(moment: datetime) -> str:
    """A point in time as the canonical form writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def written_day(day: date) -> str:
    """A day as the canonical form writes it."""
    return day.isoformat()
