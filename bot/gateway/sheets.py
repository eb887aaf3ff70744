"""Tables as files that open in a spreadsheet: CSV and XLSX, in which no cell can become a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = 60
"""Widest column, in characters; longer cells are wrapped."""


def csv_file(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A CSV table. `columns` maps the rows' keys to headings.

    It opens with a byte-order mark, by which Excel knows UTF-8, and separates by semicolons, which Excel expects where the decimal
    sign is a comma, as in Vietnam.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns.values())
    writer.writerows([_harmless(row[key]) for key in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(title: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """An Excel workbook of one sheet, its heading row frozen and filtered. Text is marked as text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, (key, heading) in enumerate(columns.items(), start=1):
        longest = max((len(str(row[key] or "")) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDE, max(longest, len(heading)) + 2)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.append([_cell(sheet, heading, bold=True) for heading in columns.values()])
    for row in rows:
        sheet.append([_cell(sheet, row[key]) for key in columns])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = _like_formula(value)
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, behind an apostrophe (OWASP, "CSV Injection")."""
    return f"'{value}" if isinstance(value, str) and _like_formula(value) else value


def _like_formula(text: str) -> bool:
    return text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith(("\t", "\r"))
