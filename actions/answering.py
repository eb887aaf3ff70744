"""Answers to questions, whatever they are about: what the plans say, and where the work stands."""

from __future__ import annotations

from actions.follow import followed
from actions.services import Services
from actions.world import Speaker
from knowledge.answer.answerer import load_answerer
from knowledge.progress.answers.follow import INTENTS, goes_on
from knowledge.types import Answer, Question


def answer_to(question: Question, services: Services, speaker: Speaker) -> Answer:
    """The answer to a question as far as the speaker may have it."""
    if question.intent in INTENTS or goes_on(question):
        return followed(question, services, speaker.account)
    return load_answerer().answer(question)
