"""The dialogs of nlu_data/eval/updates*.jsonl, played against the running service: what is replied, and what is in the ledger after it.

A row expects what the last entries on its tasks say or, with `entries`, every entry that the dialog adds, in order.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from knowledge.corpus import load_corpus
from knowledge.progress.types import Entry
from tests.dialogues.conftest import Books
from tests.system.conftest import Running

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for file in sorted((Path(__file__).parents[2] / "nlu_data/eval").glob("updates*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]
PLAIN = [row for row in ROWS if "entries" not in row["expect"]]
LISTED = [row for row in ROWS if "entries" in row["expect"]]
REFUSED = {"unauthorised": "forbidden", "wrong_agency": "forbidden", "cancel": "cancelled"}


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row["id"])
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


@pytest.mark.parametrize("row", LISTED, ids=lambda row: row["id"])
def test_dialog_of_several_entries(row: dict[str, Any], server: Running, books: Books) -> None:
    sender, token, end = f"test-{uuid4().hex}", books.fresh_token(row["role"], row["agency"]), books.end()
    for turn in row["turns"]:
        if turn == "elsewhere":
            sender = f"test-{uuid4().hex}"
        else:
            assert server.custom(turn, sender, token)["degraded"] is False
    wanted = row["expect"]["entries"]
    assert [_told(entry, want) for entry, want in zip(books.after(end), wanted, strict=True)] == wanted


def _told(entry: Entry, want: dict[str, Any]) -> dict[str, Any]:
    """An entry with the fields that a row looks at; on a task it counts for the twin too."""
    content = entry.content
    words = " ".join((content.note, content.obstacle, content.next_step)).lower()
    works = {str(entry.key), *map(str, load_corpus().twins(entry.key))}
    said = {**vars(content), "kind": entry.kind, "at": want["at"] if want["at"] in works else str(entry.key)}
    said["measured_on"] = content.measured_on and content.measured_on.isoformat()
    said["link"] = next((e.url for e in content.evidence), None)
    said["contains"] = [piece for piece in want.get("contains", []) if piece.lower() in words]
    return {name: said[name] for name in want}


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
