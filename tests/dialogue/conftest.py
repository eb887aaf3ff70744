"""The trained dialogue model, asked once for everything the tests of this room want to know of it."""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / "bot/dialogue/.venv/bin/python"
HELD_OUT = HERE / "holdout.tsv"
# Messages that hold nothing to understand, or too little.
BARE = ("", "😀😀", "?", "SOC", "a" * 10_000, "ai " * 3_000)


@dataclass(frozen=True)
class Example:
    """A message that the model was not trained on, and what it should be understood as."""

    intent: str
    facets: frozenset[str]
    message: str


@dataclass(frozen=True)
class Engine:
    """What the dialogue engine says: about its data, its stories, the held-out and the bare messages, a foreign NLU file."""

    complaints: list[str]
    stories: dict[str, Any]
    held_out: list[tuple[Example, dict[str, Any]]]
    bare: dict[str, dict[str, Any]]
    general: list[list[Any]]


def held_out() -> list[Example]:
    """The held-out messages, in the order of their file."""
    with HELD_OUT.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Example(r["intent"], frozenset(filter(None, r["facets"].split(","))), r["message"]) for r in rows]


@pytest.fixture(scope="session")
def engine() -> Engine:
    examples = held_out()
    asked = {"messages": [e.message for e in examples] + list(BARE), "general": str(HERE / "general.yml")}
    done = subprocess.run(
        [PYTHON, "-X", "utf8", HERE / "probe.py"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    parsed = told["messages"]
    return Engine(
        told["complaints"],
        told["stories"],
        list(zip(examples, parsed[: len(examples)], strict=True)),
        dict(zip(BARE, parsed[len(examples) :], strict=True)),
        told["general"],
    )
