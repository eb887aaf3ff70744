"""The page and its call."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from bot.channels.web.page import LANGS, STATIC, STRINGS, page
from bot.channels.web.session import COOKIE, new_session, signed, verified
from bot.messages.catalog import message
from tests.bot.conftest import SECRET, Gateway

# Words of the launcher, which has a small table of its own.
LAUNCHER = {"open", "unread", "not_loaded"}


def events(response: httpx.Response) -> list[tuple[str, Any]]:
    blocks = [b for b in response.text.split("\n\n") if b.startswith("event: ")]
    return [(b.split("\n")[0][7:], json.loads(b.split("\n")[1][6:])) for b in blocks]


async def ask(gateway: Gateway, text: str, conversation: str = "tab", **more: Any) -> httpx.Response:
    body = {"conversation": conversation, "message": text, "message_id": more.pop("message_id", None)}
    return await gateway.client.post("/api/chat/stream", json=body, **more)


async def test_a_turn_streams_as_accepted_message_done(gateway: Gateway) -> None:
    response = await ask(gateway, "chào")
    assert response.headers["content-type"].startswith("text/event-stream")
    (accepted, turn), (kind, reply), (done, end) = events(response)
    assert (accepted, kind, done) == ("accepted", "message", "done")
    assert turn == end
    assert (reply["recipient_id"], reply["text"], reply["custom"]["status"]) == ("tab", "đáp: chào", "answered")


async def test_a_session_cookie_keeps_the_conversation_and_no_other_browser_shares_it(gateway: Gateway) -> None:
    first = await ask(gateway, "một")
    cookie = first.headers["set-cookie"].lower()
    assert ("httponly" in cookie, "samesite=strict" in cookie) == (True, True)
    assert "set-cookie" not in (await ask(gateway, "hai")).headers
    gateway.client.cookies.clear()
    await ask(gateway, "ba")
    gateway.client.cookies.clear()
    await ask(gateway, "bốn", headers={"Cookie": f"{COOKIE}=forged.{'0' * 64}"})
    one, two, three, four = (conversation for conversation, _ in gateway.engine.sent)
    assert one == two
    assert len({one, three, four}) == 3


async def test_tabs_of_a_browser_have_conversations_of_their_own(gateway: Gateway) -> None:
    await ask(gateway, "một", "tab-1")
    await ask(gateway, "một", "tab-2")
    assert len({conversation for conversation, _ in gateway.engine.sent}) == 2


async def test_a_message_sent_again_is_not_answered_twice(gateway: Gateway) -> None:
    first = events(await ask(gateway, "chào", message_id="m1"))
    assert (events(await ask(gateway, "chào", message_id="m1")), len(gateway.engine.sent)) == (first, 1)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[::1"])
async def test_a_foreign_page_is_refused(gateway: Gateway, origin: str) -> None:
    response = await ask(gateway, "chào", headers={"Origin": origin})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "forbidden_origin")
    assert (await ask(gateway, "chào", headers={"Origin": "http://test"})).status_code == 200


async def test_hostile_messages_stream_a_courteous_reply(gateway: Gateway) -> None:
    for text in ("", "🙂", "\x00", "/"):
        assert events(await ask(gateway, text))[1][1]["text"] == message("turn.empty")
    body = b'{"conversation":"tab","message":"\\ud800"}'
    response = await gateway.client.post("/api/chat/stream", content=body)
    assert events(response)[1][1]["text"] == message("turn.empty")


def test_only_sessions_this_server_signed_are_taken() -> None:
    session = new_session()
    cookie = signed(SECRET, session)
    assert verified(SECRET, cookie) == session
    assert [verified(SECRET, c) for c in (None, "", ".", session, cookie[:-1], "é.é", f"x{cookie}")] == [None] * 7
    assert verified(b"another secret", cookie) is None


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.addresses += [v for k, v in attrs if k in ("src", "href") and v]
        self.inline += [k for k in named if k == "style" or k.startswith("on")]
        self._script = tag == "script" and "src" not in named and named.get("type") != "application/json"

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.inline.append(data)


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_a_page_is_vietnamese_and_loads_only_our_own_files(gateway: Gateway, path: str) -> None:
    response = await gateway.client.get(path)
    links = Links()
    links.feed(response.text)
    assert (response.status_code, links.inline, "{{" in response.text) == (200, [], False)
    assert '<html lang="vi">' in response.text
    for address in links.addresses:
        assert address.startswith(("/", "#"))
        if address.startswith("/static/"):
            assert (await gateway.client.get(address)).status_code == 200
    assert "unsafe-inline" not in response.headers["content-security-policy"]


def test_scripts_never_turn_text_into_markup() -> None:
    for script in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text("utf-8")
        )


def test_scripts_and_pages_use_every_string_and_no_other() -> None:
    files = {p.name: p.read_text("utf-8") for p in STATIC.iterdir() if p.suffix in (".js", ".html")}
    used = {key for text in files.values() for key in re.findall(r"\bstrings\.([a-z_]+)", text)}
    used |= {key for text in files.values() for key in re.findall(r"\{\{([a-z_]+)\}\}", text)}
    table = json.loads((STRINGS / "vi.json").read_text("utf-8"))
    assert used - {"strings", "contact", "lang"} == set(table["page"])
    sources = "".join(p.read_text("utf-8") for p in (STATIC.parent / "widget" / "src").glob("*.ts"))
    assert set(re.findall(r"\b(?:words|#words)\.([a-z_]+)", sources)) - LAUNCHER == set(table["widget"])


@pytest.mark.parametrize("part", ["page", "widget"])
def test_both_languages_have_the_same_strings_with_the_same_gaps(part: str) -> None:
    vi, en = (gaps(json.loads((STRINGS / f"{lang}.json").read_text("utf-8"))[part]) for lang in LANGS)
    assert vi == en


def gaps(value: Any) -> Any:
    """A string table with each text replaced by the names that are filled into it; lists keep their shape."""
    if isinstance(value, str):
        return sorted(re.findall(r"\{(\w+)\}", value))
    return [gaps(v) for v in value] if isinstance(value, list) else {k: gaps(v) for k, v in value.items()}


async def test_the_portal_speaks_english_when_asked(gateway: Gateway) -> None:
    response = await gateway.client.get("/?lang=en")
    assert ('<html lang="en">' in response.text, 'data-lang="en"' in response.text) == (True, True)


def test_what_is_filled_into_a_page_can_not_break_out_of_it() -> None:
    text = page("portal", contact='"><script>alert(1)</script>')
    assert "<script>alert" not in text
    assert "</script>alert" not in text
