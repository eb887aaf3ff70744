"""Start the dialogue engine: Rasa's agent behind a private port.

    python -m bot.dialogue.serve --host HOST --port PORT --model FILE --endpoints FILE

Takes the place of `rasa run`, which loads TensorFlow, the clients of a dozen chat services and Rasa's whole management API. Served here are
`POST /webhooks/rest/webhook` and `/webhooks/rest/forget` to whoever knows the token in SAURO_RASA_TOKEN (`Authorization: Bearer`), and
`GET /status` to anyone, once the model is loaded. A model or a store that can not be opened ends the process.
"""

from __future__ import annotations

import argparse
import gc
import hmac
import logging
import os
import sys
import warnings
from typing import TYPE_CHECKING, Any, Optional

from bot.dialogue import absent

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

TOKEN = "SAURO_RASA_TOKEN"  # noqa: S105  (the name of a variable)
IDLE_SECONDS = 75
"""How long a silent connection stays open: longer than the gateway keeps one."""


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--model", required=True)
    parser.add_argument("--endpoints", required=True)
    options = parser.parse_args()
    token = os.environ.get(TOKEN, "")
    if not token:
        sys.exit(f"{TOKEN} is not set")
    warnings.simplefilter("ignore")
    absent.register()
    quiet()
    app = build(options.model, options.endpoints, token)
    app.run(host=options.host, port=options.port, workers=1, access_log=False)


def quiet() -> None:
    """Let Rasa say no more than warnings."""
    import structlog

    logging.basicConfig(format="%(levelname)s %(name)s %(message)s", stream=sys.stdout, level=logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), cache_logger_on_first_use=True
    )


def build(model: str, endpoints: str, token: str) -> Sanic:
    """The application; the model is loaded before it listens."""
    from rasa.core.channels.channel import register
    from sanic import Sanic, response

    from bot.dialogue import lean
    from bot.dialogue.channel import Turns

    lean.apply()
    app = Sanic("sauro_dialogue", configure_logging=False)
    app.config.update(KEEP_ALIVE_TIMEOUT=IDLE_SECONDS, MOTD=False)
    register([Turns()], app, route="/webhooks/")
    expected = f"Bearer {token}".encode()

    async def check(request: Request) -> Optional[HTTPResponse]:
        given = request.headers.get("authorization", "").encode()
        if request.path == "/status" or hmac.compare_digest(given, expected):
            return None
        return response.json({"error": "unauthorized"}, status=401)

    async def status(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    async def start(app: Sanic, _: Any) -> None:
        app.ctx.agent = load(model, endpoints)
        await warm(app.ctx.agent)

    async def stop(app: Sanic, _: Any) -> None:
        await app.ctx.agent.action_endpoint.close()

    app.register_middleware(check, "request")
    app.add_route(status, "/status")
    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "after_server_stop")
    return app


def load(model: str, endpoints: str) -> Agent:
    """Rasa's agent with the stores and the actions that `endpoints` names.

    Raises:
        Exception: a store or the model can not be opened.
    """
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.utils.io import read_config_file
    from rasa.utils.endpoints import read_endpoint_config

    from bot.dialogue.calls import ActionCalls

    agent = Agent(
        lock_store=LockStore.create(read_endpoint_config(endpoints, "lock_store")),
        action_endpoint=ActionCalls(**read_config_file(endpoints)["action_endpoint"]),
    )
    # Not through the constructor: it wraps a store so that a conversation which can not be written goes on unwritten, in memory.
    agent.tracker_store = TrackerStore.create(read_endpoint_config(endpoints, "tracker_store"))
    agent.load_model(model)
    return agent


async def warm(agent: Agent) -> None:
    """Understand a greeting and decide on it, in a conversation that nobody keeps, so that no first turn waits for what loads late."""
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    text = agent.domain.responses["utter_greet"][0]["text"]
    parsed = await agent.parse_message(text)
    tracker = DialogueStateTracker("", agent.domain.slots)
    tracker.update_with_events([ActionExecuted("action_listen"), UserUttered(text, parse_data=parsed)], agent.domain)
    agent.predict_next_with_tracker(tracker)
    # What is loaded stays until the end: the garbage collector need not look through it at every turn.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
