"""Feedback for review, and deleting what was said, as commands."""

from __future__ import annotations

import json
from pathlib import Path

from bot.migrations.upgrade import upgrade
from knowledge.store.database import open_database
from knowledge.store.feedback import FeedbackStore
from knowledge.store.turns import TurnStore
from tests.bot.cli.commands import sauro


def test_an_operator_reads_ratings_and_deletes_a_conversation(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'sauro.db'}")
    upgrade(database)
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
