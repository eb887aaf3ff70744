"""What a message about reporting means while no report is under way."""

from __future__ import annotations

from knowledge.progress.dialog import filling
from knowledge.progress.dialog.asking import line
from knowledge.progress.dialog.cues import question_words
from knowledge.progress.dialog.starting import begin, correction, measurement, undo
from knowledge.progress.dialog.subject import find_work
from knowledge.progress.dialog.turn import Heard, Line, Move, World


def outside(heard: Heard, world: World) -> Move:
    """The move that a message leads to when nothing is being reported."""
    if heard.evidence and not heard.text:
        return Move(None, (line("evidence_alone"),))
    match heard.intent:
        case "log_progress":
            return begin(heard, world)
        case "log_measure":
            return measurement(heard, world)
        case "correct_saved":
            return correction(heard, world)
        case "undo_saved":
            return undo(heard, world)
        case "resume":
            return Move(None, (line("nothing_under_way"),), "resume")
        case "affirm":
            return Move(None, (_settled(heard, world) or Line("utter_affirm"),))
        case "deny":
            return Move(None, (Line("utter_deny"),))
        case "correct" | "change" | "add_note" if world.receipt:
            return correction(heard, world)
        case "inform" | "correct" | "change" | "add_note":
            return _perhaps(heard, world)
    if heard.intent in ("cancel", "postpone", "nothing_more"):
        return Move(None, (_settled(heard, world) or line("nothing_under_way"),))
    return Move(None, (), "answer")


def _perhaps(heard: Heard, world: World) -> Move:
    """Words that may be a report: one that gives a figure for a task that is surely named; otherwise a question to the plans."""
    if filling.says_figure(heard.report) and not question_words(heard.text):
        mention = heard.report.mention
        if mention and find_work(mention, world.account).sure:
            return begin(heard, world)
    return Move(None, (), "answer")


def _settled(heard: Heard, world: World) -> Line | None:
    """What is said to "lưu" when it is saved already."""
    if not world.receipt or heard.intent == "cancel":
        return None
    return line("settled", receipt=world.receipt)
