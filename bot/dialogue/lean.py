"""The one place where Rasa's code is replaced: what costs most of a turn and has no setting and no extension point.

Each replacement does what the original does. `REPLACED` holds the fingerprint of every original; a test compares it with the Rasa that is
installed, so that nobody takes another release without reading the originals again (docs/adr/0006-a-lean-engine.md).
"""

from __future__ import annotations

import hashlib
import inspect
from functools import lru_cache
from typing import Any, Callable, Dict, Tuple

import rasa.core.processor
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas.events import EVENT_SCHEMA

from bot.dialogue.runner import InOrder


@lru_cache(maxsize=None)
def _validator() -> Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


@lru_cache(maxsize=None)
def _event_validators() -> Dict[str, Validator]:
    """By the name of an event, the part of Rasa's schema that is for it: exactly one of the alternatives names it."""
    common = {key: value for key, value in EVENT_SCHEMA.items() if key != "oneOf"}
    branches = EVENT_SCHEMA["oneOf"]
    return {b["properties"]["event"]["const"]: Draft202012Validator({**common, "allOf": [b]}) for b in branches}


def validate_action_result(_: RemoteAction, result: Dict[str, Any]) -> bool:
    """Check an action's result against Rasa's schema.

    The original reads and checks the schema itself for every result, and tries each event against every kind of event.

    Raises:
        jsonschema.ValidationError: the result is not in the agreed form.
    """
    if _clearly_valid(result):
        return True
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        raise error
    return True


def _clearly_valid(result: Any) -> bool:
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    if not isinstance(events, list) or not isinstance(responses, list):
        return False
    return all(isinstance(response, dict) for response in responses) and all(map(_clear_event, events))


def _clear_event(event: Any) -> bool:
    name = event.get("event") if isinstance(event, dict) else None
    validator = _event_validators().get(name) if isinstance(name, str) else None
    return validator is not None and validator.is_valid(event)


REPLACED: Dict[Tuple[Any, str], Tuple[Callable[..., Any], str]] = {
    (RemoteAction, "_validate_action_result"): (
        validate_action_result,
        "f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42",
    ),
    (rasa.core.processor, "DaskGraphRunner"): (
        InOrder,
        "78a7d146c5c06d4cfd29638bbb20192183bfcd8cc69d2cb2be198c8e87a4c134",
    ),
}


def apply() -> None:
    """Put the replacements in place; again does no harm."""
    for (owner, name), (replacement, _) in REPLACED.items():
        setattr(owner, name, replacement)


def fingerprint(original: Callable[..., Any]) -> str:
    """SHA-256 of the source of a function or a class."""
    return hashlib.sha256(inspect.getsource(original).encode()).hexdigest()
