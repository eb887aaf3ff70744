"""Run by the dialogue engine's interpreter: what replaces parts of Rasa, beside what it replaces, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.dialogue import absent  # noqa: E402

absent.register()

from jsonschema import ValidationError  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402

from bot.dialogue import lean  # noqa: E402

SLOT = {"event": "slot", "name": "focus", "value": ["a"], "timestamp": None}
RESULTS: list[Any] = [
    {"events": [SLOT, {"event": "active_loop", "name": None}], "responses": [{"text": "a", "custom": {"b": [1]}}]},
    {"events": [], "responses": []},
    {},
    {"events": [{"event": "slot", "name": 1, "value": 2}]},
    {"events": [{"event": "slot", "name": "focus"}]},
    {"events": [{"event": "user", "text": "a", "parse_data": {"entities": [{"entity": "x"}]}}]},
    {"events": [{"event": "user", "text": "a", "parse_data": {"entities": [{"entity": "x", "value": 1}]}}]},
    {"events": [{"event": "unheard of"}]},
    {"events": [{"event": []}]},
    {"events": [{"name": "focus"}]},
    {"events": ["slot"]},
    {"events": {"event": "slot"}},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"responses": ["a"]},
    {"responses": {}},
    [],
    None,
]


def verdict(check: Any, result: Any) -> str:
    try:
        return str(check(RemoteAction("a", None), result))
    except ValidationError as error:
        return f"{list(error.absolute_path)} {error.validator}"


def made_by_an_absent_library() -> str:
    import tensorflow

    class Model(tensorflow.keras.Model):
        pass

    try:
        Model()
    except ImportError as error:
        return str(error)
    return ""


def understood() -> list[Any]:
    """What the trained model makes of the benchmark's questions, run as Rasa is at this moment."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(ROOT / "bot" / "dialogue" / "models" / "sauro.tar.gz"))
    texts = (ROOT / "benchmarks" / "questions.txt").read_text("utf-8").splitlines()
    return [asyncio.run(agent.parse_message(text)) for text in texts]


def main() -> None:
    before = understood()
    originals = {name: getattr(owner, name) for owner, name in lean.REPLACED}
    found = {
        "fingerprints": {
            name: [expected, lean.fingerprint(originals[name])] for (_, name), (_, expected) in lean.REPLACED.items()
        },
        "original": [verdict(originals["_validate_action_result"], result) for result in RESULTS],
        "replacement": [verdict(lean.validate_action_result, result) for result in RESULTS],
        "absent": made_by_an_absent_library(),
    }
    lean.apply()
    found["applied"] = all(getattr(owner, name) is new for (owner, name), (new, _) in lean.REPLACED.items())
    found["same"] = [one == other for one, other in zip(before, understood(), strict=True)]
    print(json.dumps(found))


main()
