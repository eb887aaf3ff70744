"""`knowledge.text` also runs inside the dialogue engine: both interpreters give the same results on the same text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
DIALOGUE = ROOT / "bot" / "dialogue" / ".venv" / "bin" / "python"

CORE = """
import json, sys
from dataclasses import astuple
from datetime import date
from pathlib import Path
from knowledge.text.agencies import load_agencies
from knowledge.text.normalise import clean
from knowledge.text.repair import repair
from knowledge.text.spans import find_spans
from knowledge.text.syllables import syllables
from knowledge.text.timeframe import looks_like_timeframe, parse_timeframe

lines = [line.split("\\t")[1] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
lines += [cell for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines() for cell in line.split("\\t")]
out = [
    (
        clean(line),
        [astuple(s) for s in syllables(line)],
        astuple(repair(line)),
        [astuple(s) for s in find_spans(line, date(2026, 5, 10))],
        load_agencies().resolve_cell(line),
        [str(v) for v in astuple(parse_timeframe(line))],
        looks_like_timeframe(line),
    )
    for line in lines
]
print(json.dumps(out))
"""


def results(python: Path) -> list[object]:
    sources = [ROOT / "tests/knowledge/text/noisy.tsv", ROOT / "knowledge/plans/sources/kh-ubnd.txt"]
    command = [str(python), "-X", "utf8", "-c", CORE, *map(str, sources)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    read: list[object] = json.loads(done.stdout)
    return read


def test_the_dialogue_engine_reads_text_as_the_application_does() -> None:
    here = results(Path(sys.executable))
    assert len(here) > 300
    # Set-up always makes the engine's environment; where only the application is installed there is one interpreter to ask.
    assert not DIALOGUE.exists() or results(DIALOGUE) == here
