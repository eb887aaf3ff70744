"""What speaks for and against cutting a table row at some place: the layout around the cut, and what the cells then mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.ingest.blocks import Line, Word, join
from knowledge.text.agencies import Registry
from knowledge.text.syllables import syllables
from knowledge.text.timeframe import looks_like_timeframe

_AGENCY_COLUMNS = frozenset(("lead", "partners", "monitor"))


@dataclass(frozen=True)
class Token:
    """A word with its place in the layout. `soft` says whether the line before goes on here (None: not shown, or not a line start)."""

    word: Word
    line: int
    line_start: bool = False
    gap: int = 0
    soft: bool | None = None

    @property
    def continued(self) -> bool:
        """Whether the source shows that this line continues the one before."""
        return self.soft is True


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """The words of lines with their layout."""
    out: list[Token] = []
    before: Line | None = None
    for number, line in enumerate(lines):
        for i, word in enumerate(line.words):
            soft = before.wrapped if before is not None and i == 0 else None
            out.append(
                Token(word, number, i == 0, line.gap if i == 0 else 0, soft or (word.glued or None) if i == 0 else None)
            )
        before = line
    return out


@dataclass(frozen=True)
class Widths:
    """The widest line seen in each column, in characters."""

    widest: dict[str, int]

    @classmethod
    def learn(cls, columns: Sequence[str], rows: Sequence[Sequence[Sequence[Token]]]) -> Widths:
        """Measure the lines that lie in one cell; the widest twentieth of each column is left out as doubtful."""
        seen: dict[str, list[int]] = {kind: [] for kind in columns}
        for cells in rows:
            for kind, tokens in zip(columns, cells, strict=True):
                seen[kind] += _line_widths(tokens)
        return cls({kind: sorted(found)[int(0.95 * (len(found) - 1))] for kind, found in seen.items() if found})

    def over(self, kind: str, lines: Sequence[int]) -> int:
        """How many lines, given by their widths, are clearly too wide for a column."""
        limit = 1.2 * self.widest[kind] if kind in self.widest else float("inf")
        return sum(width > limit for width in lines)


def _line_widths(tokens: Sequence[Token]) -> list[int]:
    lines: dict[int, list[Word]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token.word)
    return [len(join(words)) for words in lines.values()]


@dataclass(frozen=True)
class Stretch:
    """Words that may make up a cell, with what holds of them whatever the column: worked out once, though they are tried in each.

    `ends` counts the line ends inside at which the source shows a full stop, `torn` the brackets and quotes that are opened or closed
    elsewhere; `lines` are the widths of the lines in characters.
    """

    text: str
    words: int
    ends: int
    torn: int
    lines: tuple[int, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Stretch:
        """The stretch that tokens make up."""
        text = join(t.word for t in tokens)
        ends = sum(t.line_start and t.soft is False and t.word.text[0] not in "-+•" for t in tokens[1:])
        torn = (text.count("(") != text.count(")")) + (text.count("“") != text.count("”"))
        return cls(text, len(tokens), ends, torn, tuple(_line_widths(tokens)))


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against a cut. Weights are in one currency: 2 is a clear hint, 6 outweighs two hints against
    it. What texts were found to mean is remembered.
    """

    columns: tuple[str, ...]
    agencies: Registry
    widths: Widths | None = None
    _known_by_text: dict[str, float] = field(default_factory=dict)
    _timely_by_text: dict[str, bool] = field(default_factory=dict)

    def boundary(self, token: Token) -> float:
        """Score of a cell starting at `token`."""
        score = 0.0
        if not token.line_start:
            score -= 3
        elif token.soft is not None:
            score += -4 if token.soft else 2
        score += 0.5 * min(token.gap, 1)
        first = token.word.text[0]
        if first.islower():
            score -= 4
        elif first in "(,;:)/":
            score -= 3
        return score

    def cell(self, kind: str, stretch: Stretch, *, partial: bool) -> float:
        """Score of a stretch being a cell of a column; `partial` when a page break cuts the cell."""
        score = -1.5 * stretch.ends
        share = 0.5 if partial else 1.0
        if not partial:
            score -= 6 * stretch.torn
        timely = self._timely(stretch)
        if kind == "timeframe":
            score += share * (6 if timely else -8)
        elif timely:
            score -= share * 4
        # Who is named is dear to find out: not for a cell that its brackets or its column have decided already.
        known = 0.0 if kind == "timeframe" or (stretch.torn and not partial) else self._known(stretch)
        if kind in _AGENCY_COLUMNS:
            score += share * (8 * known - 4)
        elif known == 1:
            score -= share * 4
        if self.widths:
            score -= 2 * self.widths.over(kind, stretch.lines)
        return score

    def torn(self, longer: Stretch) -> float:
        """Penalty for a time cell that leaves out words before it although the `longer` stretch is one expression ("Giai đoạn")."""
        return 3.0 if self._timely(longer) else 0.0

    def empty(self, *, begun: bool, more: bool) -> float:
        """Score of leaving a cell without words."""
        return 0.0 if begun else -2.0 if more else -6.0

    def _known(self, stretch: Stretch) -> float:
        """The part of a cell's words that names agencies, 0 when it names none."""
        text, seen = stretch.text, self._known_by_text
        if text not in seen:
            names, unknown = self.agencies.resolve_cell(text) if len(text.split()) <= _LONGEST_AGENCY_CELL else ((), ())
            rest = sum(len(syllables(piece)) for piece in unknown) / max(1, len(syllables(text)))
            seen[text] = 1 - rest if names else 0.0
        return seen[text]

    def _timely(self, stretch: Stretch) -> bool:
        text, seen = stretch.text, self._timely_by_text
        if text not in seen:
            seen[text] = stretch.words <= _LONGEST_TIME_CELL and looks_like_timeframe(text)
        return seen[text]


_LONGEST_AGENCY_CELL = 60
_LONGEST_TIME_CELL = 16
