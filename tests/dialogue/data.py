"""The dialogue engine's own files, read as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ANNOTATION = re.compile(r'\[([^\]]+)\]\{"entity": "(\w+)", "role": "(\w+)"\}')


@dataclass(frozen=True)
class TrainingExample:
    """One NLU example: its text without mark-up, and the (entity, role) pairs annotated in it."""

    file: str
    intent: str
    text: str
    marked: tuple[tuple[str, str], ...]
    lang: str


def load(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def examples() -> list[TrainingExample]:
    """Every NLU example, in order of file."""
    return [
        TrainingExample(
            path.name,
            block["intent"],
            ANNOTATION.sub(r"\1", line),
            tuple((entity, role) for _, entity, role in ANNOTATION.findall(line)),
            (block.get("metadata") or {}).get("lang", "vi"),
        )
        for path in sorted((ROOT / "nlu_data/nlu").glob("*.yml"))
        for block in load(path)["nlu"]
        for line in _lines(block["examples"])
    ]


def _lines(block: str | list[dict[str, str]]) -> list[str]:
    """The examples of a block: one a line, or, where messages have several lines, one an entry."""
    return re.findall(r"^\s*- (.+)$", block, re.MULTILINE) if isinstance(block, str) else [e["text"] for e in block]


def domain() -> dict[str, Any]:
    """The domain's files as one."""
    merged: dict[str, Any] = {}
    for path in sorted((ROOT / "bot/dialogue/domain").glob("*.yml")):
        for key, value in load(path).items():
            if isinstance(value, dict):
                merged.setdefault(key, {}).update(value)
            elif isinstance(value, list):
                merged.setdefault(key, []).extend(value)
    return merged


def rules() -> list[dict[str, Any]]:
    """Every rule, in order of file."""
    return [rule for path in sorted((ROOT / "nlu_data/rules").glob("*.yml")) for rule in load(path)["rules"]]


EXAMPLES = examples()
DOMAIN = domain()
RULES = rules()
