"""A question about the plans: understood by the dialogue engine, answered by the library."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import question_of, remember, utter
from knowledge.answer.answerer import load_answerer


class Ask(Action):
    """Answers the user's last message from the plans."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the last message and remember what it was about."""
        question = question_of(tracker)
        answer = load_answerer().answer(question)
        utter(dispatcher, answer)
        return remember(question, answer)
