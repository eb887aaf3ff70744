"""Finding a Python that really runs, among pyenv shims, uv's Pythons and the machine's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from setup.project import ROOT

HERE = str(sys.version_info.minor)
NAME = f"python3.{HERE}"


def find(first: str, last: str, chosen: str = "", **settings: str) -> tuple[int, str]:
    finished = subprocess.run(
        [ROOT / "setup" / "find-python", first, last, chosen],
        env={"PATH": "/nowhere", "HOME": "/nowhere", **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout.strip()


@pytest.fixture
def refusing(tmp_path: Path) -> Path:
    """A folder with a shim that answers to its name and refuses to start, as pyenv's does for a version not chosen."""
    folder = tmp_path / "shims"
    folder.mkdir()
    shim = folder / NAME
    shim.write_text(f"#!/bin/sh\necho 'pyenv: {NAME}: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    return folder


def link(path: Path) -> Path:
    """A Python of this version at another place."""
    path.parent.mkdir(parents=True)
    path.symlink_to(os.path.realpath(sys.executable))
    return path


def test_a_shim_that_refuses_to_start_gives_way_to_pyenvs_own_versions(refusing: Path, tmp_path: Path) -> None:
    python = link(tmp_path / "pyenv" / "versions" / f"3.{HERE}.9" / "bin" / NAME)
    assert find(HERE, HERE, PATH=str(refusing), PYENV_ROOT=str(tmp_path / "pyenv")) == (0, str(python))


def test_a_python_managed_by_uv_is_found(refusing: Path, tmp_path: Path) -> None:
    python = link(tmp_path / "uv" / f"cpython-3.{HERE}.9-linux-x86_64-gnu" / "bin" / NAME)
    assert find(HERE, HERE, PATH=str(refusing), UV_PYTHON_INSTALL_DIR=str(tmp_path / "uv")) == (0, str(python))


def test_the_one_on_the_path_comes_first(tmp_path: Path) -> None:
    python = link(tmp_path / "bin" / NAME)
    assert find(HERE, HERE, PATH=str(python.parent)) == (0, str(python))


def test_the_users_choice_is_taken_or_nothing_is(tmp_path: Path) -> None:
    python = str(link(tmp_path / "bin" / "mine"))
    assert find(HERE, HERE, python) == (0, python)
    assert find("99", "99", python) == (1, "")
    assert find(HERE, HERE, "/nowhere/python")[0] != 0


def test_none_to_be_had_is_said_by_the_exit_code() -> None:
    assert find("99", "99") == (1, "")
