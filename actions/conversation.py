"""Between a Rasa conversation and the library's types: the question a tracker holds, the message an answer makes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from dataclasses import replace
from typing import Any, get_args

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from knowledge.answer.fallback import missed
from knowledge.answer.lists import PARTS
from knowledge.progress.answers.follow import INTENTS as FOLLOWED
from knowledge.progress.answers.follow import goes_on
from knowledge.progress.dialog.cues import UNSURE
from knowledge.progress.dialog.misread import REPORTING
from knowledge.progress.dialog.turn import LEAVING, QUESTIONS
from knowledge.records import as_json
from knowledge.text.normalise import clean
from knowledge.types import Answer, Facet, Key, Question, Span, SpanKind

TAKEN_FOR_WORDS = {*REPORTING, *UNSURE, *LEAVING}
"""Intents of a report as which a question may have been understood."""
FACETS: tuple[str, ...] = get_args(Facet)
SPAN_KINDS: tuple[str, ...] = get_args(SpanKind)


def question_of(tracker: Tracker) -> Question:
    """The user's last message as the dialogue engine understood it, with what the talk was about before."""
    message = tracker.latest_message
    text = clean(message.get("text") or "")
    intent = message.get("intent") or {}
    ranked: list[dict[str, Any]] = message.get("intent_ranking") or []
    entities: list[dict[str, Any]] = message.get("entities") or []
    facets = [e["value"] for e in entities if e["entity"] == "facet"]
    asked = tracker.get_slot("asked") or ""
    if not facets and intent.get("name") in ("follow_up", "correct") and asked not in FOLLOWED:
        facets = tracker.get_slot("facets") or []
    return Question(
        text=text,
        intent=intent.get("name"),
        confidence=float(intent.get("confidence") or 0.0),
        ranking=tuple((i["name"], float(i["confidence"])) for i in ranked),
        facets=tuple(f for f in facets if f in FACETS),
        spans=tuple(_span(e, text) for e in entities if e["entity"] in SPAN_KINDS),
        focus=_keys(tracker.get_slot("focus")),
        lang="en" if tracker.get_slot("lang") == "en" else "vi",
        rest=_keys(tracker.get_slot("rest")),
        asked=asked,
    )


def as_question(question: Question) -> Question:
    """A question that was taken for a report, as the likeliest question it is.

    What corrects the last question ("không, ý tôi là IOC") asks the same of another subject.
    """
    if question.intent == "correct" and question.focus:
        return replace(question, intent="follow_up")
    return likeliest(question, QUESTIONS) if question.intent in TAKEN_FOR_WORDS else question


def likeliest(question: Question, intents: Collection[str]) -> Question:
    """A question as the one of these intents that it is likeliest to have; with none where the engine gave it none of them."""
    return replace(question, intent=next((name for name, _ in question.ranking if name in intents), None))


def utter(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    """Send an answer as one message: its text, its choices as buttons, its status and sources as `custom`; its picture follows."""
    dispatcher.utter_message(
        text=answer.text,
        buttons=[{"title": c.title, "payload": c.payload} for c in answer.choices],
        json_message={
            "status": answer.status,
            "citations": as_json(answer.citations),
            "records": as_json(answer.records),
        },
    )
    if answer.picture:
        dispatcher.utter_message(image=f"data:image/png;base64,{b64encode(answer.picture).decode('ascii')}")


def remember(question: Question, answer: Answer) -> list[dict[str, Any]]:
    """The events that let the next message lean on this one: what the talk is about, and what was asked of it.

    An answer about nothing in particular leaves what the talk is about as it is.
    """
    again = question.intent == "follow_up" and question.asked in PARTS  # "thế Sở Y tế?", and then "còn Sở Xây dựng?"
    kind = question.asked if again or goes_on(question) else question.intent
    asked = [SlotSet("asked", kind)] if answer.focus or kind in FOLLOWED else []
    if not answer.focus:
        return asked
    return [
        *asked,
        SlotSet("focus", [str(key) for key in answer.focus]),
        SlotSet("facets", list(question.facets)),
        SlotSet("rest", [str(key) for key in answer.rest]),
    ]


def misses_with(tracker: Tracker, answer: Answer) -> int:
    """How many answers in a row, this one included, left the person without what was asked."""
    return int(tracker.get_slot("misses") or 0) + 1 if missed(answer) else 0


def _keys(addresses: list[str] | None) -> tuple[Key, ...]:
    return tuple(Key(*address.split("/", 2)) for address in addresses or ())  # type: ignore[arg-type]  # written by `remember`


def _span(entity: dict[str, Any], text: str) -> Span:
    start, end = entity["start"], entity["end"]
    return Span(entity["entity"], start, end, text[start:end], entity["value"])
