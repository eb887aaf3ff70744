"""Ask questions over the public convention: of a running server, or of one made for the purpose inside this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from bot.gateway.settings import Settings
from bot.messages.catalog import message

Message = dict[str, Any]
LOOK_SECONDS = 2.0


class AskFailed(Exception):
    """No answer could be had; the text is one line that says why."""


class Asker:
    """One conversation with a server."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._sender = f"cli-{uuid4().hex}"

    async def ask(self, text: str) -> list[Message]:
        """The replies to a message.

        Raises:
            AskFailed: the server can not be asked or refuses.
        """
        body = {"sender": self._sender, "message": text}
        try:
            response = await self._client.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            replies: list[Message] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AskFailed(
                message("ask.unreachable", url=self._client.base_url, reason=error or type(error).__name__)
            ) from error
        return replies


@asynccontextmanager
async def asker(settings: Settings, starting: Callable[[], None], say: Callable[..., None]) -> AsyncIterator[Asker]:
    """An asker of the server at `settings.url`; when none runs there, calls `starting` and runs the service in this process.

    Raises:
        BadSetting, StartFailed: the service can not be started here.
    """
    timeout = httpx.Timeout(settings.rasa_seconds + 10)
    if await runs(settings.url):
        async with httpx.AsyncClient(base_url=settings.url, timeout=timeout, trust_env=False) as client:
            yield Asker(client)
        return
    starting()
    from bot.cli.assembly import assembled

    async with assembled(settings, say) as service:
        await service.start(say)
        transport = httpx.ASGITransport(app=service.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sauro", timeout=timeout) as client:
            yield Asker(client)


async def runs(url: str) -> bool:
    """Does a server answer there?"""
    try:
        async with httpx.AsyncClient(timeout=LOOK_SECONDS, trust_env=False) as client:
            return (await client.get(f"{url}/healthz")).is_success
    except httpx.HTTPError:
        return False
