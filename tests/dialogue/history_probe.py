"""Run by the dialogue engine's interpreter: conversations before and after they are stored and read again, as JSON.

Arguments: a folder for the store's file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue import live  # noqa: E402

FILE = str(Path(sys.argv[1]) / "conversations.db")


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "latest": tracker.latest_message.text if tracker.latest_message else None,
        "next": tracker.latest_action_name,
    }


def turn(tracker: DialogueStateTracker, domain: Domain, number: int) -> None:
    tracker.update(ActionExecuted("action_listen"), domain)
    tracker.update(UserUttered(f"message {number}", {"name": "ask_task", "confidence": 1.0}), domain)
    tracker.update(ActionExecuted("action_ask"), domain)
    tracker.update(BotUttered(f"answer {number}"), domain)
    tracker.update(SlotSet("focus", [f"kh-tu/tasks/{number}"]), domain)


async def long_talk(domain: Domain) -> dict[str, Any]:
    """Two hundred turns, each stored and asked for again; every tenth time by an engine that was started anew."""
    store = live.LiveTrackers(domain, path=FILE)
    tracker = await store.get_or_create_tracker("long")
    tracker.update(ActiveLoop("some_form"), domain)
    turns = []
    for number in range(200):
        turn(tracker, domain, number)
        if number == 3:
            tracker.update(SlotSet("facets", ["lead"]), domain)
        wanted = state(tracker)
        await store.save(tracker)
        if number % 10 == 9:
            store.close()
            store = live.LiveTrackers(domain, path=FILE)
        found = await store.retrieve("long")
        assert found is not None
        tracker = found
        turns.append({"wanted": wanted, "got": state(tracker), "events": len(tracker.events)})
    store.close()
    return {"turns": turns}


async def broken_off(domain: Domain) -> dict[str, Any]:
    """A turn that is never saved, and the one after it."""
    store = live.LiveTrackers(domain, path=FILE)
    tracker = await store.get_or_create_tracker("broken")
    turn(tracker, domain, 1)
    await store.save(tracker)
    wanted = state(tracker)
    lost = await store.retrieve("broken")
    assert lost is not None
    turn(lost, domain, 2)
    again = await store.retrieve("broken")
    assert again is not None
    got = state(again)
    turn(again, domain, 3)
    await store.save(again)
    store.close()
    after = await live.LiveTrackers(domain, path=FILE).retrieve("broken")
    assert after is not None
    return {"wanted": wanted, "got": got, "after": state(after)["latest"]}


async def many(domain: Domain) -> dict[str, Any]:
    """More conversations than are held in memory: each goes on."""
    live.LIVE = 5
    store = live.LiveTrackers(domain, path=FILE)
    for number in (*range(20), *range(20)):
        tracker = await store.get_or_create_tracker(f"talk {number}")
        turn(tracker, domain, number)
        await store.save(tracker)
    said = []
    for number in range(20):
        tracker = await store.get_or_create_tracker(f"talk {number}")
        said.append([event.text for event in tracker.events if isinstance(event, UserUttered)])
    known = [name for name in await store.keys() if name.startswith("talk")]
    store.close()
    return {"said": said, "known": len(known)}


async def main() -> None:
    domain = Domain.load(str(ROOT / "bot" / "dialogue" / "domain"))
    found = {}
    for probe in (long_talk, broken_off, many):
        found[probe.__name__] = await probe(domain)
    print(json.dumps(found))


asyncio.run(main())
