"""Measure search at size and write its table of docs/performance.md.

    .venv/bin/python -m benchmarks.retrieval PASSAGES QUESTIONS [--sizes 20000 100000 1000000] [--rounds 3] [--no-write]

PASSAGES is a text file with a passage per line, QUESTIONS one with a question per line; none are shipped. Every question is asked one by
one; of the rounds the best counts. Other libraries run on the same lines in an environment made for them (build/peers, with uv).
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import perf_counter

from benchmarks.report import DOCS, machine, write
from knowledge.evaluation.document import table
from knowledge.evaluation.tally import percentile
from knowledge.text.fold import fold

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "build/peers"
K = 10
HEADS = ("texts", "search", "questions", "ms p50", "ms p95", "times ours (p50)", "texts per second built")
Row = tuple[object, ...]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--no-write", action="store_true", help="print the table and leave docs/performance.md as it is"
    )
    options = parser.parse_args()
    questions = options.questions.read_text("utf-8").splitlines()
    rows: list[Row] = []
    for size in options.sizes:
        rows += _measured(options.passages, size, questions, options.rounds)
    head = (
        f"`python -m benchmarks.retrieval`, {datetime.now().astimezone():%Y-%m-%d}: {machine()}, NumPy {version('numpy')}, "
        f"Numba {version('numba')}; {len(questions)} questions one by one, the {K} best, best of {options.rounds} rounds. "
        f"Highest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB."
    )
    text = f"{head}\n\n{table(HEADS, rows)}"
    print(text)
    if not options.no_write:
        write(DOCS / "performance.md", {"retrieval": text})


def _measured(passages: Path, size: int, questions: Sequence[str], rounds: int) -> list[Row]:
    from knowledge.search.lexical import Lexical

    with passages.open(encoding="utf-8") as lines:
        texts = [line.strip() for line in islice(lines, size)]
    begun = perf_counter()
    ours = Lexical(texts)
    built = len(texts) / (perf_counter() - begun)
    typed = _timed(lambda q: ours.search(q, K), questions, rounds)
    folded = _timed(lambda q: ours.search(q, K), [fold(q) for q in questions], rounds)
    size = len(texts)
    rows = [
        _row(size, "ours: four families, exact", "as typed", typed, typed, built),
        _row(size, "ours", "without diacritics", folded, folded, built),
    ]
    for peer in _peers(passages, size, questions):
        rows.append(_row(size, str(peer["name"]), "as typed", peer["ms"], typed, peer["build"]))
    return rows


def _timed(search: Callable[[str], object], questions: Sequence[str], rounds: int) -> list[float]:
    best: list[float] = []
    for _ in range(rounds):
        times = []
        for question in questions:
            start = perf_counter()
            search(question)
            times.append(1000 * (perf_counter() - start))
        if not best or sum(times) < sum(best):
            best = times
    return best


def _row(size: int, name: str, form: str, ms: Sequence[float], ours: Sequence[float], built: float) -> Row:
    half, high = percentile(ms, 0.5), percentile(ms, 0.95)
    return (
        f"{size:,}",
        name,
        form,
        f"{half:.2f}",
        f"{high:.2f}",
        f"{half / percentile(ours, 0.5):.1f}",
        f"{built:,.0f}",
    )


def _peers(passages: Path, size: int, questions: Sequence[str]) -> list[dict[str, object]]:
    python = PEERS / "bin/python"
    if not python.exists():
        uv = shutil.which("uv") or next(iter((ROOT / ".tools").glob("**/uv")), None)
        if uv is None:
            sys.exit("uv is needed to make the environment of the libraries compared")
        subprocess.run([str(uv), "venv", "--python", sys.executable, str(PEERS)], check=True)  # noqa: S603
        wanted = ["bm25s", "numba", "haystack-ai"]
        subprocess.run([str(uv), "pip", "install", "--python", str(python), *wanted], check=True)  # noqa: S603
    asked = {"passages": str(passages), "n": size, "questions": list(questions), "k": K}
    done = subprocess.run(  # noqa: S603
        [str(python), str(ROOT / "benchmarks/peers.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
    return list(found.values())


if __name__ == "__main__":
    main()
