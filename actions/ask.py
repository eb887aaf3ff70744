"""A question about the plans: understood by the dialogue engine, answered by the library."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import OUTSIDE, answer_to
from actions.conversation import misses_with, question_of, remember, utter
from actions.drafts import unfinished
from actions.progress import report_instead
from actions.services import Services
from actions.world import speaker_of, utter_lines
from knowledge.answer.fallback import with_help


class Ask(Action):
    """Answers the user's last message from the plans."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the last message and remember what it was about; a report that was taken for a question is taken as a report."""
        question = question_of(tracker)
        speaker = speaker_of(self._services, tracker.sender_id)
        reported = report_instead(self._services, dispatcher, tracker, question, speaker)
        if reported is not None:
            return reported
        answer = answer_to(question, self._services, speaker)
        if answer is None:
            dispatcher.utter_message(response=OUTSIDE)
            return []
        misses = misses_with(tracker, answer)
        utter(dispatcher, with_help(answer, misses, self._services.contact, question.lang))
        events = [*remember(question, answer), SlotSet("misses", misses)]
        if not tracker.get_slot("mentioned"):
            utter_lines(dispatcher, unfinished(self._services, speaker))
            events.append(SlotSet("mentioned", True))
        return events
