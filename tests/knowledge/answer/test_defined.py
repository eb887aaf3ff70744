"""Short forms that a plan defines are found, by their initials or by the capital their phrase begins with."""

from __future__ import annotations

from knowledge.answer.defined import definitions


def test_short_forms_are_read_with_what_they_shorten() -> None:
    texts = [
        "Xây dựng Trung tâm giám sát giao thông (TTGS) và hạ tầng khoa học - công nghệ (KHCN)",
        "phát triển đổi mới sáng tạo (ĐMST), họp không giấy (03 lần), vận hành Trung tâm điều hành y tế (IOC)",
        "vận hành trung tâm khác (IOC) và quy trình (RPA)",
    ]
    assert definitions(texts) == {
        "TTGS": "Trung tâm giám sát giao thông",
        "KHCN": "khoa học - công nghệ",
        "ĐMST": "đổi mới sáng tạo",
        "IOC": "Trung tâm điều hành y tế",
    }
