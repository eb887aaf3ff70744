"""The action server: Rasa's webhook in front of rasa-sdk's executor, as an ASGI application.

It takes the place of rasa-sdk's own Sanic server, so that the actions can run inside the application's process. Who may call it is
checked in front of it. The protocol is that of rasa-sdk's endpoint: POST /webhook, GET /health.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from typing import Any

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.ask import Ask
from actions.progress import ProgressForm
from actions.services import Services

logger = logging.getLogger(__name__)

# The dialogue engine's reply for an action that failed: the user gets an apology and the conversation goes on.
FAILED: dict[str, Any] = {"events": [], "responses": [{"response": "utter_error"}]}


def build_app(services: Services, *more: Action) -> Starlette:
    """The application that runs the actions, `more` beside those of this package."""
    executor = ActionExecutor()
    for action in (Ask(services), ProgressForm(services), *more):
        executor.register_action(action)

    async def webhook(request: Request) -> Response:
        try:
            call = await request.json()
        except ValueError:
            call = None
        match call:
            case {"next_action": str(name), "tracker": dict()}:
                return await run_in_threadpool(_run, executor, name, call)
        return JSONResponse({"error": "not an action call"}, status_code=400)

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "actions": sorted(executor.actions)})

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"]), Route("/health", health)])


def _run(executor: ActionExecutor, name: str, call: dict[str, Any]) -> Response:
    """Run one action. It is synchronous work of milliseconds to tenths of a second, so it gets a thread of its own."""
    # Rasa leaves the domain out of the call; without any, the executor of this version would ask for one.
    call.setdefault("domain", {})
    try:
        result = _finished(executor.run(call))
    except ActionNotFoundException as missing:
        return JSONResponse({"error": str(missing), "action_name": name}, status_code=404)
    except ActionExecutionRejection as rejected:
        return JSONResponse({"error": rejected.message, "action_name": name}, status_code=400)
    except Exception:
        logger.exception("action %s failed", name)
        return JSONResponse(FAILED)
    return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})


def _finished(work: Coroutine[Any, Any, ActionExecutorRunResult | None]) -> ActionExecutorRunResult | None:
    """What comes of the executor's coroutine. Our actions are plain functions, so it waits for nothing and needs no event loop.

    Making one for each call took a tenth of a turn.

    Raises:
        RuntimeError: it does wait.
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: ActionExecutorRunResult | None = done.value
        return result
    work.close()
    raise RuntimeError("an action may not wait")
