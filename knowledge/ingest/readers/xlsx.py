"""Reads .xlsx with openpyxl: one table per sheet, merged cells, values as the sheet shows them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell import Cell as SheetCell  # type: ignore[import-untyped]
from openpyxl.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from knowledge.errors import UnsupportedSource
from knowledge.ingest.blocks import Block, Row, Scribe, Slot
from knowledge.ingest.readers import Source
from knowledge.ingest.readers.office import check_container


def read(data: bytes, name: str) -> Source:
    """Read the bytes of an .xlsx file. Hidden sheets are left out.

    Raises:
        EncryptedSource: locked by a password.
        UnsupportedSource: not an Excel workbook.
    """
    check_container(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnsupportedSource(f"{name} is not an Excel workbook", file=name) from error
    scribe, blocks = Scribe(), list[Block]()
    for number, sheet in enumerate((s for s in book.worksheets if s.sheet_state == "visible"), 1):
        blocks += _rows(sheet, scribe, number)
    return Source(tuple(blocks), tuple(scribe.words))


def _rows(sheet: Worksheet, scribe: Scribe, number: int) -> list[Block]:
    joined = {}
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            if (row, column) != (area.min_row, area.min_col):
                joined[(row, column)] = "left" if column > area.min_col else "above"
    rows: list[Block] = []
    for cells in sheet.iter_rows():
        slots = []
        for cell in cells:
            scribe.cut()
            if isinstance(cell, MergedCell):
                side = joined.get((cell.row, cell.column), "left")
                slots.append(Slot((), "above" if side == "above" else "left"))
            else:
                slots.append(Slot(scribe.write(_shown(cell), f"{sheet.title}!{cell.coordinate}")))
        rows.append(Row(tuple(slots), number))
    return rows


def _shown(cell: SheetCell) -> str:
    """A value as the sheet shows it: 0.9 formatted as a percentage is "90%", whole numbers have no decimals, dates are
    dd/mm/yyyy.
    """
    value = cell.value
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 6):g}%"
        return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
    return "" if value is None else str(value)
