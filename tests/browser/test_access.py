"""Keyboard, screen readers, phones and zoom (WCAG 2.2 AA)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE, Visit, Visitor
from tests.system.conftest import Running

QUESTION = "Ai chủ trì xây dựng SOC, bao giờ xong?"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
# 200 % zoom of a 1280 by 860 window.
ZOOMED = {"viewport": {"width": 640, "height": 430}, "device_scale_factor": 2}


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)


def tab_to(visitor: Visitor, name: str, key: str = "Tab") -> None:
    """Press a key until something has the focus."""
    for _ in range(60):
        if name in visitor.focused:
            return
        press(visitor, key)
    pytest.fail(f"the keyboard does not reach {name!r}")


def test_the_keyboard_alone_asks_opens_a_quote_and_closes(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.page.locator("#copy").focus()
    tab_to(visitor, "Mở trợ lý")
    press(visitor, "Enter")
    visitor.page.locator("sauro-widget .panel").wait_for()
    expect(visitor.page.locator("sauro-widget textarea")).to_be_focused()
    visitor.page.keyboard.type(QUESTION)
    press(visitor, "Enter")
    visitor.see("Cơ quan chủ trì")
    tab_to(visitor, "Kế hoạch của UBND tỉnh, nhiệm vụ 34", "Shift+Tab")
    press(visitor, "Space")
    expect(visitor.page.locator("sauro-widget .quote:visible")).to_have_count(1)
    press(visitor, "Escape")
    expect(visitor.page.locator("sauro-widget .panel")).to_be_hidden()
    assert visitor.focused.startswith("Mở trợ lý")


def test_a_dialog_holds_the_focus_and_gives_it_back(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.open()
    tab_to(visitor, "Thêm lựa chọn")
    press(visitor, "Enter")
    tab_to(visitor, "Về trợ lý và dữ liệu")
    press(visitor, "Enter")
    dialog = visitor.page.locator("sauro-widget dialog")
    dialog.wait_for()
    for _ in range(6):
        press(visitor, "Tab")
        assert dialog.evaluate(
            "node => node.contains(node.getRootNode().activeElement) || !document.hasFocus() || document.activeElement === document.body"
        )
    press(visitor, "Escape")
    expect(dialog).to_have_count(0)
    expect(visitor.page.locator("sauro-widget .panel")).to_be_visible()
    assert visitor.focused == "Thêm lựa chọn"


ANNOUNCED = """() => {
  window.heard = [];
  const log = document.querySelector("sauro-widget").shadowRoot.querySelector("[role=log]");
  const live = (node) => { const said = node.closest("[aria-live]"); return said && said.getAttribute("aria-live") === "polite"; };
  new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes)
      if (node.nodeType === 1 && live(node) && node.textContent) window.heard.push(node.textContent);
  }).observe(log, { childList: true, subtree: true });
}"""


def test_each_reply_is_announced_once_and_old_ones_never(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.open()
    visitor.ask("xin chào")
    visitor.page.evaluate(ANNOUNCED)
    visitor.ask(QUESTION)
    visitor.page.locator("sauro-widget .chip").first.click()
    heard: list[str] = visitor.page.evaluate("window.heard")
    assert ["Cơ quan chủ trì" in text for text in heard] == [True]
    visitor.page.evaluate("document.querySelector('sauro-widget').remove()")
    visitor.page.reload()
    visitor.see("Cơ quan chủ trì")
    assert visitor.page.locator("sauro-widget [role=log]").count() == 1


def test_an_answer_to_a_closed_panel_is_counted_and_told(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.open()
    visitor.page.route(
        "**/api/chat/stream",
        lambda route: (visitor.page.locator("sauro-widget .panel").wait_for(state="hidden"), route.continue_()),
    )
    visitor.type(QUESTION)
    press(visitor, "Escape")
    badge = visitor.page.locator("sauro-widget .badge")
    expect(badge).to_have_text("1")
    expect(visitor.page.locator("sauro-widget .launcher")).to_have_attribute("aria-label", "Mở trợ lý (1 tin chưa đọc)")
    assert "SOC" in visitor.page.locator("sauro-widget > .hidden, sauro-widget [role=status].hidden").first.inner_text()
    visitor.open()
    expect(badge).to_be_hidden()


def test_on_a_phone_it_fills_the_screen_and_the_focus_stays_inside(visit: Visit, server: Running) -> None:
    visitor = visit(server.url, **PHONE)
    visitor.open()
    assert visitor.page.locator("sauro-widget .panel").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(visitor.page.locator("sauro-widget .launcher")).to_be_hidden()
    visitor.ask(QUESTION)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            press(visitor, key)
            assert visitor.focused
    sideways = visitor.page.locator("sauro-widget .scroll").evaluate("node => node.scrollWidth > node.clientWidth")
    assert sideways is False


def test_at_twice_the_size_nothing_is_cut_off(visit: Visit, server: Running) -> None:
    visitor = visit(server.url, **ZOOMED)
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.open()
    visitor.ask(QUESTION)
    expect(visitor.page.locator("sauro-widget textarea")).to_be_in_viewport()
    expect(visitor.page.locator("sauro-widget .facts")).to_be_in_viewport()


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, PHONE],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_serious(visit: Visit, server: Running, options: dict[str, Any]) -> None:
    if not AXE.is_file():
        pytest.skip("LEFT OUT: axe-core is not installed; run: make widget")
    visitor = visit(server.url, bypass_csp=True, **options)
    visitor.page.locator(".plan").first.wait_for()
    found = [visitor.axe()]
    visitor.open()
    visitor.ask(QUESTION)
    visitor.ask("Công an tỉnh chủ trì những việc gì?")
    visitor.page.locator("sauro-widget .chip").first.click()
    visitor.page.locator("sauro-widget").get_by_role("button", name="Thêm lựa chọn").click()
    found.append(visitor.axe())
    visitor.page.locator("sauro-widget").get_by_role("button", name="Về trợ lý và dữ liệu").click()
    found.append(visitor.axe())
    assert found == [[]] * 3
