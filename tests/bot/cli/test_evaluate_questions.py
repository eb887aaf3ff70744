"""`sauro eval questions` as a person runs it: against a server, against a service it starts itself, against the answering part alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.commands import sauro
from tests.bot.cli.test_commands import process, server

__all__ = ["server"]  # the stand-in for a running server, as a fixture

OWN = Path(__file__).parents[3] / "nlu_data/eval/questions.jsonl"
ROW: dict[str, Any] = {
    "id": "a1", "category": "task_facet", "lang": "vi", "register": "formal", "turns": ["Ai chủ trì?"], "must": [["đáp: Ai chủ trì?"]],
    "must_not": [], "cite": [], "note": "", "intent": "ask_task", "facets": ["lead"],
}  # fmt: skip
WRONG = ROW | {"id": "a2", "category": "target", "register": "typo", "must": [["80%"]]}
TALK = ROW | {"id": "a3", "category": "followup", "register": "chat", "turns": ["một", "hai"], "must": [["đáp: hai"]]}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in (ROW, WRONG, TALK)), encoding="utf-8")
    return file


def figures(output: str) -> dict[str, Any]:
    (told,) = json.loads(output).values()
    assert set(told.pop("turn_ms")) == {"p50", "p95"}
    return dict(told)


FIGURES = {
    "passed": 2,
    "total": 3,
    "categories": {
        "task_facet": {"passed": 1, "total": 1},
        "target": {"passed": 0, "total": 1},
        "followup": {"passed": 1, "total": 1},
    },
    "registers": {
        "formal": {"passed": 1, "total": 1},
        "chat": {"passed": 1, "total": 1},
        "typo": {"passed": 0, "total": 1},
    },
    "early": 2,
    "refused": 0,
    "wrong": 1,
    "failures": [
        {
            "id": "a2",
            "category": "target",
            "register": "typo",
            "turns": ["Ai chủ trì?"],
            "missing": [["80%"]],
            "found": [],
            "status_right": True,
            "cited": True,
            "verbatim": True,
            "status": "answered",
            "degraded": False,
            "error": "",
            "answer": "đáp: Ai chủ trì?\n",
        }
    ],
}


def test_a_running_server_is_judged(server: str, rows: Path, tmp_path: Path) -> None:
    done = sauro("eval", "questions", str(rows), "--url", server, "--json", var=tmp_path)
    assert (done.returncode, figures(done.stdout)) == (0, FIGURES)


def test_without_an_address_the_service_is_started_and_judged(server: str, rows: Path, tmp_path: Path) -> None:
    done = process("eval", "questions", str(rows), "--json", var=tmp_path, SAURO_RASA_URL=server)
    told = figures(done.stdout)
    assert (done.returncode, told["passed"], told["total"]) == (0, 2, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set.jsonl"]


def test_a_table_is_printed_and_the_failures_on_request(server: str, rows: Path, tmp_path: Path) -> None:
    done = sauro("eval", "questions", str(rows), "--url", server, "--verbose", var=tmp_path)
    counts = re.findall(r"│ ([^│]+?) +│ (\d+) +│ (\d+) +│ ([\d.]+) +│", done.stdout)
    assert counts == [
        ("task_facet", "1", "1", "100.0"),
        ("target", "0", "1", "0.0"),
        ("followup", "1", "1", "100.0"),
        ("formal", "1", "1", "100.0"),
        ("chat", "1", "1", "100.0"),
        ("typo", "0", "1", "0.0"),
        ("tất cả", "2", "3", "66.7"),
    ]
    assert "Nêu ngay ở đầu 2/3 · từ chối 0 · sai 1 · " in done.stdout
    assert json.loads(done.stdout.splitlines()[-1]) == FIGURES["failures"][0]  # type: ignore[index]


def test_questions_can_be_asked_without_diacritics_and_of_one_category(server: str, rows: Path, tmp_path: Path) -> None:
    done = sauro(
        "eval", "questions", str(rows), "--url", server, "--fold", "--only", "task_facet", "--json", var=tmp_path
    )
    told = figures(done.stdout)
    assert (told["total"], [f["answer"] for f in told["failures"]]) == (1, ["đáp: ai chu tri?\n"])


def test_the_answering_part_alone_needs_no_server(tmp_path: Path) -> None:
    done = sauro("eval", "questions", str(OWN), "--in-process", "--only", "social,conflict", var=tmp_path)
    assert done.returncode == 0
    assert "conflict" in done.stdout
    assert done.stdout.splitlines()[-1] == "Không tính 5 câu do bộ máy hội thoại tự trả lời."


def test_a_server_that_is_not_there_is_named(rows: Path, tmp_path: Path) -> None:
    done = sauro("eval", "questions", str(rows), "--url", "http://127.0.0.1:9", var=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "✗ Không có máy chủ nào trả lời tại http://127.0.0.1:9. Hãy chạy make serve, hoặc bỏ --url.\n"


def test_a_category_without_questions_is_named(rows: Path, tmp_path: Path) -> None:
    done = sauro("eval", "questions", str(rows), "--only", "weather", var=tmp_path)
    assert (done.returncode, done.stderr) == (1, "✗ Không có câu hỏi nào thuộc loại weather.\n")


def test_a_bad_row_ends_with_one_line(rows: Path, tmp_path: Path) -> None:
    rows.write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | {"id": "b", "must": "80%"}), encoding="utf-8")
    done = sauro("eval", "questions", str(rows), var=tmp_path)
    assert done.returncode == 1
    assert done.stderr.replace("\n", "") == f"✗ {rows}, dòng 2: trường must không đúng dạng của bộ câu hỏi."
