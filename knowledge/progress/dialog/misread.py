"""Reports that were understood as questions: "SOC 35%" says something, whatever else it sounds like."""

from __future__ import annotations

from knowledge.answer.reading import read
from knowledge.corpus import load_corpus, search_text
from knowledge.progress.dialog.cues import figure_in_digits, question_words
from knowledge.progress.dialog.subject import find_work
from knowledge.progress.dialog.turn import Heard, World
from knowledge.progress.reading import Report, read_report, split_reports
from knowledge.text.fold import fold
from knowledge.types import Question

REPORTERS = ("staff", "admin")


def is_report(heard: Heard, world: World) -> bool:
    """Whether a message understood as a question gives a figure for a task that it names, and the figure is not the task's own.

    Asked only of accounts that may report: whoever else gives a figure is asking about it.
    """
    if world.account.role not in REPORTERS or question_words(heard.text):
        return False
    pieces = split_reports(heard.text)
    reports = [read_report(p, world.today) for p in pieces] if len(pieces) > 1 else [heard.report]
    return all(_reports(report, world) for report in reports)


def _reports(report: Report, world: World) -> bool:
    figured = report.percent is not None or report.problem in ("above", "below")
    if not figured or not figure_in_digits(report) or not read(Question(report.mention)).content:
        return False
    found = find_work(report.mention, world.account)
    if not found.keys:
        return False
    own = fold(search_text(load_corpus().record(found.keys[0]))).replace(" ", "")
    return fold(report.raw).replace(" ", "") not in own
