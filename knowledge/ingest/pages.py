"""Tells page numbers that float in a text layer from numbers that belong to the text."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ingest.blocks import Line

# Extractors leave at least this many blank lines around a page's footer.
_MARGIN = 2
_LARGEST_PAGE = 500


def page_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines that hold nothing but a page number.

    Such a line stands alone in a margin, and the numbers grow through the file; a table may begin its count anew.
    """
    found: list[Line] = []
    for line in lines:
        if len(line.words) != 1 or not line.words[0].text.isdecimal() or line.gap < _MARGIN:
            continue
        if int(line.words[0].text) <= _LARGEST_PAGE:
            found.append(line)
    return found
