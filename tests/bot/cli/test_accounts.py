"""`sauro accounts` and `sauro agencies`, as a person and as a script runs them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.messages.catalog import message
from knowledge.errors import BadCode
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from tests.bot.cli.commands import sauro

SCIENCE = "Sở Khoa học và Công nghệ"


def store(var: Path) -> AccountStore:
    return AccountStore(open_database(f"sqlite:///{var / 'sauro.db'}"))


def made(var: Path, name: str = "An", role: str = "staff", agency: str = "so khcn") -> str:
    given = ("--agency", agency) if agency else ()
    done = sauro("accounts", "create", "--name", name, "--role", role, *given, "--print-token", var=var)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_script_gets_the_token_and_nothing_else(tmp_path: Path) -> None:
    out = made(tmp_path)
    assert re.fullmatch(r"[\w-]{43}\n", out)
    account = store(tmp_path).by_token(out.strip())
    assert account is not None
    assert (account.role, account.agency, account.name) == ("staff", SCIENCE, "An")


def test_making_an_account_loads_neither_torch_nor_the_corpus(tmp_path: Path) -> None:
    """A script calls it once per account: what it loads is what it costs."""
    arguments = ["sauro", "accounts", "create", "--name", "An", "--role", "staff", "--agency", SCIENCE, "--print-token"]
    code = (
        f"import sys; sys.argv = {arguments!r}\n"
        "from bot.cli.main import app\n"
        "app(standalone_mode=False)\n"
        "from knowledge.corpus import load_corpus\n"
        "heavy = {'torch', 'sentence_transformers', 'faiss', 'rasa_sdk', 'fastapi'} & set(sys.modules)\n"
        "print(sorted(heavy), load_corpus.cache_info().misses)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"SAURO_VAR": str(tmp_path)},
        cwd=Path(__file__).parents[3],
        timeout=60,
    )
    assert done.stdout.splitlines()[1:] == ["[] 0"], done.stderr


def test_accounts_are_listed_disabled_and_forgotten(tmp_path: Path) -> None:
    assert sauro("accounts", "list", var=tmp_path).stdout == message("account.none") + "\n"
    token = made(tmp_path).strip()
    made(tmp_path, "Chi", "leader", "")
    account = store(tmp_path).named("An")
    done = sauro("accounts", "list", var=tmp_path)
    assert [line.split(maxsplit=1)[1] for line in done.stdout.splitlines()] == [
        f"An · cán bộ · {SCIENCE}",
        "Chi · lãnh đạo · không gắn cơ quan",
    ]
    renewed = sauro("accounts", "rotate-token", "An", var=tmp_path).stdout.strip()
    assert (store(tmp_path).by_token(token), store(tmp_path).by_token(renewed)) == (None, account)
    assert sauro("accounts", "disable", account.id, var=tmp_path).returncode == 0
    assert store(tmp_path).by_token(renewed) is None
    assert sauro("accounts", "erase-name", "An", var=tmp_path).returncode == 0
    first = sauro("accounts", "list", var=tmp_path, SAURO_LANGUAGE="en").stdout.splitlines()[0]
    assert first == f"{account.id}  (name erased) · staff · {SCIENCE} · disabled"


def test_a_link_code_binds_a_channel_user(tmp_path: Path) -> None:
    made(tmp_path)
    code = sauro("accounts", "link-code", "An", var=tmp_path).stdout
    assert re.fullmatch(r"[A-Z2-9]{4} [A-Z2-9]{4}\n", code)
    assert store(tmp_path).redeem(code, "zalo", "7").name == "An"


def test_agencies_are_added_and_listed(tmp_path: Path) -> None:
    assert sauro("agencies", "add", "UBND xã Xuân Lộc", var=tmp_path).stdout == "Đã thêm cơ quan UBND xã Xuân Lộc.\n"
    assert sauro("agencies", "list", "--added", var=tmp_path).stdout == "UBND xã Xuân Lộc\n"
    made(tmp_path, agency="ubnd xa xuan loc")
    known = sauro("agencies", "list", var=tmp_path).stdout.splitlines()
    assert {"UBND xã Xuân Lộc", SCIENCE, "Đảng ủy Công an tỉnh"} <= set(known)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("accounts", "create", "--name", "An", "--role", "staff", "--agency", "Sở Khoa học Môi trường"),
            "✗ Chưa biết cơ quan “Sở Khoa học Môi trường”. Có phải là: ",
        ),
        (("accounts", "create", "--name", "An", "--role", "staff"), "✗ Tài khoản cán bộ phải thuộc một cơ quan."),
        (
            ("accounts", "create", "--name", "An", "--role", "citizen"),
            "✗ Không có vai trò “citizen”. Các vai trò: staff,",
        ),
        (("accounts", "create", "--name", " ", "--role", "admin"), "✗ Tên đang để trống."),
        (("accounts", "link-code", "Bình"), "✗ Không có tài khoản nào mang mã hoặc tên “Bình”."),
        (("agencies", "add", "so khcn"), f"✗ Cơ quan này đã có: {SCIENCE}"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], line: str) -> None:
    done = sauro(*arguments, var=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(line)


def test_after_a_restore_everything_that_lets_somebody_in_can_be_ended(tmp_path: Path) -> None:
    tokens = [made(tmp_path, name).strip() for name in ("An", "Bình")]
    accounts = store(tmp_path)
    an, binh = (account.id for account in accounts.list())
    accounts.link(an, "zalo", "u1")
    code = accounts.link_code(binh)
    assert sauro("accounts", "revoke-all", var=tmp_path).returncode == 0
    assert [accounts.by_token(token) for token in tokens] == [None, None]
    assert accounts.linked("zalo", "u1") is None
    with pytest.raises(BadCode):
        accounts.redeem(code, "web", "browser")
    assert accounts.by_token(sauro("accounts", "rotate-token", "An", var=tmp_path).stdout.strip()) is not None
