"""A talk played against the dialog, which is a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from knowledge.progress.dialog.dialog import after, hear
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.turn import Heard, Move, World
from knowledge.progress.reading import read_report
from knowledge.progress.types import Account, Content
from knowledge.types import Key

TODAY = date(2026, 9, 15)
POLICE = Account("p", "staff", "Công an tỉnh")
SOC = Key("kh-ubnd", "tasks", "34")
WORLD = World(POLICE, TODAY)


def heard(text: str, intent: str, asked: str = "", confidence: float = 0.9) -> Heard:
    return Heard(text, intent, confidence, read_report(text, TODAY, asked))


@dataclass
class Talk:
    """Plays messages, and saves as the caller of the dialog would."""

    world: World = WORLD
    state: State | None = None
    move: Move | None = None

    def say(self, text: str, intent: str) -> list[str]:
        """What is done and uttered."""
        move = hear(self.state, heard(text, intent, self.state.asks if self.state else ""), self.world)
        done = [move.do] if move.do else []
        if move.do == "save":
            assert move.state is not None
            move = after(move.state, self.world, *move.lines)
        if move.do != "answer":
            self.state = move.state
        self.move = move
        return [*done, *(line.response.removeprefix("utter_progress_") for line in move.lines)]

    @property
    def said(self) -> Content:
        assert self.state is not None
        return self.state.said


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def confirming() -> Talk:
    """A report of 40 % on the operations centre, waiting to be confirmed."""
    talk = Talk()
    assert talk.say("SOC đạt 40%", "log_progress") == ["confirm"]
    return talk
