"""Every dialog of nlu_data/eval/updates.jsonl, played against the running service: what is replied, and what is in the ledger after it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from knowledge.progress.types import Entry
from tests.dialogues.conftest import Books
from tests.system.conftest import Running

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "nlu_data/eval/updates.jsonl").read_text("utf-8").splitlines()
]
REFUSED = {"unauthorised": "forbidden", "wrong_agency": "forbidden", "cancel": "cancelled"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_dialog(row: dict[str, Any], server: Running, books: Books) -> None:
    expected = row["expect"]
    wanted = [expected, *expected.get("also", [])]
    before = [len(books.entries(w["task"])) for w in wanted]
    sender, token = f"test-{uuid4().hex}", books.token(row["role"], row["agency"])
    customs = [server.custom(turn, sender, token) for turn in row["turns"]]
    added = [books.entries(w["task"])[n:] for w, n in zip(wanted, before, strict=True)]
    if expected["saved"]:
        assert [len(entries) for entries in added] == [1] * len(wanted)
        for want, (entry,) in zip(wanted, added, strict=True):
            assert _fits(entry, want), entry
        assert customs[-1]["status"] in ("saved", "social")
    else:
        assert added == [[]] * len(wanted)
        assert REFUSED[row["kind"]] in {custom["status"] for custom in customs}
    assert not any(custom["degraded"] for custom in customs)


def test_a_whole_dialog_says_at_each_turn_what_it_is_waiting_for(server: Running, books: Books) -> None:
    sender, token = f"test-{uuid4().hex}", books.token("staff", "Công an tỉnh")
    turns = ["cập nhật tiến độ", "SOC", "gần xong", "45", "hạn cái này là bao giờ?", "sửa lại", "50%", "lưu", "lưu"]
    said = [server.custom(turn, sender, token) for turn in turns]
    assert [(custom["status"], custom.get("asks")) for custom in said] == [
        ("asking", "task"),
        ("asking", "percent"),
        ("asking", "percent"),
        ("asking", "confirm"),
        ("answered", "confirm"),
        ("asking", "change"),
        ("asking", "confirm"),
        ("saved", None),
        ("social", None),
    ]


def _fits(entry: Entry, want: dict[str, Any]) -> bool:
    content = entry.content
    words = " ".join((content.note, content.obstacle, content.next_step)).lower()
    return (
        want.get("percent") in (None, content.percent)
        and want.get("status") in (None, content.status)
        and all(piece.lower() in words for piece in want.get("note_contains", []))
    )
