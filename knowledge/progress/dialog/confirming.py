"""A report on the table, to be confirmed: save it, change it, add to it, or leave it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.progress.dialog import filling
from knowledge.progress.dialog.asking import ask, go_on, kept_from, line, on_record, onwards, unread
from knowledge.progress.dialog.consent import yes_or_no
from knowledge.progress.dialog.cues import (
    field_named,
    is_brief,
    says_all,
    says_no,
    says_too_little,
    tells_what_happened,
)
from knowledge.progress.dialog.naming import figure_of_name, names_again, other_task, renamed_to
from knowledge.progress.dialog.slips import excuses, removed_field, removed_words, renewed_field
from knowledge.progress.dialog.state import WORDS, Slot, State
from knowledge.progress.dialog.turn import Heard, Move, World
from knowledge.progress.reading import Report


def at_confirm(state: State, heard: Heard, world: World) -> Move:
    """The summary is on the table: save, change, add, or leave it."""
    report = heard.report
    if state.kind == "undo":
        return _at_undo(state, heard, world)
    if yes_or_no(heard.text):
        return go_on(state, world, reminding=True)
    if (right := filling.put_right(state, report)) != state:
        return onwards(right, world)
    removed = removed_field(heard.text)
    if removed in WORDS:
        state = _without(state, removed)
    elif (unwanted := removed_words(heard.text)) and (left := filling.without_piece(state, unwanted)) != state:
        return onwards(left, world)
    other = other_task(state, heard, world)
    if other is not None and figure_of_name(heard, other):
        heard = replace(heard, report=replace(report, percent=None, problem="", raw=""))
        report = heard.report
    if other is not None and report.percent is not None and not report.replaces:
        return _queued(state, heard, world)
    if other is not None and (kept := kept_from(state, other, world)) is not None:
        return kept
    if other is not None:
        state = on_record(state, other, world)
    if report.problem in ("above", "below"):
        return unread(state, "percent", world, outside=True)
    if report.problem and is_brief(heard.text):
        return unread(state, "percent", world)  # "thêm 5% nữa"
    changed = filling.stated(state, heard)
    if changed != state or other is not None:
        adds = (_adds(report) and removed not in WORDS) or filling.without_rejected(changed, report) != changed
        changed = filling.words(changed, report) if adds or not (report.replaces or removed in WORDS) else changed
        told = (line("task_changed"),) if other is not None else ()
        return Move(changed, (), "save") if report.save and other is None else onwards(changed, world, *told)
    retold = _retold(state, heard)
    if retold != state:
        return Move(retold, (), "save") if report.save else onwards(retold, world)
    if removed in WORDS:
        return Move(state, (), "save") if report.save else onwards(state, world)
    if report.holds:
        return onwards(filling.words(state, report), world) if _adds(report) else ask(state, "change", world)
    if report.save:
        return Move(filling.words(state, report) if heard.intent != "affirm" or _adds(report) else state, (), "save")
    if heard.intent == "affirm":
        return onwards(filling.words(state, report), world) if _adds(report) else Move(state, (), "save")
    if heard.intent == "deny" or says_no(heard.text) or excuses(heard.text):
        return ask(state, "change", world)
    if report.nothing or heard.intent in ("nothing_more", "resume") or names_again(state, heard, world):
        return onwards(state, world)
    if heard.intent == "change":
        return change(state, heard, world)
    renamed = None if heard.intent == "add_note" else renamed_to(state, heard, world)
    if renamed is not None:
        return kept_from(state, renamed, world) or onwards(
            on_record(state, renamed, world), world, line("task_changed")
        )
    if says_too_little(heard):
        return go_on(state, world, reminding=True)
    if heard.intent == "add_note" and not (report.note or report.obstacle or report.next_step):
        return ask(state, field_named(heard.text) or "note", world)
    return _noted(state, heard, world)


def change(state: State, heard: Heard, world: World) -> Move:
    """Change what a message names: with its new value at once, else asked for."""
    changed = filling.stated(state, heard)
    if changed != state:
        return onwards(changed, world)
    if heard.report.problem:
        return unread(state, "percent", world, outside=heard.report.problem in ("above", "below"))
    other = other_task(state, heard, world)
    if other is not None:
        return kept_from(state, other, world) or onwards(on_record(state, other, world), world)
    slot = field_named(heard.text)
    if slot == "percent" and state.part == "targets":
        slot = "value"
    if slot == "task":
        return ask(replace(state, choices=()), "task", world)
    if slot in WORDS:
        left, told = state.saying(**{str(slot): ""}), getattr(heard.report, str(slot))
        return onwards(left.saying(**{str(slot): told}), world) if told else ask(left, slot, world)
    if slot is not None:
        return ask(state, slot, world)
    if state.asks == "change" and heard.intent in ("inform", "add_note"):
        return _noted(state, heard, world)
    return ask(state, "change", world)


def _retold(state: State, heard: Heard) -> State:
    """The report with free words told anew: of a field that is named, or in place of what is said not to be so."""
    field = renewed_field(heard.text)
    report = heard.report
    told = getattr(report, str(field)) if field in WORDS else ""
    if field == "note":  # "ghi chú phải là đang chờ thẩm định": what it tells is no matter
        told = told or report.obstacle or report.next_step
    if told:
        return state.saying(**{str(field): told})
    left = filling.without_rejected(state, heard.report)
    return filling.words(left, heard.report) if left != state else state


def _adds(report: Report) -> bool:
    """Whether a yes, or a right figure, comes with something to be told beside it."""
    return bool(report.obstacle or report.next_step) or tells_what_happened(report.note)


def _without(state: State, field: Slot | None) -> State:
    """The report without a field. All that was told in free words may be called a note: the note, or else the rest of it."""
    if field == "note" and not state.said.note:
        return state.saying(obstacle="", next_step="")
    return state.saying(**{str(field): ""})


def cancelled(state: State, heard: Heard) -> Move:
    """Leave the report; those that came with it go on, unless all of them are meant."""
    if state.queue and says_all(heard.text):
        return Move(None, (line("dropped", count=len(state.queue)),))
    return Move(state, (line("cancelled"),), "next")


def _at_undo(state: State, heard: Heard, world: World) -> Move:
    if heard.report.save or heard.intent in ("affirm", "undo_saved"):
        return Move(state, (), "save")
    return cancelled(state, heard) if heard.intent in ("deny", "cancel") else onwards(state, world)


def _noted(state: State, heard: Heard, world: World) -> Move:
    """Free words become a note, pieces of them an obstacle or a next step where they say so."""
    report = heard.report
    said = report.note or report.obstacle or report.next_step or heard.evidence or report.links
    whole = "" if (said and not report.problem) or report.percent is not None else heard.text.strip()
    return onwards(filling.words(state, report, whole=whole), world)


def _queued(state: State, heard: Heard, world: World) -> Move:
    """Another report while one waits to be confirmed: it comes after it."""
    later = replace(state, queue=(*state.queue, heard.text), total=state.total + 1)
    if heard.report.save:
        return Move(later, (), "save")  # "lưu, và báo tiếp SOC 65%"
    move = onwards(later, world)
    return replace(move, lines=(line("queued"), *move.lines))
