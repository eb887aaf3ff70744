"""Bad input ends with an error that says what is wrong, and published records stay as they were."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image

from knowledge.errors import (
    BadEncoding,
    EmptySource,
    EncryptedSource,
    LayoutError,
    PlanError,
    ScannedSource,
    UnsupportedSource,
    WordLoss,
)
from knowledge.ingest.blocks import Scribe
from knowledge.ingest.ingest import ingest, publish
from knowledge.ingest.usage import Usage

HEADER = "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n"


def pdf(text: str = "", *, picture: bool = False, password: str = "") -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    if password:
        document.set_encryption(owner_password="o", user_password=password, encryption_method=EncryptionMethod.AES_128)
    if picture:
        document.image(Image.new("RGB", (40, 40), "white"), x=10, y=10, w=100)
    if text:
        document.cell(text=text)
    return bytes(document.output())


def office(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture_document() -> bytes:
    document = docx.Document()
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    return office(document)


LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512

CASES: list[tuple[str, bytes, type[PlanError]]] = [
    ("nothing.txt", b"", EmptySource),
    ("blank.txt", b" \n\n \n", EmptySource),
    ("blank.docx", office(docx.Document()), EmptySource),
    ("blank.xlsx", office(openpyxl.Workbook()), EmptySource),
    ("blank.pdf", pdf(), EmptySource),
    ("scan.pdf", pdf(picture=True), ScannedSource),
    ("scan.docx", picture_document(), ScannedSource),
    ("locked.pdf", pdf("secret", password="x"), EncryptedSource),
    ("locked.docx", LOCKED, EncryptedSource),
    ("locked.xlsx", LOCKED, EncryptedSource),
    ("old.docx", OLD, UnsupportedSource),
    ("tcvn.txt", "Nhiệm vụ".encode("utf-16-le") + b"\xff", BadEncoding),
    ("latin.txt", "Sở Tài chính, Đà Nẵng".encode("cp1258", "replace"), BadEncoding),
    ("nul.txt", b"STT\x00Nhiem vu", BadEncoding),
    ("picture.png", b"\x89PNG", UnsupportedSource),
    ("fake.pdf", b"this is not a pdf", UnsupportedSource),
    ("fake.docx", b"this is not a document", UnsupportedSource),
    ("zip.docx", b"PK\x03\x04 broken", UnsupportedSource),
    ("zip.xlsx", b"PK\x03\x04 broken", UnsupportedSource),
    ("prose.txt", "Hôm nay trời đẹp.\nNgày mai cũng vậy.\n".encode(), LayoutError),
    ("header.tsv", "Tên\tTuổi\tQuê\nAn\t30\tĐồng Nai\n".encode(), LayoutError),
    ("twice.tsv", (HEADER + "1\tMột việc\tSở Y tế\tNăm 2026\n1\tViệc khác\tSở Y tế\tNăm 2026\n").encode(), LayoutError),
]


@pytest.mark.parametrize(("name", "content", "error"), CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_its_own_error(
    name: str, content: bytes, error: type[PlanError], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(error) as caught:
        ingest(file, "kh-thu")
    assert type(caught.value) is error


def test_a_missing_file_is_an_ordinary_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ingest(tmp_path / "none.txt", "kh-thu")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_any_unicode_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(HEADER + "1\tMột việc\tSở Y tế\tNăm 2026\n", encoding=encoding)
    assert ingest(file, "kh-thu").plan.tasks[0].lead.agencies == ("Sở Y tế",)


def test_a_failed_run_leaves_the_published_record_untouched(tmp_path: Path) -> None:
    file = tmp_path / "plan.tsv"
    file.write_text(HEADER + "1\tMột việc\tSở Y tế\tNăm 2026\n", encoding="utf-8")
    path = publish(ingest(file, "kh-thu"), tmp_path)
    assert path is not None
    before = path.read_bytes()
    file.write_text("Không còn bảng nào ở đây.\n", encoding="utf-8")
    with pytest.raises(LayoutError):
        publish(ingest(file, "kh-thu"), tmp_path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kh-thu.json", "plan.tsv"]


def test_a_word_used_twice_or_left_out_is_a_word_loss() -> None:
    words = Scribe().write("một hai ba", "L", 1)
    usage = Usage()
    usage.claim(words[:1], "title")
    with pytest.raises(WordLoss):
        usage.claim(words[:1], "lead")
    with pytest.raises(WordLoss):
        usage.claim((words[2], words[1]), "lead")
    with pytest.raises(WordLoss):
        Usage().require(words)
