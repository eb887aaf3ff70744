"""What a message means while a report is being told. What is asked and what is read in the message weigh more than the intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.progress.dialog import filling
from knowledge.progress.dialog.asking import ask, go_on, kept_from, line, on_record, onwards, record_of, unread
from knowledge.progress.dialog.confirming import at_confirm, cancelled, change
from knowledge.progress.dialog.consent import asks_at_the_end, is_short, withheld
from knowledge.progress.dialog.cues import (
    asks_something,
    calls_off,
    figure_in_digits,
    is_brief,
    may_ask,
    names_measure,
    puts_off,
    question_words,
    says_never_mind,
    says_no,
    says_unknown,
    tells_of_calling_off,
    tells_what_happened,
    until,
)
from knowledge.progress.dialog.misread import only_asks
from knowledge.progress.dialog.naming import figure_of_name, named, names_again, other_task, renamed_to
from knowledge.progress.dialog.own import asks_own, own_entries
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.reply import as_reply
from knowledge.progress.dialog.slips import removed_field
from knowledge.progress.dialog.state import WORDS, Slot, State
from knowledge.progress.dialog.subject import Found, allowed, find_work
from knowledge.progress.dialog.turn import SOCIAL, Heard, Line, Move, World
from knowledge.types import Key, Target

TALK = 0.5
"""Confidence from which a courtesy is taken for one."""


def inside(state: State, heard: Heard, world: World) -> Move:
    """The move that a message leads to in the middle of a report. None saves that only speaks of saving, or puts it off."""
    move = _heard(state, heard, world)
    held = withheld(heard.text) if move.do == "save" and move.state is not None else ""
    if not held or move.state is None:
        return move
    said = move.state.said
    only_words = replace(said, **{field: getattr(state.said, field) for field in WORDS}) == state.said
    kept = state if only_words and is_short(heard.text) else move.state  # such words are about the saving
    return ask(kept, "change", world) if held == "refused" else go_on(kept, world, reminding=kept is state)


def _heard(state: State, heard: Heard, world: World) -> Move:
    heard = as_reply(state, heard, world)
    report, held = heard.report, withheld(heard.text) if state.asks in ("confirm", "change") else ""
    if heard.evidence and not heard.text:
        return ask(filling.evidence(state, heard), state.asks, world)
    dictating, brief = state.asks in WORDS, state.asks == "confirm" and is_brief(heard.text)
    dated = state.asks == "measured_on" and report.measured_on is not None
    plain = report.percent is None and not (report.save or heard.evidence or dated)
    if held != "asked" and _leaves(heard, dictating=dictating) and removed_field(heard.text) not in WORDS:
        return cancelled(state, heard)
    later = heard.intent == "postpone" or (puts_off(heard.text) and not dictating)
    if later and plain and (is_brief(heard.text) or not dictating):
        return Move(state, (line("kept"),), "keep")
    if state.choices and (chosen := find_work(heard.text, world.account, state.part, state.choices)).sure:
        return _onto(filling.figures(state, report), chosen.keys[0], heard, world)
    if plain and asks_own(heard):
        return Move(state, (own_entries(world), *go_on(state, world, reminding=True).lines))
    asking = asks_something(heard) or only_asks(heard, world)
    known = state.asks in ("confirm", "percent") or len(state.choices) == 1
    guessed = not asking and known and may_ask(heard)
    asking = (asking or guessed) and not ((dictating or guessed) and tells_what_happened(heard.text))
    wondering = report.problem == "vague" and (state.asks == "confirm" or question_words(heard.text))  # "mấy phần trăm"
    figured = report.problem and not wondering
    if plain and not figured and asking and not report.mention_replaces:
        if held == "asked" or not (dictating or guessed):
            return Move(state, (), "answer", go_on(state, world, reminding=True) if held else None)
        return Move(state, (), "answer", HANDLERS[state.asks](filling.evidence(state, heard), heard, world))
    if plain and (held == "asked" or (brief and asks_at_the_end(heard.text))):
        return go_on(state, world, reminding=True)
    if plain and held == "refused" and brief:
        return ask(state, "change", world)
    if plain and heard.intent in SOCIAL and _courtesy(state, heard, world):
        reply = line("help") if heard.intent == "ask_help" else Line(SOCIAL[heard.intent])
        return Move(state, (reply, *go_on(state, world, reminding=True).lines))
    return HANDLERS[state.asks](filling.evidence(state, heard), heard, world)


def _leaves(heard: Heard, *, dictating: bool) -> bool:
    """Whether a message leaves the report. While free words are dictated, only one that says nothing else does."""
    if dictating:
        return is_brief(heard.text) and calls_off(heard.text)
    if heard.report.save or figure_in_digits(heard.report):
        return False
    if says_never_mind(heard.text) or calls_off(heard.text):
        return True
    return heard.intent == "cancel" and not (heard.report.holds or tells_of_calling_off(heard.text))


def at_task(state: State, heard: Heard, world: World) -> Move:
    """The name of the task, or one of those offered."""
    asked = state
    state = filling.figures(state, heard.report) if state.part == "tasks" else state
    agrees = heard.intent == "affirm" or heard.report.percent is not None  # "ừ, đạt 28%": shown to be confirmed
    if len(state.choices) == 1 and agrees and not heard.report.mention:
        return _onto(state, state.choices[0], heard, world)
    if state.choices and (heard.intent == "deny" or says_no(heard.text)):
        return ask(replace(state, choices=()), "task", world)
    found = named(heard, world, state) or Found()
    measured = state.kind == "update" and names_measure(heard.report.mention or heard.text)
    if (measured or not found.keys) and (instead := _of_the_other_part(state, heard, world)) is not None:
        return instead
    if found.sure:
        return _onto(asked if figure_of_name(heard, found.keys[0]) else state, found.keys[0], heard, world)
    if found.keys:
        return ask(replace(state, choices=found.keys), "task", world)
    if filling.says_figure(heard.report) or heard.intent in ("affirm", "log_progress", "log_measure"):
        return ask(state, "task", world)
    if state.choices:
        return unread(state, "task", world)
    again = replace(state.asking("task"), misses=state.misses + 1)
    return Move(again, (line("no_task", mention=" ".join(heard.text.split())[:80]),))


def _of_the_other_part(state: State, heard: Heard, world: World) -> Move | None:
    """The report on a task where a target was asked for, or the other way round, when that is plainly what is named; else None."""
    if state.kind not in ("update", "measurement") or state.key is not None:
        return None
    measuring = state.kind == "update"
    other = replace(state, kind="measurement" if measuring else "update", said=replace(state.said, measure=-measuring))
    found = named(heard, world, other)
    if found is None or not found.sure or not allowed(world.account, found.keys[0]):
        return None
    return _onto(other if measuring else filling.figures(other, heard.report), found.keys[0], heard, world)


def at_percent(state: State, heard: Heard, world: World) -> Move:
    """How far the work has come."""
    report = heard.report
    other = other_task(state, heard, world)
    if other is None and not filling.says_figure(report):
        other = renamed_to(state, heard, world)
    if other is not None and (kept := kept_from(state, other, world)) is not None:
        return kept
    if other is not None:
        state = on_record(state, other, world)
    filled = filling.figures(state, report)
    if report.problem:
        return unread(filled, "percent", world, outside=report.problem in ("above", "below"))
    if report.percent is None and filled.said.percent is None:
        if other is not None or filled != state or names_again(state, heard, world):
            return ask(filled, "percent", world)
        return unread(_told_first(filled, heard), "percent", world)
    if report.percent is None and state.said.percent is not None and report.status is None:
        # It was asked for once more, to change it.
        return unread(filled, "percent", world)
    return onwards(filling.words(filled, report), world)


def _told_first(state: State, heard: Heard) -> State:
    """The report with words on what was done, told before the percentage that was asked for."""
    report = heard.report
    if not tells_what_happened(heard.text) or says_unknown(heard.text):
        return state
    read = report.note or report.obstacle or report.next_step
    return filling.words(state, report, whole="" if read else heard.text.strip())


def at_words(state: State, heard: Heard, world: World) -> Move:
    """A note, an obstacle or a next step in free words."""
    report = heard.report
    if report.save and not (report.note or report.obstacle or report.next_step):
        return Move(filling.stated(state, heard), (), "save")
    if report.nothing or heard.intent in ("nothing_more", "deny") or says_never_mind(heard.text):
        return onwards(state, world)
    if heard.intent == "affirm" and not report.note:
        return ask(state, state.asks, world)
    return onwards(filling.words(filling.stated(state, heard), report), world)


def at_status(state: State, heard: Heard, world: World) -> Move:
    """The status in words."""
    if heard.report.status is None and heard.report.percent is None:
        return unread(state, "status", world)
    return onwards(filling.figures(state, heard.report), world)


def at_change(state: State, heard: Heard, world: World) -> Move:
    """What is to be changed, or the new value at once."""
    report = heard.report
    if report.save:
        return Move(filling.stated(state, heard), (), "save")
    if heard.intent == "affirm" or report.nothing or heard.intent in ("nothing_more", "deny"):
        return onwards(state, world)
    return change(state, heard, world)


def at_value(state: State, heard: Heard, world: World) -> Move:
    """The measured value of a target."""
    target = record_of(state)
    assert isinstance(target, Target)  # noqa: S101  (asked of targets alone)
    filled = filling.measured(state, filling.with_bare_number(heard), target)
    return onwards(filled, world) if filled.said.value is not None else unread(filled, "value", world)


def at_measured_on(state: State, heard: Heard, world: World) -> Move:
    """The day of a measured value."""
    # A bare "30/6" may as well be a share: with the word for "until" before it, it is a day.
    day = heard.report.measured_on or read_message(f"{until()} {heard.text}", world.today).measured_on
    return onwards(state.saying(measured_on=day), world) if day else unread(state, "measured_on", world)


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


def _courtesy(state: State, heard: Heard, world: World) -> bool:
    """Whether a message is a courtesy, not an answer: what is off the subject only when it asks something, in a note only a few words."""
    if state.asks in WORDS and not is_brief(heard.text):
        return False
    if heard.intent == "out_of_scope":
        return question_words(heard.text)
    if state.asks == "task" and (not is_brief(heard.text) or find_work(heard.text, world.account, state.part).keys):
        return False
    return heard.confidence >= TALK


def _onto(state: State, key: Key, heard: Heard, world: World) -> Move:
    if state.key is not None and (kept := kept_from(replace(state, choices=()), key, world)) is not None:
        return kept
    state = on_record(state, key, world)
    record = record_of(state)
    if isinstance(record, Target):
        state = filling.measured(state, heard, record)
    return onwards(state, world)
