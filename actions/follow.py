"""A question about progress: understood by the dialogue engine, answered from the records within the rights of who asks."""

from __future__ import annotations

import base64
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misses_with, question_of, remember, utter
from actions.services import Services
from actions.world import speaker_of
from knowledge.answer.fallback import with_help
from knowledge.errors import UnknownAccount
from knowledge.progress.answers.asked import Desk
from knowledge.progress.answers.follow import Followed, follow
from knowledge.progress.types import Account
from knowledge.store.entry_log import EntryLog
from knowledge.types import Question


class FollowUp(Action):
    """Answers the user's last message from the ledger of progress and the plans."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._log = EntryLog(services.ledger)

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_progress"

    def answer(self, question: Question, account: Account) -> Followed:
        """The answer to a question about progress, as far as an account may have it."""
        services = self._services
        desk = Desk(account, services.today(), self._log.entries, self._name_of, services.public_progress)
        return follow(question, desk)

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the last message, with its picture, and remember what it was about."""
        question = question_of(tracker)
        followed = self.answer(question, speaker_of(self._services, tracker.sender_id).account)
        misses = misses_with(tracker, followed.answer)
        utter(dispatcher, with_help(followed.answer, misses, self._services.contact, question.lang))
        if followed.picture:
            dispatcher.utter_message(image=data_uri(followed.picture))
        return [*remember(question, followed.answer), SlotSet("misses", misses)]

    def _name_of(self, account: str) -> str:
        try:
            return self._services.accounts.get(account).name
        except UnknownAccount:
            return ""


def data_uri(png: bytes) -> str:
    """A picture as text that stands in a message."""
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
