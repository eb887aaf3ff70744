"""Client of the dialogue engine's REST webhook.

DialogueError              the engine gave no usable reply
├── DialogueUnavailable      nobody answers at its address
├── DialogueTimeout          it did not answer in time
└── DialogueFault            it answered with an error or not in the agreed form
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

from bot.wire import Reply, TooSlow, Wire, WireError

Message = dict[str, Any]
OK = 200
IDLE_SECONDS = 30.0
"""Shorter than the engine keeps a silent connection."""


class DialogueError(Exception):
    """The engine gave no usable reply."""

    code = "dialogue"


class DialogueUnavailable(DialogueError):
    """Nobody answers at the engine's address."""

    code = "unavailable"


class DialogueTimeout(DialogueError):
    """The engine did not answer in time."""

    code = "timeout"


class DialogueFault(DialogueError):
    """The engine answered with an error status or not in the agreed form."""

    code = "fault"


class Dialogue:
    """Sends turns to the engine over kept-alive connections; where there are several, each conversation has its own.

    `addresses` are asked for before each call: a restarted child may listen on another port; None stands for one that is not there.
    `token` is what the engine asks of its callers, "" for one that asks for none.
    """

    def __init__(
        self, addresses: Callable[[], Sequence[str | None]], seconds: float, wire: Wire | None = None, token: str = ""
    ) -> None:
        self._addresses = addresses
        self._seconds = seconds
        self._wire = wire or Wire(IDLE_SECONDS)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def send(self, conversation: str, text: str, turn: str = "", again: bool = False) -> list[Message]:
        """One turn: the engine's messages as it sent them. One that is sent `again` under its id is carried out once.

        Raises:
            DialogueError: see the tree above.
        """
        body = {"sender": conversation, "message": text, "turn": turn, "again": again}
        reply = await self._call(self._address_of(conversation), "POST", "/webhooks/rest/webhook", body)
        try:
            messages = json.loads(reply.body)
        except ValueError as error:
            raise DialogueFault("not JSON") from error
        if not isinstance(messages, list) or not all(isinstance(m, dict) for m in messages):
            raise DialogueFault("not a list of messages")
        return messages

    async def forget(self, conversation: str) -> None:
        """Have a conversation removed from the engine's memory.

        Raises:
            DialogueError: see the tree above; it may still be there.
        """
        await self._call(self._address_of(conversation), "POST", "/webhooks/rest/forget", {"sender": conversation})

    async def check(self, address: str | None) -> None:
        """Return when the engine at an address is up with a model loaded.

        Raises:
            DialogueUnavailable, DialogueTimeout: not up, perhaps not yet.
            DialogueFault: up without a model, which it loads before it listens: waiting will not help.
        """
        await self._call(address, "GET", "/status")

    async def ready(self) -> bool:
        """Is every engine up with a model loaded?"""
        try:
            for address in self._addresses():
                await self.check(address)
        except DialogueError:
            return False
        return True

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _address_of(self, conversation: str) -> str | None:
        addresses = self._addresses()
        return addresses[crc32(conversation.encode()) % len(addresses)]

    async def _call(self, address: str | None, method: str, path: str, body: Message | None = None) -> Reply:
        if address is None:
            raise DialogueUnavailable("not running")
        sent = json.dumps(body).encode() if body is not None else b""
        try:
            reply = await self._wire.call(method, address + path, sent, self._headers, self._seconds)
        except TooSlow as error:
            raise DialogueTimeout(str(error)) from error
        except WireError as error:
            raise DialogueUnavailable(str(error)) from error
        if reply.status != OK:
            raise DialogueFault(f"status {reply.status}")
        return reply
