"""Collections: read from any JSONL with named fields, found by their titles, answered from with verbatim quotes, taken up while running."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answer.answerer import Answerer, load_answerer
from knowledge.collections import shelf as shelves
from knowledge.collections.records import About, Collection, Entry, read_collections, read_records, write_collection
from knowledge.collections.shelf import SHELF, Shelf
from knowledge.errors import CollectionError
from knowledge.types import Citation, Question

ABOUT = About("giay-phep", "Thủ tục", "ma", "ten", {"authority": "co_quan", "fee": "phi", "Số bản": "so_ban"})
ROWS = (
    {
        "ma": "A1",
        "ten": "Cấp giấy phép nuôi  yến trong nhà",
        "co_quan": "Chi cục Thú y",
        "phi": "120.000 đồng\nmột hồ sơ",
    },
    {"ma": "A2", "ten": "Thu hồi giấy phép nuôi yến", "co_quan": "Chi cục Thú y", "so_ban": 3},
    {"ma": "B7", "ten": "Đăng ký bến đò ngang", "co_quan": "Cảng vụ đường thủy", "phi": ""},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def opened(file: Path, tmp_path: Path) -> Iterator[Answerer]:
    write_collection(read_records(file, ABOUT), tmp_path / "shelf")
    SHELF.open(tmp_path / "shelf")
    yield load_answerer()
    SHELF.open(tmp_path / "nothing")


def test_a_collection_is_what_was_written(file: Path, tmp_path: Path) -> None:
    read = read_records(file, ABOUT)
    assert read == Collection(
        ABOUT,
        (
            Entry(
                "A1",
                "Cấp giấy phép nuôi yến trong nhà",
                {"authority": "Chi cục Thú y", "fee": "120.000 đồng một hồ sơ"},
            ),
            Entry("A2", "Thu hồi giấy phép nuôi yến", {"authority": "Chi cục Thú y", "Số bản": "3"}),
            Entry("B7", "Đăng ký bến đò ngang", {"authority": "Cảng vụ đường thủy"}),
        ),
    )
    write_collection(read, tmp_path / "shelf")
    assert read_collections(tmp_path / "shelf") == (read,)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [("", "empty", 0), ("5", "row", 1), ('{"ma": "1"}', "row", 1), ("{", "row", 1), ('{"ma": 1, "ten": "x"}\n' * 2, "twice", 2),
     ('{"ma": 1, "ten": "x"}', "field", 0)],
)  # fmt: skip
def test_a_file_that_is_no_collection_is_refused(tmp_path: Path, content: str, reason: str, line: int) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError) as error:
        read_records(path, ABOUT)
    assert (error.value.details["reason"], error.value.details["line"]) == (reason, line)


@pytest.mark.parametrize(
    ("question", "item", "field", "quote"),
    [
        ("Cơ quan nào thực hiện thủ tục cấp giấy phép nuôi yến trong nhà?", "A1", "authority", "Chi cục Thú y"),
        ("thu tuc cap giay phep nuoi yen trong nha le phi bao nhieu", "A1", "fee", "120.000 đồng một hồ sơ"),
        ("thủ tục đăng ký bến đò ngang thì cơ quan nào giải quyết", "B7", "authority", "Cảng vụ đường thủy"),
        ("Thủ tục thu hồi giấy phép nuôi yến cần số bản là mấy", "A2", "Số bản", "3"),
    ],
)
def test_a_field_is_answered_with_its_source(
    opened: Answerer, question: str, item: str, field: str, quote: str
) -> None:
    answer = opened.answer(Question(question))
    assert (answer.status, [(c.plan, c.part, c.item, c.quote) for c in answer.citations]) == (
        "answered",
        [("giay-phep", field, item, quote)],
    )
    assert quote in answer.text


def test_a_field_that_a_record_lacks_is_said_to_be_missing(opened: Answerer) -> None:
    answer = opened.answer(Question("Lệ phí thủ tục đăng ký bến đò ngang là bao nhiêu?"))
    assert (answer.status, answer.citations) == ("unanswerable", ())


@pytest.mark.parametrize(
    "question", ["Cơ quan nào chủ trì nhiệm vụ trung tâm giám sát an ninh mạng?", "thủ tục hành chính", "xin chào"]
)
def test_questions_about_the_plans_are_answered_as_without_collections(
    opened: Answerer, tmp_path: Path, question: str
) -> None:
    with_it = opened.answer(Question(question))
    SHELF.open(tmp_path / "nothing")
    assert with_it == opened.answer(Question(question))
    assert not any(isinstance(c, Citation) and c.plan == ABOUT.id for c in with_it.citations)


def test_an_import_is_taken_up_while_questions_are_asked_and_a_damaged_one_is_not(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shelves, "LOOK_EVERY", 0.0)
    caplog.set_level("WARNING", logger=shelves.__name__)
    shelf = Shelf()
    shelf.open(tmp_path / "shelf")

    def found() -> str:
        match = shelf.find("thủ tục đăng ký bến đò ngang", ("dang", "ky", "ben", "do", "ngang"))
        return match.entry.key if match else ""

    def until(true: Callable[[], bool]) -> None:
        give_up = time.monotonic() + 20
        while not true():
            assert time.monotonic() < give_up
            time.sleep(0.01)

    assert found() == ""
    write_collection(read_records(file, ABOUT), tmp_path / "shelf")
    until(lambda: found() == "B7")
    other = read_records(file, replace(ABOUT, id="khac"))
    write_collection(other, tmp_path / "shelf")
    (tmp_path / "shelf" / "khac" / "records.jsonl").write_text("{", encoding="utf-8")
    until(lambda: found() == "B7" and "khac" in caplog.text)
    for folder in (tmp_path / "shelf").iterdir():
        shutil.rmtree(folder)
    until(lambda: found() == "")
