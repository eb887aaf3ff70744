"""Rows and replies that are right; tests change what they are about."""

from __future__ import annotations

from knowledge.evaluation.checks import Reply
from knowledge.evaluation.questions import Row
from knowledge.types import Citation, Key

ROW = Row(
    id="r1",
    category="task_facet",
    lang="vi",
    register="formal",
    turns=("Ai chủ trì nhiệm vụ 34?",),
    must=(("Công an tỉnh", "CA tỉnh"),),
    must_not=(),
    cite=(Key("kh-ubnd", "tasks", "34"),),
    intent="ask_task",
    facets=("lead",),
)


def source(plan: str = "kh-ubnd", part: str = "tasks", item: str = "34", quote: str = "Công an tỉnh") -> Citation:
    return Citation(plan, part, item, "", quote)  # type: ignore[arg-type]


REPLY = Reply("Công an tỉnh chủ trì.", "answered", (source(),), ms=(10.0,))
