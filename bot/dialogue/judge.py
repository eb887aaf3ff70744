"""Train one pipeline on one NLU file and judge it on another: what benchmarks/understanding.py runs once for each pipeline.

    bot/dialogue/.venv/bin/python bot/dialogue/judge.py CONFIG TRAIN TEST [--neural]

Run by the dialogue engine's interpreter, a process for each pipeline, so that memory and processor time are its own. Prints one JSON
object. Without `--neural` TensorFlow is not loaded.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Slot = tuple[int, int, str, str, str]


def main() -> None:
    """Measure and print."""
    config, train, test = sys.argv[1:4]
    os.environ.update(RASA_MAX_CACHE_SIZE="0", RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="ERROR")
    os.environ.update(SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    sys.path.insert(0, str(ROOT))
    with contextlib.redirect_stdout(sys.stderr):  # Rasa prints
        if "--neural" not in sys.argv:
            from bot.dialogue import absent

            absent.register()
        found = measure(config, train, test)
    print(json.dumps(found))


def measure(config: str, train: str, test: str) -> dict[str, Any]:
    """Return counts, accuracy and F1 in percent, seconds of training, milliseconds and megabytes."""
    import rasa.model_training
    from rasa.core.agent import Agent
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.dialogue import lean

    lean.apply()
    learned, asked = load_data(train).intent_examples, load_data(test).intent_examples
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.monotonic(), time.process_time()
        model = rasa.model_training.train_nlu(config, train, folder, fixed_model_name="model")
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        size = Path(str(model)).stat().st_size / 1e6
        agent = Agent.load(model)
        parsed, taken = asyncio.run(parse(agent, [m.get("text") for m in asked]))
    hit = sum(p["intent"]["name"] == m.get("intent") for p, m in zip(parsed, asked, strict=True))
    return {
        "examples": len(learned),
        "asked": len(asked),
        "intent accuracy": 100 * hit / len(asked),
        "slot F1": slot_f1(
            [(slots(m.get("entities", [])), slots(p["entities"])) for p, m in zip(parsed, asked, strict=True)]
        ),
        "train s": wall,
        "train cpu s": cpu,
        "parse ms p50": statistics.median(taken) * 1000,
        "model MB": size,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def parse(agent: Any, texts: Sequence[str]) -> tuple[list[dict[str, Any]], list[float]]:
    """Parse every text once, after one that warms up; processor seconds of each."""
    await agent.parse_message(texts[0])
    parsed, taken = [], []
    for text in texts:
        started = time.process_time()
        parsed.append(await agent.parse_message(text))
        taken.append(time.process_time() - started)
    return parsed, taken


def slots(entities: Sequence[dict[str, Any]]) -> set[Slot]:
    """Entities as conlleval sees chunks: where they stand and what they are."""
    return {(e["start"], e["end"], e["entity"], e.get("role") or "", e.get("group") or "") for e in entities}


def slot_f1(pairs: Sequence[tuple[set[Slot], set[Slot]]]) -> float:
    """F1 in percent of whole chunks over all messages together (CoNLL-2000 shared task, conlleval)."""
    hit = sum(len(wanted & found) for wanted, found in pairs)
    counted = sum(len(wanted) + len(found) for wanted, found in pairs)
    return 200 * hit / counted if counted else 100.0


if __name__ == "__main__":
    main()
