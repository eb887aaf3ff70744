"""Measure how good the assistant is and write the tables of docs/evaluation.md.

    .venv/bin/python -m benchmarks.evaluation [--only retrieval questions understanding text] [--sets FILE...] [--no-write]

Search is measured on tests/data/retrieval.jsonl, and on those sets of texts and questions that are named besides; every set of questions of
nlu_data/eval is played against the answering part alone and over REST against a service started for it, as typed and without diacritics;
understanding is cross-validated by bot/dialogue/crossvalidate.py.
What stands outside of the markers in the document is left as it is. All but the line of latencies is the same in every run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.report import DOCS, write
from bot.cli.embedded import embedded
from bot.cli.playing import in_process, over_rest
from bot.cli.terminal import Teller
from bot.gateway.logs import set_up_logging
from bot.gateway.settings import load
from knowledge.evaluation.linking import first_right
from knowledge.evaluation.questions import Row, read_rows

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = DOCS / "evaluation.md"
RETRIEVAL = ROOT / "tests/data/retrieval.jsonl"
SETS = ROOT / "nlu_data/eval"
DIALOGUE = ROOT / "bot/dialogue"
PARTS = ("retrieval", "questions", "understanding", "text")
FORMS = ("typed", "folded")
FOLDS = 3


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts alone")
    parser.add_argument("--sets", nargs="+", type=Path, default=[], help="measure search on these sets too")
    parser.add_argument(
        "--no-write", action="store_true", help="print the tables and leave docs/evaluation.md as it is"
    )
    options = parser.parse_args()
    sections = {"machine": machine()}
    if "retrieval" in options.only:
        sections["retrieval"] = retrieval(RETRIEVAL)
    if options.sets:
        sections["retrieval-sets"] = "\n\n".join(f"{file.name}: {retrieval(file)}" for file in options.sets)
    if {"questions", "understanding"} & set(options.only):
        told = understanding(FOLDS if "understanding" in options.only else 0)
        if "questions" in options.only:
            sections |= questions(told["questions"])
        if "understanding" in options.only:
            sections |= tables.understanding(told)
    if "text" in options.only:
        sections["text"] = noisy_text()
    for name, content in sections.items():
        print(f"\n{name}\n\n{content}")
    if not options.no_write:
        write(DOCUMENT, sections)


def machine() -> str:
    """What everything ran on."""
    versions = f"Python {platform.python_version()} (application)"
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, {versions}, Rasa {_rasa()}."


def retrieval(file: Path) -> str:
    """Search by words, by meaning and by both, on one set."""
    from knowledge.search.encoder import load_encoder
    from knowledge.search.evaluation import measure, read_set, searches
    from knowledge.search.hybrid import Hybrid

    data = read_set(file)
    rows = [
        (name, form, measure(search, asked))
        for name, search in searches(Hybrid(data.texts, load_encoder())).items()
        for form, asked in zip(FORMS, (data, data.without_diacritics()), strict=True)
    ]
    return tables.retrieval(len(data.texts), len(data.queries), rows)


def questions(understood: dict[str, Any]) -> dict[str, str]:
    """Every set, in both forms, both ways; `understood` is what the engine takes the rows of each set for."""
    played = asyncio.run(_play({file.name: read_rows(file) for file in _sets()}))
    return {
        "sets": tables.sets(played),
        "categories": tables.groups(played, lambda t: t.categories),
        "registers": tables.groups(played, lambda t: t.registers),
        "latency": tables.latency(played),
        "failures": tables.failures(played, understood),
        "linking": tables.linking(_linked()),
    }


async def _play(sets: dict[str, tuple[Row, ...]]) -> list[tables.Played]:
    settings = load()
    set_up_logging("error", settings.log_format)
    asked = [
        (name, form, [row.without_diacritics() for row in rows] if form == "folded" else list(rows))
        for name, rows in sets.items()
        for form in FORMS
    ]
    async with embedded(settings, Teller("en")) as url:
        return [tables.Played(name, form, in_process(rows), await over_rest(rows, url)) for name, form, rows in asked]


def _linked() -> Iterator[tuple[str, str, int, dict[str, int]]]:
    for file in _sets():
        rows = read_rows(file)
        for form, asked in zip(FORMS, (rows, [row.without_diacritics() for row in rows]), strict=True):
            yield file.name, form, *first_right(asked)


def noisy_text() -> str:
    """Repair, kind of noise by kind, and where noisy questions lead."""
    from bot.cli.evaluate_text import SETS as NOISY
    from bot.cli.evaluate_text import understood
    from knowledge.evaluation.text_report import measure, measure_clean

    return tables.noisy_text(measure(NOISY, linked=True, understand=understood), measure_clean(NOISY))


def understanding(folds: int) -> dict[str, Any]:
    """What bot/dialogue/crossvalidate.py finds."""
    script = DIALOGUE / "crossvalidate.py"
    command = [_engine_python(), script, "--folds", str(folds), "--questions", *_sets()]
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)  # noqa: S603
    if done.returncode:
        sys.exit(f"{script.name} ended with code {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sets() -> list[Path]:
    return sorted(file for file in SETS.glob("*.jsonl") if not file.name.startswith("updates"))  # those hold dialogs


def _engine_python() -> Path:
    return load().rasa_python


def _rasa() -> str:
    code = "from importlib.metadata import version; print(version('rasa'))"
    return subprocess.run([_engine_python(), "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    main()
