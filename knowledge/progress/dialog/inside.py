"""What a message means while a report is being told. What is asked and what is read in the message weigh more than the intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.progress.dialog import filling
from knowledge.progress.dialog.asking import ask, go_on, line, on_record, onwards, record_of, unread
from knowledge.progress.dialog.cues import (
    asks_something,
    field_named,
    figure_in_digits,
    points_back,
    question_words,
    says_all,
    says_never_mind,
    says_no,
    says_undo,
    tells_what_happened,
)
from knowledge.progress.dialog.state import Slot, State
from knowledge.progress.dialog.subject import Found, find_work, plainly_named
from knowledge.progress.dialog.turn import SOCIAL, Heard, Line, Move, World
from knowledge.types import Key, Target

WORDS: tuple[Slot, ...] = ("note", "obstacle", "next_step")
TALK = 0.5
"""Confidence from which a courtesy is taken for one."""
NAMED = 2
"""Least words of the subject with which a message without a figure can name another task."""


def inside(state: State, heard: Heard, world: World) -> Move:
    """The move that a message leads to in the middle of a report."""
    report = heard.report
    if heard.evidence and not heard.text:
        return ask(filling.evidence(state, heard), state.asks, world)
    plain = report.percent is None and not report.save and not heard.evidence
    waved_off = state.asks not in WORDS and says_never_mind(heard.text)
    if (heard.intent == "cancel" or waved_off) and not report.save and not figure_in_digits(report):
        return _cancelled(state, heard)
    if heard.intent == "postpone" and plain:
        return Move(state, (line("kept"),), "keep")
    if state.choices and (chosen := find_work(heard.text, world.account, state.part, state.choices)).sure:
        return _onto(filling.figures(state, report), chosen.keys[0], heard, world)
    if plain and not report.problem and asks_something(heard) and not report.mention_replaces:
        return Move(state, (), "answer")
    if plain and heard.intent in SOCIAL and _courtesy(state, heard):
        return Move(state, (Line(SOCIAL[heard.intent]), *go_on(state, world, reminding=True).lines))
    return HANDLERS[state.asks](filling.evidence(state, heard), heard, world)


def at_task(state: State, heard: Heard, world: World) -> Move:
    """The name of the task, or one of those offered."""
    state = filling.figures(state, heard.report) if state.part == "tasks" else state
    found = _named(heard, world, state) or Found()
    if found.sure:
        return _onto(state, found.keys[0], heard, world)
    if found.keys:
        return onwards(replace(state, choices=found.keys), world)
    if filling.says_figure(heard.report) or heard.intent in ("affirm", "log_progress", "log_measure"):
        return ask(state, "task", world)
    if state.choices:
        return unread(state, "task", world)
    again = replace(state.asking("task"), misses=state.misses + 1)
    return Move(again, (line("no_task", mention=" ".join(heard.text.split())[:80]),))


def at_percent(state: State, heard: Heard, world: World) -> Move:
    """How far the work has come."""
    report = heard.report
    other = _other_task(state, heard, world)
    if other is not None:
        state = on_record(state, other, world)
    filled = filling.figures(state, report)
    if report.problem:
        return unread(filled, "percent", world, outside=report.problem in ("above", "below"))
    if report.percent is None and filled.said.percent is None:
        if other is not None or filled != state:
            return ask(filled, "percent", world)
        return unread(filling.words(filled, report), "percent", world)
    if report.percent is None and state.said.percent is not None and report.status is None:
        # It was asked for once more, to change it.
        return unread(filled, "percent", world)
    return onwards(filling.words(filled, report), world)


def at_confirm(state: State, heard: Heard, world: World) -> Move:
    """The summary is on the table: save, change, add, or leave it."""
    report = heard.report
    if state.kind == "undo":
        return _at_undo(state, heard, world)
    other = _other_task(state, heard, world)
    if other is not None and report.percent is not None and not report.replaces:
        return _queued(state, heard, world)
    if other is not None:
        state = on_record(state, other, world)
    if report.problem:
        return unread(state, "percent", world, outside=report.problem in ("above", "below"))
    changed = _figures(state, heard)
    if changed != state or other is not None:
        changed = filling.words(changed, report) if not report.replaces else changed
        told = (line("task_changed"),) if other is not None else ()
        return Move(changed, (), "save") if report.save and other is None else onwards(changed, world, *told)
    if report.save:
        return Move(filling.words(state, report) if heard.intent != "affirm" else state, (), "save")
    if heard.intent == "affirm":
        return Move(state, (), "save")
    if heard.intent == "deny" or says_no(heard.text):
        return ask(state, "change", world)
    if report.nothing or heard.intent in ("nothing_more", "resume"):
        return onwards(state, world)
    if heard.intent == "change":
        return _change(state, heard, world)
    renamed = None if heard.intent == "add_note" else _renamed(state, heard, world)
    if renamed is not None:
        return onwards(on_record(state, renamed, world), world, line("task_changed"))
    if says_undo(heard.text) and (slot := field_named(heard.text)) in WORDS:
        return onwards(state.saying(**{str(slot): ""}), world)
    if heard.intent == "add_note" and not (report.note or report.obstacle or report.next_step):
        return ask(state, field_named(heard.text) or "note", world)
    return _noted(state, heard, world)


def at_words(state: State, heard: Heard, world: World) -> Move:
    """A note, an obstacle or a next step in free words."""
    report = heard.report
    if report.save and not (report.note or report.obstacle or report.next_step):
        return Move(_figures(state, heard), (), "save")
    if report.nothing or heard.intent in ("nothing_more", "deny"):
        return onwards(state, world)
    if heard.intent == "affirm" and not report.note:
        return ask(state, state.asks, world)
    return onwards(filling.words(_figures(state, heard), report), world)


def at_status(state: State, heard: Heard, world: World) -> Move:
    """The status in words."""
    if heard.report.status is None and heard.report.percent is None:
        return unread(state, "status", world)
    return onwards(filling.figures(state, heard.report), world)


def at_change(state: State, heard: Heard, world: World) -> Move:
    """What is to be changed, or the new value at once."""
    report = heard.report
    if report.save:
        return Move(_figures(state, heard), (), "save")
    if heard.intent == "affirm" or report.nothing or heard.intent in ("nothing_more", "deny"):
        return onwards(state, world)
    return _change(state, heard, world)


def at_value(state: State, heard: Heard, world: World) -> Move:
    """The measured value of a target."""
    target = record_of(state)
    assert isinstance(target, Target)  # noqa: S101  (asked of targets alone)
    filled = filling.measured(state, heard, target)
    return onwards(filled, world) if filled.said.value is not None else unread(filled, "value", world)


def at_measured_on(state: State, heard: Heard, world: World) -> Move:
    """The day of a measured value."""
    if heard.report.measured_on is None:
        return unread(state, "measured_on", world)
    return onwards(state.saying(measured_on=heard.report.measured_on), world)


def at_measure(state: State, heard: Heard, world: World) -> Move:
    """Which of a target's values was measured."""
    target = record_of(state)
    assert isinstance(target, Target)  # noqa: S101  (asked of targets alone)
    place = filling.which_measure(target, heard)
    if place < 0:
        return unread(state, "measure", world)
    return onwards(filling.measured(state.saying(measure=place), heard, target), world)


