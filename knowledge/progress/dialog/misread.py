"""Reports that were understood as something else, and questions that were taken for reports.

"SOC 35%" says something, whatever it sounds like; a receipt is about what is saved; "SOC đặt ở đâu" tells nothing that could be kept.
"""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answer.reading import read
from knowledge.corpus import load_corpus, search_text
from knowledge.progress.dialog.apart import reports_in
from knowledge.progress.dialog.consent import withheld
from knowledge.progress.dialog.cues import (
    asks_to_report,
    begins_as_report,
    figure_in_digits,
    only_asks_to_report,
    question_words,
    says_undo,
)
from knowledge.progress.dialog.own import asks_own
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.subject import Found, allowed, find_work
from knowledge.progress.dialog.turn import QUESTIONS, Heard, World
from knowledge.progress.dialog.wordings import CLAUSE, leading, says, spoken_words, wordings
from knowledge.progress.reading import Report
from knowledge.text.fold import fold
from knowledge.text.spans import find_spans
from knowledge.types import Part, Question

RECEIPT = re.compile(r"\bSR\s?-?\s?0*(\d{1,9})\b", re.IGNORECASE)
REPORTERS = ("staff", "admin")
REPORTING = ("log_progress", "log_measure")
UNCLEAR = QUESTIONS | {
    "inform", "correct", "change", "add_note", "affirm", "nothing_more", "resume", "postpone", "greet", "thank", "ask_help", "nlu_fallback",
    "out_of_scope", "",
}  # fmt: skip
"""Intents with which a report may have been understood outside of one."""


def meant(heard: Heard, world: World) -> str:
    """The intent that a message plainly has, whatever it was understood as; "" when that is not plain.

    Whoever may not report is asking about a figure, unless he begins a clause as a report: then he is refused.
    """
    if world.receipt and withheld(heard.text) == "asked":
        return "ask_saved"
    if world.account.role in REPORTERS and asks_own(heard):
        return "ask_own"
    if heard.intent not in UNCLEAR or question_words(heard.text):
        return ""
    if world.account.role not in REPORTERS:
        return "log_progress" if _asks_to_keep(heard, world) else ""
    heard = from_its_author(heard, world)
    if heard.intent in ("correct", "change") and world.receipt and not names_unreported(heard, world):
        return ""  # about what has just been saved
    if says(heard.text, "resume"):
        return "resume"
    if RECEIPT.search(heard.text):
        if says_undo(heard.text):
            return "undo_saved"
        return "correct_saved" if heard.report.replaces or heard.report.percent is not None else ""
    pieces = reports_in(heard.text, world)
    reports = [read_message(p, world.today) for p in pieces] if len(pieces) > 1 else [heard.report]
    if all(_reports(report, world, "tasks") for report in reports):
        return "log_progress"
    if all(_reports(report, world, "targets") for report in reports):
        return "log_measure"
    return _begun(heard, world)


def names_unreported(heard: Heard, world: World) -> bool:
    """Whether a message surely names work of one's own of which nothing is saved: no correction can be about it."""
    found = find_work(heard.report.mention, world.account) if heard.report.mention else Found()
    if not found.sure or not allowed(world.account, found.keys[0]):
        return False
    works = {found.keys[0], *load_corpus().twins(found.keys[0])}
    return not any(entry.key in works for entry in world.mine())


def _asks_to_keep(heard: Heard, world: World) -> bool:
    """Whether a clause asks to report a figure of a work that it names ("tôi là giám đốc sở, cập nhật kinh tế tầm thấp 60%")."""
    reports = [read_message(c, world.today) for c in CLAUSE.split(heard.text) if asks_to_report(c)]
    return any(_reports(report, world, "tasks") for report in reports)


def _begun(heard: Heard, world: World) -> str:
    """The intent of a message that tells no figure, but begins as a report or tells the state of work of one's own."""
    if only_asks_to_report(heard.text, world.account.agency or ""):
        return "log_progress"
    report = heard.report
    told = report.problem == "vague" or report.status not in (None, "in_progress")
    kinds: tuple[tuple[Part, str], ...] = (("tasks", "log_progress"), ("targets", "log_measure"))
    for part, intent in kinds:
        found = find_work(report.mention, world.account, part) if report.mention else Found()
        own = found.sure and allowed(world.account, found.keys[0])
        if own and (begins_as_report(_after_its_author(heard.text)) or (told and part == "tasks")):
            return intent
    return ""


def _after_its_author(text: str) -> str:
    """A message without the office that it begins with ("Sở Y tế báo cáo ...")."""
    office = next((s for s in find_spans(text) if s.kind == "agency" and not text[: s.start].strip()), None)
    return text[office.end :] if office is not None else _after_its_office(text)


def _after_its_office(text: str) -> str:
    """A message without the short name of an office that it begins with ("phường báo ...")."""
    words = spoken_words(text)
    size = leading([w.folded for w in words], wordings()["office"])
    return text[words[size].start :] if 0 < size < len(words) else text


def from_its_author(heard: Heard, world: World) -> Heard:
    """A report that begins with the office that makes it ("Sở Y tế báo cáo ..."): its name is no part of the work's."""
    rest = _after_its_author(heard.text)
    if rest == heard.text or not begins_as_report(rest):
        return heard
    return replace(heard, report=read_message(rest, world.today))


def only_asks(heard: Heard, world: World) -> bool:
    """Whether a message that was taken for a report is a question: it tells nothing to save, and does not ask to report.

    Of those who may not report, everything is a question that is not plainly a report: they had rather be answered than refused.
    """
    if heard.intent not in REPORTING:
        return False
    report, asking, reporting = heard.report, question_words(heard.text), asks_to_report(heard.text)
    told = report.percent is not None or report.value is not None or report.problem in ("above", "below")
    if world.account.role in REPORTERS:
        return asking and not (told or report.status or report.problem or reporting)
    if asking:
        return not (reporting and told and figure_in_digits(report))
    return not (reporting or told or report.status)


def without_asked_state(heard: Heard, world: World) -> Heard:
    """A message without the end of the work that it only asks about ("bao giờ xong?"): no figure says it, no clause without a question."""
    report = heard.report
    if report.status != "done" or report.raw or not question_words(heard.text):
        return heard
    told = [clause for clause in CLAUSE.split(heard.text) if not question_words(clause)]
    if any(read_message(clause, world.today).status == "done" for clause in told):
        return heard
    return replace(heard, report=replace(report, status=None, percent=None, mention=""))


def _reports(report: Report, world: World, part: Part) -> bool:
    """Whether a figure is given for what is named, and it is not a figure that the plan itself gives there."""
    figured = report.percent is not None or report.problem in ("above", "below")
    reading = read(Question(report.mention))
    if (
        not figured
        or not (figure_in_digits(report) or "%" in report.raw or says(report.raw, "percent"))
        or not (reading.content or reading.items)
    ):
        return False
    if "targets" in reading.parts and part == "tasks":
        return False
    found = find_work(report.mention, world.account, part)
    if not found.keys:
        return False
    own = fold(search_text(load_corpus().record(found.keys[0]))).replace(" ", "")
    return fold(report.raw).replace(" ", "") not in own
