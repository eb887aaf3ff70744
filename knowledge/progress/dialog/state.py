"""What is remembered of a report while it is being told, and its form as JSON: it is kept in the database from turn to turn."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from knowledge.progress.types import Content, EntryKind, Evidence
from knowledge.records import as_json
from knowledge.types import Key, Part

Slot = Literal[
    "task", "percent", "status", "note", "obstacle", "next_step", "value", "measured_on", "measure", "confirm", "change",
]  # fmt: skip

WORDS: tuple[Slot, ...] = ("note", "obstacle", "next_step")
"""The slots that take free words."""


@dataclass(frozen=True)
class State:
    """A report being told.

    `key` is the record reported on, `choices` are those offered while it is not clear. `said` holds what has been said so far.
    `corrects` is the id of the entry that a correction or an undo is about. `asks` is the slot asked for, `misses` how often in a row
    the answer to it was not understood. `rounded` are the words of which the percentage is a reading ("hơn một nửa"). `queue` are the
    reports of the same message that come after this one, number `place` of `total`; `turn` is the id of the last turn heard.
    `mark` stands for this one report from its beginning on: it is saved under it, so that it is saved once, however often and wherever
    that is asked for. `saved` is the mark of the report that was saved in the last turn, before this one.
    """

    kind: EntryKind = "update"
    key: Key | None = None
    choices: tuple[Key, ...] = ()
    said: Content = field(default_factory=Content)
    corrects: str | None = None
    asks: Slot = "task"
    misses: int = 0
    rounded: str = ""
    queue: tuple[str, ...] = ()
    place: int = 1
    total: int = 1
    turn: str = ""
    mark: str = ""
    saved: str = ""

    @property
    def part(self) -> Part:
        """The part of a plan in which the record is looked for."""
        return "targets" if self.kind == "measurement" or (self.key and self.key.part == "targets") else "tasks"

    @property
    def content(self) -> Content:
        """What is saved: what was said, with the status that the percentage implies where none was said."""
        percent = self.said.percent
        if percent is None or self.said.status is not None:
            return self.said
        return replace(self.said, status="done" if percent == 100 else "in_progress" if percent else "not_started")

    def saying(self, **changes: Any) -> State:
        """The same state with fields of `said` changed."""
        return replace(self, said=replace(self.said, **changes))

    def asking(self, slot: Slot) -> State:
        """The same state asking for a slot; the misses start anew when it is another one than before."""
        return replace(self, asks=slot, misses=self.misses if slot == self.asks else 0)


def to_json(state: State) -> dict[str, Any]:
    """The state as a JSON object."""
    raw = {name: value for name, value in asdict(state).items() if name not in ("key", "choices", "said")}
    return raw | {
        "key": str(state.key) if state.key else None,
        "choices": [str(k) for k in state.choices],
        "said": as_json(state.said),
        "queue": list(state.queue),
    }


def from_json(raw: dict[str, Any]) -> State:
    """A state written by `to_json`."""
    said = raw["said"]
    day = said["measured_on"]
    content = Content(
        **{
            **said,
            "evidence": tuple(Evidence(**e) for e in said["evidence"]),
            "measured_on": date.fromisoformat(day) if day else None,
        }
    )
    return State(
        **{
            **raw,
            "key": _key(raw["key"]) if raw["key"] else None,
            "choices": tuple(_key(k) for k in raw["choices"]),
            "said": content,
            "queue": tuple(raw["queue"]),
        }
    )


def _key(address: str) -> Key:
    return Key(*address.split("/", 2))  # type: ignore[arg-type]  # written by `to_json`
