"""Measure how well the dialogue engine understands: by cross-validation on its examples, and on question sets it was not trained on.

    bot/dialogue/.venv/bin/python bot/dialogue/crossvalidate.py [--folds 5] [--questions FILE...]

Run by the dialogue engine's interpreter; prints one JSON object on standard output. Each fold is trained by Rasa's own
`train_nlu` with the pipeline of `config.yml`, and measured on the examples it was kept from. Folds are stratified by intent, keep
examples that are worded alike together, and are always cut the same way. The question sets, parsed by the trained model, are messages
that nobody wrote as training examples.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

PROJECT = Path(__file__).resolve().parent
ROOT = PROJECT.parent.parent
MODEL = PROJECT / "models" / "sauro.tar.gz"
CONFUSIONS = 12
EXAMPLES = 3

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from knowledge.text.fold import fold  # noqa: E402

from bot.dialogue.alike import REGISTERS, register  # noqa: E402
from bot.dialogue.cut import cuts, in_order  # noqa: E402
from bot.dialogue.measures import Judged, accuracy, confusions, facet_f1, facets, intents  # noqa: E402


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "nlu_data" / "nlu", help="NLU examples, a file or a folder")
    parser.add_argument(
        "--folds", type=int, default=5, help="number of folds (default 5); 0 leaves cross-validation out"
    )
    parser.add_argument(
        "--questions", type=Path, nargs="*", default=[], help="question sets (JSON lines) for the trained model"
    )
    options = parser.parse_args()
    data, files = options.data.resolve(), [file.resolve() for file in options.questions]
    os.environ.update(RASA_MAX_CACHE_SIZE="0", RASA_TELEMETRY_ENABLED="false")
    os.environ.update(LOG_LEVEL="WARNING", SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    os.chdir(ROOT)
    with contextlib.redirect_stdout(sys.stderr):  # Rasa prints
        import structlog

        from bot.dialogue import lean

        lean.apply_to_training()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        found: Dict[str, Any] = {}
        if options.folds:
            found["cross_validation"] = {"folds": options.folds, **cross_validate(data, options.folds)}
        if files:
            found["questions"] = {file.name: asyncio.run(on_questions(read_rows(file))) for file in files}
    print(json.dumps(found, ensure_ascii=False))


def summary(judged: Sequence[Judged]) -> Dict[str, Any]:
    """Return every figure of a set of judged messages."""
    return {
        "messages": len(judged),
        "accuracy": accuracy(judged),
        "facet_f1": facet_f1(judged),
        "intents": intents(judged),
        "facets": facets(judged),
        "confusions": confusions(judged, CONFUSIONS, EXAMPLES),
    }


def cross_validate(data: Path, folds: int) -> Dict[str, Any]:
    """Train `folds` models, each on all examples but those of its fold, and judge those: every figure, and by register the main ones.

    Args:
        data: NLU file or folder.
        folds: how many parts the examples are cut into, at least 2 and at most the examples of the rarest intent.
    """
    import rasa.model_training
    from rasa.core.agent import Agent
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.shared.nlu.training_data.training_data import TrainingData

    examples = in_order(load_data(str(data)).intent_examples)
    judged: List[Judged] = []
    registers: Dict[str, List[Judged]] = {name: [] for name in REGISTERS}
    for number, (kept, left) in enumerate(cuts(examples, folds), 1):
        print(f"fold {number} of {folds}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder) / "nlu.yml")
            TrainingData([examples[i] for i in kept]).persist_nlu(file)
            model = rasa.model_training.train_nlu(str(PROJECT / "config.yml"), file, folder, fixed_model_name="fold")
            agent = Agent.load(model)
        of_fold = asyncio.run(_judged(agent, [_expected(examples[i]) for i in left]))
        for i, one in zip(left, of_fold, strict=True):
            registers[register(one.text, _language(examples[i]) == "en")].append(one)
        judged += of_fold
    return {**summary(judged), "registers": {name: _short(of) for name, of in registers.items()}}


def read_rows(file: Path) -> List[Dict[str, Any]]:
    """The rows of a question set that say how their last turn is to be understood."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("intent")]


async def on_questions(rows: Sequence[Dict[str, Any]]) -> Dict[str, Any]:
    """Parse the last turn of every row by the trained model, as typed and without diacritics.

    Returns, by register, accuracy and F1; and by row what it was understood as.
    """
    from rasa.core.agent import Agent

    agent = Agent.load(str(MODEL))
    found: Dict[str, Any] = {}
    for form, change in (("typed", str), ("folded", fold)):
        expected = [(change(row["turns"][-1]), row["intent"], tuple(row.get("facets") or ())) for row in rows]
        judged = await _judged(agent, expected)
        registers = {row["register"]: [] for row in rows}  # type: Dict[str, List[Judged]]
        for row, one in zip(rows, judged, strict=True):
            registers[row["register"]].append(one)
        found[form] = {
            "all": _short(judged),
            "registers": {name: _short(of) for name, of in registers.items()},
            "confusions": confusions(judged, CONFUSIONS, EXAMPLES),
            "rows": {
                row["id"]: {"intent": one.found_intent, "facets": list(one.found_facets)}
                for row, one in zip(rows, judged, strict=True)
            },
        }
    return found


def _short(judged: Sequence[Judged]) -> Dict[str, Any]:
    return {"messages": len(judged), "accuracy": accuracy(judged), "facet_f1": facet_f1(judged)}


def _expected(message: Any) -> Tuple[str, str, Tuple[str, ...]]:
    marked = [e for e in message.get("entities", []) if e["entity"] == "facet" and e.get("role")]
    return message.get("text"), message.get("intent"), tuple(dict.fromkeys(e["role"] for e in marked))


def _language(message: Any) -> str:
    return str(((message.get("metadata") or {}).get("intent") or {}).get("lang", "vi"))


async def _judged(agent: Any, expected: Sequence[Tuple[str, str, Tuple[str, ...]]]) -> List[Judged]:
    judged = []
    for text, intent, wanted in expected:
        parsed = await agent.parse_message(text)
        named = [e["value"] for e in parsed["entities"] if e["entity"] == "facet"]
        judged.append(Judged(text, intent, wanted, parsed["intent"]["name"], tuple(dict.fromkeys(named))))
    return judged


if __name__ == "__main__":
    main()
