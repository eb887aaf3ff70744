"""People are quicker than the server, press twice, and leave in the middle; answers come late, out of order or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import PATIENCE_MS, Site, Visit, Visitor
from tests.browser.test_conversation import QUESTION, history
from tests.browser.test_embedding import PAGE, script
from tests.browser.test_staff import sign_in
from tests.system.conftest import Running

TAGLINE = "Tra cứu kế hoạch, kèm nguồn nguyên văn"
GREETING = "Kính chào anh/chị"
# What a browser tells a page that it kept alive while another was looked at; what another tab tells that shows the same conversation.
BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
CHANGED = """new BroadcastChannel("sauro").postMessage({ kind: "changed", conversation: JSON.parse(localStorage.sauro).conversation })"""


@contextmanager
def held(page: Page, path: str | re.Pattern[str]) -> Iterator[list[Route]]:
    """What calls to a path come; they go through to the server at the end."""
    calls: list[Route] = []
    through = False
    page.route(path, lambda route: route.continue_() if through else calls.append(route))
    yield calls
    through = True
    for call in calls:
        call.continue_()


def wait_until(visitor: Visitor, happened: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_MS // 10):
        if happened():
            return
        visitor.page.wait_for_timeout(10)
    pytest.fail("it did not happen")


def widget(visitor: Visitor) -> Locator:
    return visitor.page.locator("sauro-widget")


def choose(visitor: Visitor, name: str) -> None:
    """Choose from the menu."""
    widget(visitor).get_by_role("button", name="Thêm lựa chọn").click()
    widget(visitor).get_by_role("button", name=name).click()


def test_what_was_said_before_stands_above_what_is_said_while_it_is_still_on_its_way(visitor: Visitor) -> None:
    visitor.ask("xin chào")
    with held(visitor.page, "**/api/chat/history*"):
        visitor.page.reload()
        visitor.ask(QUESTION)
        assert visitor.said == [QUESTION]
    visitor.see(GREETING)
    assert visitor.said == ["xin chào", QUESTION]
    assert [turn["text"] for turn in history(visitor)] == ["xin chào", QUESTION]


def test_stopping_helps_even_when_the_server_gives_no_session(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    with held(visitor.page, "**/api/chat/session"):
        visitor.open()
        visitor.type(QUESTION)
        widget(visitor).get_by_role("button", name="Dừng chờ trả lời").click()
        visitor.see("Đã dừng chờ")
    widget(visitor).get_by_role("button", name="Xem câu trả lời").click()
    visitor.see("Cơ quan chủ trì")


def test_a_server_that_starts_again_behind_its_proxy_is_waited_for(visitor: Visitor) -> None:
    refused: list[Route] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route)
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")

    visitor.page.route("**/api/chat/stream", refuse_once)
    visitor.ask("xin chào")
    visitor.see(GREETING)
    assert len(refused) == 1


def test_who_opens_it_without_a_network_sees_everything_when_it_is_back(visitor: Visitor) -> None:
    visitor.ask("xin chào")
    visitor.page.route("**/api/chat/session", lambda route: route.abort())
    visitor.page.reload()
    banner = widget(visitor).locator(".banner")
    expect(banner).to_contain_text("Chưa kết nối được")
    visitor.page.unroute("**/api/chat/session")
    visitor.page.evaluate("dispatchEvent(new Event('online'))")
    visitor.see(GREETING)
    expect(banner).to_be_empty()


def test_a_question_of_the_page_is_not_lost_while_another_is_answered(visitor: Visitor) -> None:
    button = visitor.page.get_by_role("button", name="Công an tỉnh chủ trì những việc gì?")
    with held(visitor.page, "**/api/chat/stream"):
        visitor.page.get_by_role("button", name="Sở Khoa học và Công nghệ phối hợp những nhiệm vụ nào?").click()
        button.dblclick()
        expect(widget(visitor).locator("textarea")).to_have_value("Công an tỉnh chủ trì những việc gì?")
    expect(widget(visitor).locator(".theirs .under")).to_have_count(1)
    visitor.page.keyboard.press("Enter")
    visitor.see("nhiệm vụ do Công an tỉnh chủ trì")


def test_pressing_twice_opens_it_once(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.open()
    widget(visitor).get_by_role("button", name="Thu nhỏ trợ lý", exact=True).click()
    widget(visitor).locator(".launcher").dblclick()
    expect(widget(visitor).locator(".panel")).to_be_visible()


def test_who_asks_twice_to_sign_in_is_asked_once_and_who_left_is_not_asked(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    with held(visitor.page, "**/staff/me") as calls:
        visitor.open()
        choose(visitor, "Đăng nhập cán bộ")
        choose(visitor, "Đăng nhập cán bộ")
    expect(widget(visitor).locator("dialog")).to_have_count(1)
    assert len(calls) == 1
    visitor.page.keyboard.press("Escape")
    with held(visitor.page, "**/staff/me"):
        visitor.page.reload()
        choose(visitor, "Đăng nhập cán bộ")
        widget(visitor).get_by_role("button", name="Thu nhỏ trợ lý", exact=True).click()
    # A dialog that nobody sees would make the whole page deaf.
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.get_by_role("button", name="Công an tỉnh chủ trì những việc gì?").click()
    visitor.see("nhiệm vụ do Công an tỉnh chủ trì")


def test_pressing_twice_signs_in_once(visit: Visit, server: Running, code: str) -> None:
    visitor = visit(server.url)
    visitor.open()
    choose(visitor, "Đăng nhập cán bộ")
    widget(visitor).get_by_label("Mã liên kết").fill(code)
    with held(visitor.page, "**/staff/link") as calls:
        widget(visitor).get_by_role("button", name="Đăng nhập", exact=True).dblclick(no_wait_after=True)
        widget(visitor).get_by_label("Mã liên kết").press("Enter")
    expect(widget(visitor).locator(".banner")).to_have_text("Đã đăng nhập: Trần Bình.")
    assert len(calls) == 1


def test_what_was_asked_for_before_signing_out_is_not_shown_after(visit: Visit, server: Running, code: str) -> None:
    visitor = visit(server.url)
    visitor.open()
    sign_in(visitor, code)
    visitor.ask("nhiệm vụ của tôi")
    late: list[Route] = []
    visitor.page.route("**/api/chat/history*", lambda route: route.continue_() if late else late.append(route))
    visitor.page.evaluate(CHANGED)
    wait_until(visitor, lambda: bool(late))
    old = late[0].fetch()
    choose(visitor, "Đăng xuất")
    expect(widget(visitor).locator(".banner")).to_have_text("Đã đăng xuất.")
    with visitor.page.expect_response("**/api/chat/history*"):
        late[0].fulfill(response=old)
    visitor.page.evaluate("new Promise(requestAnimationFrame)")
    assert (visitor.said, widget(visitor).locator(".who").inner_text()) == ([], TAGLINE)


def test_a_sign_out_that_did_not_come_through_is_not_told_as_one(visit: Visit, server: Running, code: str) -> None:
    visitor = visit(server.url)
    visitor.open()
    sign_in(visitor, code)
    visitor.page.route("**/staff/sign-out", lambda route: route.abort())
    choose(visitor, "Đăng xuất")
    expect(widget(visitor).locator(".banner")).to_contain_text("thử lại")
    expect(widget(visitor).locator(".who")).to_contain_text("Trần Bình")
    visitor.page.unroute("**/staff/sign-out")
    visitor.page.route("**/staff/me", lambda route: route.abort())
    choose(visitor, "Đăng xuất")
    expect(widget(visitor).locator(".banner")).to_have_text("Đã đăng xuất.")
    expect(widget(visitor).locator(".who")).to_have_text(TAGLINE)


def test_signing_out_on_the_sign_in_page_hides_the_conversation(visit: Visit, server: Running, code: str) -> None:
    visitor = visit(server.url)
    visitor.open()
    sign_in(visitor, code)
    visitor.ask("nhiệm vụ của tôi")
    other = visitor.context.new_page()
    other.goto(f"{server.url}/staff")
    other.get_by_role("button", name="Đăng xuất").click()
    expect(widget(visitor).locator(".bubble")).to_have_count(0)
    expect(widget(visitor).locator(".who")).to_have_text(TAGLINE)


def test_a_page_that_was_left_signed_in_comes_back_as_it_is_now(visit: Visit, server: Running, code: str) -> None:
    visitor = visit(server.url)
    visitor.open()
    sign_in(visitor, code)
    visitor.ask("nhiệm vụ của tôi")
    visitor.context.request.post(f"{server.url}/staff/sign-out")
    visitor.page.evaluate(BACK)
    expect(widget(visitor).locator(".bubble")).to_have_count(0)
    expect(widget(visitor).locator(".who")).to_have_text(TAGLINE)


def test_sessions_that_ran_out_are_opened_anew_once(visit: Visit, server: Running, site: Site) -> None:
    site.pages["/expired"] = PAGE.format(head=script(server), body=""), ""
    visitor = visit(f"{site.url}/expired")
    visitor.open()
    visitor.ask("xin chào")
    visitor.page.evaluate(
        "localStorage.sauro = JSON.stringify({ ...JSON.parse(localStorage.sauro), session: 'old.x' })"
    )
    opened: list[str] = []
    visitor.page.on("request", lambda request: opened.append(request.url) if "session" in request.url else None)
    with held(visitor.page, re.compile("/api/chat/(history|stream)")) as calls:
        visitor.page.evaluate(CHANGED)
        visitor.type(QUESTION)
        wait_until(visitor, lambda: len(calls) == 2)
    visitor.see("Cơ quan chủ trì")
    assert len(opened) == 1
    visitor.page.reload()
    visitor.see("Cơ quan chủ trì")
    assert visitor.said == [QUESTION]


def test_a_file_that_another_page_sent_is_asked_after_and_never_sent_as_words(
    visit: Visit, server: Running, code: str
) -> None:
    visitor = visit(server.url)
    visitor.open()
    sign_in(visitor, code)
    visitor.ask("SOC đạt 50%")
    under_way = [
        {
            "turn": "t",
            "message_id": "m",
            "text": "",
            "at": "2026-01-01T00:00:00Z",
            "replies": None,
            "state": "processing",
            "vote": None,
            "files": ["a.png"],
        }
    ]
    done = [under_way[0] | {"state": "done", "replies": [{"text": "Đã nhận tệp"}]}]
    answers = [under_way, done]
    visitor.page.route("**/api/chat/history*", lambda route: route.fulfill(json=answers.pop(0)))
    visitor.page.reload()
    widget(visitor).get_by_role("button", name="Xem câu trả lời").click()
    visitor.see("Đã nhận tệp")
    assert visitor.said == ["📎 a.png"]


# Hears on for a moment after it was told to stop, as browsers do; told to break off, it hears nothing more.
HEARING_ON = """window.SpeechRecognition = class extends EventTarget {
  hear(text) { this.dispatchEvent(Object.assign(new Event("result"), { results: [[{ transcript: text }]] })); }
  start() { this.hear("xin"); }
  stop() { setTimeout(() => { this.hear("xin chào"); this.dispatchEvent(new Event("end")); }); }
  abort() { setTimeout(() => this.dispatchEvent(new Event("end"))); }
}"""


def test_what_is_heard_after_sending_does_not_come_back_into_the_field(visitor: Visitor) -> None:
    visitor.page.add_init_script(HEARING_ON)
    visitor.page.reload()
    microphone = widget(visitor).get_by_role("button", name="Nói thay vì gõ")
    microphone.click()
    visitor.ask("xin chào")
    expect(microphone).to_have_attribute("aria-pressed", "false")
    expect(widget(visitor).locator("textarea")).to_have_value("")
