"""Run by the dialogue engine's interpreter: a long conversation before and after it is stored and read again, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue.history import BoundedMemory  # noqa: E402


def state(tracker: DialogueStateTracker) -> dict:
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "latest": tracker.latest_message.text,
        "next": tracker.latest_action_name,
    }


async def main() -> None:
    domain = Domain.load(str(ROOT / "bot" / "dialogue" / "domain"))
    store = BoundedMemory(domain)
    tracker = DialogueStateTracker("c", domain.slots)
    tracker.update(ActiveLoop("some_form"), domain)
    out = []
    for i in range(200):
        tracker.update(ActionExecuted("action_listen"), domain)
        tracker.update(UserUttered(f"message {i}", {"name": "ask_task", "confidence": 1.0}), domain)
        tracker.update(ActionExecuted("action_ask"), domain)
        tracker.update(BotUttered(f"answer {i}"), domain)
        tracker.update(SlotSet("focus", [f"kh-tu/tasks/{i}"]), domain)
        if i == 3:
            tracker.update(SlotSet("facets", ["lead"]), domain)
        wanted = state(tracker)
        await store.save(tracker)
        tracker = await store.retrieve("c")
        out.append({"wanted": wanted, "got": state(tracker), "events": len(tracker.events)})
    print(json.dumps(out))


asyncio.run(main())
