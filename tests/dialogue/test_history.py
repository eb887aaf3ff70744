"""A conversation of any length is remembered in bounded space, and its state survives."""

from __future__ import annotations

import json
import subprocess

from tests.dialogue.conftest import HERE, PYTHON, ROOT


def test_a_long_conversation_stays_short_and_in_the_same_state() -> None:
    command = [str(PYTHON), "-W", "ignore", str(HERE / "history_probe.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    turns = json.loads(done.stdout.splitlines()[-1])
    assert [t["got"] for t in turns] == [t["wanted"] for t in turns]
    assert turns[-1]["got"]["slots"]["facets"] == ["lead"]
    assert max(t["events"] for t in turns) < 80
