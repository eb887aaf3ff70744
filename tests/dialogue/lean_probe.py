"""Run by the dialogue engine's interpreter: what replaces parts of Rasa, beside what it replaces, as JSON."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import random
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.dialogue import absent  # noqa: E402

absent.register()

from jsonschema import ValidationError  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.shared.core import events  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity  # noqa: E402
from rasa.shared.nlu.training_data.schemas.data_schema import entity_dict_schema  # noqa: E402

from bot.dialogue import lean  # noqa: E402
from bot.dialogue.history import bounded  # noqa: E402

MODEL = str(ROOT / "bot" / "dialogue" / "models" / "sauro.tar.gz")

ANNOTATIONS: list[dict[str, Any]] = [
    {"entity": "facet", "role": "lead", "value": "lead"},
    {"entity": "facet", "value": 7},
    {"entity": "facet", "anything": []},
    {"role": "lead"},
    {"entity": 1},
    {"entity": "facet", "value": ["lead"]},
    {},
]
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


def annotated(check: Any, annotation: dict[str, Any]) -> str:
    try:
        return str(check(annotation, entity_dict_schema()))
    except ValidationError as error:
        return f"{list(error.absolute_path)} {error.validator} {error.message}"


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


def understood(agent: Agent) -> list[Any]:
    """What the trained model makes of the benchmark's questions, run as Rasa is at this moment."""
    texts = (ROOT / "benchmarks" / "questions.txt").read_text("utf-8").splitlines()
    return [asyncio.run(agent.parse_message(text)) for text in texts]


def happening(agent: Agent, chance: random.Random) -> events.Event:
    """Anything that may happen in a conversation, what is common more often."""
    intents = [*agent.domain.intents, "restart", "back", "session_start"]
    loop, slot = chance.choice(["progress_form", None]), chance.choice(agent.domain.slots).name
    kinds = (
        (6, lambda: events.ActionExecuted("action_listen")),
        (6, lambda: events.UserUttered("a text", {"name": chance.choice(intents), "confidence": 1.0})),
        (6, lambda: events.ActionExecuted(chance.choice(["action_ask", "progress_form", "utter_greet"]))),
        (3, lambda: events.ActiveLoop(loop)),
        (3, lambda: events.SlotSet(slot, chance.choice([None, "vi", True]))),
        (1, lambda: events.BotUttered("a reply")),
        (1, lambda: events.ActionExecutionRejected("progress_form")),
        (1, lambda: events.LoopInterrupted(True)),
        (1, lambda: events.FollowupAction("action_ask")),
        (1, events.UserUtteranceReverted),
        (1, events.ActionReverted),
        (1, events.SessionStarted),
        (1, events.Restarted),
    )
    made: events.Event = chance.choices([make for _, make in kinds], [often for often, _ in kinds])[0]()
    return made


def followed(agent: Agent) -> list[Any]:
    """What is predicted at each step of conversations in which anything may happen, and what a copy of them is like."""
    told = []
    for seed in range(30):
        chance = random.Random(seed)
        tracker = DialogueStateTracker(str(seed), agent.domain.slots)
        for step in range(40):
            event = happening(agent, chance)
            event.timestamp = float(step)
            tracker.update(event, agent.domain)
            chosen = agent.processor._predict_next_with_tracker(tracker)
            said = {
                name: value if name != "events" else [str(event) for event in value]
                for name, value in vars(chosen).items()
                if name != "diagnostic_data"
            }
            copied = tracker.copy()
            told.append([said, copied.current_state(EventVerbosity.ALL), copied.model_id, sorted(vars(copied))])
            if chance.random() < 0.05:
                tracker = bounded(tracker)
    return told


def main() -> None:
    agent = Agent.load(MODEL)
    before, played = understood(agent), followed(agent)
    originals = {name: getattr(owner, name) for owner, name in lean.REPLACED}
    found: dict[str, Any] = {
        "fingerprints": {
            **{
                name: [expected, lean.fingerprint(originals[name])]
                for (_, name), (_, expected) in lean.REPLACED.items()
            },
            **{read.__qualname__: [expected, lean.fingerprint(read)] for read, expected in lean.READ.items()},
        },
        "copies": [line for module in lean.ONLY_LOGGED for line in copies(module)],
        "original": [verdict(originals["_validate_action_result"], result) for result in RESULTS],
        "replacement": [verdict(lean.validate_action_result, result) for result in RESULTS],
        "annotations": [
            [annotated(check, one) for one in ANNOTATIONS]
            for check in (originals["validate_training_data"], lean.validate_training_data)
        ],
        "absent": made_by_an_absent_library(),
    }
    lean.apply()
    found["applied"] = all(
        inspect.getattr_static(owner, name) is new for (owner, name), (new, _) in lean.REPLACED.items()
    )
    agent = Agent.load(MODEL)
    found["same"] = [one == other for one, other in zip(before, understood(agent), strict=True)]
    found["differing"] = [
        step for step, (one, other) in enumerate(zip(played, followed(agent), strict=True)) if one != other
    ]
    found["predicted"] = len({str(said["probabilities"]) for said, *_ in played})
    print(json.dumps(found))


def copies(module: Any) -> list[str]:
    """Where a module copies something, but for the lines that go to its log."""
    tree = ast.parse(inspect.getsource(module))
    logged = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for inner in ast.walk(call)
    }
    return [
        f"{module.__name__}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "copy" and id(node) not in logged
    ]


main()
