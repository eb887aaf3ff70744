"""The dialog that takes a report: a pure step from the state and a message to a move."""

from __future__ import annotations

from dataclasses import replace

from knowledge.progress.dialog.inside import inside
from knowledge.progress.dialog.outside import outside
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.starting import report
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.turn import Heard, Line, Move, World
from knowledge.progress.types import Content


def hear(state: State | None, heard: Heard, world: World) -> Move:
    """What follows from a message. `state` is the report under way, None when there is none."""
    move = outside(heard, world) if state is None else inside(state, heard, world)
    return _taken_up(move, world)


def after(state: State, world: World, *before: Line) -> Move:
    """What comes up when a report is done: the next one of the same message, or nothing."""
    return _taken_up(Move(state, before, "next"), world)


def _taken_up(move: Move, world: World) -> Move:
    """Take up the next report of a queue while moves leave the one at hand."""
    while move.do == "next" and move.state is not None:
        state, lines = move.state, move.lines
        if not state.queue:
            return Move(None, lines)
        text, *rest = state.queue
        said = state.said if state.place == 0 else Content()  # the files of the message go with its first report
        fresh = State(said=said, queue=tuple(rest), place=state.place + 1, total=state.total, turn=state.turn)
        found = report(fresh, Heard(text, "log_progress", 1.0, read_message(text, world.today)), world)
        move = replace(found, lines=(*lines, *found.lines))
    return move
