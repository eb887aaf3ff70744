"""Records with titles become a set that search is measured on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import titles
from knowledge.search.evaluation import RetrievalSet, read_set


def test_titles_are_asked_for_the_rest_of_their_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    records, made = tmp_path / "records.jsonl", tmp_path / "set.jsonl"
    rows = [{"name": f"Cấp thẻ {n}", "url": "x", "steps": f"Muốn Cấp thẻ {n}: nộp đơn", "days": 5} for n in range(3)]
    records.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["titles", str(records), "--title", "name", "--without", "url", "--every", "2"])
    titles.main()
    made.write_text(capsys.readouterr().out, encoding="utf-8")
    assert read_set(made) == RetrievalSet(
        texts=("Muốn  : nộp đơn",) * 3,
        queries=("Cấp thẻ 0", "Cấp thẻ 2"),
        relevant=(frozenset({0}), frozenset({2})),
    )
