"""What is deleted here is forgotten by the dialogue engine too: at once where it is there, else as soon as it is."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bot.turns.dialogue import Dialogue, DialogueError, DialogueTimeout, DialogueUnavailable
from knowledge.store.forgetting import ForgettingStore

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
"""How often one looks for what others have deleted: the command line, another gateway, a person who withdraws on Zalo."""
PROMPT_SECONDS = 3.0
"""How long a person who deletes a conversation waits for the engine: what it has not done by then it does later."""
AT_ONCE = 200


class Forgetter:
    """Deletes conversations and has the engine forget them."""

    def __init__(self, store: ForgettingStore, dialogue: Dialogue) -> None:
        self._store = store
        self._dialogue = dialogue

    async def forget(self, conversation: str) -> int:
        """Delete a conversation; how many turns these were."""
        deleted = await asyncio.to_thread(self._store.conversation, conversation)
        with suppress(DialogueError, TimeoutError):
            async with asyncio.timeout(PROMPT_SECONDS):
                await self._tell(conversation)
        return deleted

    async def catch_up(self) -> None:
        """Have the engine forget what it has still to forget, as far as that goes now."""
        for conversation in await asyncio.to_thread(self._store.left, AT_ONCE):
            try:
                await self._tell(conversation)
            except DialogueTimeout:  # it has enough to do
                return
            except DialogueUnavailable:  # another engine may have the next one
                continue
            except DialogueError as error:
                log.warning("engine does not forget", cause=error.code, detail=str(error))

    async def _tell(self, conversation: str) -> None:
        await self._dialogue.forget(conversation)
        await asyncio.to_thread(self._store.settle, conversation)
