"""Set our pipeline beside Rasa's own on any pair of Rasa NLU files, and print the table.

    .venv/bin/python -m benchmarks.understanding TRAIN.yml TEST.yml [--only ours LogisticRegressionClassifier DIETClassifier]

Each pipeline is trained on TRAIN and judged on TEST in a process of its own: share of right intents, F1 of whole entities with their
roles and groups (conlleval), wall and processor seconds of training, processor milliseconds of a parse (median), megabytes of the
packed model and of the process at its most. All run on one graph runner, ours, so that parses differ by their components alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.gateway.settings import load

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "bot/dialogue/judge.py"
PEERS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("understanding_pipelines.json").read_text("utf-8")
)
OURS = "ours (bot/dialogue/config.yml)"
COLUMNS = ("intent accuracy", "slot F1", "train s", "train cpu s", "parse ms p50", "model MB", "peak MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--only", nargs="+", default=[""], help="pipelines whose names begin so")
    options = parser.parse_args()
    rows = []
    for name in (OURS, *PEERS):
        if name.startswith(tuple(options.only)):
            print(f"training: {name}", file=sys.stderr, flush=True)
            rows.append((name, measure(name, options.train.resolve(), options.test.resolve())))
    print(table(rows))


def measure(name: str, train: Path, test: Path) -> dict[str, Any]:
    """What bot/dialogue/judge.py finds of one pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        config = ROOT / "bot/dialogue/config.yml"
        if name in PEERS:
            config = Path(folder) / "config.yml"  # JSON is YAML
            config.write_text(json.dumps({"recipe": "default.v1", "language": "vi", "pipeline": PEERS[name]}), "utf-8")
        neural = ["--neural"] if name.startswith("DIET") else []
        command = [load().rasa_python, ENGINE, config, train, test, *neural]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(rows: list[tuple[str, dict[str, Any]]]) -> str:
    """The rows as a Markdown table."""
    sizes = f"{rows[0][1]['examples']} examples to learn from, {rows[0][1]['asked']} to be judged on." if rows else ""
    head = f"| pipeline | {' | '.join(COLUMNS)} |\n| --- |{' --- |' * len(COLUMNS)}"
    return "\n".join((sizes, "", head, *(_line(name, found) for name, found in rows)))


def _line(name: str, found: dict[str, Any]) -> str:
    return (
        f"| {name} | "
        + " | ".join(f"{found[c]:.{2 if 'ms' in c or 'F1' in c or 'acc' in c else 1}f}" for c in COLUMNS)
        + " |"
    )


if __name__ == "__main__":
    main()
