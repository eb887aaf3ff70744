"""The second stage of not knowing: after two misses in a row, what can be asked, and whom else to ask."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer.wording import Lang, say
from knowledge.types import Answer

SECOND = 2
"""The miss, in a row, with which help is offered."""


def missed(answer: Answer) -> bool:
    """Whether an answer left the person without what was asked: nothing found, or nothing understood to choose from."""
    return answer.status == "unanswerable" or (answer.status == "clarify" and not answer.choices)


def with_help(answer: Answer, misses: int, contact: str, lang: Lang) -> Answer:
    """The answer, with what can be asked and the human contact ("" for none) when it is the second miss in a row or a later one."""
    if misses < SECOND or not missed(answer):
        return answer
    text = f"{answer.text}\n{say(lang, 'fallback.help')}"
    return replace(answer, text=f"{text}\n{say(lang, 'fallback.contact', contact=contact)}" if contact else text)
