"""A question about the plans: understood by the dialogue engine, answered by the library."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misses_with, question_of, remember, utter
from knowledge.answer.answerer import load_answerer
from knowledge.answer.fallback import with_help


class Ask(Action):
    """Answers the user's last message from the plans. `contact` is whom to turn to when the assistant does not know, "" for nobody."""

    def __init__(self, contact: str = "") -> None:
        self._contact = contact

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the last message and remember what it was about."""
        question = question_of(tracker)
        answer = load_answerer().answer(question)
        misses = misses_with(tracker, answer)
        utter(dispatcher, with_help(answer, misses, self._contact, question.lang))
        return [*remember(question, answer), SlotSet("misses", misses)]
