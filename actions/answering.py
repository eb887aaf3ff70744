"""Answers to questions, whatever they are about: what the plans say, and where the work stands."""

from __future__ import annotations

from actions.conversation import likeliest
from actions.follow import followed
from actions.services import Services
from actions.world import Speaker
from knowledge.answer.answerer import load_answerer
from knowledge.answer.reading import dated
from knowledge.progress.answers.follow import INTENTS, goes_on
from knowledge.progress.dialog.turn import QUESTIONS
from knowledge.types import Answer, Facet, Question

OUTSIDE = "utter_out_of_scope"
"""The reply to what is about nothing the assistant knows."""
UNSURE = 0.6
"""Confidence below which a question that seems to be about something else is looked up in the plans all the same."""
PLANNED: frozenset[Facet] = frozenset(("deadline", "start", "duration", "product", "partners"))
"""What a plan alone states: who asks for it need not see progress, however near to it the question sounds."""


def answer_to(question: Question, services: Services, speaker: Speaker) -> Answer | None:
    """The answer to a question as far as the speaker may have it; None when it is about nothing the assistant knows."""
    question = dated(question, services.today())
    if question.intent == "out_of_scope":
        answerer = load_answerer()
        found = answerer.collected(question)
        return found or (answerer.known(question) if question.confidence < UNSURE else None)
    if question.intent == "ask_progress" and not speaker.account.id and _planned(question):
        return load_answerer().answer(likeliest(question, QUESTIONS - set(INTENTS)))
    if question.intent in INTENTS or goes_on(question):
        return followed(question, services, speaker.account)
    return load_answerer().answer(question)


def _planned(question: Question) -> bool:
    """Whether what sounds like a question about progress asks for what a plan alone states, or, as far as that is sure, for a level."""
    asked = set(question.facets)
    return bool(PLANNED & asked) or ("value" in asked and question.confidence < UNSURE)
