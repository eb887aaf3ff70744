"""The widget in a real Chromium, on the real service: our own portal, and a page of another site that embeds it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.channels.web.page import STATIC
from bot.gateway.settings import Settings
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from tests.provider import running_provider
from tests.system.conftest import Running, start, wait_ready

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LEFT_OUT = "LEFT OUT: no browser test ran, because there is no Chromium (Debian: apt-get install chromium)"
AXE = STATIC.parent / "widget" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 20_000
DESKTOP = {"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce", "locale": "vi-VN"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=LEFT_OUT))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if CHROMIUM is None:
        terminalreporter.section("browser tests", sep="!", red=True)
        terminalreporter.line(LEFT_OUT)
    elif not AXE.is_file():
        terminalreporter.section("accessibility", sep="!", red=True)
        terminalreporter.line("LEFT OUT: axe-core did not look at the pages; it is installed by: make widget")


@dataclass(frozen=True)
class Site:
    """A web site of somebody else: `pages` by path, each with its Content-Security-Policy ("" for none)."""

    url: str
    pages: dict[str, tuple[str, str]]


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    pages: dict[str, tuple[str, str]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text, policy = pages.get(self.path, ("", ""))
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{server.server_port}", pages)
    server.shutdown()


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service keeps its data."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="package")
def provider() -> Iterator[str]:
    """Where staff sign in with the account of their organisation."""
    with running_provider() as url:
        yield url


@pytest.fixture(scope="package")
def server(folder: Path, site: Site, provider: str) -> Iterator[Running]:
    if not Settings().rasa_model.is_file():
        pytest.fail("the dialogue model is missing; run: make setup")
    process, running = start(
        folder,
        NO_PROXY="127.0.0.1",
        SAURO_CORS_ORIGINS=site.url,
        SAURO_OIDC_ISSUER=provider,
        SAURO_OIDC_CLIENT_ID="sauro",
        SAURO_OIDC_CLIENT_SECRET="of the client",
    )
    try:
        wait_ready(process, running)
        yield running
        process.terminate()
        process.wait(60)
    finally:
        process.kill()


@pytest.fixture
def code(folder: Path, server: Running) -> str:
    """A link code of an official who leads the task."""
    database = open_database(Settings(var=folder).database)
    accounts = AccountStore(database)
    known = {account.name: account.id for account in accounts.list()}
    account = known.get("Trần Bình") or accounts.create("Trần Bình", "staff", "Công an tỉnh").id
    made = accounts.link_code(account)
    database.dispose()
    return made


# Playwright runs an event loop in this thread as long as it is open: it is closed before tests outside this folder run theirs.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


Visit = Callable[..., "Visitor"]


@dataclass(frozen=True)
class Visitor:
    """A person with a browser of their own; `troubles` are the console's errors and uncaught exceptions."""

    page: Page
    context: BrowserContext
    troubles: list[str]

    def open(self) -> None:
        self.page.locator("sauro-widget .launcher").click()
        self.page.locator("sauro-widget .panel").wait_for()

    def type(self, text: str) -> None:
        self.page.locator("sauro-widget textarea").fill(text)
        self.page.keyboard.press("Enter")

    def ask(self, text: str) -> None:
        """Type a question and wait for its answer."""
        before = self.page.locator("sauro-widget .theirs .under").count()
        self.type(text)
        self.page.locator("sauro-widget .theirs .under").nth(before).wait_for()

    def see(self, text: str) -> None:
        self.page.locator("sauro-widget .log").get_by_text(text).first.wait_for()

    def axe(self) -> list[str]:
        """What axe-core finds on the page, by rule and place, of every weight."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.add_script_tag(path=AXE)
        result: dict[str, Any] = self.page.evaluate("axe.run()")
        return [f"{v['id']} ({v['impact']}): {n['target']}" for v in result["violations"] for n in v["nodes"]]

    @property
    def said(self) -> list[str]:
        """What the person said, as shown."""
        return self.page.locator("sauro-widget .mine .bubble").all_inner_texts()

    @property
    def answers(self) -> list[str]:
        return self.page.locator("sauro-widget .theirs .bubble").all_inner_texts()

    @property
    def focused(self) -> str:
        """Name (or class) of what has the focus inside the widget; "" when it is outside."""
        name: str = self.page.evaluate(
            """() => { const node = document.querySelector("sauro-widget").shadowRoot.activeElement;
            return node ? node.getAttribute("aria-label") || node.textContent || node.className : "" }"""
        )
        return name


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(url, **options of the browser's context)`."""
    contexts: list[BrowserContext] = []

    def arrive(url: str, within: BrowserContext | None = None, **options: Any) -> Visitor:
        context = within or browser.new_context(**(DESKTOP | options))
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        troubles: list[str] = []
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(url)
        page.locator("sauro-widget .launcher").wait_for(state="attached")
        return Visitor(page, context, troubles)

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visit: Visit, server: Running) -> Visitor:
    """Somebody on our own portal who has opened the widget."""
    arrived = visit(server.url)
    arrived.open()
    return arrived
