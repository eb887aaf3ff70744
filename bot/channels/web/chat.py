"""The widget's calls: a session, a turn as a stream, the history of a conversation, what people think of an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from bot.channels.auth import account_of
from bot.channels.errors import ApiError
from bot.channels.sending import taken
from bot.channels.web.events import turn_events
from bot.channels.web.payload import SHARED, Upload, WebMessage, parse, parse_feedback
from bot.channels.web.session import foreign, hand_out, new_session, session_of, signed
from bot.turns.desk import Desk, Files, Incoming
from bot.turns.forgetting import Forgetter
from bot.turns.identity import conversation_id
from knowledge.errors import BadEvidence
from knowledge.progress.types import Account, Evidence
from knowledge.store.feedback import FeedbackStore, Vote
from knowledge.store.turns import Turn, TurnStore
from knowledge.store.uploads import Uploads

CHANNEL = "web"
EVIDENCE = "/api/chat/evidence"
Caller = Annotated[Account, Depends(account_of)]
Named = Annotated[str, Query(max_length=256)]
SHOWN_TURNS = 50
# What is wrong with a file.
BAD_FILES = {
    "empty": "file_empty",
    "kind": "file_kind",
    "content": "file_content",
    "large": "file_large",
    "full": "file_full",
}


@dataclass(frozen=True)
class Chats:
    """What the widget's calls work on. `about` is what the widget tells people; `origins` are other sites that may call."""

    desk: Desk
    turns: TurnStore
    feedback: FeedbackStore
    uploads: Uploads
    forgetter: Forgetter
    secret: bytes
    origins: tuple[str, ...]
    about: dict[str, Any]

    def session(self, request: Request) -> str:
        """The session of a call.

        Raises:
            ApiError: 401 without one, 403 from a page of a site that may not call.
        """
        session = session_of(request, self.secret, self.origins)
        if session is None:
            raise ApiError(401, "no_session")
        return session

    def conversation(self, request: Request, account: Account, name: str) -> str:
        """The id of a conversation that the caller names.

        Raises:
            ApiError: as `session`.
        """
        sender = f"{self.session(request)} {name}"
        return conversation_id(self.secret, CHANNEL, account.id, sender)


def chat_router(chats: Chats) -> APIRouter:
    """The routes under `/api/chat/`."""
    router = APIRouter(prefix="/api/chat", tags=["chat"])

    @router.post("/session", summary="Open a session, or find the one that the browser has")
    async def session(request: Request) -> JSONResponse:
        there = foreign(request, chats.origins)
        known = session_of(request, chats.secret, chats.origins)
        name = known or new_session()
        token = signed(chats.secret, name) if there else None
        response = JSONResponse({"session": token, "about": chats.about})
        if not there:
            hand_out(response, request, chats.secret, name)
        return response

    @router.post("/stream", summary="A turn as server-sent events", response_class=StreamingResponse)
    async def stream(request: Request, account: Caller) -> StreamingResponse:
        known = chats.session(request) if foreign(request, chats.origins) else session_of(request, chats.secret, ())
        session = known or new_session()
        response = await _streamed(chats, session, account, parse(await request.body()))
        if known is None:
            hand_out(response, request, chats.secret, session)
        return response

    @router.post("/evidence", summary="Send a file for the report that is being told", response_class=StreamingResponse)
    async def evidence(request: Request, account: Caller, asked: Annotated[Upload, Query()]) -> StreamingResponse:
        session = chats.session(request)
        if not account.id:
            raise ApiError(403, "sign_in_first")

        async def files() -> tuple[Evidence, ...]:
            data = await request.body()
            return (await asyncio.to_thread(chats.uploads.keep, account.id, asked.name, data),)

        sent = WebMessage(asked.conversation, "", asked.message_id, asked.lang)
        try:
            return await _streamed(chats, session, account, sent, files)
        except BadEvidence as error:
            raise _bad_file(error) from None

    @router.get("/history", summary="The last turns of a conversation")
    async def history(request: Request, account: Caller, conversation: Named = SHARED) -> JSONResponse:
        own = chats.conversation(request, account, conversation)
        turns = await asyncio.to_thread(chats.turns.history, own, SHOWN_TURNS)
        votes = await asyncio.to_thread(chats.feedback.votes, own)
        return JSONResponse([_shown(turn, votes.get(turn.id)) for turn in turns])

    @router.delete("/history", summary="Delete a conversation")
    async def forget(request: Request, account: Caller, conversation: Named = SHARED) -> dict[str, int]:
        own = chats.conversation(request, account, conversation)
        async with chats.desk.after(own):  # what is being answered goes too
            return {"deleted": await chats.forgetter.forget(own)}

    @router.post("/feedback", summary="Say what an answer was worth")
    async def feedback(request: Request, account: Caller) -> dict[str, bool]:
        sent = parse_feedback(await request.body())
        own = chats.conversation(request, account, sent.conversation)
        if not await asyncio.to_thread(chats.feedback.put, own, sent.turn, sent.vote, sent.comment):
            raise ApiError(404, "not_found")
        return {"kept": sent.vote is not None}

    return router


async def _streamed(
    chats: Chats, session: str, account: Account, sent: WebMessage, files: Files | None = None
) -> StreamingResponse:
    sender = f"{session} {sent.conversation}"
    incoming = Incoming(CHANNEL, sender, sent.text, account.id, sent.message_id, sent.lang)
    events = turn_events(await taken(chats.desk, incoming, files), sent.conversation)
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _bad_file(error: BadEvidence) -> ApiError:
    limit = error.details.get("limit")
    megabytes = int(str(limit)) // 1024**2 if limit else 0
    return ApiError(
        422,
        BAD_FILES[str(error.details["reason"])],
        kinds=error.details.get("kinds", ""),
        limit=limit,
        megabytes=megabytes,
    )


def _shown(turn: Turn, vote: Vote | None) -> dict[str, Any]:
    return {
        "turn": turn.id, "message_id": turn.message_id, "text": turn.text, "replies": turn.replies, "state": turn.state,
        "at": turn.received_at and turn.received_at.isoformat(), "vote": vote,
        "files": [evidence.name for evidence in turn.evidence],
    }  # fmt: skip
