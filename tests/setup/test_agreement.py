"""What set-up, pyproject.toml and the installed packages say about versions agrees."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from setup.project import ROOT, tool
from setup.pytorch import parse_find_links

CUDA = re.compile(r"nvidia|cuda|triton")


def test_the_chosen_torch_is_one_that_sentence_transformers_and_transformers_accept() -> None:
    wanted = tool("sauro")["torch"]
    for package in ("sentence-transformers", "transformers"):
        ranges = [r.specifier for r in map(Requirement, requires(package) or ()) if r.name == "torch"]
        assert ranges
        for accepted in ranges:
            assert accepted.contains(wanted["pinned"])
            assert accepted.contains(wanted["at_least"])


def test_what_torch_needs_is_locked_with_the_application() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {Requirement(line).name for line in project["dependencies"]}
    needed = {Requirement(line) for line in requires("torch") or ()}
    assert {r.name for r in needed if "extra" not in str(r.marker) and not CUDA.search(r.name)} <= declared


def test_the_python_versions_looked_for_are_those_the_application_accepts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bounds = re.search(r"find-python (\d+) (\d+)", (ROOT / "setup" / "run").read_text())
    assert bounds is not None
    low, high = map(int, bounds.groups())
    assert SpecifierSet(project["requires-python"]) == SpecifierSet(f">=3.{low},<3.{high + 1}")


def test_find_links_come_from_every_place_that_pip_and_uv_read_each_once() -> None:
    listed = [
        ":env:.find-links='/wheels'",
        "global.extra-index-url='https://packages.example/simple'",
        "global.find-links='/wheels\\nhttps://packages.example/links'",
    ]
    assert parse_find_links(listed, "/wheels /own", "/a,https://b.example/") == [
        "/wheels",
        "/own",
        "https://packages.example/links",
        "/a",
        "https://b.example/",
    ]
