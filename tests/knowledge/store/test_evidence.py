import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from knowledge.errors import BadEvidence
from knowledge.progress.types import Evidence
from knowledge.store.evidence import EvidenceStore
from tests.disks import full_beyond

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return made.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence", 4096)


def reason(store: EvidenceStore, name: str, data: bytes) -> object:
    with pytest.raises(BadEvidence) as refused:
        store.keep(name, data)
    return refused.value.details["reason"]


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("Biên bản.pdf", PDF, "application/pdf"),
        ("ảnh.PNG", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        ("a.jpeg", b"\xff\xd8\xff\xe1\0\x10Exif", "image/jpeg"),
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.txt", "Sở Tài chính\n".encode(), "text/plain"),
        ("a.csv", "\ufeffnhiệm vụ;tiến độ\r\n".encode(), "text/csv"),
        ("b.csv", "nhiệm vụ\ttiến độ\r\n".encode("utf-16"), "text/csv"),
    ],
)
def test_a_file_is_kept_under_the_hash_of_its_content(
    store: EvidenceStore, tmp_path: Path, name: str, data: bytes, media_type: str
) -> None:
    content = sha256(data).hexdigest()
    assert store.keep(name, data) == Evidence("file", name, "", content, media_type, len(data))
    assert store.open(content) == tmp_path / "evidence" / content[:2] / content
    assert store.open(content).read_bytes() == data


def test_the_same_content_is_kept_once_whatever_its_name(store: EvidenceStore, tmp_path: Path) -> None:
    first, second = store.keep("a.pdf", PDF), store.keep("b.pdf", PDF)
    assert (first.sha256, first.name, second.name) == (second.sha256, "a.pdf", "b.pdf")
    assert [p.name for p in (tmp_path / "evidence").rglob("*") if p.is_file()] == [first.sha256]
    assert list(store.everything()) == [first.sha256]


def test_what_the_disk_has_no_room_for_leaves_nothing(store: EvidenceStore, tmp_path: Path) -> None:
    with full_beyond(1000), pytest.raises(OSError, match="too large"):
        store.keep("a.txt", b"a" * 4000)
    assert [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == []


def test_a_damaged_file_is_mended_when_it_is_sent_again(store: EvidenceStore) -> None:
    kept = store.keep("a.pdf", PDF)
    store.open(kept.sha256).write_bytes(b"")
    store.keep("a.pdf", PDF)
    assert store.open(kept.sha256).read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.zip", office("a"), "kind"),
        ("a.exe", b"MZ", "kind"),
        ("a.html", b"<script>", "kind"),
        ("a.svg", b"<svg/>", "kind"),
        ("pdf", PDF, "kind"),
        ("", PDF, "kind"),
        ("a.docm", DOCX, "kind"),
        ("a.pdf", PNG, "content"),
        ("a.png", PDF, "content"),
        ("a.docx", office("a"), "content"),
        ("a.docx", XLSX, "content"),
        ("a.docx", b"PK\x03\x04 not an archive", "content"),
        ("a.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "content"),
        ("a.txt", b"MZ\0\1", "content"),
        ("a.txt", b"\xff\xfe\xff", "content"),
        ("a.csv", "Sở".encode("cp1258", "replace") + b"\x90\xff", "content"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", PDF + b"x" * 4096, "large"),
    ],
)
def test_other_files_are_refused_and_leave_nothing(
    store: EvidenceStore, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    assert reason(store, name, data) == why
    assert not (tmp_path / "evidence").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/cron.d/a.pdf", "a.pdf"),
        ("C:\\tệp\\a.pdf", "a.pdf"),
        ("a\x00\n\u202eb.pdf", "a b.pdf"),
        ("..a.pdf", "a.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_shown(store: EvidenceStore, tmp_path: Path, name: str, shown: str) -> None:
    kept = store.keep(name, PDF)
    assert kept.name == shown
    assert [p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()] == [
        Path("evidence", kept.sha256[:2], kept.sha256)
    ]


@pytest.mark.parametrize("name", ["", "0" * 64, "../../../etc/passwd", "a" * 63, "A" * 64, "../" + "a" * 61])
def test_only_what_is_kept_is_opened(store: EvidenceStore, name: str) -> None:
    with pytest.raises(BadEvidence) as refused:
        store.open(name)
    assert refused.value.details == {"reason": "unknown"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://dongnai.gov.vn/van-ban?id=1#2", "dongnai.gov.vn"),
        ("http://10.0.0.1:8080/a", "10.0.0.1"),
        (" HTTPS://Example.vn/Bản-đồ ", "example.vn"),
    ],
)
def test_a_link_is_kept_as_it_is(store: EvidenceStore, url: str, name: str) -> None:
    kept = store.link(url)
    assert kept == Evidence("link", name, url.strip().replace("HTTPS", "https"))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "link"),
        ("dongnai.gov.vn", "link"),
        ("ftp://a.vn/b", "link"),
        ("javascript:alert(1)", "link"),
        ("https:///a", "link"),
        ("https://a.vn/b c", "link"),
        ("https://a.vn\\@b.vn", "link"),
        ("https://a.vn/\u202e", "link"),
        ("https://[::1", "link"),
        ("https://a.vn:99999/", "link"),
        ("https://an:bi-mat@a.vn/", "credentials"),
        ("https://an@a.vn/", "credentials"),
        ("https://a.vn/" + "x" * 2000, "long"),
    ],
)
def test_other_links_are_refused(store: EvidenceStore, url: str, why: str) -> None:
    with pytest.raises(BadEvidence) as refused:
        store.link(url)
    assert refused.value.details["reason"] == why
