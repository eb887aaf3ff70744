"""The states of a conversation as the policies see them, and copies of it, without playing it from its beginning again.

Rasa replays all events of a conversation to find its states, at each prediction, and once more to hand an action a copy.
A conversation only grows, so here the replay goes on where the last one ended. `bot.dialogue.lean` puts this in Rasa's place.
"""

from __future__ import annotations

import copy
from typing import Any, Dict, List, Optional

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    Event,
    FollowupAction,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_from_the_beginning = Domain.states_for_tracker_history
_by_replaying = DialogueStateTracker.copy

TURNING = (ActionReverted, FollowupAction, Restarted, UserUtteranceReverted)
"""Events that take back others, or name what comes next."""
SETTLING = (ActionExecuted, SessionStarted, UserUttered)
"""Events that settle what comes next: to listen in the beginning, then what the policies say."""


class Replay:
    """A conversation played so far: its applied events, the tracker they lead to, the state before each action."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.events: List[Event] = []
        self.tracker = tracker.init_copy()
        self.states: List[State] = []

    def leads_to(self, events: List[Event]) -> bool:
        """Is this the beginning of these events?"""
        return self.events == events[: len(self.events)]

    def go_on(self, events: List[Event], domain: Domain) -> None:
        """Play the events after those that were played."""
        for event in events[len(self.events) :]:
            if isinstance(event, ActionExecuted):
                self.states.append(domain.get_active_state(self.tracker))
            self.tracker.update(event)
        self.events = events


def states_for_tracker_history(
    domain: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: Optional[Dict[str, Any]] = None,
) -> List[State]:
    """The state before each action and the present one. What the policies do to them stays theirs."""
    if omit_unset_slots or ignore_rule_only_turns:
        states: List[State] = _from_the_beginning(
            domain, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data
        )
        return states
    events = tracker.applied_events()
    replay: Optional[Replay] = tracker.__dict__.get("_replay")
    if replay is None or not replay.leads_to(events):
        replay = tracker._replay = Replay(tracker)
    replay.go_on(events, domain)
    return [
        *({part: dict(value) for part, value in state.items()} for state in replay.states),
        domain.get_active_state(replay.tracker),
    ]


def copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker in the same state, as an action gets it."""
    if any(isinstance(event, TURNING) for event in tracker.events):
        replayed: DialogueStateTracker = _by_replaying(tracker)
        return replayed
    fresh: DialogueStateTracker = copy.copy(tracker)
    fresh.__dict__.pop("_replay", None)
    fresh.events = copy.copy(tracker.events)
    fresh.slots = {name: copy.copy(slot) for name, slot in tracker.slots.items()}
    fresh.active_loop = copy.copy(tracker.active_loop)
    # As the events alone tell: what was set aside for later, and which model takes part, only the original knows.
    last = next((event for event in reversed(tracker.events) if isinstance(event, SETTLING)), None)
    fresh.followup_action = ACTION_LISTEN_NAME if last is None or isinstance(last, SessionStarted) else None
    fresh.model_id = fresh.assistant_id = fresh.sender_source = None
    return fresh
