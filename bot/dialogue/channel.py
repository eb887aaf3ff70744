"""The engine's one channel: Rasa's REST convention on a private address, and each turn carried out once.

A turn is named by its id in the gateway's table. When the gateway sends one `again`, because a crash left it without the replies, and
the conversation on disk ends with that very turn, its replies are given from there instead of telling the engine the same thing twice.
"""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

log = logging.getLogger(__name__)


class Turns(InputChannel):
    """`POST /webhooks/rest/webhook` with `{"sender", "message", "turn"?, "again"?}` -> the replies as a list; 500 when the turn failed.

    `POST /webhooks/rest/forget` with `{"sender"}` removes a conversation, after the turn of it that is under way.
    """

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's events and in its address."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("turns")

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            call = request.json
            if not isinstance(call, dict) or not all(isinstance(call.get(k), str) for k in ("sender", "message")):
                return response.json({"error": "not a turn"}, status=400)
            sender, turn = call["sender"], call.get("turn")
            try:
                said = await said_before(request.app.ctx.agent, sender, turn) if call.get("again") and turn else None
                if said is None:
                    out = CollectingOutputChannel()
                    await on_new_message(
                        UserMessage(call["message"], out, sender, input_channel=self.name(), message_id=turn)
                    )
                    said = out.messages
            except Exception:
                log.exception("turn failed")
                return response.json({"error": "turn failed"}, status=500)
            return response.json(said)

        @routes.route("/forget", methods=["POST"])
        async def forget(request: Request) -> HTTPResponse:
            sender = request.json.get("sender") if isinstance(request.json, dict) else None
            if not isinstance(sender, str):
                return response.json({"error": "no conversation"}, status=400)
            agent = request.app.ctx.agent
            async with agent.lock_store.lock(sender):
                await agent.tracker_store.forget(sender)
            return response.json({"status": "ok"})

        return routes


async def said_before(agent: Agent, sender: str, turn: str) -> Optional[List[Dict[str, Any]]]:
    """The replies of a turn that a conversation ends with; None when it does not, or when it had none."""
    async with agent.lock_store.lock(sender):
        tracker = await agent.tracker_store.retrieve(sender)
    events: List[Event] = list(tracker.events) if tracker else []
    last = max((i for i, event in enumerate(events) if isinstance(event, UserUttered)), default=None)
    if last is None or events[last].message_id != turn:
        return None
    out = CollectingOutputChannel()
    for event in events[last:]:
        if isinstance(event, BotUttered):
            await out.send_response(sender, event.message())
    return out.messages or None
