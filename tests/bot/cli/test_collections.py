"""Collections are brought in, listed and taken away on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.messages.catalog import message

ROW = {"ma": "A1", "ten": "Cấp giấy phép nuôi yến", "phi": "120.000 đồng"}
IMPORT = ("--id", "giay-phep", "--name", "Thủ tục", "--key", "ma", "--title", "ten", "--fields")


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SAURO_VAR", str(tmp_path / "var"))
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW, ensure_ascii=False) + "\n", encoding="utf-8")
    return str(file)


def run(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["collections", *arguments])
    return ran.exit_code, ran.output


def test_a_collection_comes_is_listed_and_goes(rows: str) -> None:
    assert run("list") == (0, "Chưa có kho nào.\n")
    assert run("import", rows, *IMPORT, "fee=phi") == (0, "Đã đưa vào 1 hồ sơ “Thủ tục”.\n")
    assert run("list") == (0, "giay-phep: Thủ tục, 1 hồ sơ, trường fee\n")
    assert run("remove", "giay-phep") == (0, "Đã gỡ kho giay-phep.\n")
    assert run("list") == (0, "Chưa có kho nào.\n")


def test_a_damaged_collection_is_named_in_one_line_and_can_be_removed(rows: str, tmp_path: Path) -> None:
    run("import", rows, *IMPORT, "fee=phi")
    place = tmp_path / "var" / "collections" / "giay-phep"
    (place / "records.jsonl").write_text("{", encoding="utf-8")
    assert run("list") == (1, "✗ " + message("collections.bad_damaged", folder=place) + "\n")
    assert run("remove", "giay-phep") == (0, "Đã gỡ kho giay-phep.\n")


@pytest.mark.parametrize("fields", ["fee", "fee=", "=phi", "fee=nothing"])
def test_fields_that_are_not_there_are_refused(rows: str, fields: str) -> None:
    assert run("import", rows, *IMPORT, fields)[0] == 1
    assert run("list") == (0, "Chưa có kho nào.\n")


@pytest.mark.parametrize("ident", ["nothing", "..", "../var", ""])
def test_what_is_not_there_is_not_removed(rows: str, ident: str) -> None:
    assert run("remove", ident)[0] == 1


def test_a_bad_setting_ends_with_one_line(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAURO_PORT", "eighty")
    for command in (["list"], ["remove", "giay-phep"], ["import", rows, *IMPORT, "fee=phi"]):
        code, said = run(*command)
        assert (code, len(said.splitlines()), "SAURO_PORT" in said) == (1, 1, True)
