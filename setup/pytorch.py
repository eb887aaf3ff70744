"""PyTorch, on its own: its default Linux build brings about 3 GB of CUDA libraries, of no use without a GPU.

Taken, in this order: a build found in pip's configured find-links; the index named in SAURO_TORCH_INDEX; the default
build, after saying its size. The first two are installed without dependencies (those are locked in uv.lock) and must
import to count.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from setup import uv
from setup.progress import Progress, SetupError, attempt, environment, run, say
from setup.project import APPLICATION, ROOT, tool, version


def ready() -> bool:
    """Whether an accepted version is installed."""
    wanted = tool("sauro")["torch"]
    found = (version(folder.name.split("-")[1].removesuffix(".dist")) for folder in _installed())
    return any(version(wanted["at_least"]) <= release < version(wanted["below"]) for release in found)


def install(progress: Progress) -> None:
    """Install a CPU build where one is to be had, else the default build."""
    wanted = tool("sauro")["torch"]
    folders = find_links()
    index = os.environ.get("SAURO_TORCH_INDEX", "")
    if folders and _install_alone(
        progress,
        f"torch>={wanted['at_least']},<{wanted['below']}",
        ["--no-index", *(f"--find-links={folder}" for folder in folders)],
    ):
        return
    pinned = f"torch=={wanted['pinned']}"
    if index:
        if not _install_alone(progress, pinned, ["--default-index", index]):
            raise SetupError("torch_index", index=index)
        return
    if sys.platform == "linux":
        progress.note(say("torch_size"))
    run(progress, _pip("install", "--compile-bytecode", pinned), otherwise="torch_failed", cwd=_outside())


def find_links() -> list[str]:
    """Folders and pages where pip is told to look for packages: its settings, and those of uv."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False, env=environment()
    ).stdout
    return parse_find_links(
        listed.splitlines(), os.environ.get("PIP_FIND_LINKS", ""), os.environ.get("UV_FIND_LINKS", "")
    )


def parse_find_links(listed: Iterable[str], pip_setting: str, uv_setting: str) -> list[str]:
    """From lines of `pip config list` (`global.find-links='/a /b'`) and the two variables; in order, each once."""
    found = pip_setting.split()
    for line in listed:
        name, _, value = line.partition("=")
        if name.rpartition(".")[2] == "find-links":
            found += str(ast.literal_eval(value)).split()
    found += [place for piece in uv_setting.split(",") for place in piece.split()]
    absolute = (place if "://" in place else str((ROOT / Path(place).expanduser()).resolve()) for place in found)
    return list(dict.fromkeys(absolute))


def _install_alone(progress: Progress, requirement: str, where: list[str]) -> bool:
    if (
        attempt(progress, _pip("install", "--compile-bytecode", "--no-deps", *where, requirement), cwd=_outside())
        is not None
    ):
        return False
    if attempt(progress, [APPLICATION / "bin" / "python", "-c", "import torch"]) is None:
        return True
    attempt(progress, _pip("uninstall", "torch"), cwd=_outside())
    return False


def _pip(verb: str, *rest: str) -> list[str | Path]:
    return [uv.path(), "pip", verb, "--python", APPLICATION / "bin" / "python", *rest]


def _outside() -> Path:
    """A folder outside the project, where uv does not read that the project leaves torch out."""
    return Path(tempfile.gettempdir())


def _installed() -> list[Path]:
    return list(APPLICATION.glob("lib/python3.*/site-packages/torch-*.dist-info"))
