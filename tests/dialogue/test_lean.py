"""What replaces parts of Rasa does what they do, and is for the Rasa that is installed."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.dialogue.conftest import HERE, PYTHON, ROOT


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    command = [str(PYTHON), "-W", "ignore", str(HERE / "lean_probe.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_what_is_replaced_is_what_was_read_when_it_was_replaced(found: dict[str, Any]) -> None:
    """Fails with another release of Rasa: read the originals again, then put the new fingerprints in bot/dialogue/lean.py."""
    assert {name: expected for name, (expected, _) in found["fingerprints"].items()} == {
        name: installed for name, (_, installed) in found["fingerprints"].items()
    }
    assert found["applied"]


def test_results_of_actions_are_judged_as_before(found: dict[str, Any]) -> None:
    assert found["replacement"] == found["original"]
    assert {"True", "[] type"} < set(found["original"])


def test_annotations_of_examples_are_judged_as_before(found: dict[str, Any]) -> None:
    before, now = found["annotations"]
    assert now == before
    assert [said == "None" for said in before] == [True] * 3 + [False] * 4


def test_messages_are_understood_as_before(found: dict[str, Any]) -> None:
    assert found["same"] == [True] * 20


def test_conversations_go_on_as_before_whatever_happens_in_them(found: dict[str, Any]) -> None:
    assert found["differing"] == []
    assert found["predicted"] > 3


def test_what_is_no_longer_copied_only_goes_to_the_log(found: dict[str, Any]) -> None:
    assert found["copies"] == []


def test_a_part_of_rasa_that_needs_an_absent_library_says_so(found: dict[str, Any]) -> None:
    assert "needs a library that is not loaded" in found["absent"]
