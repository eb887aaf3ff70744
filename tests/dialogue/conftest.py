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
# The same for reports on the work and questions about where it stands.
PROGRESS = HERE / "progress.tsv"
# Asked of a pipeline trained on `general.yml`: values that stand in none of its examples.
FOREIGN = ("cho tôi một ly cà phê", "giữ ghế D27 đến Cần Thơ", "dat xe tu Vinh den Huế", "cân 7kg gạo nếp", "🎉🎉🎉")
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
    """What the dialogue engine says: about its data, its stories, the held-out and the bare messages, a foreign NLU
    file."""

    complaints: list[str]
    stories: dict[str, Any]
    held_out: list[tuple[Example, dict[str, Any]]]
    progress: list[tuple[Example, dict[str, Any]]]
    bare: dict[str, dict[str, Any]]
    general: list[list[Any]]


def held_out() -> list[Example]:
    """The held-out messages, in the order of their file."""
    return [
        Example(r["intent"], frozenset(filter(None, r["facets"].split(","))), r["message"]) for r in _rows(HELD_OUT)
    ]


def progress() -> list[Example]:
    """The held-out messages about progress; nothing is said of their facets."""
    return [Example(r["intent"], frozenset(), r["message"]) for r in _rows(PROGRESS)]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def engine() -> Engine:
    examples, reports = held_out(), progress()
    messages = [*(e.message for e in [*examples, *reports]), *BARE]
    asked = {"messages": messages, "general": [str(HERE / "general.yml"), FOREIGN]}
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
    parsed = dict(zip(messages, told["messages"], strict=True))
    return Engine(
        told["complaints"],
        told["stories"],
        [(e, parsed[e.message]) for e in examples],
        [(e, parsed[e.message]) for e in reports],
        {text: parsed[text] for text in BARE},
        told["general"],
    )
