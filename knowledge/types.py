"""The words of the domain as frozen data: what a plan, a task, a target, a question and an answer are.

Everything else in the project speaks in these types. The module is pure standard library and runs on Python 3.10 and later,
because `knowledge.text` is also used inside the dialogue engine's environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Tuple, Union

Part = Literal["tasks", "targets", "body"]
Operator = Literal["=", ">", ">=", "<", "<=", "range"]
Recurrence = Literal["continuous", "yearly"]
Facet = Literal[
    "lead",
    "partners",
    "deadline",
    "start",
    "duration",
    "product",
    "section",
    "monitor",
    "value",
    "signer",
    "number",
    "content",
]
Status = Literal[
    "answered",
    "clarify",
    "unanswerable",
    "out_of_scope",
    "social",
    "asking",
    "saved",
    "cancelled",
    "forbidden",
    "error",
]


@dataclass(frozen=True)
class Key:
    """Address of a record: plan id, part and item ("12", "III.3.2"). Written `kh-tu/tasks/12`."""

    plan: str
    part: Part
    item: str

    def __str__(self) -> str:
        return f"{self.plan}/{self.part}/{self.item}"


@dataclass(frozen=True)
class Cell:
    """Text of one place in a plan: verbatim, white space collapsed, mark-up as plain text.

    `source` locates it in the source file, one locator per piece, in reading order: `L412-L415` (lines of a text file, from 1),
    `p3:L12-L14` (page and its lines), `T1.R5.C3` (table, row, cell of a .docx), `Annex!C5` (sheet and cell).
    """

    text: str
    source: Tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyCell(Cell):
    """A cell that names agencies: the verbatim text and the canonical names it resolves to, in order of mention."""

    agencies: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeframe(Cell):
    """When a task is carried out. `start` and `due` are the first and last day, inclusive; None where the plan leaves them open."""

    start: date | None = None
    due: date | None = None
    recurring: Recurrence | None = None
    open_ended: bool = False


@dataclass(frozen=True)
class TargetValue:
    """One measurable value inside a target.

    `value` is the number (lower end for `range`, with the upper end in `high`); `unit` is as the plan writes it ("%", "% GRDP",
    "người/vạn dân", "địa phương"); `text` is the verbatim piece ("trên 30% GRDP");
    `subject` is what the number measures, in the plan's words.
    """

    operator: Operator
    value: float
    unit: str
    text: str
    high: float | None = None
    subject: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered heading that groups tasks in an annex: item "III" and its title."""

    item: str
    title: Cell


@dataclass(frozen=True)
class Task:
    """A task row of an annex. `id` is permanent: it survives renumbering."""

    key: Key
    id: str
    section: str
    title: Cell
    lead: AgencyCell
    partners: AgencyCell
    product: Cell
    timeframe: Timeframe


@dataclass(frozen=True)
class Target:
    """A target: its sentence, the values in it, and, where the plan has such columns, unit, result and monitor."""

    key: Key
    id: str
    text: Cell
    values: Tuple[TargetValue, ...] = ()
    unit: Cell | None = None
    result: Cell | None = None
    monitor: AgencyCell | None = None


@dataclass(frozen=True)
class Passage:
    """A paragraph or bullet of the body. `heading` is the path of titles above it; `sentences` splits `text` for quoting."""

    key: Key
    id: str
    heading: Tuple[str, ...]
    text: Cell
    sentences: Tuple[str, ...] = ()


Record = Union[Task, Target, Passage]


@dataclass(frozen=True)
class Plan:
    """A published plan.

    `version` is the SHA-256 (hex) of the source file. `number` and `date` are verbatim, blanks included; `blanks` lists what the
    source leaves empty ("number", "date"). `signer` is the verbatim signature block or None.
    """

    id: str
    version: str
    title: str
    short: str
    issuer: str
    number: Cell
    date: Cell
    blanks: Tuple[str, ...]
    signer: Cell | None
    sections: Tuple[Section, ...]
    tasks: Tuple[Task, ...]
    targets: Tuple[Target, ...]
    body: Tuple[Passage, ...]


SpanKind = Literal["agency", "window", "number", "item", "section", "plan", "part"]


@dataclass(frozen=True)
class Window:
    """A stretch of time a question names. `relation` says how a deadline relates to it ("hạn trong", "trước", "sau", "bắt đầu từ")."""

    start: date | None
    end: date | None
    relation: Literal["in", "before", "after", "from", "until"] = "in"


@dataclass(frozen=True)
class Span:
    """A piece of a question that `knowledge.text` recognises: characters [start, end) of the cleaned question.

    `value` is a string: canonical agency name; ISO window `2026-04-01/2026-06-30` prefixed by its relation (`before:/2026-12-31`);
    number as written in canonical form (`80%`, `12`); item (`12`, `III.3`); section (`III`); plan id; part.
    """

    kind: SpanKind
    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True)
class Question:
    """One message as the dialogue engine understood it.

    `intent` is None when the engine took no part (degraded); `ranking` holds the probabilities of the likelier intents. `focus` is
    what the talk was about, `rest` what the last list still held, `asked` the intent of the question answered before.
    """

    text: str
    intent: str | None = None
    confidence: float = 0.0
    ranking: Tuple[Tuple[str, float], ...] = ()
    facets: Tuple[Facet, ...] = ()
    spans: Tuple[Span, ...] = ()
    focus: Tuple[Key, ...] = ()
    lang: Literal["vi", "en"] = "vi"
    rest: Tuple[Key, ...] = ()
    asked: str = ""


@dataclass(frozen=True)
class Citation:
    """Where a fact stands. `quote` is one rebuilt cell or paragraph of the plan, or a part of one, verbatim but for white space."""

    plan: str
    part: Part
    item: str
    label: str
    quote: str


@dataclass(frozen=True)
class Choice:
    """A button: what it shows and the text it sends when pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Answer:
    """What the plans say to a question.

    `records` are JSON objects as the API gives them; `focus` is what the talk is now about; `rest` what a long list still holds;
    `picture` is a PNG that comes with it, empty without one.
    """

    status: Status
    text: str
    citations: Tuple[Citation, ...] = ()
    records: Tuple[dict[str, object], ...] = ()
    choices: Tuple[Choice, ...] = ()
    focus: Tuple[Key, ...] = ()
    rest: Tuple[Key, ...] = ()
    picture: bytes = b""
