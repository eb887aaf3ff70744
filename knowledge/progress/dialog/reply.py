"""A message as the reply to what was asked: without what repeats its figure, what it only asks about, and excuses for a slip."""

from __future__ import annotations

from dataclasses import replace

from knowledge.progress.dialog import filling
from knowledge.progress.dialog.consent import agrees
from knowledge.progress.dialog.cues import field_named, figure_in_digits, has_nothing_yet
from knowledge.progress.dialog.misread import without_asked_state
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.slips import bare_number, number_in_clause, winds_up, without_excuses
from knowledge.progress.dialog.state import WORDS, State
from knowledge.progress.dialog.subject import find_work
from knowledge.progress.dialog.turn import Heard, World
from knowledge.progress.dialog.wordings import says
from knowledge.progress.reading import Report

FIGURED = ("confirm", "change", "percent")
"""What is asked where a bare number is a percentage."""


def as_reply(state: State, heard: Heard, world: World) -> Heard:
    """The message with what it reports, and the intent that it plainly has where that is asked for."""
    heard = _naming(state, without_asked_state(heard, world), world)
    if state.asks in FIGURED:
        heard = _with_figure(state, _without_excuses(state, heard, world), world)
    if state.asks in ("confirm", *WORDS) and state.said.percent and has_nothing_yet(heard.text):
        return replace(heard, report=Report(nothing=True))
    if state.asks == "confirm" and agrees(heard.text):
        return replace(heard, intent="affirm", report=Report(save=heard.report.save))
    if state.asks not in FIGURED:
        return heard
    if heard.report.save and state.said.percent is not None and winds_up(heard.text):
        return replace(heard, report=replace(heard.report, percent=None, status=None))
    told = [p for p in heard.report.note.split(filling.JOIN) if not bare_number(p)]  # "10,1 thôi, ghi 10 đi"
    return replace(heard, report=replace(heard.report, note=filling.JOIN.join(told)))


def _naming(state: State, heard: Heard, world: World) -> Heard:
    """A message that names the work asked for, although it sounded like leaving ("nhan luc chuyen sau ve ban dan")."""
    if state.asks != "task" or heard.intent not in ("cancel", "postpone") or says(heard.text, "call_off"):
        return heard
    return replace(heard, intent="inform") if find_work(heard.text, world.account, state.part).sure else heard


def _without_excuses(state: State, heard: Heard, world: World) -> Heard:
    """A message without the clauses that only say how a slip came about ("12% chứ, thừa số 0")."""
    text = without_excuses(heard.text)
    if text == heard.text:
        return heard
    return replace(heard, text=text, report=read_message(text, world.today, state.asks))


def _with_figure(state: State, heard: Heard, world: World) -> Heard:
    """A message with the percentage that a bare number in it is."""
    report = heard.report
    if number := bare_number(heard.text):
        return replace(heard, report=read_message(number, world.today, "percent"))
    if state.asks != "change" and not filling.says_figure(report) and state.part == "tasks":
        number = number_in_clause(heard.text)
        percent = int(number) if number and int(number) <= 100 else None
        return replace(heard, report=replace(report, percent=percent, raw=number)) if number else heard
    if state.asks != "percent" and report.percent is None and field_named(heard.text) == "percent":
        figure = read_message(heard.text, world.today, "percent")
        return replace(heard, report=replace(figure, mention="")) if figure_in_digits(figure) else heard
    return heard
