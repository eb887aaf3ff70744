"""What the parsers find, still as words: the step between the blocks of a file and the records of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.ingest.blocks import Word

Words = tuple[Word, ...]


@dataclass(frozen=True)
class Doubt:
    """A place a person should look at. `kind` is a message name, `where` a record or locator, `text` what stands there."""

    kind: str
    where: str
    text: str = ""


@dataclass(frozen=True)
class SectionDraft:
    """A numbered heading between the rows of an annex table."""

    item: str
    title: Words


@dataclass(frozen=True)
class RowDraft:
    """One numbered row of a task or target table: its words by kind of column."""

    item: str
    section: str
    cells: dict[str, Words]


@dataclass(frozen=True)
class PassageDraft:
    """A paragraph of the body with its item and the titles above it."""

    item: str
    heading: tuple[str, ...]
    words: Words
    pieces: tuple[Words, ...] = ()


@dataclass
class Draft:
    """Everything found in one file."""

    sections: list[SectionDraft] = field(default_factory=list)
    tasks: list[RowDraft] = field(default_factory=list)
    targets: list[RowDraft] = field(default_factory=list)
    body: list[PassageDraft] = field(default_factory=list)
    title: Words = ()
    number: Words = ()
    date: Words = ()
    signer: Words = ()
    doubts: list[Doubt] = field(default_factory=list)
