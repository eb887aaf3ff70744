"""Private servers and sockets."""

import errno

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.gateway.server import PrivateServer, TokenGate, listening


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.url.path)


APP = Starlette(routes=[Route("/webhook", hello), Route("/health", hello)])


def test_a_private_application_answers_only_who_knows_its_token() -> None:
    bound = listening("127.0.0.1", 0)
    served = PrivateServer(TokenGate(APP, "t" * 32), bound)
    served.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{bound.getsockname()[1]}", trust_env=False) as client:
            statuses = [
                client.get(path).status_code
                for path in (
                    "/webhook",
                    "/webhook?token=",
                    "/webhook?token=%C3%A9",
                    f"/webhook?token={'t' * 32}",
                    "/health",
                )
            ]
        assert (statuses, served.running) == ([401, 401, 401, 200, 200], True)
    finally:
        served.stop()
    assert not served.running


def test_a_taken_port_is_an_error() -> None:
    with listening("127.0.0.1", 0) as bound, pytest.raises(OSError, match="in use") as taken:
        listening("127.0.0.1", bound.getsockname()[1])
    assert taken.value.errno == errno.EADDRINUSE
