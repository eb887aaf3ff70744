"""What a person has saved: asked about in any words, told from what holds of what the account wrote."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer.facts import day as written_day
from knowledge.progress.clock import day_of
from knowledge.progress.dialog.asking import line
from knowledge.progress.dialog.cues import question_words, says_undo
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.telling import figure, title
from knowledge.progress.dialog.turn import Heard, Line, World
from knowledge.progress.dialog.wordings import says

SHOWN = 5
"""Most entries that are told."""


def asks_own(heard: Heard) -> bool:
    """Whether a message asks what its writer has saved ("tôi vừa báo bao nhiêu phần trăm", "xem lại báo cáo vừa lưu")."""
    report = heard.report
    if report.percent is not None or report.replaces or says_undo(heard.text):
        return False
    return says(heard.text, "own_shown") or (says(heard.text, "own_asked") and question_words(heard.text))


def own_entries(world: World) -> Line:
    """The last entries of the account, newest first: receipt, day, work and figure of each."""
    told = []
    for entry in list(world.mine())[:SHOWN]:
        said = figure(replace(State(key=entry.key), said=entry.content))
        told.append(f"• {entry.receipt}, {written_day(day_of(entry.at))}: {title(entry.key)}, {said}")
    return line("yours", entries="\n".join(told)) if told else line("yours_none")
