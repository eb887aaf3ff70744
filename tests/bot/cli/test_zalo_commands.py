"""`sauro zalo` and `sauro channels`, on a real database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.cli.stores import open_stores
from bot.gateway.settings import load
from bot.messages.catalog import message
from knowledge.store.deliveries import Arrival


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAURO_VAR", str(tmp_path))


def sauro(*arguments: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments, input=typed)
    return done.exit_code, done.output


def test_tokens_are_set_without_being_shown_and_then_told_about(tmp_path: Path) -> None:
    assert sauro("zalo", "tokens", "show")[0] == 1
    code, said = sauro("zalo", "tokens", "set", typed="geheim-4711\n")
    assert (code, "4711" in said) == (0, False)
    assert sauro("zalo", "tokens", "show") == (0, message("zalocli.left", hours=0, days=89) + "\n")
    assert b"geheim-4711" not in (tmp_path / "sauro.db").read_bytes()


def test_replies_that_were_given_up_are_listed_and_sent_again() -> None:
    stores = open_stores(load())
    store = stores.deliveries
    now = datetime.now(UTC)
    store.receive(Arrival("u1", "m1", "text", "bí mật", now), "c", now)
    delivery = store.next("u1")
    assert delivery is not None
    store.end(delivery.seq, "status 500")
    code, said = sauro("zalo", "dead", "list")
    assert (code, said.split()[0], "status 500" in said, "bí mật" in said) == (0, delivery.turn, True, False)
    assert sauro("zalo", "dead", "resend", delivery.turn) == (0, message("zalocli.resent", count=1) + "\n")
    assert sauro("zalo", "dead", "resend", delivery.turn)[0] == 1
    assert sauro("zalo", "dead", "list") == (0, message("zalocli.nothing") + "\n")
    stores.database.dispose()


def test_a_channel_is_switched_off_with_a_notice_and_on_again() -> None:
    assert sauro("channels", "off", "zalo", "--notice", "Tạm nghỉ")[0] == 0
    assert sauro("channels", "off", "web")[0] == 0
    stores = open_stores(load())
    notices = stores.switches.notices()
    stores.database.dispose()
    assert notices == {"zalo": "Tạm nghỉ", "web": message("channels.notice")}
    listed = sauro("channels", "list")[1].splitlines()
    assert [line.split()[:2] for line in listed] == [["rest", "mở"], ["web", "tắt"], ["zalo", "tắt"]]
    assert [sauro("channels", "on", "zalo")[1], sauro("channels", "on", "zalo")[1]] == [
        message("channels.is_on", channel="zalo") + "\n",
        message("channels.was_on", channel="zalo") + "\n",
    ]
