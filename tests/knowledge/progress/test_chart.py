"""The chart: every letter there, readable without colour vision, small."""

from __future__ import annotations

import io
import unicodedata

import pytest
from PIL import Image, ImageFont

from knowledge.progress.answers.picture import LOOKS
from knowledge.progress.chart import FONTS, Bar, draw

MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "đĐ" + "".join(
    unicodedata.normalize("NFC", letter + mark) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in MARKS
)


@pytest.mark.parametrize("name", ["DejaVuSans-vietnamese.ttf", "DejaVuSans-Bold-vietnamese.ttf"])
def test_the_fonts_have_every_vietnamese_letter(name: str) -> None:
    font = ImageFont.truetype(FONTS / name, 24, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\u4e00"))
    assert len(LETTERS) == 146
    assert [c for c in LETTERS + "0123456789.,:;()/%“”…–" if bytes(font.getmask(c)) == missing] == []
    assert (FONTS / "LICENSE.txt").is_file()


def test_states_differ_in_brightness_or_hatching_and_not_in_hue_alone() -> None:
    def grey(colour: str) -> int:
        return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))  # type: ignore[return-value]

    looks = [(grey(colour), hatch) for colour, hatch in LOOKS.values()]
    alike = [(a, b) for i, a in enumerate(looks) for b in looks[:i] if a[1] == b[1] and abs(a[0] - b[0]) < 20]
    assert alike == []


def test_long_titles_are_wrapped_and_bars_of_nothing_are_drawn_empty() -> None:
    bars = [Bar("Đang triển khai", 3, "#56b4e9", "up"), Bar("Chưa có cập nhật", 0, "#d9d9d9")]
    short, long = (
        Image.open(io.BytesIO(draw(title, "ngày", bars, "chân"))) for title in ("Tiến độ", "Tiến độ nhiệm vụ " * 12)
    )
    assert short.width == long.width
    assert short.height < long.height
    assert Image.open(io.BytesIO(draw("Tiến độ", "ngày", [], ""))).width == short.width
