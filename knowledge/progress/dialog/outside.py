"""What a message about reporting means while no report is under way."""

from __future__ import annotations

from dataclasses import replace

from knowledge.progress.dialog.asking import line, refusal
from knowledge.progress.dialog.cues import SURE, question_words
from knowledge.progress.dialog.misread import (
    from_its_author,
    meant,
    names_unreported,
    only_asks,
    without_asked_state,
)
from knowledge.progress.dialog.own import own_entries
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.starting import begin, correction, saved_entry, undo
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.turn import LEAVING, Heard, Line, Move, World


def outside(heard: Heard, world: World) -> Move:
    """The move that a message leads to when nothing is being reported."""
    heard = without_asked_state(from_its_author(_from_its_start(heard, world), world), world)
    heard = replace(heard, intent=meant(heard, world) or heard.intent)
    if heard.evidence and not heard.text:
        return Move(None, (line("evidence_alone"),))
    match heard.intent:
        case "log_progress" | "log_measure":
            return Move(None, (), "answer") if only_asks(heard, world) else begin(heard, world)
        case "correct_saved":
            unsaved = saved_entry(heard, world) is None or names_unreported(heard, world)
            report = unsaved and meant(replace(heard, intent=""), world) == "log_progress"
            return begin(heard, world) if report else correction(heard, world)
        case "ask_saved":
            return Move(None, (line("settled", receipt=world.receipt),))
        case "ask_own":
            return Move(None, (own_entries(world),))
        case "undo_saved":
            return undo(heard, world)
        case "resume":
            return Move(None, (line("nothing_under_way"),), "resume")
        case "affirm":
            return Move(None, (_settled(heard, world) or _affirmed(heard, world),))
        case "deny":
            return Move(None, (Line("utter_deny"),))
        case "correct" | "change" | "add_note" if world.receipt:
            return correction(heard, world)
    if heard.report.save:
        return Move(None, (_settled(heard, world) or _nothing_to_save(world),))
    if heard.intent in LEAVING:
        left = Move(None, (_settled(heard, world) or line("nothing_under_way"),))
        asked = heard.confidence < SURE and question_words(heard.text)
        return Move(None, (), "answer", otherwise=left) if asked else left
    return Move(None, (), "answer")


def _from_its_start(heard: Heard, world: World) -> Heard:
    """A message that is all "next step" reports on something next: nothing stands before it that it could follow."""
    report = heard.report
    if not report.next_step or report.mention or report.percent is not None or report.status is not None:
        return heard
    return replace(heard, report=read_message(report.next_step, world.today))


def _settled(heard: Heard, world: World) -> Line | None:
    """What is said to "lưu" when it is saved already."""
    if not world.receipt or heard.intent == "cancel":
        return None
    return line("settled", receipt=world.receipt)


def _affirmed(heard: Heard, world: World) -> Line:
    return _nothing_to_save(world) if heard.report.save else Line("utter_affirm")


def _nothing_to_save(world: World) -> Line:
    """What is said to "lưu" where no report is under way: who may not report is not invited to."""
    return refusal(State(), world) or line("nothing_under_way")
