"""The dialogs of nlu_data/eval/updates*.jsonl say what the plans and the rights say: whoever is to save may, whoever is refused may not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.corpus import load_corpus
from knowledge.progress.rights import may_log
from knowledge.progress.types import Account, Role
from knowledge.text.fold import fold
from knowledge.types import Key, Target, Task
from tests.dialogue.data import EXAMPLES

FOLDER = Path(__file__).parents[2] / "nlu_data/eval"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


EVEN = _rows("updates.jsonl")
ROWS = [*EVEN, *_rows("updates_more.jsonl")]
KINDS = {
    "happy_all_in_one", "happy_stepwise", "correction", "interruption", "cancel", "invalid_percent", "ambiguous_task",
    "unauthorised", "wrong_agency", "nodiacritics", "change_mind_at_confirm", "multiple_tasks",
}  # fmt: skip
ROLES: dict[str, Role] = {"citizen": "citizen", "leader": "leader"}
REFUSED = ("unauthorised", "wrong_agency")
# Shorter turns are what everybody says.
WORDS = 5


def tasks(row: dict[str, Any]) -> Iterator[Task | Target]:
    corpus = load_corpus()
    expected = row["expect"]
    for wanted in (expected, *expected.get("also", ())) if "task" in expected else ():
        task = corpus.record(Key(wanted["task"]["plan"], "tasks", str(wanted["task"]["item"])))
        assert isinstance(task, Task)
        yield task
    for entry in expected.get("entries", ()):
        record = corpus.record(Key(*entry["at"].split("/")))
        assert isinstance(record, (Task, Target))
        yield record


def test_every_kind_of_dialog_is_there_four_times() -> None:
    assert Counter(row["kind"] for row in EVEN) == dict.fromkeys(KINDS, 4)
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_who_is_to_save_may_report_on_the_task_and_who_is_refused_may_not(row: dict[str, Any]) -> None:
    account = Account("probe", ROLES.get(row["role"], "staff"), row["agency"])
    assert {may_log(account, task) for task in tasks(row)} == {row["kind"] not in REFUSED}
    assert row["expect"]["saved"] == (row["kind"] not in (*REFUSED, "cancel"))


def test_no_example_is_a_turn_of_a_dialog() -> None:
    turns = {_bare(turn) for row in ROWS for turn in row["turns"] if len(turn.split()) >= WORDS}
    assert [e.text for e in EXAMPLES if _bare(e.text) in turns] == []


def _bare(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
