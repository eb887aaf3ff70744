"""What a message says about progress, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.progress.types import ProgressStatus

Problem = Literal["", "above", "below", "vague", "unclear"]


@dataclass(frozen=True)
class Report:
    """What one message says about one task or target; "" and None where it says nothing.

    `percent` is whole, 0 to 100 (halves are rounded up), `raw` its words as typed. `problem` says why there is no percent although
    one was meant: above 100, below 0, vague ("gần xong"), unclear (two percents, a range, an increase by an amount).
    `status` is what was said, not what a percent implies; "xong" also gives 100 and "chưa làm" 0.
    `mention` are the words that name the task. `note`, `obstacle` and `next_step` are pieces of the message as typed; pieces that
    stand apart are joined by "; ". `replaces`: the message corrects something; `mention_replaces`: it corrects which task is meant.
    `rejected` are the words that it says are not so ("họp tổ biên tập chứ không phải tổ soạn thảo"), `unhindered`: nothing is in the way.
    `save`: it asks to save now; `holds`: not to save, or not yet. `nothing`: it says that there is nothing to add.
    `value` in `unit` is a measured value of a target ("72%" is also a percent) and `measured_on` the day it holds for.
    """

    percent: int | None = None
    problem: Problem = ""
    raw: str = ""
    status: ProgressStatus | None = None
    mention: str = ""
    note: str = ""
    obstacle: str = ""
    next_step: str = ""
    links: tuple[str, ...] = ()
    replaces: bool = False
    mention_replaces: bool = False
    rejected: str = ""
    unhindered: bool = False
    save: bool = False
    holds: bool = False
    nothing: bool = False
    value: float | None = None
    unit: str = ""
    measured_on: date | None = None
