import json

import httpx
import pytest

from bot.turns.dialogue import Dialogue, DialogueError, DialogueFault, DialogueTimeout, DialogueUnavailable
from bot.wire import TooSlow, Unreachable
from tests.bot.wired import Wired


def answering(response: httpx.Response | Exception) -> Dialogue:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return response

    return Dialogue(lambda: ["http://engine"], 1, Wired(handle))


async def test_the_engines_messages_come_back_as_sent() -> None:
    messages = [{"recipient_id": "c", "text": "chào"}]
    assert await answering(httpx.Response(200, json=messages)).send("c", "chào") == messages


async def test_a_turn_is_sent_under_its_id_with_the_token() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=[])

    await Dialogue(lambda: ["http://engine"], 1, Wired(handle), token="t").send("c", "chào", "1", again=True)
    assert seen[0].headers["authorization"] == "Bearer t"
    assert json.loads(seen[0].content) == {"sender": "c", "message": "chào", "turn": "1", "again": True}


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (Unreachable("refused"), DialogueUnavailable),
        (TooSlow("1 s"), DialogueTimeout),
        (httpx.Response(500), DialogueFault),
        (httpx.Response(200, text="<html>"), DialogueFault),
        (httpx.Response(200, json={"text": "a"}), DialogueFault),
        (httpx.Response(200, json=["a"]), DialogueFault),
    ],
)
async def test_each_way_to_fail_has_its_error(response: httpx.Response | Exception, error: type[DialogueError]) -> None:
    with pytest.raises(error):
        await answering(response).send("c", "chào")


async def test_without_an_engine_it_is_unavailable_and_not_ready() -> None:
    dialogue = Dialogue(lambda: [None], 1)
    with pytest.raises(DialogueUnavailable):
        await dialogue.send("c", "chào")
    assert not await dialogue.ready()


async def test_an_engine_without_a_model_is_not_ready() -> None:
    assert not await answering(httpx.Response(409)).ready()
    assert await answering(httpx.Response(200, json={"model_file": "m"})).ready()
