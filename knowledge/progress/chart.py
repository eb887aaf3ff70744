"""An overall picture as a small PNG: a bar per state, readable on a phone and without colour vision.

Bars differ in brightness and hatching as well as in hue (the palette of Okabe and Ito, made for all kinds of colour vision), and each has
its name and number beside it. The fonts lie beside this module, so that Vietnamese letters look the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
WIDTH = 720
MARGIN = 28
ROW = 58
LABEL = 250
"""Pixels the names of the bars have."""
INK, FAINT, PAPER = "#1a1a1a", "#595959", "#ffffff"
Hatch = Literal["plain", "up", "down", "dots"]


@dataclass(frozen=True)
class Bar:
    """One bar: how many `label` stands for, in `colour` ("#0072b2") with a hatching."""

    label: str
    count: int
    colour: str
    hatch: Hatch = "plain"


def draw(title: str, subtitle: str, bars: Sequence[Bar], footer: str = "") -> bytes:
    """The chart as a PNG. Long lines are wrapped; the picture grows with what it holds."""
    heading, small, text = _font(bold=True, size=26), _font(bold=False, size=19), _font(bold=False, size=22)
    titles = _wrapped(title, heading, WIDTH - 2 * MARGIN)
    subtitles, footers = (_wrapped(line, small, WIDTH - 2 * MARGIN) for line in (subtitle, footer))
    top = MARGIN + 34 * len(titles) + 27 * len(subtitles) + 18
    height = top + ROW * len(bars) + 27 * len(footers) + MARGIN
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    canvas = ImageDraw.Draw(picture)
    y = _lines(canvas, titles, heading, INK, MARGIN, 34)
    _lines(canvas, subtitles, small, FAINT, y, 27)
    most = max((bar.count for bar in bars), default=0) or 1
    room = WIDTH - 2 * MARGIN - LABEL - 60
    for place, bar in enumerate(bars):
        y = top + ROW * place
        names = _wrapped(bar.label, text, LABEL - 12)
        _lines(canvas, names, text, INK, y + (ROW - 26 * len(names)) // 2, 26)
        length = round(room * bar.count / most)
        left = MARGIN + LABEL
        if bar.count:
            _bar(picture, (left, y + 10, left + max(length, 6), y + ROW - 10), bar)
        canvas.line((left, y + 4, left, y + ROW - 4), fill=FAINT, width=2)
        canvas.text(
            (left + length + 12, y + ROW // 2), str(bar.count), font=_font(bold=True, size=24), fill=INK, anchor="lm"
        )
    _lines(canvas, footers, small, FAINT, top + ROW * len(bars) + 10, 27)
    out = BytesIO()
    picture.quantize(48, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _bar(picture: Image.Image, box: tuple[int, int, int, int], bar: Bar) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    tile = Image.new("RGB", (width, height), bar.colour)
    pen = ImageDraw.Draw(tile)
    for x in range(-height, width + height, 12):
        if bar.hatch == "up":
            pen.line((x, height, x + height, 0), fill=PAPER, width=3)
        elif bar.hatch == "down":
            pen.line((x, 0, x + height, height), fill=PAPER, width=3)
        elif bar.hatch == "dots":
            for y in range(6, height, 12):
                pen.ellipse((x - 2, y - 2, x + 2, y + 2), fill=PAPER)
    pen.rectangle((0, 0, width - 1, height - 1), outline=INK, width=2)
    picture.paste(tile, box[:2])


def _lines(
    canvas: ImageDraw.ImageDraw, lines: Sequence[str], font: ImageFont.FreeTypeFont, colour: str, y: int, step: int
) -> int:
    for line in lines:
        canvas.text((MARGIN, y), line, font=font, fill=colour)
        y += step
    return y


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=8)
def _font(*, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold-vietnamese.ttf" if bold else "DejaVuSans-vietnamese.ttf"
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)
