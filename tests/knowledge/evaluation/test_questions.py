"""Sets of questions are read whole, or refused with the line and the field that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import EvaluationError
from knowledge.evaluation.questions import Row, read_rows
from knowledge.types import Key

OWN = Path(__file__).parents[3] / "nlu_data/eval"
# updates*.jsonl hold dialogs, not questions.
SETS = sorted(file for file in OWN.glob("*.jsonl") if not file.name.startswith("updates"))
RAW: dict[str, Any] = {
    "id": "a1",
    "category": "followup",
    "lang": "vi",
    "register": "chat",
    "turns": ["Ai chủ trì SOC?", "thế còn hạn?"],
    "must": [["năm 2026", "31/12/2026"]],
    "must_not": ["2030"],
    "cite": [{"plan": "kh-ubnd", "part": "tasks", "item": 7}, {"plan": "kh-tu", "part": "body", "item": "III.3"}],
    "note": "all",
    "intent": "follow_up",
    "facets": ["deadline"],
}


def write(folder: Path, *lines: object) -> Path:
    file = folder / "set.jsonl"
    file.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines), encoding="utf-8")
    return file


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in RAW.items() if name not in names}


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, RAW, "")) == (
        Row(
            id="a1",
            category="followup",
            lang="vi",
            register="chat",
            turns=("Ai chủ trì SOC?", "thế còn hạn?"),
            must=(("năm 2026", "31/12/2026"),),
            must_not=("2030",),
            cite=(Key("kh-ubnd", "tasks", "7"), Key("kh-tu", "body", "III.3")),
            note="all",
            intent="follow_up",
            facets=("deadline",),
        ),
    )


def test_a_set_that_looks_at_answers_alone_needs_no_intent_and_no_facets(tmp_path: Path) -> None:
    (row,) = read_rows(write(tmp_path, without("intent", "facets", "note")))
    assert (row.intent, row.facets, row.note) == (None, (), "")


def test_diacritics_are_taken_off_the_turns_alone(tmp_path: Path) -> None:
    (row,) = read_rows(write(tmp_path, RAW))
    plain = row.without_diacritics()
    assert (plain.turns, plain.must) == (("ai chu tri soc?", "the con han?"), row.must)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("not json", "json"),
        ("[]", "json"),
        (without("id"), "id"),
        (RAW | {"id": "first"}, "id"),
        (RAW | {"category": "weather"}, "category"),
        (RAW | {"lang": "fr"}, "lang"),
        (RAW | {"register": "loud"}, "register"),
        (RAW | {"turns": []}, "turns"),
        (RAW | {"turns": [""]}, "turns"),
        (RAW | {"must": ["năm 2026"]}, "must"),
        (RAW | {"must": [[]]}, "must"),
        (RAW | {"must_not": "2030"}, "must_not"),
        (RAW | {"cite": [{"plan": "kh-tu", "part": "annexes", "item": 1}]}, "cite"),
        (RAW | {"cite": [{"plan": "kh-tu"}]}, "cite"),
        (RAW | {"facets": ["colour"]}, "facets"),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_field(tmp_path: Path, line: object, field: str) -> None:
    file = write(tmp_path, RAW | {"id": "first"}, line)
    with pytest.raises(EvaluationError) as caught:
        read_rows(file)
    assert caught.value.details == {"file": str(file), "line": 2, "field": field}


def test_a_set_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        read_rows(write(tmp_path, ""))


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.name)
def test_our_own_sets_say_how_every_row_is_to_be_understood(file: Path) -> None:
    assert [row.id for row in read_rows(file) if row.intent is None] == []
