"""Reads .docx with python-docx: paragraphs and tables in document order, merged cells, numbers that Word draws itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.errors import ScannedSource, UnsupportedSource
from knowledge.ingest.blocks import Block, Line, Row, Scribe, Slot
from knowledge.ingest.readers import Source
from knowledge.ingest.readers.numbering import Numbering
from knowledge.ingest.readers.office import check_container


def read(data: bytes, name: str) -> Source:
    """Read the bytes of a .docx file.

    Raises:
        EncryptedSource: locked by a password.
        ScannedSource: pictures without text.
        UnsupportedSource: not a Word document.
    """
    check_container(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnsupportedSource(f"{name} is not a Word document", file=name) from error
    numbering = Numbering(document)
    scribe, blocks, paragraphs, tables = Scribe(), list[Block](), 0, 0
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            paragraphs += 1
            blocks += _lines(item, scribe, numbering, f"P{paragraphs}")
        else:
            tables += 1
            blocks += _rows(item, scribe, numbering, tables)
    if not scribe.words and document.inline_shapes:
        raise ScannedSource(f"{name} holds pictures without text", file=name)
    return Source(tuple(blocks), tuple(scribe.words))


def _lines(paragraph: Paragraph, scribe: Scribe, numbering: Numbering, place: str) -> list[Block]:
    label = numbering.label(paragraph)
    lines: list[Block] = []
    for piece in f"{label} {paragraph.text}".split("\n"):
        scribe.cut()
        words = scribe.write(piece, place)
        if words:
            lines.append(Line(words, 0 if lines else 1, None))
    if lines and isinstance(lines[-1], Line):
        lines[-1] = Line(lines[-1].words, lines[-1].gap, False)
    return lines


def _rows(table: Table, scribe: Scribe, numbering: Numbering, number: int) -> list[Block]:
    rows: list[Block] = []
    above: list[Any] = []
    for r, row in enumerate(table.rows, 1):
        slots: list[Slot] = []
        cells = [*row.cells]
        # Word may leave out grid columns at the start of a row.
        elements = [None] * row.grid_cols_before + [cell._tc for cell in cells]
        for c, element in enumerate(elements, 1):
            scribe.cut()
            if element is None:
                slots.append(Slot())
            elif c > 1 and element is elements[c - 2]:
                slots.append(Slot((), "left"))
            elif c <= len(above) and element is above[c - 1]:
                slots.append(Slot((), "above"))
            else:
                paragraphs = cells[c - 1 - row.grid_cols_before].paragraphs
                text = "\n".join(f"{numbering.label(p)} {p.text}" for p in paragraphs)
                slots.append(Slot(scribe.write(text, f"T{number}.R{r}.C{c}")))
        rows.append(Row(tuple(slots), number))
        above = elements
    return rows
