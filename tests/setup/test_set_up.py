"""Set-up from nothing, as `make` runs it, on a checkout in miniature."""

from __future__ import annotations

import subprocess

from setup.progress import say
from tests.setup.conftest import Checkout, write_torch


def last_line(finished: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    return finished.returncode, finished.stderr.splitlines()[-1]


def installed(checkout: Checkout, name: str) -> list[str]:
    folders = checkout.root.glob(f".venv/lib/python3.*/site-packages/{name}-*.dist-info")
    return sorted(folder.name for folder in folders)


def test_first_run_makes_both_environments_and_trains_and_the_second_does_only_what_changed(checkout: Checkout) -> None:
    write_torch(checkout.wheels, "2.99.0+cpu")

    first = checkout.set_up()

    assert (first.returncode, first.stderr) == (0, "")
    assert installed(checkout, "torch") == ["torch-2.99.0+cpu.dist-info"]
    assert (checkout.root / "bot/dialogue/.venv/bin/python3.10").exists()
    log = checkout.root / ".tools" / "setup.log"
    assert log.read_text().endswith("trained\n")

    log.unlink()
    second = checkout.set_up()

    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    commands = [line for line in log.read_text().splitlines() if line.startswith("$")]
    assert [command.rpartition("/")[2] for command in commands] == ["train.py"]


def test_a_torch_that_was_taken_away_comes_back(checkout: Checkout) -> None:
    write_torch(checkout.wheels, "2.99.0+cpu")
    checkout.set_up()
    subprocess.run([checkout.root / ".venv/bin/python", "-c", "import torch"], check=True)
    for folder in checkout.root.glob(".venv/lib/python3.*/site-packages/torch-*.dist-info"):
        folder.rename(folder.with_name("gone"))

    again = checkout.set_up()

    assert (again.returncode, installed(checkout, "torch")) == (0, ["torch-2.99.0+cpu.dist-info"])


def test_a_torch_build_that_does_not_import_is_not_kept(checkout: Checkout) -> None:
    write_torch(checkout.wheels, "2.99.0+cpu", "raise ImportError('libcudart.so')")

    finished = checkout.set_up(SAURO_TORCH_INDEX="http://127.0.0.1:9/simple")

    assert last_line(finished) == (1, say("torch_index", index="http://127.0.0.1:9/simple"))
    assert installed(checkout, "torch") == []


def test_without_a_cpu_build_the_size_of_the_default_is_said_first(checkout: Checkout) -> None:
    finished = checkout.set_up()

    assert say("torch_size") in finished.stdout
    assert last_line(finished) == (1, say("torch_failed", log=".tools/setup.log"))


def test_a_missing_python_310_ends_with_what_to_do(checkout: Checkout) -> None:
    write_torch(checkout.wheels, "2.99.0+cpu")

    code, line = last_line(checkout.set_up(SAURO_PYTHON310="/nowhere/python3.10"))

    assert code == 1
    assert "SAURO_PYTHON310" in line
    assert "uv python install 3.10" in line


def test_a_missing_application_python_ends_with_what_to_do(checkout: Checkout) -> None:
    finished = checkout.set_up(SAURO_PYTHON="/nowhere/python3")

    assert (finished.returncode, finished.stdout, len(finished.stderr.splitlines())) == (1, "", 1)
    assert "SAURO_PYTHON=" in finished.stderr


def test_failed_training_shows_its_own_last_lines_then_what_to_do(checkout: Checkout) -> None:
    write_torch(checkout.wheels, "2.99.0+cpu")
    (checkout.root / "bot/dialogue/train.py").write_text("raise SystemExit('two intents share an example')")

    finished = checkout.set_up()

    assert finished.stdout.splitlines()[-1].strip() == "two intents share an example"
    assert last_line(finished) == (1, say("training_failed", log=".tools/setup.log"))
