"""The embedded tracker store: conversations live in memory, each turn appended to a file before its reply leaves.

Stock stores read, replay and write a whole conversation at every turn. Here the tracker of a conversation that goes on is used again as it
is, and a turn costs the writing of its own events. Several engines on one machine may share the file, each with conversations of its own:
the gateway sends a conversation always to the same one. On several machines they share Redis (`bot.dialogue.history.BoundedRedis`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Iterable, List, Optional, Union

import ujson
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.archive import Archive
from bot.dialogue.history import bounded

LIVE = 200
"""Conversations held in memory, about a quarter of a megabyte each; the one not heard of for longest makes room."""
DAYS = 30
FORGOTTEN_AT_ONCE = 20
"""Old conversations that each new one removes: none piles up, and no turn waits for a great clearing."""


@dataclass
class Live:
    """A tracker in memory, how many of its events are in the archive, and whether a turn is at work on it."""

    tracker: DialogueStateTracker
    archived: int
    out: bool = True


class LiveTrackers(TrackerStore):
    """Conversations in memory and in the SQLite file `path`.

    A tracker that was handed out and is asked for again before it was saved belongs to a turn that failed, or to a mere reader: the second
    one gets what is in the archive, so that a turn that broke off leaves no trace.
    """

    def __init__(
        self,
        domain: Optional[Domain],
        event_broker: Optional[EventBroker] = None,
        path: str = "",
        seat: Union[str, int] = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._live: "OrderedDict[str, Live]" = OrderedDict()
        self._archive = Archive(Path(path), DAYS * 86400, seat=int(seat))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation, to be worked on by one turn; None when it is new."""
        live = self._live.get(sender_id)
        if live is not None and not live.out:
            live.out = True
            return live.tracker
        pieces = self._archive.read(sender_id)
        if not pieces:
            return None
        tracker = self.init_tracker(sender_id)
        for piece in pieces:
            for event in deserialise_events(ujson.loads(piece)):
                tracker.update(event)
        self._live[sender_id] = Live(tracker, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the turn down, and cut the conversation when it is long."""
        name, live = tracker.sender_id, self._live.get(tracker.sender_id)
        archived = live.archived if live is not None and live.tracker is tracker else 0
        kept = bounded(tracker)
        try:
            if archived and kept is tracker:
                self._archive.append(name, _written(islice(tracker.events, archived, None)))
            else:
                self._archive.forget(FORGOTTEN_AT_ONCE)
                self._archive.replace(name, _written(kept.events))
        except BaseException:
            self._live.pop(name, None)
            raise
        self._live[name] = Live(kept, len(kept.events), out=False)
        self._live.move_to_end(name)
        while len(self._live) > LIVE:
            self._live.popitem(last=False)

    async def forget(self, sender_id: str) -> None:
        """Remove a conversation, from memory and from the file; one that nobody knows is none."""
        self._live.pop(sender_id, None)
        self._archive.remove(sender_id)

    async def keys(self) -> Iterable[str]:
        """The name of every conversation."""
        return self._archive.names()

    def close(self) -> None:
        """Close the file."""
        self._archive.close()


def _written(events: Iterable[Event]) -> str:
    listed: List[Any] = [event.as_dict() for event in events]
    return ujson.dumps(listed, ensure_ascii=False, escape_forward_slashes=False)
