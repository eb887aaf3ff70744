"""Set our pipeline beside Rasa's own on any pair of Rasa NLU files, or on our own examples, and print the table.

    .venv/bin/python -m benchmarks.understanding TRAIN.yml TEST.yml [--only ours LogisticRegressionClassifier DIETClassifier]
    .venv/bin/python -m benchmarks.understanding --own [FOLDS]

Each pipeline is trained on TRAIN and judged on TEST in a process of its own: share of right intents, F1 of whole entities with their
roles and groups (conlleval), F1 of the facets of messages where the files annotate some, wall and processor seconds of training,
processor milliseconds of a parse (median), megabytes of the packed model and of the process at its most. All run on one graph runner,
ours, so that parses differ by their components alone.
`--own` cuts nlu_data/nlu into that many parts (5) as cross-validation does, examples worded alike together, and judges on the first.
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
CUT = ROOT / "bot/dialogue/cut.py"
PEERS = Path(__file__).with_name("understanding_pipelines.json")
Pipeline = list[dict[str, Any]]
OURS = "ours (bot/dialogue/config.yml)"
COLUMNS = ("intent accuracy", "slot F1", "facet F1", "train s", "train cpu s", "parse ms p50", "model MB", "peak MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", help="a file to learn from and one to be judged on")
    parser.add_argument("--own", type=int, nargs="?", const=5, help="cut our own examples instead, into so many parts")
    parser.add_argument("--only", nargs="+", default=[""], help="pipelines whose names begin so")
    parser.add_argument("--epochs", type=int, default=100, help="rounds of DIET's training (default 100)")
    options = parser.parse_args()
    if len(options.files) != (0 if options.own else 2):
        parser.error("either two files or --own")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        train, test = own(Path(folder), options.own) if options.own else (file.resolve() for file in options.files)
        for name, pipeline in pipelines(options.epochs).items():
            if name.startswith(tuple(options.only)):
                print(f"training: {name}", file=sys.stderr, flush=True)
                rows.append((name, measure(name, pipeline, train, test)))
    print(table(rows))


def own(folder: Path, folds: int) -> tuple[Path, Path]:
    """Write our own examples to a folder, all but one of so many parts to learn from and that part to be judged on."""
    command = [load().rasa_python, CUT, ROOT / "nlu_data/nlu", folder, "--folds", folds]
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, stdout=sys.stderr)  # noqa: S603
    return folder / "train.yml", folder / "test.yml"


def pipelines(epochs: int) -> dict[str, Pipeline | None]:
    """Each by its name, ours first: it stands in bot/dialogue/config.yml and is None here."""
    peers: dict[str, Pipeline] = json.loads(PEERS.read_text("utf-8"))
    found: dict[str, Pipeline | None] = {OURS: None}
    for name, pipeline in peers.items():
        neural = any("epochs" in component for component in pipeline)
        components = [{**c, "epochs": epochs} if "epochs" in c else c for c in pipeline]
        found[f"{name}, {epochs} epochs" if neural else name] = components
    return found


def measure(name: str, pipeline: Pipeline | None, train: Path, test: Path) -> dict[str, Any]:
    """What bot/dialogue/judge.py finds of one pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        config = ROOT / "bot/dialogue/config.yml"
        if pipeline:
            config = Path(folder) / "config.yml"  # JSON is YAML
            config.write_text(json.dumps({"recipe": "default.v1", "language": "vi", "pipeline": pipeline}), "utf-8")
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
    columns = [c for c in COLUMNS if any(c in found for _, found in rows)]
    head = f"| pipeline | {' | '.join(columns)} |\n| --- |{' --- |' * len(columns)}"
    return "\n".join((sizes, "", head, *(_line(name, found, columns) for name, found in rows)))


def _line(name: str, found: dict[str, Any], columns: list[str]) -> str:
    fine = ("ms", "F1", "acc")
    cells = (f"{found[c]:.{2 if any(mark in c for mark in fine) else 1}f}" for c in columns)
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
