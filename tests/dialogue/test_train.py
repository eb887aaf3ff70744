"""When the model is trained and when not: the real script on a copy of all inputs, with a stand-in for Rasa that counts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INPUTS = ("bot/dialogue", "nlu_data/nlu", "nlu_data/rules", "nlu_data/stories", "knowledge/text")
OTHERS = shutil.ignore_patterns(".venv", "models", "__pycache__")
RASA = """
from pathlib import Path
from types import SimpleNamespace

def train(output, fixed_model_name, **_):
    if Path("broken").exists():
        raise ValueError("bad data")
    Path(output).mkdir(exist_ok=True)
    with (Path(output) / f"{fixed_model_name}.tar.gz").open("a") as model:
        model.write("trained ")
    return SimpleNamespace(code=0)
"""
# What a model is made from: one file of each kind.
CHANGES = (
    "bot/dialogue/config.yml", "bot/dialogue/uv.lock", "bot/dialogue/train.py", "nlu_data/nlu/task.yml",
    "knowledge/text/fold.py",
)  # fmt: skip


class Checkout:
    """The inputs in a folder of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.model = root / "bot/dialogue/models/sauro.tar.gz"
        for place in INPUTS:
            shutil.copytree(ROOT / place, root / place, ignore=OTHERS)
        shutil.copy(ROOT / "bot/__init__.py", root / "bot")  # else its modules would be taken from where this runs
        (root / "rasa.py").write_text(RASA)
        # What it does to Rasa itself is for test_lean.py.
        (root / "bot/dialogue/lean.py").write_text("def apply_to_training():\n    pass\n")

    def train(self, *options: str) -> tuple[int, bool]:
        """Exit code, and whether it said that there is nothing to do."""
        command = [sys.executable, "-I", self.root / "bot/dialogue/train.py", *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout == "dialogue model: up to date\n"

    @property
    def trainings(self) -> int:
        return self.model.read_text().count("trained")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_training_again_without_a_change_does_nothing_unless_it_must(checkout: Checkout) -> None:
    assert [checkout.train(), checkout.train()] == [(0, False), (0, True)]
    assert checkout.trainings == 1
    assert [checkout.train("--force"), checkout.train()] == [(0, False), (0, True)]
    assert checkout.trainings == 2


def test_a_change_of_any_input_is_trained_on(checkout: Checkout) -> None:
    checkout.train()
    for number, changed in enumerate(CHANGES, 2):
        with (checkout.root / changed).open("a") as file:
            file.write("\n")
        assert (changed, checkout.train(), checkout.train()) == (changed, (0, False), (0, True))
        assert checkout.trainings == number
    (checkout.root / "nlu_data/nlu/task.yml").rename(checkout.root / "nlu_data/nlu/tasks.yml")
    assert checkout.train() == (0, False)


def test_what_was_not_trained_to_the_end_is_trained_again(checkout: Checkout) -> None:
    checkout.train()
    (checkout.root / "broken").touch()
    assert checkout.train("--force") == (1, False)
    (checkout.root / "broken").unlink()
    assert [checkout.train(), checkout.train()] == [(0, False), (0, True)]
    checkout.model.unlink()
    assert checkout.train() == (0, False)
