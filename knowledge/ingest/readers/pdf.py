"""Reads the text layer of a .pdf with pdfplumber: ruled tables as rows, everything else as lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.errors import EncryptedSource, ScannedSource, UnsupportedSource
from knowledge.ingest.blocks import Block, Line, Row, Scribe, Slot
from knowledge.ingest.pages import MARGIN
from knowledge.ingest.readers import Source

# In parts of the page: a line in the outer margins is a running header or footer; a line that ends this far left of the
# right margin ends its paragraph. In line heights: a wider step than this between lines is a blank line.
_EDGE = 0.08
_SHORT = 0.9
_STEP = 1.75


def read(data: bytes, name: str) -> Source:
    """Read the bytes of a .pdf file.

    Raises:
        EncryptedSource: locked by a password.
        ScannedSource: a page is a picture without a text layer.
        UnsupportedSource: not a PDF document.
    """
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise EncryptedSource(f"{name} is locked by a password", file=name) from error
        raise UnsupportedSource(f"{name} is not a PDF document", file=name) from error
    with document:
        scanned = [page.page_number for page in document.pages if page.images and not page.chars]
        if scanned:
            raise ScannedSource(
                f"{name}: page {scanned[0]} has no text layer", file=name, pages=", ".join(map(str, scanned))
            )
        scribe, blocks, tables = Scribe(), list[Block](), 0
        for page in document.pages:
            for item in _items(page):
                if isinstance(item, Table):
                    tables += 1
                    blocks += _rows(page, item, scribe, tables)
                else:
                    text, number, gap, wrapped = item
                    words = scribe.write(text, f"p{page.page_number}:L", number)
                    if words:
                        blocks.append(Line(words, gap, wrapped))
    return Source(tuple(blocks), tuple(scribe.words))


def _items(page: Page) -> Iterator[Table | tuple[str, int, int, bool | None]]:
    """Tables and lines (text, number, blank lines before, wrapped) of a page, from top to bottom."""
    tables = page.find_tables()
    text = page
    for table in tables:
        text = text.outside_bbox(table.bbox)
    lines = text.extract_text_lines(return_chars=False)
    right = max((line["x1"] for line in lines), default=0.0)
    left = min((line["x0"] for line in lines), default=0.0)
    placed: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    bottom = 0.0
    for number, line in enumerate(lines, 1):
        height = line["bottom"] - line["top"]
        gap = 1 if line["top"] - bottom > (_STEP - 1) * height else 0
        if line["bottom"] < _EDGE * page.height or line["top"] > (1 - _EDGE) * page.height:
            gap = MARGIN
        wrapped = False if line["x1"] - left < _SHORT * (right - left) else None
        placed.append((line["top"], (line["text"], number, gap, wrapped)))
        bottom = line["bottom"]
    for _, item in sorted(placed, key=lambda p: p[0]):
        yield item


def _rows(page: Page, table: Table, scribe: Scribe, number: int) -> list[Block]:
    """The rows of a ruled table; a grid place without a cell of its own belongs to the cell that covers it."""
    lefts = sorted({cell[0] for cell in table.cells})
    texts = table.extract()
    rows: list[Block] = []
    for r, row in enumerate(table.rows):
        slots = []
        for c, box in enumerate(row.cells):
            scribe.cut()
            if box is None:
                slots.append(Slot((), _covering(table, lefts[c], row.bbox)))
            else:
                text = texts[r][c] or ""
                slots.append(Slot(scribe.write(text, f"p{page.page_number}:T{number}.R{r + 1}.C{c + 1}")))
            scribe.cut()
        rows.append(Row(tuple(slots), number))
    return rows


def _covering(table: Table, left: float, row: tuple[float, float, float, float]) -> Any:
    """Which way the cell lies that covers the grid column starting at `left` in a row."""
    middle = (row[1] + row[3]) / 2
    for x0, top, x1, bottom in table.cells:
        if x0 <= left + 1 < x1 and top <= middle < bottom:
            return "left" if x0 < left - 1 else "above"
    return ""
