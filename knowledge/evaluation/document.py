"""A document that a person and a program write together: the program's sections stand between markers, all else is the person's.

<!-- eval:NAME -->
what the program writes
<!-- /eval:NAME -->
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def with_sections(document: str, sections: Mapping[str, str]) -> str:
    """The document with the content of every named section replaced; sections that it has no markers for are added at its end."""
    for name, content in sections.items():
        block = f"<!-- eval:{name} -->\n{content.strip()}\n<!-- /eval:{name} -->"
        there = re.compile(rf"<!-- eval:{re.escape(name)} -->.*?<!-- /eval:{re.escape(name)} -->", re.DOTALL)
        if place := there.search(document):
            document = document[: place.start()] + block + document[place.end() :]
        else:
            document = f"{document.rstrip()}\n\n{block}\n".lstrip()
    return document


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; cells are written on one line, with what would end a cell escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
