"""Runs inside the dialogue engine's interpreter for the tests: one start of Rasa answers everything that they ask of it.

Standard input: {"messages": [...], "general": ["path of an NLU file", [messages]]}. Standard output, last line: what was found, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "bot" / "dialogue"


def main() -> None:
    os.environ.update(
        LOG_LEVEL="WARNING", RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0", TF_CPP_MIN_LOG_LEVEL="3"
    )
    sys.path.insert(0, str(ROOT))
    asked = json.load(sys.stdin)
    import structlog

    from bot.dialogue import lean

    lean.apply_to_training()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    found = asyncio.run(answers(asked))
    print(json.dumps(found, ensure_ascii=False))


async def answers(asked: dict[str, Any]) -> dict[str, Any]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(PROJECT / "models" / "sauro.tar.gz"))
    return {
        "complaints": complaints(),
        "stories": await stories(agent),
        "messages": [await understood(agent, text) for text in asked["messages"]],
        "general": [await general(*asked["general"]) for _ in range(2)],
    }


def complaints() -> list[str]:
    """What `rasa data validate --fail-on-warnings` objects to in our data."""
    import warnings

    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    data = [str(ROOT / "nlu_data" / kind) for kind in ("nlu", "rules", "stories")]
    importer = TrainingDataImporter.load_from_config(str(PROJECT / "config.yml"), str(PROJECT / "domain"), data)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        validator = Validator.from_importer(importer)
        checks = {
            "domain": validator.verify_domain_validity(),
            "nlu": validator.verify_nlu(ignore_warnings=False),
            "actions": validator.verify_actions_in_stories_rules(),
            "conflicts": validator.verify_story_structure(ignore_warnings=False),
        }
    told = [str(w.message) for w in caught if issubclass(w.category, UserWarning) and "auto-fill" not in str(w.message)]
    return told + [f"check failed: {name}" for name, passed in checks.items() if not passed]


async def stories(agent: Any) -> dict[str, Any]:
    """How many actions our stories hold, and the share of them that the policies choose."""
    import tempfile

    from rasa.core.test import test

    with tempfile.TemporaryDirectory() as out:  # Rasa draws its confusion matrices wherever it is
        report = await test(str(ROOT / "nlu_data" / "stories"), agent, out_directory=out)
    return {"accuracy": report["accuracy"], "actions": len(report["actions"])}


async def understood(agent: Any, text: str) -> dict[str, Any]:
    """What the engine makes of one message, in short."""
    parsed = await agent.parse_message(text)
    entities = parsed["entities"]
    return {
        "intent": parsed["intent"]["name"],
        "facets": [e["value"] for e in entities if e["entity"] == "facet"],
        "spans": [[e["entity"], e["value"]] for e in entities if e.get("extractor") == "SpanExtractor"],
        "lang": [e["value"] for e in entities if e["entity"] == "lang"],
    }


async def general(path: str, messages: list[str]) -> list[Any]:
    """Train our pipeline on a foreign NLU file and return what it makes of that file's own examples and of other messages."""
    import tempfile

    import rasa.model_training
    from rasa.core.agent import Agent
    from rasa.shared.nlu.training_data.loading import load_data

    with tempfile.TemporaryDirectory() as folder:
        model = rasa.model_training.train_nlu(str(PROJECT / "config.yml"), path, folder, fixed_model_name="general")
        agent = Agent.load(model)
        texts = [*(m.get("text") for m in load_data(path).intent_examples), *messages]
        parsed = [await agent.parse_message(text) for text in texts]
    return [
        [
            p["text"],
            p["intent"]["name"],
            p["intent"]["confidence"],
            [[e["entity"], e.get("role"), e["value"]] for e in p["entities"]],
        ]
        for p in parsed
    ]


if __name__ == "__main__":
    main()
