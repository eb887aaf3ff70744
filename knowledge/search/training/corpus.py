"""Reading what an encoder learns from: plain paragraphs, and texts that have a title."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SearchError
from knowledge.search.evaluation import RetrievalSet


@dataclass(frozen=True)
class Paragraph:
    """One line of a plain corpus. Lines that follow each other and have the same `source` are taken to be of one text."""

    source: str
    text: str


@dataclass(frozen=True)
class Titled:
    """A text with a title; `fields` are its parts, as the file has them."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class TrainingCorpus:
    """Everything read, in the order of the files."""

    paragraphs: tuple[Paragraph, ...]
    titled: tuple[Titled, ...]

    def without(self, data: RetrievalSet) -> TrainingCorpus:
        """Leave out every line of a retrieval set's texts and questions, so that it can measure what is learned."""
        held = {_spaced(line) for text in (*data.texts, *data.queries) for line in text.splitlines()}
        return TrainingCorpus(
            tuple(p for p in self.paragraphs if p.text not in held),
            tuple(t for t in self.titled if t.title not in held),
        )


def read_corpus(files: Iterable[Path], title: str) -> TrainingCorpus:
    """Read `.txt` files (`text` or `source<TAB>text` per line) and `.jsonl` files (an object per line), plain or `.xz`.

    `title` names the field of the objects that holds the title; their other fields of text are the parts. A part that
    repeats the title is left out: it would teach to find a text by its title alone.

    Raises:
        SearchError: a line is not of that form; `details` hold file and line.
    """
    paragraphs: list[Paragraph] = []
    titled: list[Titled] = []
    for file in files:
        for number, line in enumerate(_lines(file), 1):
            try:
                if ".jsonl" in file.suffixes:
                    titled.append(_titled(json.loads(line), title))
                else:
                    source, _, text = line.rpartition("\t")
                    paragraphs.append(Paragraph(source, _spaced(text)))
            except (ValueError, KeyError, TypeError, AttributeError) as e:
                raise SearchError(f"{file}, line {number}: {e}", file=str(file), line=number) from e
    return TrainingCorpus(tuple(paragraphs), tuple(titled))


def _lines(file: Path) -> Iterator[str]:
    read = 0
    try:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                read += 1
                yield line.rstrip("\n")
    except (UnicodeDecodeError, lzma.LZMAError, EOFError) as e:
        raise SearchError(f"{file}: {e}", file=str(file), line=read + 1) from e


def _titled(row: dict[str, object], title: str) -> Titled:
    name = row[title]
    if not isinstance(name, str):
        raise TypeError(f"field {title} is not a text")
    parts = (v for k, v in row.items() if k != title and isinstance(v, str) and name not in v)
    return Titled(_spaced(name), tuple(_spaced(part) for part in parts))


def _spaced(text: str) -> str:
    """White space collapsed; what else there is to tidy the encoder's tokenizer does."""
    return " ".join(text.split())
