"""Permanent ids stay with their record when a plan is read again, and a changed numbering waits for approval."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingest.ingest import Ingestion, ingest, publish
from knowledge.records import PLANS, read_plan

HEADER = "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n"
ROADS = "Sửa chữa các tuyến đường liên xã\tSở Xây dựng\tNăm 2026\n"
TREES = "Trồng một triệu cây xanh đô thị\tSở Nông nghiệp và Môi trường\tHàng năm\n"
SCHOOLS = "Xây mới hai mươi trường mầm non\tSở Giáo dục và Đào tạo\tNăm 2027\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path


def read(folder: Path, *rows: str) -> Ingestion:
    file = folder / "plan.tsv"
    file.write_text(HEADER + "".join(f"{n}\t{row}" for n, row in enumerate(rows, 1)), encoding="utf-8")
    old = folder / "out" / "kh-thu.json"
    return ingest(file, "kh-thu", published=read_plan(old) if old.exists() else None)


def ids(folder: Path) -> dict[str, str]:
    return {task.title.text.split()[0]: task.id for task in read_plan(folder / "out" / "kh-thu.json").tasks}


def test_reading_the_same_plan_again_keeps_every_id(folder: Path) -> None:
    publish(read(folder, ROADS, TREES), folder / "out")
    before = ids(folder)
    again = read(folder, ROADS, TREES)
    assert not again.mapping.approval_needed
    publish(again, folder / "out")
    assert ids(folder) == before


def test_a_corrected_wording_keeps_the_id(folder: Path) -> None:
    publish(read(folder, ROADS, TREES), folder / "out")
    before = ids(folder)
    corrected = read(folder, ROADS.replace("các tuyến", "toàn bộ các tuyến"), TREES)
    assert publish(corrected, folder / "out") is not None
    assert ids(folder) == before


def test_changed_numbers_are_not_written_before_the_mapping_is_accepted(folder: Path) -> None:
    publish(read(folder, ROADS, TREES), folder / "out")
    before = (folder / "out" / "kh-thu.json").read_bytes()
    old = ids(folder)
    renumbered = read(folder, SCHOOLS, ROADS, TREES)
    assert publish(renumbered, folder / "out") is None
    assert (folder / "out" / "kh-thu.json").read_bytes() == before
    moves = [(m.id, str(m.old), str(m.new)) for m in renumbered.mapping.moved]
    assert moves == [
        (old["Sửa"], "kh-thu/tasks/1", "kh-thu/tasks/2"),
        (old["Trồng"], "kh-thu/tasks/2", "kh-thu/tasks/3"),
    ]
    assert [str(key) for key in renumbered.mapping.added] == ["kh-thu/tasks/1"]
    assert publish(renumbered, folder / "out", accept_mapping=True) is not None
    new = ids(folder)
    assert (new["Sửa"], new["Trồng"]) == (old["Sửa"], old["Trồng"])
    assert new["Xây"] not in old.values()


def test_a_task_that_went_away_waits_for_approval_too(folder: Path) -> None:
    publish(read(folder, ROADS, TREES), folder / "out")
    shorter = read(folder, ROADS)
    assert shorter.mapping.approval_needed
    assert [str(key) for key in shorter.mapping.gone] == ["kh-thu/tasks/2"]


def test_a_new_task_at_the_end_needs_no_approval(folder: Path) -> None:
    publish(read(folder, ROADS), folder / "out")
    assert not read(folder, ROADS, TREES).mapping.approval_needed


def test_ids_of_both_plans_are_all_different(party: Ingestion, committee: Ingestion) -> None:
    records = [r for found in (party, committee) for r in (*found.plan.tasks, *found.plan.targets, *found.plan.body)]
    assert len({record.id for record in records}) == len(records)


def test_the_version_is_the_hash_of_the_source_file(committee: Ingestion) -> None:
    import hashlib

    assert committee.plan.version == hashlib.sha256((PLANS / "sources" / "kh-ubnd.txt").read_bytes()).hexdigest()
