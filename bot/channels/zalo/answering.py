"""From a recorded message to its replies: the channel's own answers to what is no question, the desk for everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.commands import CHANNEL, command_of, obeyed
from bot.channels.zalo.files import kept
from bot.messages.catalog import Lang, message
from bot.turns.desk import Desk
from bot.turns.dialogue import Message
from bot.turns.identity import conversation_id
from bot.turns.replies import told
from knowledge.progress.types import Evidence
from knowledge.store.accounts import AccountStore
from knowledge.store.deliveries import Delivery, DeliveryStore
from knowledge.store.turns import Turn, TurnStore
from knowledge.store.uploads import Uploads

LANG: Lang = "vi"
"""Zalo tells nothing of its users' language."""


@dataclass(frozen=True)
class Answering:
    """`notice` is what people are told while the channel is switched off; `file_limit` in bytes."""

    desk: Desk
    turns: TurnStore
    deliveries: DeliveryStore
    accounts: AccountStore
    uploads: Uploads
    client: ZaloClient
    secret: bytes
    notice: Callable[[str], Awaitable[str | None]]
    file_limit: int

    async def replies(self, delivery: Delivery, *, patient: bool) -> list[Message]:
        """The replies of a delivery's turn, stored with it.

        Raises:
            DialogueError: `patient`, and the dialogue engine gives no reply now.
        """
        turn = await asyncio.to_thread(self.turns.read, delivery.turn)
        if turn.replies is not None:
            return turn.replies
        text = await self._own(delivery, turn)
        if text is None:
            turn, text = await self._addressed(delivery, turn)
        if text is None:
            return await self.desk.carry(turn, LANG, patient=patient)
        replies = told(text, "social")
        await asyncio.to_thread(self.turns.finish, turn.id, "done", replies)
        return replies

    async def _own(self, delivery: Delivery, turn: Turn) -> str | None:
        """The channel's own answer, if it has one."""
        notice = await self.notice(CHANNEL)
        if notice is not None:
            return notice
        if delivery.kind == "follow":
            return message("zalo.greeting", LANG)
        if delivery.kind == "hasty":
            return message("zalo.too_fast", LANG)
        if delivery.kind == "other":
            return message("zalo.other", LANG)
        command = command_of(turn.text) if delivery.kind == "text" and not delivery.talk else None
        if command is None:
            return None
        await asyncio.to_thread(self.turns.start, turn.id)
        again = turn.state == "processing"
        return await asyncio.to_thread(obeyed, command, self.accounts, delivery.user, LANG, again=again)

    async def _addressed(self, delivery: Delivery, turn: Turn) -> tuple[Turn, str | None]:
        """The turn with its account and evidence; or what its sender is told instead."""
        if turn.state != "received":
            return turn, None
        known = None if delivery.talk else await asyncio.to_thread(self.accounts.linked, CHANNEL, delivery.user)
        account = known.id if known else ""
        evidence: list[Evidence] = []
        if delivery.kind == "file":
            if known is None:
                return turn, message("zalo.file_unlinked", LANG)
            evidence, trouble = await kept(self.client, self.uploads, account, delivery.attachments, self.file_limit)
            if trouble or not evidence:
                return turn, message(f"zalo.file_{trouble or 'gone'}", LANG, megabytes=self.file_limit // 1024**2)
        conversation = conversation_id(self.secret, CHANNEL, account, delivery.user)
        await asyncio.to_thread(self.deliveries.address, turn.id, conversation, account, evidence)
        return replace(turn, conversation=conversation, account=account, evidence=tuple(evidence)), None
