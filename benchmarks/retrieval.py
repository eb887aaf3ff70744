"""Measure search at size and write its table of docs/performance.md.

    .venv/bin/python -m benchmarks.retrieval PASSAGES QUESTIONS [--sizes ...] [--dense-up-to ...] [--rounds 3] [--no-write]

PASSAGES is a text file with a passage per line, QUESTIONS one with a question per line; none are shipped. Every question is asked one by
one; of the rounds the best counts. Search by meaning is measured up to a size, beside every vector compared. At the first size a new index
is built and put in place while questions are asked. Other libraries run on the same lines in an environment made for them (build/peers,
with uv).
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

from benchmarks.report import DOCS, machine, write
from benchmarks.timing import Times, timed
from knowledge.evaluation.document import table
from knowledge.evaluation.tally import percentile
from knowledge.text.fold import fold

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "build/peers"
K = 10
HEADS = (
    "texts",
    "search",
    "questions",
    "ms p50",
    "ms p95",
    "CPU ms p50",
    "CPU ms p95",
    "times ours (p50)",
    "built per second",
    "MB held",
)
Row = tuple[object, ...]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--dense-up-to", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--no-write", action="store_true", help="print the table and leave docs/performance.md as it is"
    )
    options = parser.parse_args()
    questions = options.questions.read_text("utf-8").splitlines()
    rows: list[Row] = []
    told: list[str] = []
    for size in options.sizes:
        with options.passages.open(encoding="utf-8") as lines:
            texts = [line.strip() for line in islice(lines, size)]
        ours, built = _lexical(texts, questions, options.rounds)
        rows += ours
        if len(texts) <= options.dense_up_to:
            row, sentence = _dense(texts, questions, options.rounds, ours[0], built)
            rows.append(row)
            told.append(sentence)
            if size == max(options.sizes):
                words, meaning = (1e6 * float(str(r[-1])) / len(texts) for r in (ours[0], row))
                told.append(f"A million such texts hold {words:,.0f} MB by words and {meaning:,.0f} MB by meaning.")
        rows += [_row(len(texts), p["name"], "as typed", p["times"], float(str(ours[0][3])), p["build"], "")
                 for p in _peers(options.passages, size, questions, options.rounds)]  # fmt: skip
        if size == options.sizes[0]:
            told.append(_swapped(texts, questions))
    head = (
        f"`python -m benchmarks.retrieval`, {datetime.now().astimezone():%Y-%m-%d}: {machine()}, NumPy {version('numpy')}, "
        f"Numba {version('numba')}; {len(questions)} questions one by one, the {K} best, best of {options.rounds} rounds. "
        f"Highest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB."
    )
    text = "\n\n".join((head, table(HEADS, rows), *told))
    print(text)
    if not options.no_write:
        write(DOCS / "performance.md", {"retrieval": text})


def _lexical(texts: Sequence[str], questions: Sequence[str], rounds: int) -> tuple[list[Row], float]:
    from knowledge.search.lexical import Lexical

    Lexical(texts[:9], scored_up_to=1)  # compiles the scan
    before, begun = _held(), perf_counter()
    ours = Lexical(texts)
    seconds = perf_counter() - begun
    held, built = _held() - before, len(texts) / seconds
    rows = []
    for form, asked in (("as typed", questions), ("without diacritics", [fold(q) for q in questions])):
        times = timed(lambda q: ours.search(q, K), asked, rounds)
        rows.append(
            _row(
                len(texts), "words: four families, exact", form, times, percentile(times[0], 0.5), built, f"{held:.0f}"
            )
        )
    return rows, seconds


def _dense(texts: Sequence[str], questions: Sequence[str], rounds: int, lexical: Row, words: float) -> tuple[Row, str]:
    """Our search by meaning, and a sentence on how it compares with every vector compared."""
    from knowledge.search.dense import EXACT_UP_TO, Dense
    from knowledge.search.encoder import load_encoder

    encoder, before, begun = load_encoder(), _held(), perf_counter()
    ours = Dense(texts, encoder)
    seconds = perf_counter() - begun
    held = _held() - before
    kind = "every vector" if len(texts) <= EXACT_UP_TO else "clusters of codes"
    times = timed(lambda q: ours.search(q, K), questions, rounds)
    row = _row(
        len(texts), f"meaning: {kind}", "as typed", times, float(str(lexical[3])), len(texts) / seconds, f"{held:.0f}"
    )
    every = ours if len(texts) <= EXACT_UP_TO else Dense(texts, encoder, exact_up_to=len(texts))
    shared = [len({i for i, _ in ours.search(q, K)} & {i for i, _ in every.search(q, K)}) for q in questions]
    return row, (
        f"{len(texts):,} texts by meaning ({kind}): recall@{K} against every vector compared {100 * sum(shared) / K / len(shared):.1f} %; "
        f"built by words and by meaning {len(texts) / (seconds + words):,.0f} texts per second."
    )


def _swapped(texts: Sequence[str], questions: Sequence[str]) -> str:
    """Ask while a new index is built beside the old one and takes its place."""
    from knowledge.search.lexical import Lexical
    from knowledge.search.live import Live

    live = Live(Lexical(texts))
    first, times = live.current, []
    building = Thread(target=live.rebuild, args=(lambda: Lexical(texts),))
    building.start()
    while building.is_alive() or live.current is first:
        for question in questions:
            start = perf_counter()
            live.current.search(question, K)
            times.append(1000 * (perf_counter() - start))
    return (
        f"While {len(texts):,} texts were indexed anew and the new index took the old one's place, {len(times):,} questions were asked "
        f"in the same process: p50 {percentile(times, 0.5):.2f} ms, p95 {percentile(times, 0.95):.2f} ms, "
        f"slowest {max(times):.0f} ms, none failed."
    )


def _row(size: int, name: str, form: str, times: Times, ours: float, built: float, held: str) -> Row:
    cells = [f"{percentile(ms, share):.2f}" for ms in times for share in (0.5, 0.95)]
    return (f"{size:,}", name, form, *cells, f"{percentile(times[0], 0.5) / ours:.1f}", f"{built:,.0f}", held)


def _held() -> float:
    """Megabytes of memory that this process holds now."""
    gc.collect()
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _peers(passages: Path, size: int, questions: Sequence[str], rounds: int) -> list[dict[str, Any]]:
    python = PEERS / "bin/python"
    if not python.exists():
        uv = shutil.which("uv") or next(iter((ROOT / ".tools").glob("**/uv")), None)
        if uv is None:
            sys.exit("uv is needed to make the environment of the libraries compared")
        subprocess.run([str(uv), "venv", "--python", sys.executable, str(PEERS)], check=True)  # noqa: S603
        wanted = ["bm25s", "numba", "haystack-ai"]
        subprocess.run([str(uv), "pip", "install", "--python", str(python), *wanted], check=True)  # noqa: S603
    asked = {"passages": str(passages.resolve()), "n": size, "questions": list(questions), "k": K, "rounds": rounds}
    done = subprocess.run(  # noqa: S603
        [str(python), "-m", "benchmarks.peers"],
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return list(found.values())


if __name__ == "__main__":
    main()
