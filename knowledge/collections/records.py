"""A collection on disk: which fields its records have, and the records, one JSON object per line."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.errors import CollectionError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MANIFEST = "collection.json"
RECORDS = "records.jsonl"


@dataclass(frozen=True)
class About:
    """What an operator says of a collection.

    `id` stands in citations, `name` before answers; `key` and `title` are the fields that number and name a record; `fields` leads from
    a kind of field ("fee", see data/fields.toml, or any label) to the field that holds it.
    """

    id: str
    name: str
    key: str
    title: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """A record: its number, its title and the text of each kind of field that is not empty, white space collapsed."""

    key: str
    title: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Collection:
    """Records of one kind, in the order of their file."""

    about: About
    entries: tuple[Entry, ...]


def read_records(file: Path, about: About) -> Collection:
    """Read a JSONL file, plain or `.xz`.

    Raises:
        CollectionError: the id is not of small letters, digits and dashes, a line is no object with a text as key and title, a
            number stands twice, no record has a named field, or there is none; `details` hold reason and line.
    """
    if not _ID.fullmatch(about.id):
        raise CollectionError("bad id", reason="id", line=0)
    entries: dict[str, Entry] = {}
    for number, row in _rows(file):
        key, title = (_text(row.get(name)) for name in (about.key, about.title))
        if not key or not title or key in entries:
            raise CollectionError(f"line {number}", reason="twice" if key in entries else "row", line=number)
        fields = {kind: text for kind, name in about.fields.items() if (text := _text(row.get(name)))}
        entries[key] = Entry(key, title, fields)
    if not entries:
        raise CollectionError("no records", reason="empty", line=0)
    for kind, name in about.fields.items():
        if not any(kind in entry.fields for entry in entries.values()):
            raise CollectionError(f"no record has {name}", reason="field", line=0, field=name)
    return Collection(about, tuple(entries.values()))


def write_collection(collection: Collection, folder: Path) -> None:
    """Put a collection under `folder`; the manifest is replaced last and in one go, so that a reader sees old or new."""
    place = folder / collection.about.id
    place.mkdir(parents=True, exist_ok=True)
    for name, text in (
        (RECORDS, "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in collection.entries)),
        (MANIFEST, json.dumps(asdict(collection.about), ensure_ascii=False, indent=1) + "\n"),
    ):
        partial = place / f"{name}.part"
        partial.write_text(text, encoding="utf-8")
        partial.replace(place / name)


def read_collections(folder: Path) -> tuple[Collection, ...]:
    """Every collection of a folder, in order of id; none where there is no folder.

    Raises:
        CollectionError: one is not as it was written; `reason` is "damaged", `folder` where it lies.
    """
    return tuple(_read(manifest.parent) for manifest in sorted(folder.glob(f"*/{MANIFEST}")))


def _read(place: Path) -> Collection:
    try:
        about = About(**json.loads((place / MANIFEST).read_text(encoding="utf-8")))
        with (place / RECORDS).open(encoding="utf-8") as lines:
            return Collection(about, tuple(Entry(**json.loads(line)) for line in lines))
    except (OSError, ValueError, TypeError) as error:
        raise CollectionError(f"{place}: {error}", reason="damaged", folder=str(place)) from error


def _rows(file: Path) -> Iterator[tuple[int, dict[str, object]]]:
    number = 0
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise CollectionError(f"line {number}", reason="row", line=number)
                yield number, row
    except (ValueError, lzma.LZMAError, EOFError) as e:
        raise CollectionError(str(e), reason="row", line=max(number, 1)) from e


def _text(value: object) -> str:
    """White space collapsed; numbers as text, anything else as nothing."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
