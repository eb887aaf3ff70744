"""Reads the body of a plan: letterhead, title, numbered headings, bullets, numbered targets, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.blocks import Line, join
from knowledge.ingest.drafts import Draft, PassageDraft, RowDraft, Words
from knowledge.ingest.paragraphs import Paragraph, kind_of_start, markers, paragraphs
from knowledge.ingest.usage import Usage
from knowledge.text.fold import fold

_NUMBER_LINE = re.compile(r"^\s*số\b.*/", re.IGNORECASE)
_DATE = re.compile(r"ngày\b.*\bnăm\s+(?:\d{4}|…|\.+)", re.IGNORECASE)
# A heading's words are not a paragraph of their own when other items stand under it.
_MAX_HEADING_WORDS = 30


def read_body(lines: Sequence[Line], draft: Draft, usage: Usage) -> None:
    """Put the passages and numbered targets of the lines before the annex into the draft."""
    reader = _Body(draft, usage)
    front: list[Line] = []
    for at, line in enumerate(lines):
        if kind_of_start(line) == "roman":
            reader.front(front)
            for paragraph in paragraphs(lines[at:]):
                reader.take(paragraph)
            reader.close()
            return
        front.append(line)
    reader.front(front)


class _Body:
    """Where in the outline we are."""

    def __init__(self, draft: Draft, usage: Usage) -> None:
        self.draft, self.usage = draft, usage
        self.path: list[tuple[str, str]] = []
        self.count = 0
        self.pending: Paragraph | None = None

    def front(self, lines: Sequence[Line]) -> None:
        """Letterhead, title and preamble: everything before the first Roman heading."""
        titled = next((i for i, line in enumerate(lines) if fold(line.text) in markers()["kind"]), None)
        head = lines[: titled if titled is not None else 0]
        for line in head:
            if _NUMBER_LINE.match(line.text) and not self.draft.number:
                self.draft.number = line.words
            found = _DATE.search(line.text)
            if found and not self.draft.date:
                self.draft.date = _from(line.words, found.start())
        groups = [tuple(w for line in head for w in line.words)] if head else []
        rest = [p.mark + p.words for p in paragraphs(lines[len(head) :])]
        if titled is not None and rest:
            # The word "KẾ HOẠCH" stands alone; the paragraph after it says which one.
            merged = rest[0] + rest[1] if len(rest) > 1 and len(rest[0]) <= 4 else rest[0]
            rest = [merged, *rest[2 if merged != rest[0] else 1 :]]
            self.draft.title = merged
        for number, words in enumerate([*groups, *rest], 1):
            self._passage(f"preamble.{number}", (), words)

    def take(self, paragraph: Paragraph) -> None:
        """Use one paragraph of the body."""
        if paragraph.kind in ("recipients", "signature"):
            self._sign(paragraph)
        elif paragraph.kind == "roman":
            self._flush(heading=True)
            self.usage.claim(paragraph.mark + paragraph.words, "heading")
            self.path, self.count = [(paragraph.label, join(paragraph.words))], 0
        elif paragraph.kind == "number":
            self._flush(heading=False)
            self.pending = paragraph
        elif paragraph.kind == "target":
            self._flush(heading=True)
            self.usage.claim(paragraph.mark, "number")
            self.usage.claim(paragraph.words, "target")
            self.draft.targets.append(RowDraft(paragraph.label, "", {"target": paragraph.words}))
        else:
            self._flush(heading=True)
            self.count += 1
            self.usage.claim(paragraph.mark, "bullet")
            self._passage(".".join([*self._items(), str(self.count)]), self._titles(), paragraph.words)

    def close(self) -> None:
        """End of the body."""
        self._flush(heading=False)

    def _flush(self, *, heading: bool) -> None:
        """Decide what the last numbered paragraph was: a heading when items follow under it, else a passage of its own."""
        paragraph, self.pending = self.pending, None
        if paragraph is None:
            return
        self.usage.claim(paragraph.mark, "number")
        if heading and len(paragraph.words) <= _MAX_HEADING_WORDS:
            self.usage.claim(paragraph.words, "heading")
            self.path = [*self.path[:1], (paragraph.label, join(paragraph.words))]
        else:
            self.path = self.path[:1]
            self._passage(".".join([*self._items(), paragraph.label]), self._titles(), paragraph.words)
        self.count = 0

    def _sign(self, paragraph: Paragraph) -> None:
        self._flush(heading=False)
        old = next((p for p in self.draft.body if p.item == "sign"), None)
        self.usage.claim(paragraph.words, "sign")
        if old:
            self.draft.body.remove(old)
        pieces = (*(old.pieces if old else ()), paragraph.words)
        self.draft.body.append(PassageDraft("sign", (), tuple(w for piece in pieces for w in piece), pieces))
        if paragraph.kind == "signature":
            self.draft.signer += paragraph.words

    def _items(self) -> list[str]:
        return [item for item, _ in self.path]

    def _titles(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.path)

    def _passage(self, item: str, heading: tuple[str, ...], words: Words) -> None:
        self.usage.claim(words, "passage")
        self.draft.body.append(PassageDraft(item, heading, words))


def _from(words: Words, offset: int) -> Words:
    """The words that start at or after a character offset of their joined text."""
    return tuple(w for i, w in enumerate(words) if len(join(words[: i + 1])) - len(w.text) >= offset)
