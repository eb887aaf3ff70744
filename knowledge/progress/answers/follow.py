"""The way from a question about progress to its answer, as one flat list of steps. Each answers or passes the question on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.answer.context import Context, reply
from knowledge.answer.link import Linker, load_linker
from knowledge.answer.reading import read
from knowledge.answer.refer import referred
from knowledge.answer.rows import wants_more
from knowledge.answer.wording import say
from knowledge.corpus import Corpus, load_corpus
from knowledge.progress.answers.asked import Asked, Desk
from knowledge.progress.answers.lists import INTENT as LIST
from knowledge.progress.answers.lists import by_list, by_rest
from knowledge.progress.answers.measured import target_answer
from knowledge.progress.answers.picture import by_picture
from knowledge.progress.answers.work import task_answer
from knowledge.progress.dialog.subject import Found, find_work
from knowledge.progress.dialog.telling import choices
from knowledge.types import Answer, Choice, Key, Part, Question, Target, Task

INTENTS = ("ask_progress", "list_progress", "ask_overview")
"""What is answered here."""
LISTED = (LIST, "ask_overview")
Step = Callable[[Asked], Answer | None]


def goes_on(question: Question) -> bool:
    """Whether a question carries on with one about progress: "thế còn IOC?", or more of a list."""
    if question.asked not in INTENTS or question.facets:
        return False
    return question.intent == "follow_up" or (question.asked in LISTED and wants_more(read(question)))


def follow(question: Question, desk: Desk, corpus: Corpus | None = None, linker: Linker | None = None) -> Answer:
    """Answer a question about progress, within the rights of who asks."""
    if question.intent not in INTENTS:
        question = replace(question, intent=question.asked)
    asked = Asked(Context(read(question), corpus or load_corpus(), linker or load_linker()), desk)
    return next(a for step in STEPS if (a := step(asked)) is not None)


def by_name(asked: Asked) -> Answer | None:
    """The task or target that the question names."""
    if not asked.names_work:
        return None
    found = [find_work(asked.mention, asked.desk.account, part) for part in _parts(asked)]
    sure = next((f for f in found if f.sure), None)
    if sure is not None:
        return _about(asked, sure.keys[0])
    offered = next((f for f in found if f.keys), Found())
    if not offered.keys:
        return None
    if len(offered.keys) == 1:
        return _about(asked, offered.keys[0])  # the answer names it: a choice of one would be no choice
    return reply(
        asked.ctx, "clarify", say(asked.ctx.lang, "clarify.which"), focus=offered.keys, choices=_buttons(asked, offered)
    )


def by_focus(asked: Asked) -> Answer | None:
    """What the talk is about, when the question names nothing of its own."""
    if asked.subject.content or not asked.question.focus:
        return None
    pointed = referred(asked.ctx)
    key = pointed if isinstance(pointed, Key) else asked.question.focus[0]
    return _about(asked, key) if key.part != "body" else None


def unknown(asked: Asked) -> Answer:
    """What is said when nothing fits."""
    if asked.subject.content:
        return reply(
            asked.ctx,
            "unanswerable",
            f"{say(asked.ctx.lang, 'absent.unknown')} {say(asked.ctx.lang, 'progress.offer')}",
        )
    return reply(asked.ctx, "clarify", say(asked.ctx.lang, "absent.no_focus"))


STEPS: tuple[Step, ...] = (by_rest, by_picture, by_list, by_name, by_focus, unknown)


def _about(asked: Asked, key: Key) -> Answer:
    record = asked.ctx.corpus.record(key)
    if isinstance(record, Task):
        return task_answer(asked, key)
    assert isinstance(record, Target)  # noqa: S101  (there are tasks and targets; passages are passed over)
    return target_answer(asked, key)


def _parts(asked: Asked) -> tuple[Part, ...]:
    """Where to look first: among targets when the question speaks of one."""
    return (
        ("targets", "tasks")
        if asked.asks("target") and "tasks" not in asked.ctx.reading.parts
        else ("tasks", "targets")
    )


def _buttons(asked: Asked, found: Found) -> list[Choice]:
    """The works to choose from; a button asks again, as a person would type it."""
    lang = asked.ctx.lang
    return [Choice(c.title, say(lang, "progress.ask_again", record=c.payload)) for c in choices(found.keys, lang)]
