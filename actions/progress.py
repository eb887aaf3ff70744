"""The form in which progress is reported: each message goes to the dialog of `knowledge.progress`, whose moves are carried out here.

What is under way is kept in the drafts; the form's slots only show the engine how far it has come. Who speaks is read from the turn
that the gateway recorded, never from the message or the slots.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.answering import OUTSIDE, answer_to
from actions.conversation import as_question, question_of, remember, utter
from actions.drafts import Held, held, keep, mark_of, put_aside, take_up, unfinished
from actions.services import Services
from actions.world import Speaker, heard_of, speaker_of, utter_lines, world_of
from knowledge.errors import BadProgress, Forbidden, KeyReused, LedgerBroken, UnknownEntry
from knowledge.progress.dialog.asking import complained, go_on, line, record_of, refused, saved_otherwise
from knowledge.progress.dialog.cues import asks_something, asks_to_report
from knowledge.progress.dialog.dialog import after, hear
from knowledge.progress.dialog.misread import REPORTERS, meant
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.telling import Before, summary
from knowledge.progress.dialog.turn import Line, Move, World
from knowledge.progress.types import Content, Entry
from knowledge.types import Question

logger = logging.getLogger(__name__)


class ProgressForm(Action):
    """Carries a report through, one message at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def name(self) -> str:
        """The name under which the engine calls it for every message while the form is active."""
        return "validate_progress_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Hear the message, do what follows, and say so."""
        speaker = speaker_of(self._services, tracker.sender_id)
        return _Turn(self._services, dispatcher, tracker, question_of(tracker), speaker).carry()


def report_instead(
    services: Services, dispatcher: CollectingDispatcher, tracker: Tracker, question: Question, speaker: Speaker
) -> list[dict[str, Any]] | None:
    """Take a message that was understood as a question for the report it is; None when it is none.

    The events leave the conversation as if the form had been called: it is active when it waits for an answer.
    """
    if speaker.account.role not in REPORTERS and not asks_to_report(question.text):
        return None  # whoever else gives a figure is asking about it
    turn = _Turn(services, dispatcher, tracker, question, speaker)
    if not turn.misread():
        return None
    events = turn.carry()
    if any(e["name"] == "requested_slot" and e["value"] for e in events if e["event"] == "slot"):
        events += [ActiveLoop("progress_form"), ActionExecuted("progress_form")]
    return events


