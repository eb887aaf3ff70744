"""Conversations of every register, turn by turn: what is replied, what is then waited for, and what is in the ledger at the end.

A row of conversations.jsonl: `turns` are [message, status, slot asked for], "elsewhere" goes on in another conversation of the account;
`saved` are the entries that are added, each with the content that matters. The rows of nlu_data/eval/updates.jsonl look at the end alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from knowledge.progress.types import Entry
from tests.dialogues.conftest import Books
from tests.system.conftest import Running

ROWS = [json.loads(line) for line in (Path(__file__).parent / "conversations.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_conversation(row: dict[str, Any], server: Running, books: Books) -> None:
    token, end, sender = books.fresh_token(row["role"], row["agency"]), books.end(), f"test-{uuid4().hex}"
    heard, wanted = [], []
    for turn in row["turns"]:
        if turn == "elsewhere":
            sender = f"test-{uuid4().hex}"
            continue
        text, status, asks = turn
        custom = server.custom(text, sender, token)
        heard.append((text, custom["status"], custom.get("asks")))
        wanted.append((text, status, asks))
    assert heard == wanted
    assert [_told(e, want) for e, want in zip(books.after(end), row["saved"], strict=True)] == row["saved"]


def _told(entry: Entry, want: dict[str, Any]) -> dict[str, Any]:
    """An entry with the fields that a row looks at."""
    fields = {**vars(entry.content), "task": str(entry.key), "kind": entry.kind}
    return {name: fields[name] for name in want}
