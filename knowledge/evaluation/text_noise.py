"""Clean questions with one kind of noise put in, so that what repair is worth can be measured kind by kind.

    python -m knowledge.evaluation.text_noise CLEAN FOLDER

CLEAN holds one clean question a line. FOLDER gets a file `KIND.tsv` for each kind: noisy TAB clean TAB origin. Rows of origin `hand`
that stand in the file are kept, those of origin `made` are written anew. The same CLEAN gives the same rows: the dice are seeded by kind
and question.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from knowledge.evaluation.text_kinds import KINDS

ROWS = 160
"""How many rows are made of a kind, as far as the clean questions give them."""
PASSES = 6


@dataclass(frozen=True)
class Pair:
    """A noisy question and what it means; origin is `hand` or `made`."""

    noisy: str
    clean: str
    origin: str


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The rows of a `KIND.tsv`.

    Raises:
        ValueError: a line has not three cells.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    cells = [line.split("\t") for line in lines]
    if wrong := next((i for i, row in enumerate(cells, 1) if len(row) != 3), 0):
        raise ValueError(f"{path}, line {wrong}")
    return tuple(Pair(*row) for row in cells)


def make(kind: str, clean: Sequence[str], rows: int = ROWS) -> list[Pair]:
    """Noisy forms of clean questions, each noisy text once."""
    noise, found = KINDS[kind], dict[str, Pair]()
    for turn in range(PASSES):
        for text in clean:
            if len(found) >= rows:
                return list(found.values())
            noisy = noise(text, Random(f"{kind}:{turn}:{text}"))  # noqa: S311 -- dice, no secrets
            if noisy and noisy != text:
                found.setdefault(noisy, Pair(noisy, text, "made"))
    return list(found.values())


def write(clean: Sequence[str], folder: Path) -> None:
    """Write all kinds; rows made by hand stay."""
    for kind in KINDS:
        path = folder / f"{kind}.tsv"
        kept = [p for p in read_pairs(path) if p.origin == "hand"]
        rows = [f"{p.noisy}\t{p.clean}\t{p.origin}" for p in (*kept, *make(kind, clean))]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the command; 2 when it is called wrongly."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m knowledge.evaluation.text_noise CLEAN FOLDER\n")
        return 2
    write(Path(arguments[0]).read_text(encoding="utf-8").splitlines(), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
