"""A conversation of any length is remembered in bounded space, and its state survives the end of the engine."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.dialogue.conftest import HERE, PYTHON, ROOT


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    command = [str(PYTHON), "-W", "ignore", str(HERE / "history_probe.py"), str(tmp_path_factory.mktemp("history"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_long_conversation_stays_short_and_in_the_same_state_whether_or_not_the_engine_restarts(
    found: dict[str, Any],
) -> None:
    turns = found["long_talk"]["turns"]
    assert [t["got"] for t in turns] == [t["wanted"] for t in turns]
    assert turns[-1]["got"]["slots"]["facets"] == ["lead"]
    assert turns[-1]["got"]["loop"] == "some_form"
    assert max(t["events"] for t in turns) < 80


def test_a_turn_that_broke_off_leaves_no_trace(found: dict[str, Any]) -> None:
    broken = found["broken_off"]
    assert broken["got"] == broken["wanted"]
    assert broken["after"] == "message 3"


def test_conversations_that_are_no_longer_in_memory_go_on(found: dict[str, Any]) -> None:
    assert found["many"] == {"said": [[f"message {n}", f"message {n}"] for n in range(20)], "known": 20}
