"""What kind of file some bytes are: told from the bytes, never from the name alone."""

from __future__ import annotations

import io
import zipfile

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".docx": OFFICE + "wordprocessingml.document",
    ".xlsx": OFFICE + "spreadsheetml.sheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
"""Media type by ending of the name: what is taken as evidence."""

_SIGNS = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_OFFICE_PARTS = {"word/document.xml": KINDS[".docx"], "xl/workbook.xml": KINDS[".xlsx"]}
_TEXT = ("text/plain", "text/csv")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_kind(data: bytes, media_type: str) -> bool:
    """Whether the bytes are a file of this media type, one of `KINDS`."""
    return _is_text(data) if media_type in _TEXT else _sniffed(data) == media_type


def _sniffed(data: bytes) -> str | None:
    for sign, media_type in _SIGNS:
        if data.startswith(sign):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return _office(data) if data.startswith(b"PK\x03\x04") else None


def _office(data: bytes) -> str | None:
    """Kind of an Office document without macros. Only its list of parts is read: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[content_types].xml" not in parts or any(part.endswith("vbaproject.bin") for part in parts):
        return None
    return next((media_type for part, media_type in _OFFICE_PARTS.items() if part in parts), None)


def _is_text(data: bytes) -> bool:
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in "\t\n\r\f" for character in text)
