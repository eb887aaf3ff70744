"""The two environments, each exactly as its lock file says, and the model trained in one of them.

Rasa needs Python 3.10 and libraries years older than the application's, hence two. Each environment holds a stamp: the
fingerprint of what it was made from. While that is unchanged nothing is run.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

from setup import uv
from setup.progress import Progress, SetupError, environment, run
from setup.project import APPLICATION, DIALOGUE, DIALOGUE_PROJECT, ROOT

STAMP = "sauro-stamp"


def fingerprint(project: Path) -> str:
    """Of a project's dependencies, this machine, and where the checkout is: environments do not move."""
    digest = hashlib.sha256(f"{ROOT} {platform.platform()}".encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((project / name).read_bytes())
    return digest.hexdigest()


def application_ready() -> bool:
    """Whether `.venv` is as uv.lock says."""
    return _ready(APPLICATION, ROOT)


def dialogue_ready() -> bool:
    """Whether `bot/dialogue/.venv` is as its uv.lock says."""
    return _ready(DIALOGUE, DIALOGUE_PROJECT)


def sync_application(progress: Progress) -> None:
    """Make `.venv`. What is in it beside the locked packages stays: PyTorch is installed on its own."""
    _sync(progress, APPLICATION, ROOT, Path(sys.executable), "--inexact")


def sync_dialogue(progress: Progress) -> None:
    """Make `bot/dialogue/.venv` with a Python 3.10."""
    _sync(progress, DIALOGUE, DIALOGUE_PROJECT, _python310())


def always() -> bool:
    """Training is always gone to: it knows itself when its inputs have not changed."""
    return False


def train(progress: Progress) -> None:
    """Train the dialogue model if its inputs have changed."""
    run(progress, [DIALOGUE / "bin" / "python", DIALOGUE_PROJECT / "train.py"], otherwise="training_failed")


def _sync(progress: Progress, target: Path, project: Path, python: Path, *options: str) -> None:
    (target / STAMP).unlink(missing_ok=True)
    command: list[str | Path] = [
        uv.path(),
        "sync",
        "--project",
        project,
        "--frozen",
        "--compile-bytecode",
        "--python",
        python,
        *options,
    ]
    run(progress, command, otherwise="sync_failed")
    (target / STAMP).write_text(fingerprint(project))


def _ready(target: Path, project: Path) -> bool:
    stamp = target / STAMP
    alive = (target / "bin" / "python").exists()  # false also when the Python it was made of is gone
    return alive and stamp.exists() and stamp.read_text() == fingerprint(project)


def _python310() -> Path:
    chosen = os.environ.get("SAURO_PYTHON310", "")
    found = subprocess.run(
        [ROOT / "setup" / "find-python", "10", "10", chosen],
        capture_output=True, text=True, check=False, env=environment(UV=str(uv.path())),
    )  # fmt: skip
    if found.returncode:
        raise SetupError("no_python310", uv=uv.path())
    return Path(found.stdout.strip())
