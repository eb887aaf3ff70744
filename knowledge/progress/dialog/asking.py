"""What comes next in a report: the slot that is still missing, or the summary to be confirmed."""

from __future__ import annotations

from dataclasses import replace

from knowledge.corpus import load_corpus
from knowledge.errors import BadProgress, Forbidden
from knowledge.progress.dialog.state import WORDS, Slot, State
from knowledge.progress.dialog.subject import allowed, own_record
from knowledge.progress.dialog.telling import Before, choices, figure, measures, name, summary, title, unit_of
from knowledge.progress.dialog.turn import Line, Move, World
from knowledge.progress.rights import authorise, who_may_log
from knowledge.progress.types import CITIZEN, NOTE_LIMIT, Entry
from knowledge.progress.validate import validate
from knowledge.types import Choice, Key, Target, Task

PLAIN: dict[Slot, str] = {
    "note": "ask_note", "obstacle": "ask_obstacle", "next_step": "ask_next_step", "status": "ask_status",
    "change": "ask_change",
}  # fmt: skip
"""Slots that are asked for in the same words whatever the report."""


def line(reply: str, choices: tuple[Choice, ...] = (), **values: str | int) -> Line:
    """A reply of the progress dialog."""
    return Line(f"utter_progress_{reply}", values, choices)


def onwards(state: State, world: World, *before: Line) -> Move:
    """Ask for what is missing, or show the summary; a report that the account may not make ends here."""
    if state.key is None:
        return ask(state, "task", world, *before)
    refusing = refusal(state, world)
    if refusing is not None:
        return Move(state, (*before, refusing), "next")
    if state.kind == "undo":
        return ask(state, "confirm", world, *before)
    record = record_of(state)
    missing = _missing(state, record)
    if missing:
        return ask(state, missing, world, *before)
    try:
        validate(state.kind, record, state.said, world.today)
    except BadProgress as error:
        return complained(state, error, world)
    return ask(state, "confirm", world, *before)


def ask(state: State, slot: Slot, world: World, *before: Line) -> Move:
    """Ask for a slot."""
    return Move(state.asking(slot), (*before, prompt(state, slot, world)))


def refusal(state: State, world: World) -> Line | None:
    """Why the account may not make this report, None when it may."""
    key = state.key
    if world.account.id == CITIZEN.id:
        return line("sign_in")
    if world.account.role not in ("staff", "admin"):
        return line("only_staff")
    if key is None:
        return None
    record = record_of(state)
    corrected = corrected_entry(state, world)
    try:
        authorise(world.account, record, state.kind, corrected)
    except Forbidden as error:
        return refused(state, error, world)
    return None


def refused(state: State, error: Forbidden, world: World) -> Line:
    """The words with which a report is refused: they say who may make it."""
    record = record_of(state)
    who = [str(w) for w in _listed(error.details.get("who"))] or who_may_log(record)
    return line("forbidden", title=title(record.key), name=name(record.key, world.lang), who=", ".join(who))


def complained(state: State, error: BadProgress, world: World) -> Move:
    """Ask again for the field that can not be kept."""
    field, reason = str(error.details["field"]), error.details["reason"]
    if field in WORDS and reason == "long":
        cleared = state.saying(**{field: ""})
        return Move(cleared.asking(field), (line("too_long", limit=NOTE_LIMIT),))
    if field == "percent":
        return unread(state.saying(percent=None), "percent", world, outside=True)
    if field in ("value", "unit"):
        return unread(state.saying(value=None), "value", world)
    if field == "measured_on":
        return unread(state.saying(measured_on=None), "measured_on", world)
    return Move(state.asking("change"), (line("not_saved"),))


def saved_otherwise(state: State, known: Entry, world: World) -> Move:
    """What follows when a report turns out to be saved with other content: the change is offered as a correction.

    On another work it is a report of its own.
    """
    told = line("saved_before", receipt=known.receipt)
    fresh = replace(state, mark="")
    if record_of(state).id == known.record:
        fresh = replace(fresh, kind="correction", corrects=known.id)
    return onwards(fresh, world, told)


