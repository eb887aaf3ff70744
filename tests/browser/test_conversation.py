"""Talking with the assistant on its own portal."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visitor
from tests.system.conftest import Running

QUESTION = "Ai chủ trì xây dựng SOC, bao giờ xong?"


def test_a_question_leads_to_a_card_and_its_source_to_the_plans_own_words(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    widget = visitor.page.locator("sauro-widget")
    assert widget.locator(".facts dt").all_inner_texts() == ["Cơ quan chủ trì", "Thời gian thực hiện"]
    assert widget.locator(".facts dd").first.inner_text() == "Công an tỉnh"
    chip = widget.locator(".chip").first
    expect(chip).to_have_attribute("aria-expanded", "false")
    chip.click()
    expect(chip).to_have_attribute("aria-expanded", "true")
    quote = widget.locator(".quote:visible")
    expect(quote.locator("figcaption")).to_have_text("Nguyên văn · Kế hoạch của UBND tỉnh, nhiệm vụ 34")
    assert quote.locator("blockquote").all_inner_texts() == ["Công an tỉnh", "Năm 2026-2029"]
    assert visitor.troubles == []


def test_a_list_is_a_table_with_whole_titles(visitor: Visitor) -> None:
    visitor.ask("Công an tỉnh chủ trì những việc gì?")
    table = visitor.page.locator("sauro-widget table")
    assert table.locator("th").all_inner_texts() == ["Số", "Nội dung", "Thời gian"]
    assert table.locator("tbody .number").all_inner_texts() == ["5", "6", "13", "16", "24", "33", "34"]
    assert "…" not in table.inner_text()


def test_the_portal_asks_in_the_widget(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.page.get_by_role("button", name="Công an tỉnh chủ trì những việc gì?").click()
    visitor.see("nhiệm vụ do Công an tỉnh chủ trì")
    visitor.page.get_by_label("Câu hỏi của anh/chị").first.fill(QUESTION)
    visitor.page.get_by_role("button", name="Hỏi ngay").click()
    visitor.see("Cơ quan chủ trì")
    assert visitor.said == ["Công an tỉnh chủ trì những việc gì?", QUESTION]
    plans = visitor.page.locator(".plan")
    assert plans.locator(".numbers").all_inner_texts() == ["32 nhiệm vụ\n26 chỉ tiêu", "34 nhiệm vụ\n33 chỉ tiêu"]


def test_reloading_keeps_the_history_and_another_tab_shows_it(visitor: Visitor, visit: Visit, server: Running) -> None:
    visitor.ask(QUESTION)
    visitor.page.reload()
    visitor.see("Cơ quan chủ trì")
    assert visitor.said == [QUESTION]
    other = visit(server.url, within=visitor.context)
    other.open()
    other.see("Cơ quan chủ trì")
    other.ask("xin chào")
    visitor.see("Kính chào anh/chị")
    assert visitor.said == other.said == [QUESTION, "xin chào"]


def test_a_new_conversation_starts_empty_in_every_tab(visitor: Visitor, visit: Visit, server: Running) -> None:
    visitor.ask("xin chào")
    other = visit(server.url, within=visitor.context)
    other.open()
    other.see("Kính chào anh/chị")
    visitor.page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    expect(other.page.locator("sauro-widget .bubble")).to_have_count(0)
    assert visitor.said == []


def test_a_lost_connection_is_told_and_the_message_goes_out_once_when_it_is_back(visitor: Visitor) -> None:
    visitor.ask("xin chào")
    visitor.context.set_offline(True)
    visitor.page.locator("sauro-widget .banner", has_text="mất kết nối").wait_for()
    visitor.type(QUESTION)
    visitor.see("Chưa nhận được câu trả lời")
    visitor.context.set_offline(False)
    visitor.see("Cơ quan chủ trì")
    assert visitor.said == ["xin chào", QUESTION]
    assert [turn["text"] for turn in history(visitor)] == ["xin chào", QUESTION]


def test_a_message_whose_answer_was_lost_on_the_way_is_not_sent_twice(visitor: Visitor) -> None:
    lost: list[str] = []

    def lose(route: object) -> None:
        if lost:
            route.continue_()  # type: ignore[attr-defined]
        else:
            lost.append(str(route.fetch().text()))  # type: ignore[attr-defined]
            route.abort("connectionreset")  # type: ignore[attr-defined]

    visitor.page.route("**/api/chat/stream", lose)
    visitor.ask(QUESTION)
    assert "Công an tỉnh" in lost[0]
    assert [turn["text"] for turn in history(visitor)] == [QUESTION]


def test_waiting_is_shown_and_can_be_stopped_and_the_answer_read_later(visitor: Visitor) -> None:
    visitor.page.route("**/api/chat/stream", lambda _: None)
    visitor.type(QUESTION)
    widget = visitor.page.locator("sauro-widget")
    widget.locator(".thinking").wait_for()
    widget.get_by_role("button", name="Dừng chờ trả lời").click()
    visitor.see("Đã dừng chờ")
    expect(widget.locator(".thinking")).to_be_hidden()
    visitor.page.unroute("**/api/chat/stream")
    widget.get_by_role("button", name="Xem câu trả lời").click()
    visitor.see("Cơ quan chủ trì")


def test_a_rating_with_a_comment_is_stored_and_shown_again(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    widget = visitor.page.locator("sauro-widget")
    widget.get_by_role("button", name="Câu trả lời chưa hữu ích").click()
    widget.get_by_role("textbox", name="Góp ý thêm").fill("thiếu sản phẩm")
    with visitor.page.expect_response("**/api/chat/feedback") as response:
        widget.locator(".comment button").click()
    assert response.value.ok
    visitor.page.reload()
    expect(widget.get_by_role("button", name="Câu trả lời chưa hữu ích")).to_have_attribute("aria-pressed", "true")


def test_the_conversation_can_be_downloaded_and_deleted(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    widget = visitor.page.locator("sauro-widget")
    widget.get_by_role("button", name="Thêm lựa chọn").click()
    with visitor.page.expect_download() as download:
        widget.get_by_role("button", name="Tải nội dung trò chuyện").click()
    text = download.value.path().read_text("utf-8")
    assert QUESTION in text
    assert re.search(r"\[Kế hoạch của UBND tỉnh, nhiệm vụ 34\] “Công an tỉnh”", text)
    widget.get_by_role("button", name="Thêm lựa chọn").click()
    widget.get_by_role("button", name="Về trợ lý và dữ liệu").click()
    widget.get_by_text("lưu tối đa 180 ngày").wait_for()
    widget.get_by_role("button", name="Xóa cuộc trò chuyện này").click()
    expect(widget.locator(".bubble")).to_have_count(0)
    visitor.page.reload()
    assert (history(visitor), visitor.said) == ([], [])


def history(visitor: Visitor) -> list[dict[str, object]]:
    """What the server has of the conversation."""
    turns: list[dict[str, object]] = visitor.page.evaluate(
        """async () => (await fetch("/api/chat/history?conversation=" + JSON.parse(localStorage.sauro).conversation)).json()"""
    )
    return turns


# The browser's own recognition needs its maker's service: this one hears a sentence at once.
HEARING = """window.SpeechRecognition = class extends EventTarget {
  start() {
    this.dispatchEvent(Object.assign(new Event("result"), { results: [[{ transcript: `ai chủ trì SOC (${this.lang})` }]] }));
    this.dispatchEvent(new Event("end"));
  }
}"""


def test_a_person_can_speak_instead_of_typing(visitor: Visitor) -> None:
    visitor.page.add_init_script(HEARING)
    visitor.page.reload()
    visitor.page.locator("sauro-widget").get_by_role("button", name="Nói thay vì gõ").click()
    expect(visitor.page.locator("sauro-widget textarea")).to_have_value("ai chủ trì SOC (vi-VN)")
    assert visitor.focused == "Câu hỏi của anh/chị"
