"""Client of the dialogue engine's REST webhook.

DialogueError              the engine gave no usable reply
├── DialogueUnavailable      nobody answers at its address
├── DialogueTimeout          it did not answer in time
└── DialogueFault            it answered with an error or not in the agreed form
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

Message = dict[str, Any]


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
    """Sends turns to the engine over kept-alive connections.

    `address` is asked for before each call: a restarted child may listen on another port; None while there is no engine.
    `token` is what the engine asks of its callers, "" for one that asks for none.
    """

    def __init__(
        self,
        address: Callable[[], str | None],
        seconds: float,
        transport: httpx.AsyncBaseTransport | None = None,
        token: str = "",
    ) -> None:
        self._address = address
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)
        # The engine is on this machine or in this network: a proxy named in the environment is never meant for it.
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.AsyncClient(
            timeout=seconds, limits=limits, headers=headers, transport=transport, trust_env=False
        )

    async def send(self, conversation: str, text: str, turn: str = "", again: bool = False) -> list[Message]:
        """One turn: the engine's messages as it sent them. One that is sent `again` under its id is carried out once.

        Raises:
            DialogueError: see the tree above.
        """
        body = {"sender": conversation, "message": text, "turn": turn, "again": again}
        response = await self._call("POST", "/webhooks/rest/webhook", body)
        try:
            messages = response.json()
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
        await self._call("POST", "/webhooks/rest/forget", {"sender": conversation})

    async def check(self) -> None:
        """Return when the engine is up with a model loaded.

        Raises:
            DialogueUnavailable, DialogueTimeout: not up, perhaps not yet.
            DialogueFault: up without a model, which it loads before it listens: waiting will not help.
        """
        await self._call("GET", "/status")

    async def ready(self) -> bool:
        """Is the engine up with a model loaded?"""
        try:
            await self.check()
        except DialogueError:
            return False
        return True

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _call(self, method: str, path: str, body: Message | None = None) -> httpx.Response:
        address = self._address()
        if address is None:
            raise DialogueUnavailable("not running")
        try:
            response = await self._client.request(method, address + path, json=body)
        except httpx.TimeoutException as error:
            raise DialogueTimeout(type(error).__name__) from error
        except httpx.TransportError as error:
            raise DialogueUnavailable(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise DialogueFault(f"status {response.status_code}")
        return response
