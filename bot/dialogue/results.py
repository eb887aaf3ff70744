"""Judges the results of actions by Rasa's schema, which is read and checked once instead of for every result."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils.schemas.events import EVENT_SCHEMA


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
