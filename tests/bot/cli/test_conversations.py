"""Feedback for review, and deleting what was said, as commands."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.store.feedback import FeedbackStore
from knowledge.store.turns import TurnStore
from tests.bot.cli.commands import sauro
from tests.databases import migrated


def test_an_operator_reads_ratings_and_deletes_a_conversation(tmp_path: Path) -> None:
    database = migrated(tmp_path / "sauro.db")
    store = TurnStore(database)
    turn, _ = store.receive("web", "c1", "Ai chủ trì SOC?")
    store.finish(turn.id, "done", [{"text": "Công an tỉnh."}])
    FeedbackStore(database).put("c1", turn.id, "down", "thiếu thời hạn")
    database.dispose()
    (found,) = json.loads(sauro("feedback", "list", "--json", var=tmp_path).stdout)
    assert (found["turn"], found["vote"], found["comment"], found["text"]) == (
        turn.id, "down", "thiếu thời hạn", "Ai chủ trì SOC?",
    )  # fmt: skip
    assert "Công an tỉnh." in sauro("feedback", "list", "--vote", "down", var=tmp_path).stdout
    assert sauro("conversations", "delete", "0" * 32, var=tmp_path).returncode == 1
    assert sauro("conversations", "delete", turn.id, var=tmp_path).stdout == "Đã xóa 1 lượt.\n"
    assert sauro("feedback", "list", var=tmp_path).stdout == "Chưa có đánh giá nào.\n"


def test_a_database_that_fails_ends_a_command_with_one_line(tmp_path: Path) -> None:
    database = migrated(tmp_path / "sauro.db")
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE feedback")
    database.dispose()
    done = sauro("feedback", "list", var=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "", "✗ Không mở hoặc không dùng được cơ sở dữ liệu (no such table: feedback). Hãy kiểm tra SAURO_DATABASE_URL.\n",
    )  # fmt: skip
