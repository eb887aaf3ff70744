"""One reader per file format; each turns a file into the same blocks. The format is told by the file name's suffix."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from knowledge.errors import EmptySource, UnsupportedSource
from knowledge.ingest.blocks import Block, Word

_READERS = {".txt": "text", ".tsv": "text", ".docx": "docx", ".pdf": "pdf", ".xlsx": "xlsx"}
FORMATS = tuple(sorted(_READERS))


@dataclass(frozen=True)
class Source:
    """A file as read: its blocks in reading order and all its words."""

    blocks: tuple[Block, ...]
    words: tuple[Word, ...]


def read(path: Path) -> Source:
    """Read a file into blocks.

    Raises:
        FileNotFoundError: there is no such file.
        SourceError: one of its subclasses says why the file can not be used.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise UnsupportedSource(
            f"{suffix or path.name} is not a format that is read", file=path.name, formats=", ".join(FORMATS)
        )
    data = path.read_bytes()
    if not data.strip():
        raise EmptySource(f"{path.name} is empty", file=path.name)
    # Readers are loaded on demand: a PDF library costs a second that a text file need not pay.
    reader = import_module(f"knowledge.ingest.readers.{_READERS[suffix]}")
    source = cast(Source, reader.read(data, path.name))
    if not source.words:
        raise EmptySource(f"{path.name} holds no text", file=path.name)
    return source
