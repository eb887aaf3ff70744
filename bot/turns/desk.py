"""The way of one message: recorded, put in order, answered by the dialogue engine (or without it), replies stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal
from uuid import uuid4

import structlog

from bot.messages.catalog import Lang, message
from bot.turns.dialogue import Dialogue, DialogueError, Message
from bot.turns.identity import conversation_id
from bot.turns.neutral import neutralise
from bot.turns.order import Order, Place
from bot.turns.rate import Rate
from bot.turns.replies import agreed, canned, degraded, told
from knowledge.progress.types import Evidence
from knowledge.store.turns import Turn, TurnStore
from knowledge.text.normalise import lines
from knowledge.types import Answer

log = structlog.get_logger(__name__)
Outcome = Literal["done", "failed"]
Files = Callable[[], Awaitable[tuple[Evidence, ...]]]


@dataclass(frozen=True)
class Incoming:
    """A verified message. `sender` is the client's own name for the conversation, `account` an account id, "" for a citizen; `evidence`
    are the files that came with it, as the channel has kept them."""

    channel: str
    sender: str
    text: str
    account: str = ""
    message_id: str | None = None
    lang: Lang = "vi"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A message that is recorded and under way: its turn id and the replies to come."""

    id: str
    _task: asyncio.Task[list[Message]]

    async def replies(self) -> list[Message]:
        """Wait for the replies. The turn is carried through and stored even when the caller goes away."""
        return await asyncio.shield(self._task)


@dataclass(frozen=True)
class Measured:
    """What is measured of a turn: never its words."""

    channel: str
    status: str
    degraded: bool
    seconds: float


class MessageIdReused(Exception):
    """The client's message id belongs to another text or file of the same conversation."""


async def _open(_: str) -> None:
    """No channel is switched off."""


async def _at_once(replies: list[Message]) -> list[Message]:
    return replies


class Desk:
    """Takes messages in and carries them through.

    `alone` answers a single question without the dialogue engine (it blocks, and runs on a thread); `notice` gives what people are told on
    a channel that is switched off, None for one that is on.
    """

    def __init__(
        self,
        store: TurnStore,
        dialogue: Dialogue,
        alone: Callable[[str], Answer],
        secret: bytes,
        rate: Rate,
        message_limit: int = 2000,
        observe: Callable[[Measured], None] = lambda _: None,
        notice: Callable[[str], Awaitable[str | None]] = _open,
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._alone = alone
        self._secret = secret
        self._rate = rate
        self._limit = message_limit
        self._observe = observe
        self._notice = notice
        self._order = Order()
        self._running: set[asyncio.Task[list[Message]]] = set()

    async def take(self, incoming: Incoming, files: Files | None = None) -> Taken:
        """Record a message and start on it; it waits for its place in the conversation.

        `files` keeps what comes with it; it is called once the message is let in.
        On a channel that is switched off it is not recorded, and its reply is the notice.

        Raises:
            TooMany: the conversation sends too fast.
            MessageIdReused: its id stands for another text or file.
            Exception: what `files` raises; nothing is recorded then.
        """
        conversation = conversation_id(self._secret, incoming.channel, incoming.account, incoming.sender)
        self._rate.take(conversation)
        notice = await self._notice(incoming.channel)
        if notice is not None:
            return Taken(uuid4().hex, asyncio.create_task(_at_once(told(notice, "error"))))
        if files is not None:
            incoming = replace(incoming, evidence=await files())
        whole = lines(incoming.text)
        text = whole[: self._limit]
        place = self._order.join(conversation)
        try:
            turn, new = await asyncio.to_thread(
                self._store.receive,
                incoming.channel,
                conversation,
                text,
                incoming.message_id,
                incoming.account,
                incoming.evidence,
                place.first,
            )
            if (turn.text, turn.evidence) != (text, incoming.evidence):
                raise MessageIdReused
        except BaseException:
            place.skip()
            raise
        task = asyncio.create_task(self._carry(turn, new, place, len(whole), incoming.lang))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return Taken(turn.id, task)

    async def carry(self, turn: Turn, lang: Lang = "vi", *, patient: bool = False) -> list[Message]:
        """Carry through a turn that its channel has recorded itself; one that was answered is not carried again.

        Raises:
            DialogueError: `patient`, and the dialogue engine gives no reply: the turn may be carried another time.
        """
        place = self._order.join(turn.conversation)
        return await self._carry(turn, turn.state == "received", place, len(turn.text), lang, patient)

    def after(self, conversation: str) -> Place:
        """A place behind the turns of a conversation that are under way, for what is no turn; to be entered at once."""
        return self._order.join(conversation)

    async def drain(self, seconds: float) -> None:
        """Wait for the turns under way, at most `seconds`."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    async def _carry(
        self, turn: Turn, new: bool, place: Place, length: int, lang: Lang, patient: bool = False
    ) -> list[Message]:
        began = time.perf_counter()
        async with place:
            if not new:
                # A message sent again: what its first sending has stored by now, if it got that far.
                turn = await asyncio.to_thread(self._store.read, turn.id)
                if turn.state == "done" and turn.replies is not None:
                    return turn.replies
            if not (new and turn.state == "processing"):
                await asyncio.to_thread(self._store.start, turn.id)
            state, replies = await self._reply(turn, not new, length, lang, patient)
            await asyncio.to_thread(self._store.finish, turn.id, state, replies)
        self._tell(turn, state, replies, time.perf_counter() - began)
        return replies

    async def _reply(
        self, turn: Turn, again: bool, length: int, lang: Lang, patient: bool
    ) -> tuple[Outcome, list[Message]]:
        if length > self._limit:
            return "done", canned("too_long", "error", lang, length=length, limit=self._limit)
        words = neutralise(turn.text)
        if not words and turn.evidence:
            words = message("turn.attached", lang)
        if not words:
            return "done", canned("empty", "clarify", lang)
        try:
            replies = agreed(await self._dialogue.send(turn.conversation, words, turn.id, again))
        except DialogueError as error:
            if patient:
                raise
            log.warning("degraded", turn=turn.id, cause=error.code, detail=str(error))
            return await self._without_engine(turn, words, lang)
        return ("done", replies) if replies else ("failed", canned("engine_silent", "error", lang))

    async def _without_engine(self, turn: Turn, words: str, lang: Lang) -> tuple[Outcome, list[Message]]:
        try:
            return "done", degraded(await asyncio.to_thread(self._alone, words), lang)
        except Exception:  # the last line of defence: whatever went wrong, the person gets a courteous reply
            log.exception("unanswered", turn=turn.id)
            return "failed", canned("failed", "error", lang)

    def _tell(self, turn: Turn, state: Outcome, replies: list[Message], seconds: float) -> None:
        custom: Message = next((m["custom"] for m in replies if "custom" in m), {})
        measured = Measured(turn.channel, str(custom.get("status")), custom.get("degraded") is True, seconds)
        self._observe(measured)
        log.info(
            "turn", turn=turn.id, channel=turn.channel, state=state, status=measured.status, degraded=measured.degraded,
            ms=round(seconds * 1000),
        )  # fmt: skip
