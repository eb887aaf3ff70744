"""Conversations with a bounded memory, so that a turn costs the same whether it is the fifth or the five hundredth.

Rasa copies, replays and stores every event of a conversation at every turn. What the policies need is the state (slots, active loop) and
the last few turns; what was said is kept in the application's own table. So a conversation that has grown long is cut to its last
turns, with the state before them written out as events of its own.
"""

from __future__ import annotations

from typing import List, Optional

from rasa.core.tracker_store import RedisTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

KEPT = 3
"""Turns a cut leaves. No rule or story of ours looks further back."""
LONGEST = 6
"""Turns a conversation may have before it is cut: cutting replays it, so it is not done at every turn."""


def bounded(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Return the tracker itself while it is short, else one of its last turns that is in the same state."""
    events = list(tracker.events)
    turns = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= LONGEST:
        return tracker
    cut = turns[-KEPT]
    before = _replayed(tracker, events[:cut])
    return _replayed(tracker, [*_state(before, events[cut].timestamp), *events[cut:]])


def _state(tracker: DialogueStateTracker, when: float) -> List[Event]:
    """Return the events that bring a new conversation into the state of this one."""
    slots = [SlotSet(s.name, s.value, timestamp=when) for s in tracker.slots.values() if s.value != s.initial_value]
    name = tracker.active_loop_name
    # As a form leaves them when it begins: it has run, it is active, it listens.
    loop = [ActionExecuted(name, timestamp=when), ActiveLoop(name, timestamp=when)] if name else []
    start = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=when), SessionStarted(timestamp=when)]
    return [*start, *loop, *slots, ActionExecuted(ACTION_LISTEN_NAME, timestamp=when)]


def _replayed(tracker: DialogueStateTracker, events: List[Event]) -> DialogueStateTracker:
    fresh = tracker.init_copy()
    for event in events:
        fresh.update(event)
    return fresh


class BoundedRedis(RedisTrackerStore):
    """Conversations in Redis, for several engines."""

    async def save(self, tracker: DialogueStateTracker, timeout: Optional[float] = None) -> None:
        """Store the conversation, cut when it is long, in place of what was stored: the older part is not wanted back."""
        await self.stream_events(tracker)
        content = self.serialise_tracker(bounded(tracker))
        self.red.set(self.key_prefix + tracker.sender_id, content, ex=timeout or self.record_exp)

    async def forget(self, sender_id: str) -> None:
        """Remove a conversation; one that nobody knows is none."""
        self.red.delete(self.key_prefix + sender_id)
