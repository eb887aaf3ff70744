"""The simulator's page: one chats as a Zalo user against the real channel, and nothing that is said runs as markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.zalo_stage import Stage
from bot.messages.catalog import message

MARKUP = "<img src=x onerror=document.title='hacked'>"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    try:
        made.wait_ready(made.start())
        yield made
    finally:
        made.close()


def test_one_chats_as_a_zalo_user(browser: Browser, stage: Stage) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(stage.platform)
    page.get_by_role("button", name=message("zalosim.follow")).click()
    bubbles = page.locator(".bubble")
    expect(bubbles).to_have_text([message("zalo.greeting")], timeout=20_000)
    page.get_by_role("textbox", name=message("zalosim.message")).fill(MARKUP)
    page.keyboard.press("Enter")
    expect(bubbles).to_have_text([message("zalo.greeting"), MARKUP, f"re: {MARKUP}"], timeout=20_000)
    assert (page.title(), complaints) == (message("zalosim.title"), [])
    page.close()
