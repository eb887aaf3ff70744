"""What every benchmark says in the documents: what it ran on, and its figures in place of those of the run before."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from knowledge.evaluation.document import with_sections

DOCS = Path(__file__).resolve().parents[1] / "docs"


def machine() -> str:
    """Cores, Python and how busy they are: "2 cores (x86_64), Python 3.11.7, load average 0.4 / 0.9 (1 / 5 minutes)"."""
    one, five = os.getloadavg()[:2]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"load average {one:.1f} / {five:.1f} (1 / 5 minutes)"
    )


def write(document: Path, sections: Mapping[str, str]) -> None:
    """Put the sections (by name) between their markers in a document, or at its end where it has none."""
    document.write_text(with_sections(document.read_text("utf-8"), sections), "utf-8")
