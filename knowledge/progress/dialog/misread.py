"""Reports that were understood as questions: "SOC 35%" says something, whatever else it sounds like."""

from __future__ import annotations

from knowledge.answer.reading import read
from knowledge.corpus import load_corpus, search_text
from knowledge.progress.dialog.cues import figure_in_digits, question_words
from knowledge.progress.dialog.subject import find_work
from knowledge.progress.dialog.turn import Heard, World
from knowledge.text.fold import fold
from knowledge.types import Question

REPORTERS = ("staff", "admin")


def is_report(heard: Heard, world: World) -> bool:
    """Whether a message understood as a question gives a figure for a task that it names, and the figure is not the task's own.

    Asked only of accounts that may report: whoever else gives a figure is asking about it.
    """
    report = heard.report
    if world.account.role not in REPORTERS or not figure_in_digits(report) or question_words(heard.text):
        return False
    if report.percent is None and report.problem not in ("above", "below"):
        return False
    found = find_work(report.mention, world.account) if report.mention else None
    if found is None or not found.keys or not read(Question(report.mention)).content:
        return False
    own = fold(search_text(load_corpus().record(found.keys[0]))).replace(" ", "")
    return fold(report.raw).replace(" ", "") not in own
