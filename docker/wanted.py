"""Prints a requirement that pyproject.toml names for set-up: `wanted.py uv`, `wanted.py torch`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

TABLE = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["tool"]["sauro"]

print({"uv": TABLE["uv"], "torch": f"torch=={TABLE['torch']['pinned']}"}[sys.argv[1]])
