"""Word files: lists with a phrase a line, and glossaries with a term, a tab, and the plan's word for it."""

from __future__ import annotations

from pathlib import Path


def glossary(path: Path) -> dict[str, str]:
    """The terms of a glossary file and what they stand for; lines that begin with # are notes."""
    return dict(line.split("\t", 1) for line in listed(path))


def listed(path: Path) -> tuple[str, ...]:
    """The lines of a word file, in order; those that begin with # are notes."""
    return tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