HANDLERS: dict[Slot, Callable[[State, Heard, World], Move]] = {
    "task": at_task, "percent": at_percent, "confirm": at_confirm, "note": at_words, "obstacle": at_words,
    "next_step": at_words, "status": at_status, "change": at_change, "value": at_value, "measured_on": at_measured_on,
    "measure": at_measure,
}  # fmt: skip


def _cancelled(state: State, heard: Heard) -> Move:
    """Leave the report; those that came with it go on, unless all of them are meant."""
    if state.queue and says_all(heard.text):
        return Move(None, (line("dropped", count=len(state.queue)),))
    return Move(state, (line("cancelled"),), "next")


def _courtesy(state: State, heard: Heard) -> bool:
    """Whether a message is a courtesy, not an answer: what is off the subject only when it asks something."""
    if heard.intent == "out_of_scope":
        return question_words(heard.text)
    return heard.confidence >= TALK and state.asks != "task"


def _at_undo(state: State, heard: Heard, world: World) -> Move:
    if heard.report.save or heard.intent in ("affirm", "undo_saved"):
        return Move(state, (), "save")
    return _cancelled(state, heard) if heard.intent in ("deny", "cancel") else onwards(state, world)


def _figures(state: State, heard: Heard) -> State:
    """The figures of a message on the record reported on."""
    record = record_of(state)
    return (
        filling.measured(state, heard, record) if isinstance(record, Target) else filling.figures(state, heard.report)
    )


