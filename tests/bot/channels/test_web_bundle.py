"""The committed bundle: small, and what its sources give."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from bot.channels.web.page import STATIC

SOURCE = STATIC.parent / "widget"
LOADER_LIMIT = 15 * 1024
WHOLE_LIMIT = 180 * 1024
FILES = ("widget.js", "panel.js")


def zipped(name: str) -> int:
    return len(gzip.compress((STATIC / name).read_bytes(), 9))


def test_the_loader_and_the_whole_are_small() -> None:
    assert zipped("widget.js") <= LOADER_LIMIT
    assert sum(map(zipped, FILES)) <= WHOLE_LIMIT


def test_the_loader_asks_for_the_panel_by_its_content() -> None:
    version = sha256((STATIC / "panel.js").read_bytes()).hexdigest()[:12]
    assert f"/static/panel.js?v={version}" in (STATIC / "widget.js").read_text("utf-8")


def test_nothing_is_loaded_from_anywhere_else() -> None:
    for name in FILES:
        addresses = set(re.findall(r"https?://[\w.-]+", (STATIC / name).read_text("utf-8")))
        assert addresses <= {"http://www.w3.org"}


def test_the_lock_file_names_no_package_host() -> None:
    lock = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))
    hosts = {p["resolved"].split("/")[2] for p in lock["packages"].values() if "resolved" in p}
    assert hosts <= {"registry.npmjs.org"}


def test_the_sources_give_the_committed_bundle(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (SOURCE / "node_modules" / "esbuild").is_dir():
        pytest.skip("LEFT OUT: the bundle was not rebuilt, which needs node and `make widget`")
    subprocess.run([node, SOURCE / "build.mjs", tmp_path], check=True, capture_output=True, timeout=60)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (STATIC / name).read_bytes(), f"{name} is old: run make widget"
