"""`sauro ingest` and `sauro diff` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from knowledge.records import PLANS, read_plan

SOURCE = PLANS / "sources" / "kh-ubnd.txt"
TABLE = "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n{rows}"


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    return result.exit_code, result.output


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "plan.tsv"


def write(plan: Path, *titles: str) -> None:
    rows = "".join(f"{n}\t{title}\tSở Y tế\tNăm 2026\n" for n, title in enumerate(titles, 1))
    plan.write_text(TABLE.format(rows=rows), encoding="utf-8")


def test_ingest_publishes_and_reports(tmp_path: Path) -> None:
    code, output = run("ingest", SOURCE, "--plan", "kh-ubnd", "--out", tmp_path)
    assert code == 0
    assert "5 nhóm nhiệm vụ, 34 nhiệm vụ, 33 chỉ tiêu, 2 đoạn nội dung" in output
    assert "văn bản để trống số ký hiệu" in output
    assert read_plan(tmp_path / "kh-ubnd.json") == read_plan(PLANS / "kh-ubnd.json")


def test_check_writes_nothing(tmp_path: Path) -> None:
    code, output = run("ingest", SOURCE, "--plan", "kh-ubnd", "--out", tmp_path, "--check")
    assert (code, list(tmp_path.iterdir())) == (0, [])
    assert "chưa ghi gì" in output


def test_json_report_holds_counts_doubts_and_mapping(tmp_path: Path, plan: Path) -> None:
    plan.write_text(TABLE.format(rows="1\tMột việc\tHội Cựu giáo chức Xanh\tsớm\n"), encoding="utf-8")
    code, output = run("ingest", plan, "--plan", "kh-thu", "--out", tmp_path, "--json")
    report = json.loads(output)
    assert code == 0
    assert report["counts"] == {"sections": 0, "tasks": 1, "targets": 0, "body": 0}
    assert [(d["kind"], d["where"], d["text"]) for d in report["doubts"]] == [
        ("timeframe", "kh-thu/tasks/1", "sớm"),
        ("unknown_agency", "kh-thu/tasks/1", "Hội Cựu giáo chức Xanh"),
    ]
    assert (report["moved"], report["gone"], report["unused"]) == ([], [], [])


def test_changed_numbers_need_a_yes(tmp_path: Path, plan: Path) -> None:
    write(plan, "Khám sức khỏe học đường", "Tiêm chủng mở rộng")
    assert run("ingest", plan, "--plan", "kh-thu", "--out", tmp_path)[0] == 0
    before = (tmp_path / "kh-thu.json").read_bytes()
    write(plan, "Tiêm chủng mở rộng", "Khám sức khỏe học đường")
    code, output = run("ingest", plan, "--plan", "kh-thu", "--out", tmp_path)
    assert code == 3
    assert "kh-thu/tasks/1 → kh-thu/tasks/2" in output
    assert (tmp_path / "kh-thu.json").read_bytes() == before
    assert run("ingest", plan, "--plan", "kh-thu", "--out", tmp_path, "--accept-mapping")[0] == 0
    assert (tmp_path / "kh-thu.json").read_bytes() != before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("trong.txt", b"", "không có chữ nào"),
        ("van.txt", "Chỉ là một câu.".encode(), "Không tìm thấy bảng"),
        ("cu.txt", b"S\xd4 T\xc0I CH\xcdNH", "không phải UTF-8"),
        ("anh.png", b"\x89PNG", ".docx, .pdf, .tsv, .txt, .xlsx"),
        (
            "khoa.docx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "bị khóa bằng mật khẩu",
        ),
    ],
)
def test_a_bad_file_ends_with_one_clear_line(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    code, output = run("ingest", file, "--plan", "kh-thu", "--out", tmp_path)
    assert code == 1
    assert told in output
    assert len(output.strip().splitlines()) == 1


def test_a_missing_file_and_a_bad_id_are_told(tmp_path: Path) -> None:
    assert "Không đọc được tệp" in run("ingest", tmp_path / "none.txt", "--plan", "kh-thu")[1]
    assert "không hợp lệ" in run("ingest", SOURCE, "--plan", "../kh")[1]


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, plan: Path) -> None:
    write(plan, "Một việc")
    nowhere = tmp_path / "nowhere"
    code, output = run("ingest", plan, "--plan", "kh-thu", "--out", nowhere)
    assert (code, output) == (1, f"✗ Không ghi được vào thư mục {nowhere}: No such file or directory\n")


def test_english_report(tmp_path: Path) -> None:
    assert (
        "34 tasks, 33 targets"
        in run("ingest", SOURCE, "--plan", "kh-ubnd", "--out", tmp_path, "--check", "--lang", "en")[1]
    )


def test_diff_lists_every_level_with_both_texts() -> None:
    code, output = run("diff", "kh-tu", "kh-ubnd")
    assert code == 0
    assert "32 cặp nhiệm vụ, 33 cặp chỉ tiêu" in output
    assert "kh-tu/targets/1: trên 55%\n    kh-ubnd/targets/2: >50%" in output
    assert "MÂU THUẪN TRONG CÙNG MỘT KẾ HOẠCH (4)" in output
    assert "KHÁC CÁCH GỌI TÊN (" not in output
    assert "KHÁC CÁCH GỌI TÊN (" in run("diff", "kh-tu", "kh-ubnd", "--all")[1]


def test_diff_as_json() -> None:
    found = json.loads(run("diff", "kh-tu", "kh-ubnd", "--json")[1])
    assert len(found["twins"]) == 67
    assert {d["level"] for d in found["differences"]} == {
        "value",
        "operator",
        "lead",
        "partner",
        "scope",
        "only-one",
        "internal",
    }


def test_diff_with_an_unknown_plan_names_the_known_ones() -> None:
    code, output = run("diff", "kh-tu", "kh-khac")
    assert code == 1
    assert "kh-tu, kh-ubnd" in output