class _Turn:
    """One message on its way through the dialog."""

    def __init__(
        self,
        services: Services,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        question: Question,
        speaker: Speaker,
    ) -> None:
        self._services = services
        self._dispatcher = dispatcher
        self._tracker = tracker
        self._question = question
        self._speaker = speaker
        self._events: list[dict[str, Any]] = []
        self._receipt: str = tracker.get_slot("receipt") or ""
        self._world: World = world_of(services, question, self._receipt, speaker)
        self._saved = ""
        self._failed = False

    def misread(self) -> bool:
        """Whether the message is a report although it was understood as a question."""
        return bool(meant(heard_of(self._question, self._speaker, self._world.today, ""), self._world))

    def carry(self) -> list[dict[str, Any]]:
        """Do what follows from the message."""
        found = held(self._services, self._speaker)
        world = self._world
        move = self._move(found, world)
        while move.do in ("save", "keep", "resume", "answer"):
            move = self._done(move, world)
        with suppress(SQLAlchemyError) if self._failed else nullcontext():
            keep(self._services, self._speaker, move.state, self._saved, there=found.there)
        if found.there and move.state is None and not self._saved:
            self._receipt = ""
        lines = move.lines
        if found.expired:
            lines = (*lines, line("expired"))
        elif move.state is None and not self._tracker.get_slot("mentioned"):
            lines = (*lines, *unfinished(self._services, self._speaker))
        utter_lines(self._dispatcher, lines)
        return [*self._events, *_slots(move.state, self._receipt)]

    def _move(self, found: Held, world: World) -> Move:
        """What this message leads to; a turn that was carried out before, and is played again, says what it said."""
        state = found.state
        before = self._services.ledger.by_key(found.saved) if found.saved else None
        if found.turn == self._speaker.turn and (before or state):
            said = (
                ()
                if before is None
                else (self._told(before, found.saved, State(key=before.key, said=before.content), world),)
            )
            move = go_on(state, world) if state is not None else Move(None)
            return replace(move, lines=(*said, *move.lines))
        if state is None and self._waiting and not found.expired:
            if before is None:
                heard = heard_of(self._question, self._speaker, world.today, "")
                return Move(None, (line("moved"),), do="answer" if asks_something(heard) else "")
            world = replace(world, receipt=before.receipt)
        asked = state.asks if state is not None else ""
        return hear(state, heard_of(self._question, self._speaker, world.today, asked), world)

    @property
    def _waiting(self) -> bool:
        """Whether the engine believes that a report is under way."""
        return bool(self._speaker.account.id and self._tracker.get_slot("requested_slot"))

    def _done(self, move: Move, world: World) -> Move:
        """Carry out what a move does, and return what is then to be said."""
        state = move.state
        if move.do == "answer":
            question = as_question(self._question)
            if state is not None and (about := state.choices[:1] if state.key is None else (state.key,)):
                question = replace(question, focus=(*about, *question.focus))
            answer = answer_to(question, self._services, self._speaker)
            if move.otherwise is not None and (answer is None or answer.status != "answered"):
                return move.otherwise
            if answer is None:
                self._dispatcher.utter_message(response=OUTSIDE)
            else:
                utter(self._dispatcher, answer)
            if state is None:
                self._events += remember(question, answer) if answer is not None else []
                return Move(None, move.lines)
            return go_on(state, world, reminding=True)
        if move.do == "resume":
            taken = take_up(self._services, self._speaker)
            return go_on(taken, world) if taken is not None else Move(None, move.lines)
        assert state is not None  # noqa: S101  (saved or kept is a report)
        if move.do == "keep":
            put_aside(self._services, self._speaker, state)
            return Move(None, move.lines)
        return self._save(state, world, move.lines)

    def _save(self, state: State, world: World, lines: tuple[Line, ...]) -> Move:
        """Write the report into the ledger, which checks once more who may and what can be."""
        content = Content() if state.kind == "undo" else state.content
        mark = mark_of(state, self._speaker)
        try:
            entry = self._services.ledger.append(
                self._speaker.account.id, record_of(state), content, self._speaker.channel, mark,
                kind=state.kind, corrects=state.corrects,
            )  # fmt: skip
        except Forbidden as error:
            return after(state, world, *lines, refused(state, error, world))
        except BadProgress as error:
            return complained(state, error, world)
        except KeyReused:
            known = self._services.ledger.by_key(mark)
            assert known is not None  # noqa: S101  (a key that is reused is there)
            return saved_otherwise(state, known, world)
        except UnknownEntry:
            return Move(None, (*lines, line("nothing_saved")))
        except (LedgerBroken, SQLAlchemyError):
            logger.exception("a report was not saved")
            self._failed = True
            return Move(state.asking("confirm"), (*lines, line("save_failed")))
        self._events.append(SlotSet("focus", [str(entry.key)]))
        return after(state, world, *lines, self._told(entry, mark, state, world))

    def _told(self, entry: Entry, mark: str, state: State, world: World) -> Line:
        """What is said of an entry that this turn saved under a mark."""
        self._receipt, self._saved = entry.receipt, mark
        if entry.kind == "undo":
            old = next((e for e in self._services.ledger.entries([entry.record]) if e.id == entry.corrects), entry)
            return line("undone", receipt=entry.receipt, old=old.receipt)
        told = summary(replace(state, corrects=None), Before(), world.today, world.lang, remarks=False)
        return line("saved", receipt=entry.receipt, summary=told)


def _slots(state: State | None, receipt: str) -> list[dict[str, Any]]:
    """The form as the engine sees it; `requested_slot` None ends it."""
    shown = state or State()
    return [
        SlotSet("task", str(shown.key) if shown.key else None),
        SlotSet("percent", shown.said.percent if shown.part == "tasks" else shown.said.value),
        SlotSet("confirm", None),
        SlotSet("receipt", receipt or None),
        SlotSet("mentioned", True),
        SlotSet("requested_slot", state.asks if state is not None else None),
    ]
