"""The API's objects as OpenAPI shows them. They mirror `knowledge.types` written by `knowledge.records.as_json`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from knowledge.types import Operator, Part, Recurrence


class CellOut(BaseModel):
    """Verbatim text of one place in a plan and where in the source file it stands."""

    text: str
    source: list[str]


class AgencyCellOut(CellOut):
    """A cell that names agencies, with their canonical names in order of mention."""

    agencies: list[str]


class TimeframeOut(CellOut):
    """When a task is carried out; first and last day inclusive."""

    start: date | None
    due: date | None
    recurring: Recurrence | None
    open_ended: bool


class ValueOut(BaseModel):
    """One measurable value inside a target."""

    operator: Operator
    value: float
    unit: str
    text: str
    high: float | None
    subject: str


class RecordOut(BaseModel):
    """Address and permanent id of a record."""

    plan: str
    part: Part
    item: str
    id: str


class TaskOut(RecordOut):
    """A task of a plan's annex."""

    section: str
    title: CellOut
    lead: AgencyCellOut
    partners: AgencyCellOut
    product: CellOut
    timeframe: TimeframeOut


class TargetOut(RecordOut):
    """A target of a plan."""

    text: CellOut
    values: list[ValueOut]
    unit: CellOut | None
    result: CellOut | None
    monitor: AgencyCellOut | None


class SectionOut(BaseModel):
    """A heading that groups tasks."""

    item: str
    title: CellOut


class PlanOut(BaseModel):
    """A published plan without its records.

    `version` is the SHA-256 of the source file; `blanks` is what the source leaves empty.
    """

    id: str
    version: str
    title: str
    short: str
    issuer: str
    number: CellOut
    date: CellOut
    blanks: list[str]
    signer: CellOut | None
    sections: list[SectionOut]
    tasks: int = Field(description="How many tasks the plan has.")
    targets: int = Field(description="How many targets the plan has.")


class HitOut(BaseModel):
    """A record that a search found."""

    plan: str
    part: Part
    item: str
    text: str = Field(description="Its main sentence.")
    score: float = Field(description="Between 0 and 1, comparable within one search only.")


class ErrorText(BaseModel):
    """A stable code and a text for people; where they apply, the field that is wrong and why, or the agencies that may."""

    code: str
    message: str
    field: str | None = None
    reason: str | None = None
    who: list[str] | None = None


class ErrorOut(BaseModel):
    """Every error has this form."""

    error: ErrorText
