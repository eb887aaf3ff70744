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
FACET = "facet"
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
    annotated = {e["entity"] for m in (*learned, *asked) for e in m.get("entities", [])}
    pairs = [
        tuple([e for e in of if e["entity"] in annotated] for of in (m.get("entities", []), p["entities"]))
        for p, m in zip(parsed, asked, strict=True)
    ]
    return {
        "examples": len(learned),
        "asked": len(asked),
        "intent accuracy": 100 * hit / len(asked),
        **({"slot F1": f1([(slots(w), slots(f)) for w, f in pairs])} if annotated - {FACET} else {}),
        **({"facet F1": f1([(facets(w), facets(f)) for w, f in pairs])} if FACET in annotated else {}),
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
    """Entities but facets as conlleval sees chunks (CoNLL-2000 shared task): where they stand and what they are."""
    told = ((e["start"], e["end"], e["entity"], e.get("role") or "", e.get("group") or "") for e in entities)
    return {slot for slot in told if slot[2] != FACET}


def facets(entities: Sequence[dict[str, Any]]) -> set[str]:
    """Which facets are asked for, wherever that shows: the role of an annotation, the value of what our classifier emits."""
    return {str(e.get("role") or e["value"]) for e in entities if e["entity"] == FACET}


def f1(pairs: Sequence[tuple[set[Any], set[Any]]]) -> float:
    """F1 in percent over the elements of all messages together, of pairs of what is right and what was found."""
    hit = sum(len(wanted & found) for wanted, found in pairs)
    counted = sum(len(wanted) + len(found) for wanted, found in pairs)
    return 200 * hit / counted if counted else 100.0


if __name__ == "__main__":
    main()
