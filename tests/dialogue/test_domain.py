"""The domain, the rules and the examples agree with each other and with the library's words."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

from knowledge.types import Facet, SpanKind, Status
from tests.dialogue.data import DOMAIN, EXAMPLES, RULES

INTENTS = {name for entry in DOMAIN["intents"] for name in entry}


def test_every_intent_is_handled_by_exactly_one_action() -> None:
    handled = {(intent, rule["steps"][1]["action"]) for rule in RULES for intent in _begins_with(rule)}
    assert Counter(intent for intent, _ in handled) == Counter(INTENTS)


def test_every_action_of_a_rule_is_known() -> None:
    known = {*DOMAIN["actions"], *DOMAIN["responses"], *DOMAIN["forms"]}
    assert [
        step["action"] for rule in RULES for step in rule["steps"] if step.get("action", "action_ask") not in known
    ] == []


def test_every_reply_says_its_status_in_vietnamese_and_in_english() -> None:
    for name, variants in DOMAIN["responses"].items():
        plain = [v for v in variants if "condition" not in v]
        english = [v for v in variants if v.get("condition") == [{"type": "slot", "name": "lang", "value": "en"}]]
        assert (len(plain), len(english), len(variants)) == (1, 1, 2), name
        assert {v["custom"]["status"] for v in variants} <= set(get_args(Status)), name
        # Rasa would send the parts around an empty line as messages of their own.
        assert not any("\n\n" in v["text"] for v in variants), name


def test_no_button_sends_a_command() -> None:
    buttons = [b for variants in DOMAIN["responses"].values() for v in variants for b in v.get("buttons", [])]
    assert buttons
    assert not any(b["payload"].startswith("/") for b in buttons)


def test_facets_and_spans_are_named_as_in_the_library() -> None:
    roles = next(e["facet"]["roles"] for e in DOMAIN["entities"] if isinstance(e, dict))
    names = {e for e in DOMAIN["entities"] if isinstance(e, str)}
    assert set(roles) == set(get_args(Facet))
    assert set(get_args(SpanKind)) <= names


def test_every_annotation_is_a_facet_of_the_library() -> None:
    odd = [e for e in EXAMPLES for entity, role in e.marked if entity != "facet" or role not in get_args(Facet)]
    assert odd == []
    assert [e for e in EXAMPLES if "{" in e.text or "](" in e.text] == []


def test_every_intent_has_examples_in_both_languages() -> None:
    told = Counter((e.intent, e.lang) for e in EXAMPLES)
    learned = INTENTS - {"nlu_fallback"}
    assert {intent for intent, _ in told} == learned
    assert min(told[intent, "vi"] for intent in learned) >= 40
    assert min(told[intent, "en"] for intent in learned) >= 5


def test_every_facet_is_asked_for_in_many_ways() -> None:
    ways = Counter(role for e in EXAMPLES for _, role in e.marked)
    assert set(ways) == set(get_args(Facet))
    assert min(ways.values()) >= 20


def test_no_example_stands_under_two_intents() -> None:
    intents: dict[str, set[str]] = {}
    for e in EXAMPLES:
        intents.setdefault(e.text.lower(), set()).add(e.intent)
    assert {text: sorted(found) for text, found in intents.items() if len(found) > 1} == {}


def _begins_with(rule: dict[str, Any]) -> list[str]:
    """The intents that a rule answers, none where it goes on from an action."""
    first = rule["steps"][0]
    return [step["intent"] for step in first.get("or", [first]) if "intent" in step]
