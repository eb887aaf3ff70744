"""What the progress API takes and gives, as OpenAPI shows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr

from bot.gateway.schemas import RecordOut
from knowledge.progress.types import EVIDENCE_LIMIT, EntryKind, ProgressStatus
from knowledge.types import Part


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


Text = StrictStr
Links = Annotated[list[StrictStr], Field(max_length=EVIDENCE_LIMIT, description="Links that prove the report.")]
Corrected = Annotated[
    str | None, Field(max_length=64, description="Id or receipt of the entry that this one replaces.")
]


class UpdateIn(BaseModel):
    """A report on a task: a percentage, a status or words, at least one of them."""

    model_config = ConfigDict(extra="forbid")

    percent: Annotated[StrictInt | None, Field(description="0 to 100.")] = None
    status: ProgressStatus | None = None
    note: Text = ""
    obstacle: Text = ""
    next_step: Text = ""
    links: Links = []
    corrects: Corrected = None


class MeasurementIn(BaseModel):
    """A measured value of a target and the day it was measured on."""

    model_config = ConfigDict(extra="forbid")

    value: StrictInt | StrictFloat
    measured_on: Annotated[StrictStr, AfterValidator(_day), Field(description="Such as 2026-06-30.")]
    unit: Annotated[StrictStr | None, Field(description="That of the target's value unless given.")] = None
    measure: Annotated[
        StrictInt, Field(ge=0, description="Place of the measured value among the target's values, from 0.")
    ] = 0
    note: Text = ""
    obstacle: Text = ""
    next_step: Text = ""
    links: Links = []
    corrects: Corrected = None


class EvidenceOut(BaseModel):
    """What proves a report: a link, or a file to be had under `/api/evidence/{sha256}`."""

    kind: str
    name: str
    url: str
    sha256: str
    media_type: str
    size: int


class EntryOut(BaseModel):
    """An entry as the account may see it: what is withheld is null. `at` is a day for citizens, else a moment."""

    id: str
    at: str
    percent: int | None
    status: ProgressStatus | None
    note: str | None
    obstacle: str | None
    next_step: str | None
    evidence: list[EvidenceOut] | None
    value: float | None
    unit: str | None
    measured_on: date | None
    measure: int
    author: str | None = Field(description="Account id.")
    receipt: str | None = None
    kind: EntryKind | None = None
    corrects: str | None = None
    plan: str | None = None
    part: Part | None = None
    item: str | None = None
    agency: str | None = None
    channel: str | None = None


class StandingOut(RecordOut):
    """Where a work stands by what one agency reports; `agency`, `percent` and `status` are null when nobody has reported."""

    title: str
    lead: str
    timeframe: str
    due: date | None
    twins: list[RecordOut]
    agency: str | None
    percent: int | None
    percent_at: date | None = Field(description="Day of the report that gave the percentage.")
    status: ProgressStatus | None
    updated_on: date | None = Field(description="Day of the last report.")
    overdue: bool | None = Field(
        description="The deadline has passed and the work is not reported as done; null for citizens."
    )
    receipt: str | None
    note: str | None
    obstacle: str | None
    next_step: str | None
