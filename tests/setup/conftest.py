"""A checkout in miniature: the real set-up over two projects without dependencies, in seconds and offline."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from setup import uv
from setup.project import ROOT

PYPROJECT = """
[project]
name = "miniature"
version = "0"
requires-python = "{python}"

[tool.uv]
package = false
exclude-dependencies = ["torch"]
required-version = ">=0.9.8"

[tool.sauro]
torch = {{ at_least = "2.6", below = "3", pinned = "2.13.0" }}
uv = "uv"
"""


@dataclass(frozen=True)
class Checkout:
    """A miniature checkout; `wheels` is what its pip is told to look in."""

    root: Path
    wheels: Path

    def set_up(self, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `setup/run` in it, away from this machine's own pip settings."""
        own = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": str(self.wheels), "UV_OFFLINE": "1"}
        search = f"{uv.path().parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [self.root / "setup" / "run"],
            env={**os.environ, **own, "PATH": search, **settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "setup", root / "setup", ignore=shutil.ignore_patterns("__pycache__"))
    dialogue = root / "bot" / "dialogue"
    dialogue.mkdir(parents=True)
    (root / "bot" / "messages").mkdir()
    shutil.copy(ROOT / "bot" / "messages" / "setup.toml", root / "bot" / "messages")
    for project, python in ((root, ">=3.11"), (dialogue, "==3.10.*")):
        (project / "pyproject.toml").write_text(PYPROJECT.format(python=python))
        (project / "uv.lock").write_text(
            f'version = 1\nrequires-python = "{python}"\n\n'
            '[[package]]\nname = "miniature"\nversion = "0"\nsource = { virtual = "." }\n'
        )
    (dialogue / "train.py").write_text("print('trained')\n")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    return Checkout(root, wheels)


def write_torch(folder: Path, version: str, body: str = "") -> None:
    """A wheel named torch that imports as `body` says."""
    info = f"torch-{version}.dist-info"
    with zipfile.ZipFile(folder / f"torch-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr("torch/__init__.py", body)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