def _change(state: State, heard: Heard, world: World) -> Move:
    """Change what a message names: with its new value at once, else asked for."""
    changed = _figures(state, heard)
    if changed != state:
        return onwards(changed, world)
    if heard.report.problem:
        return unread(state, "percent", world, outside=heard.report.problem in ("above", "below"))
    other = _other_task(state, heard, world)
    if other is not None:
        return onwards(on_record(state, other, world), world)
    slot = field_named(heard.text)
    if slot == "percent" and state.part == "targets":
        slot = "value"
    if slot == "task":
        return ask(replace(state, key=None, choices=()), "task", world)
    if slot in WORDS:
        return ask(state.saying(**{str(slot): ""}), slot, world)
    if slot is not None:
        return ask(state, slot, world)
    if state.asks == "change" and heard.intent in ("inform", "add_note"):
        return _noted(state, heard, world)
    return ask(state, "change", world)


def _noted(state: State, heard: Heard, world: World) -> Move:
    """Free words become a note, pieces of them an obstacle or a next step where they say so."""
    report = heard.report
    said = report.note or report.obstacle or report.next_step or heard.evidence or report.links
    whole = "" if said else heard.text.strip()
    return onwards(filling.words(state, report, whole=whole), world)


def _queued(state: State, heard: Heard, world: World) -> Move:
    """Another report while one waits to be confirmed: it comes after it."""
    later = replace(state, queue=(*state.queue, heard.text), total=state.total + 1)
    move = onwards(later, world)
    return replace(move, lines=(line("queued"), *move.lines))


def _onto(state: State, key: Key, heard: Heard, world: World) -> Move:
    state = on_record(state, key, world)
    record = record_of(state)
    if isinstance(record, Target):
        state = filling.measured(state, heard, record)
    return onwards(state, world)


def _named(heard: Heard, world: World, state: State) -> Found | None:
    if heard.report.mention:
        found = find_work(heard.report.mention, world.account, state.part)
        if found.keys:
            return found
    if points_back(heard.text) and (focus := next((k for k in world.focus if k.part == state.part), None)):
        return Found((focus,), sure=True)
    if heard.intent in ("affirm", "deny", "nothing_more"):
        return None
    return find_work(heard.text, world.account, state.part)


def _renamed(state: State, heard: Heard, world: World) -> Key | None:
    """The record of another work whose bare name a message is: the one that was meant."""
    if state.kind in ("correction", "undo") or tells_what_happened(heard.text):
        return None
    key = plainly_named(heard.text, world.account, state.part)
    return None if key is None or _same_work(key, state) else key


def _same_work(key: Key, state: State) -> bool:
    return state.key is not None and (key == state.key or key in load_corpus().twins(state.key))


def _other_task(state: State, heard: Heard, world: World) -> Key | None:
    """The record of another work that a message surely names; None when it names none, or that of the report."""
    report = heard.report
    if state.kind in ("correction", "undo") or not report.mention:
        return None
    subject = content_words(report.mention)
    if not (report.mention_replaces or len(subject) >= NAMED or (report.percent is not None and subject)):
        return None
    found = find_work(report.mention, world.account, state.part)
    if not found.sure:
        return None
    return None if _same_work(found.keys[0], state) else found.keys[0]
