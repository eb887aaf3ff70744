"""Rasa's own REST convention, so that existing Rasa clients work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from bot.channels.auth import account_of, recognise
from bot.channels.rest.payload import parse
from bot.channels.sending import taken
from bot.messages.catalog import message, preferred
from bot.turns.desk import Desk, Incoming
from bot.turns.replies import addressed

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["message"],
                    "properties": {
                        "sender": {"type": "string", "description": "The client's own name for the conversation."},
                        "message": {"type": "string", "description": "What the person typed."},
                        "message_id": {
                            "type": "string",
                            "description": "Sent again with the same id, a message is answered once.",
                        },
                    },
                }
            }
        },
    }
}


def rest_router(desk: Desk) -> APIRouter:
    """The router of the REST channel."""
    router = APIRouter(prefix="/webhooks/rest", tags=["chat"], dependencies=[Depends(recognise)])

    @router.get("/", summary="Is the channel there?")
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @router.post("/webhook", summary="Send a message, get the replies of its turn", openapi_extra=BODY)
    async def webhook(request: Request) -> JSONResponse:
        account = account_of(request).id
        sent = parse(await request.body())
        lang = preferred(request.headers.get("accept-language"))
        text = message("turn.opening", lang) if sent.opening else sent.text
        turn = await taken(desk, Incoming("rest", sent.sender, text, account, sent.message_id, lang))
        return JSONResponse(addressed(await turn.replies(), sent.recipient))

    return router
