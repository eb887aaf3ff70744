"""One turn at a time per conversation, in the order in which messages came."""

from __future__ import annotations

import asyncio


class Order:
    """Gives out places in a queue per conversation: taken at once by `join`, entered with `async with`."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Future[None]] = {}

    def join(self, conversation: str) -> Place:
        """Take the next place of a conversation."""
        before = self._last.get(conversation)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._last[conversation] = done
        done.add_done_callback(lambda _: self._forget(conversation, done))
        return Place(before, done)

    def __len__(self) -> int:
        return len(self._last)

    def _forget(self, conversation: str, done: asyncio.Future[None]) -> None:
        if self._last.get(conversation) is done:
            del self._last[conversation]


class Place:
    """A place in the queue: entering waits for the place before it, leaving (or skipping) lets the next one in."""

    def __init__(self, before: asyncio.Future[None] | None, done: asyncio.Future[None]) -> None:
        self._before = before
        self._done = done

    @property
    def first(self) -> bool:
        """Was nobody before it when it was taken?"""
        return self._before is None

    async def __aenter__(self) -> None:
        if self._before is None:
            return
        try:
            await asyncio.shield(self._before)
        except asyncio.CancelledError:
            self.skip()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    def skip(self) -> None:
        """Give the place up unused. Whoever comes next still waits for the one before it."""
        if self._before is None:
            self._leave()
        else:
            self._before.add_done_callback(lambda _: self._leave())

    def _leave(self) -> None:
        if not self._done.done():
            self._done.set_result(None)
