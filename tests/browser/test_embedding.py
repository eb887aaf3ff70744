"""The widget on a page of another site: strict policies, hostile styles and scripts, hostile texts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Route, expect

from tests.browser.conftest import Site, Visit
from tests.system.conftest import Running

PAGE = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Sở</title>{head}</head><body>{body}</body></html>'
# What docs/widget.md tells a host page to allow, on a policy that allows nothing else.
POLICY = (
    "default-src 'none'; script-src {url}; connect-src {url}; require-trusted-types-for 'script'; trusted-types 'none'"
)
ATTRIBUTES = 'data-title="Hỏi đáp &lt;b&gt;kế hoạch" data-color="#ffd400" data-position="left" data-lang="en"'


def script(server: Running, attributes: str = "") -> str:
    return f'<script src="{server.url}/widget.js" defer {attributes}></script>'


def test_one_line_embeds_it_under_a_strict_policy_and_the_history_outlives_a_reload(
    visit: Visit, server: Running, site: Site
) -> None:
    site.pages["/"] = PAGE.format(head=script(server), body="<h1>Sở</h1>"), POLICY.format(url=server.url)
    visitor = visit(site.url)
    visitor.open()
    visitor.ask("Ai chủ trì SOC?")
    visitor.see("Công an tỉnh")
    visitor.page.reload()
    visitor.see("Công an tỉnh")
    assert (visitor.said, visitor.troubles, visitor.context.cookies()) == (["Ai chủ trì SOC?"], [], [])


def test_attributes_choose_colour_title_side_and_language(visit: Visit, server: Running, site: Site) -> None:
    site.pages["/attributes"] = PAGE.format(head=script(server, ATTRIBUTES), body=""), ""
    visitor = visit(f"{site.url}/attributes")
    launcher = visitor.page.locator("sauro-widget .launcher")
    expect(launcher).to_have_text("Hỏi đáp <b>kế hoạch")
    assert launcher.bounding_box()["x"] < 100  # type: ignore[index]
    colours = launcher.evaluate("node => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]")
    assert colours == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    visitor.open()
    expect(visitor.page.locator("sauro-widget textarea")).to_have_attribute("placeholder", "Type a question…")
    visitor.ask("Who leads the SOC?")
    visitor.see("Công an tỉnh")


def test_on_a_site_that_is_not_for_staff_nobody_is_asked_to_sign_in(visit: Visit, server: Running, site: Site) -> None:
    site.pages["/"] = PAGE.format(head=script(server), body=""), ""
    visitor = visit(site.url)
    visitor.open()
    visitor.ask("xin chào")
    widget = visitor.page.locator("sauro-widget")
    widget.get_by_role("button", name="Thêm lựa chọn").click()
    assert widget.locator(".menu button").all_inner_texts() == ["Tải nội dung trò chuyện", "Về trợ lý và dữ liệu"]


def test_a_site_that_is_not_allowed_gets_nothing_but_a_courteous_line(
    visit: Visit, server: Running, site: Site
) -> None:
    site.pages["/"] = PAGE.format(head=script(server), body=""), ""
    visitor = visit(site.url.replace("127.0.0.1", "localhost"))
    visitor.open()
    visitor.page.locator("sauro-widget .banner", has_text="Chưa kết nối được").wait_for()


HOSTILE_STYLE = """
* { display: none !important; all: unset !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important }
html { font-size: 3px !important } html, head, body { display: block !important; visibility: visible !important; opacity: 1 !important }
sauro-widget { position: static !important; transform: scale(0) !important; width: 0 !important; z-index: -1 !important }
button, textarea, .panel, .bubble { display: none !important; font-size: 90px !important; color: red !important }
"""
HOSTILE_SCRIPT = """
Object.prototype.text = "x"; Object.prototype.class = "stolen"; Object.prototype.attrs = { onclick: "alert(1)" };
Array.prototype.toJSON = Object.prototype.toJSON = () => "broken"; String.prototype.toJSON = () => "broken";
Array.prototype.extra = function () {}; Element.prototype.extra = 1; window.h = window.Api = window.fill = null;
"""


def test_a_hostile_host_page_neither_hides_nor_breaks_it(visit: Visit, server: Running, site: Site) -> None:
    head = f"<style>{HOSTILE_STYLE}</style><script>{HOSTILE_SCRIPT}</script>{script(server)}"
    site.pages["/hostile"] = PAGE.format(head=head, body="<p>chủ trang</p>"), ""
    visitor = visit(f"{site.url}/hostile")
    visitor.open()
    visitor.ask("Ai chủ trì SOC?")
    visitor.see("Công an tỉnh")
    box = visitor.page.locator("sauro-widget .panel").bounding_box()
    assert box
    assert (box["width"] > 380, box["height"] > 500) == (True, True)
    bubble = visitor.page.locator("sauro-widget .theirs .bubble")
    assert bubble.evaluate("node => getComputedStyle(node).fontSize") == "16px"
    assert visitor.troubles == []


PAYLOADS = (
    "<img src=x onerror=window.__run=1>",
    "<script>window.__run=1</script>",
    '"><svg onload=window.__run=1>',
    "javascript:window.__run=1",
    "{{constructor.constructor('window.__run=1')()}}",
)


def test_what_a_person_types_is_shown_and_never_run(visit: Visit, server: Running) -> None:
    visitor = visit(server.url)
    visitor.open()
    for payload in PAYLOADS:
        visitor.ask(payload)
    visitor.page.reload()
    visitor.see(PAYLOADS[-1])
    assert visitor.said == list(PAYLOADS)
    assert visitor.page.evaluate("window.__run") is None


def test_what_a_plan_or_an_answer_says_is_shown_and_never_run(visit: Visit, server: Running, site: Site) -> None:
    evil = PAYLOADS[0]
    record = {
        "plan": "p",
        "part": "tasks",
        "item": "1",
        "title": {"text": evil},
        "lead": {"text": evil},
        "timeframe": {"text": evil},
    }
    message = {
        "text": f"{evil}\n- {evil[:20]}: {evil}\n1. {evil}\n2. {evil}\nhttps://example.test/{evil}\n{PAYLOADS[3]}",
        "image": "javascript:window.__run=1",
        "buttons": [{"title": evil, "payload": evil}],
        "custom": {
            "status": "answered",
            "citations": [{"plan": "p", "part": "tasks", "item": "1", "label": evil, "quote": evil}],
            "records": [record, record | {"item": "2"}],
        },
    }  # fmt: skip

    def answer(route: Route) -> None:
        events = (("accepted", {"turn": "t"}), ("message", message), ("done", {"turn": "t"}))
        body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
        route.fulfill(content_type="text/event-stream", body=body, headers={"Access-Control-Allow-Origin": "*"})

    site.pages["/open"] = PAGE.format(head=script(server), body=""), ""
    visitor = visit(f"{site.url}/open")
    visitor.page.route("**/api/chat/stream", answer)
    visitor.open()
    visitor.ask("câu hỏi")
    widget = visitor.page.locator("sauro-widget")
    widget.locator(".chip").click()
    assert widget.locator("blockquote").inner_text() == evil
    assert widget.locator("tbody td").all_inner_texts()[1] == f"{evil}\n{evil}"
    assert [a.get_attribute("href") for a in widget.locator(".bubble a").all()] == ["https://example.test/"]
    assert widget.locator(".bubble img, .bubble script, .bubble svg").count() == 0
    assert visitor.page.evaluate("window.__run") is None


# What a client of Rasa's REST channel does in a browser: a preflighted POST of sender and message, an array of messages back.
RASA_CLIENT = """async (server) => (await fetch(server + "/webhooks/rest/webhook", {
  method: "POST", headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ sender: "rasa-client", message: "Ai chủ trì SOC?" }),
})).json()"""


def test_a_rasa_client_on_an_allowed_site_works_unchanged(visit: Visit, server: Running, site: Site) -> None:
    site.pages["/"] = PAGE.format(head=script(server), body=""), ""
    allowed = visit(site.url).page
    (reply,) = allowed.evaluate(RASA_CLIENT, server.url)
    assert (reply["recipient_id"], "Công an tỉnh" in reply["text"]) == ("rasa-client", True)
    refused = visit(site.url.replace("127.0.0.1", "localhost")).page
    with pytest.raises(PlaywrightError, match="Failed to fetch"):
        refused.evaluate(RASA_CLIENT, server.url)


DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_a_chart_is_painted_where_the_page_allows_no_pictures(visit: Visit, server: Running, site: Site) -> None:
    messages = (
        {"text": "Tình hình chung", "custom": {"status": "answered"}},
        {"image": f"data:image/png;base64,{DOT}"},
    )
    events = [("accepted", {"turn": "t"}), *(("message", message) for message in messages), ("done", {"turn": "t"})]
    body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
    site.pages["/"] = PAGE.format(head=script(server), body=""), POLICY.format(url=server.url)
    visitor = visit(site.url)
    headers = {"Access-Control-Allow-Origin": "*"}
    visitor.page.route(
        "**/api/chat/stream", lambda route: route.fulfill(content_type="text/event-stream", body=body, headers=headers)
    )
    visitor.open()
    visitor.ask("tình hình chung")
    expect(visitor.page.locator("sauro-widget canvas")).to_have_attribute("aria-label", "Biểu đồ: Tình hình chung")
