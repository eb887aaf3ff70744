"""Tells page numbers that float in a text layer from numbers that belong to the text."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ingest.blocks import Line

# Blank lines that set a page's footer off from its text; a row number in a table stands closer to its row.
MARGIN = 3
_LARGEST_PAGE = 500


def page_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines that hold nothing but a page number, alone in a page's margin."""
    return [
        line
        for line in lines
        if line.gap >= MARGIN
        and len(line.words) == 1
        and line.words[0].text.isdecimal()
        and int(line.words[0].text) <= _LARGEST_PAGE
    ]
