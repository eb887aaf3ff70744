"""The package installer: the machine's own `uv` when it runs and is recent enough, else one in `.tools/uv`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from setup.progress import Progress, SetupError, attempt, environment
from setup.project import TOOLS, tool, version

OWN = TOOLS / "uv" / "bin" / "uv"


@cache
def find() -> Path | None:
    """A uv that runs. The one on the PATH may be a pyenv shim that refuses to: asking its version is the test."""
    beside = Path(sys.executable).with_name("uv")
    home = Path.home()
    on_path = shutil.which("uv")
    candidates = (OWN, Path(on_path) if on_path else OWN, beside, home / ".local/bin/uv", home / ".cargo/bin/uv")
    return next((candidate for candidate in candidates if _runs(candidate)), None)


def ready() -> bool:
    """Whether there is one."""
    return find() is not None


def path() -> Path:
    """The uv to use."""
    found = find()
    if found is None:
        raise SetupError("no_uv")
    return found


def bootstrap(progress: Progress) -> None:
    """Install uv from the configured package index into `.tools/uv`, with venv and pip, or with pip alone."""
    wanted = tool("sauro")["uv"]
    folder = TOOLS / "uv"
    shutil.rmtree(folder, ignore_errors=True)
    in_venv = (
        attempt(progress, [sys.executable, "-m", "venv", folder]) is None
        and attempt(progress, [folder / "bin" / "python", "-m", "pip", "install", "--quiet", wanted]) is None
    )
    if not in_venv:
        shutil.rmtree(folder, ignore_errors=True)
        attempt(progress, [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, wanted])
    find.cache_clear()
    path()


def _runs(candidate: Path) -> bool:
    if not candidate.is_file():
        return False
    try:
        answer = subprocess.run(
            [candidate, "--version"], capture_output=True, text=True, timeout=30, check=True, env=environment()
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return version(answer.split()[1]) >= version(tool("uv")["required-version"].lstrip(">="))
