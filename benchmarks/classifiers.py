"""Cross-validate ways to tell the intent of a message, on our own examples or on any Rasa NLU file, and print the table.

    .venv/bin/python -m benchmarks.classifiers [DATA] [--folds 5] [--write]

Classifiers over words, over our features and over the vectors of the shipped encoder; examples that are worded alike stay in one fold.
`--write` puts the table into docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import report
from bot.gateway.settings import load
from knowledge.evaluation.document import table
from knowledge.search.encoder import load_encoder

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "bot/dialogue/contest.py"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "data", type=Path, nargs="?", default=ROOT / "nlu_data/nlu", help="NLU examples, a file or a folder"
    )
    parser.add_argument("--folds", type=int, default=5, help="number of folds (default 5)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/evaluation.md")
    options = parser.parse_args()
    texts = _engine(options.data, "--texts")
    with tempfile.TemporaryDirectory() as folder:
        vectors = Path(folder) / "vectors.npy"
        np.save(vectors, load_encoder().encode(texts))
        found = _engine(options.data, "--vectors", vectors, "--folds", options.folds)
    section = rendered(found, options.folds)
    print(section)
    if options.write:
        report.write(report.DOCS / "evaluation.md", {"classifiers": section})


def rendered(found: dict[str, Any], folds: int) -> str:
    """The figures as Markdown: one row per candidate."""
    rows = [
        (name, f"{of['typed']:.1f}", f"{of['folded']:.1f}", f"{of['fit']:.1f}")
        for name, of in found["candidates"].items()
    ]
    heads = ("classifier", "as typed, %", "without diacritics, %", "fit, CPU s")
    return f"{folds} folds, {found['messages']} messages.\n\n{table(heads, rows)}"


def _engine(data: Path, *arguments: object) -> Any:
    command = [load().rasa_python, ENGINE, data.resolve(), *arguments]
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
