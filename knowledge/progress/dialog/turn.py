"""One turn of the dialog as data: what was heard, what is known of the world, and the move that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from knowledge.answer.wording import Lang
from knowledge.progress.dialog.state import State
from knowledge.progress.reading.types import Report
from knowledge.progress.types import Account, Entry, Evidence
from knowledge.types import Choice, Facet, Key

QUESTIONS = frozenset((
    "ask_task", "ask_target", "list_tasks", "list_targets", "compare_plans", "ask_plan", "ask_absent", "follow_up",
    "ask_progress", "list_progress", "ask_overview",
))  # fmt: skip
SOCIAL: Mapping[str, str] = {
    "greet": "utter_greet", "thank": "utter_thank", "goodbye": "utter_goodbye", "ask_identity": "utter_identity",
    "ask_help": "utter_help", "out_of_scope": "utter_out_of_scope",
}  # fmt: skip
"""Intents that are answered by a reply of their own, and the reply."""

LEAVING = frozenset(("cancel", "postpone", "nothing_more"))
"""Intents that leave a report, or a part of it, as it is."""

Do = Literal["", "save", "keep", "resume", "answer", "next"]


@dataclass(frozen=True)
class Heard:
    """A message: its words with their line breaks, the intent found and how surely, the facets asked for, what it reports, its files."""

    text: str
    intent: str
    confidence: float
    report: Report
    facets: tuple[Facet, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class World:
    """What a move depends on beside the message.

    `focus` is what the talk was about; `entries` gives what holds of a work and its twins, oldest first; `mine` what holds of what the
    account wrote, newest first; `receipt` is the last one given in this conversation.
    """

    account: Account
    today: date
    lang: Lang = "vi"
    focus: tuple[Key, ...] = ()
    receipt: str = ""
    entries: Callable[[Key], Sequence[Entry]] = field(default=lambda _: ())
    mine: Callable[[], Sequence[Entry]] = field(default=lambda: ())


@dataclass(frozen=True)
class Line:
    """A reply to utter: its name in the dialogue engine's domain, what fills its `{names}`, and its buttons."""

    response: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Move:
    """What follows: the report as it then is (None: none is under way), what is uttered, what else is done.

    `do` "save" writes `state` into the ledger, "keep" puts it aside, "resume" fetches one that was put aside, "answer" answers the
    message as a question before the lines, "next" leaves the report and takes up the next one of its queue. `otherwise` follows where
    there is no answer to the question: what is dictated may only sound like one.
    """

    state: State | None
    lines: tuple[Line, ...] = ()
    do: Do = ""
    otherwise: Move | None = None