def go_on(state: State, world: World, *, reminding: bool = False) -> Move:
    """What is asked or shown where a report stands; `reminding`: in few words, after something else was talked about."""
    if state.key is None or state.asks in ("task", "change", "note", "obstacle", "next_step", "status"):
        return ask(state, state.asks, world)
    move = onwards(state, world)
    if reminding and move.state is not None and move.state.asks == "confirm" and state.kind != "undo":
        return Move(move.state, (line("still_confirm", title=title(state.key), said=figure(state)),))
    return move


def unread(state: State, slot: Slot, world: World, *, outside: bool = False) -> Move:
    """Ask again, in a friendly way, for a slot whose answer was not understood; the second time with an example."""
    again = state.asking(slot)
    again = replace(again, misses=again.misses + 1)
    if slot == "percent":
        reply = "percent_example" if again.misses > 1 else "percent_outside" if outside else "percent_unread"
        return Move(again, (line(reply),))
    if slot == "value":
        return Move(again, (line("value_unread", unit=_unit(state)),))
    if slot == "measured_on":
        return Move(again, (line("day_unread"),))
    return Move(again, (prompt(again, slot, world),))


def prompt(state: State, slot: Slot, world: World) -> Line:
    """The words with which a slot is asked for."""
    key = state.key
    if slot in PLAIN:
        return line(PLAIN[slot])
    if slot == "task" or key is None:
        if len(state.choices) == 1:
            only = state.choices[0]
            return line("is_it", choices(state.choices, world.lang), title=title(only), name=name(only, world.lang))
        if state.choices:
            return line("which_task", choices(state.choices, world.lang), count=len(state.choices))
        return line("ask_target" if state.kind == "measurement" else "ask_task")
    if slot == "confirm":
        told = summary(state, before(state, world), world.today, world.lang)
        return line("confirm_undo" if state.kind == "undo" else "confirm", summary=told)
    called, which = title(key), name(key, world.lang)
    record = record_of(state)
    if slot == "measure" and isinstance(record, Target):
        return line("ask_measure", measures(record), title=called, name=which)
    if slot == "measured_on":
        return line("ask_measured_on", title=called, name=which)
    if slot == "value":
        return line("ask_value", title=called, name=which, unit=_unit(state))
    return line("ask_percent", title=called, name=which)


def before(state: State, world: World) -> Before:
    """What was saved earlier of the work a report is about."""
    corrected = corrected_entry(state, world)
    if state.key is None or corrected is not None:
        return Before(corrected=corrected)
    own = [e for e in world.entries(state.key) if e.agency == world.account.agency]
    return Before(last=next((e for e in reversed(own) if e.content.percent is not None), None))


def corrected_entry(state: State, world: World) -> Entry | None:
    """The entry that a correction or an undo is about."""
    if state.corrects is None or state.key is None:
        return None
    return next((e for e in world.entries(state.key) if e.id == state.corrects), None)


def record_of(state: State) -> Task | Target:
    """The task or target that is reported on."""
    assert state.key is not None  # noqa: S101  (asked for first)
    record = load_corpus().record(state.key)
    assert isinstance(record, (Task, Target))  # noqa: S101  (nothing else is ever linked)
    return record


def on_record(state: State, key: Key, world: World) -> State:
    """The report on this record, or on the twin that the account may report on."""
    own = key if allowed(world.account, key) else own_record(key, world.account)
    return replace(state, key=own, choices=())


def kept_from(state: State, key: Key, world: World) -> Move | None:
    """Why a report can not be moved to another work: the account may not report on that one. It waits as it is; None when it can."""
    refusing = refusal(on_record(state, key, world), world)
    if refusing is None:
        return None
    waiting = state if state.asks in ("percent", "value", "measured_on", "measure") else state.asking("confirm")
    move = go_on(waiting, world, reminding=True)
    return replace(move, lines=(refusing, *move.lines))


def _missing(state: State, record: Task | Target) -> Slot | None:
    if isinstance(record, Task):
        return "percent" if state.said.percent is None else None
    if state.said.value is None:
        return "measure" if len(record.values) > 1 and state.said.measure < 0 else "value"
    if state.said.measure < 0:
        return "measure"
    return "measured_on" if state.said.measured_on is None else None


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _unit(state: State) -> str:
    record = record_of(state)
    return unit_of(record, max(0, state.said.measure)) if isinstance(record, Target) else "%"
