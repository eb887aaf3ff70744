"""A message that begins a report: on a task, on a target, a correction or an undo of what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer.link import load_linker
from knowledge.answer.reading import content_words, read
from knowledge.corpus import load_corpus
from knowledge.progress.clock import day_of
from knowledge.progress.dialog import filling
from knowledge.progress.dialog.apart import FIGURE, reports_in
from knowledge.progress.dialog.asking import line, onwards, record_of, refusal, unread
from knowledge.progress.dialog.cues import (
    begins_as_report,
    names_measure,
    only_asks_to_report,
    points_back,
    speaks_of_progress,
)
from knowledge.progress.dialog.filling import JOIN
from knowledge.progress.dialog.misread import RECEIPT
from knowledge.progress.dialog.naming import figure_of_name
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.subject import ENOUGH, Found, allowed, find_work, plainly_named
from knowledge.progress.dialog.turn import Heard, Move, World
from knowledge.progress.reading import Report
from knowledge.progress.types import Entry
from knowledge.types import Part, Question, Target

PARTS: tuple[Part, Part] = ("tasks", "targets")


def begin(heard: Heard, world: World) -> Move:
    """The first of the reports that a message holds; the others wait."""
    refusing = refusal(State(), world)
    if refusing is not None:
        return Move(None, (refusing,))
    pieces = reports_in(heard.text, world)
    if len(pieces) < 2:
        return report(State(), heard, world)
    return Move(filling.evidence(State(queue=pieces, place=0, total=len(pieces)), heard), do="next")


def report(state: State, heard: Heard, world: World) -> Move:
    """A report as far as one message tells it: on a task, or on a target when that is what is named."""
    heard = _with_bare_figure(heard, world)
    found = subject(heard, world, "tasks")
    by_name = names_measure(heard.report.mention)
    measuring = (heard.intent == "log_measure" and not speaks_of_progress(heard.text)) or _names_target(heard)
    if measuring or by_name or not found.keys:
        target = subject(heard, world, "targets")
        offered = by_name and any(allowed(world.account, key) for key in target.keys)
        own = _mine(found, world)
        share = own and _of_another_unit(
            heard, target
        )  # "DTI 41%": of the task, as the plan counts the target in ranks
        work = own and not (by_name or _names_target(heard)) and _names_work_alone(heard, world)
        if not (share or work) and (_mine(target, world) or offered or (measuring and not own)):
            return _measurement(state, heard, target, world)
    heard = _without_figure_of_name(heard, found)
    told = _without_its_name(_with_its_tail(heard.report, found, world), found, world)
    if not filling.says_figure(told) and _only_asks(heard, world):
        told = replace(told, note="")  # "có số mới, cho anh nhập"
    state = filling.evidence(filling.words(filling.figures(state, told), told), heard)
    if found.sure or (
        len(found.keys) == 1 and filling.says_figure(heard.report) and allowed(world.account, found.keys[0])
    ):
        state = replace(state, key=found.keys[0])  # the summary names it, and is asked to be confirmed
    elif found.keys:
        return onwards(replace(state, choices=found.keys), world)
    elif read(Question(heard.report.mention)).subject and not _only_asks(heard, world):
        return Move(state.asking("task"), (line("no_task", mention=heard.report.mention),))
    if told.problem in ("above", "below") and state.key is not None and refusal(state, world) is None:
        return unread(state, "percent", world, outside=True)
    return onwards(state, world)


def _only_asks(heard: Heard, world: World) -> bool:
    return only_asks_to_report(heard.text, world.account.agency or "")


def _without_figure_of_name(heard: Heard, found: Found) -> Heard:
    """A message without a figure that belongs to the name of the work, and the words of the name behind it ("1% GRDP cho khoa học")."""
    report = heard.report
    if not found.sure or not figure_of_name(heard, found.keys[0]):
        return heard
    named = load_linker().coverage(content_words(report.note), found.keys[0]) >= ENOUGH
    return replace(heard, report=replace(report, percent=None, problem="", raw="", note="" if named else report.note))


def _with_its_tail(told: Report, found: Found, world: World) -> Report:
    """What is reported with the words behind the name as a note ("giao thông thông minh, chạy thử rồi, 86%")."""
    name, comma, rest = told.mention.partition(", ")
    if not (found.sure and comma) or load_linker().coverage(content_words(rest), found.keys[0]) >= ENOUGH:
        return told
    alone = find_work(name, world.account)
    return replace(told, note=JOIN.join(filter(None, (rest, told.note)))) if alone == found else told


def _without_its_name(told: Report, found: Found, world: World) -> Report:
    """What is reported without the name of the work at the head of the note ("nv 24: đề án chuyển đổi số trong công an, đã ...")."""
    name, comma, rest = told.note.partition(", ")
    key = plainly_named(name, world.account, "tasks") if found.sure and comma else None
    works = (found.keys[0], *load_corpus().twins(found.keys[0])) if found.sure else ()
    return replace(told, note=rest) if key in works else told


def _with_bare_figure(heard: Heard, world: World) -> Heard:
    """A message that only names a task and a number ("SOC 45"), with that number as the percentage."""
    told = heard.report
    if heard.intent != "log_progress" or told.percent is not None or told.problem or told.status or told.measured_on:
        return heard
    bare = read_message(heard.text, world.today, "percent")
    if bare.percent is None or not find_work(heard.text.replace(bare.raw, " "), world.account).sure:
        return heard
    return replace(heard, report=replace(bare, note=told.note, obstacle=told.obstacle, next_step=told.next_step))


def _measurement(state: State, heard: Heard, found: Found, world: World) -> Move:
    state = filling.evidence(replace(state, kind="measurement").saying(measure=-1), heard)
    if found.sure:
        state = replace(state, key=found.keys[0])
        target = record_of(state)
        assert isinstance(target, Target)  # noqa: S101  (looked for among targets)
        return onwards(filling.measured(state, heard, target), world)
    state = state.saying(value=heard.report.value, measured_on=heard.report.measured_on)
    if not found.keys and read(Question(heard.report.mention)).subject:
        return Move(state.asking("task"), (line("no_task", mention=heard.report.mention),))
    return onwards(replace(state, choices=found.keys), world)


def _of_another_unit(heard: Heard, found: Found) -> bool:
    """Whether a share is told of a target that the plan does not measure in percent."""
    if heard.report.unit != "%" or not found.sure:
        return False
    target = load_corpus().record(found.keys[0])
    return isinstance(target, Target) and not any(v.unit.startswith("%") for v in target.values)


def _names_work_alone(heard: Heard, world: World) -> bool:
    """Whether what is named is wholly the name of a task, and of no target."""
    task, target = (plainly_named(heard.report.mention, world.account, part) for part in PARTS)
    return task is not None and target is None


def _names_target(heard: Heard) -> bool:
    return "targets" in read(Question(heard.text)).parts


def _mine(found: Found, world: World) -> bool:
    """Whether a subject is clear, and one that the account may report on."""
    return found.sure and allowed(world.account, found.keys[0])


def correction(heard: Heard, world: World) -> Move:
    """A correction of a saved entry, with what is already said of the new values."""
    entry = saved_entry(heard, world)
    if entry is None:
        return _nothing_saved(world)
    state = State(kind="correction", key=entry.key, said=entry.content, corrects=entry.id)
    record = record_of(state)
    if isinstance(record, Target):
        changed = filling.measured(state, heard, record)
    else:
        changed = filling.words(filling.figures(state, heard.report), heard.report)
    changed = filling.evidence(changed, heard)
    if heard.report.problem in ("above", "below"):
        return unread(changed, "percent", world, outside=True)
    if changed.said == state.said:
        return Move(changed.asking("change"), (line("ask_change"),))
    return onwards(changed, world)


def undo(heard: Heard, world: World) -> Move:
    """An undo of a saved entry."""
    entry = saved_entry(heard, world)
    if entry is None:
        return _nothing_saved(world)
    return onwards(State(kind="undo", key=entry.key, corrects=entry.id), world)


def saved_entry(heard: Heard, world: World) -> Entry | None:
    """The entry of the account that a message means: by receipt, else the last one on the work and of the day that it names."""
    mine = list(world.mine())
    if number := RECEIPT.search(heard.text):
        return next((e for e in mine if e.seq == int(number[1])), None)
    if heard.report.measured_on is not None:
        mine = [e for e in mine if day_of(e.at) == heard.report.measured_on]
    if heard.report.mention:
        named = [e for part in ("tasks", "targets") if (e := _named(heard, mine, part, world)) is not None]
        if named:
            return max(named, key=lambda e: e.seq)
    return next(iter(mine), None)


def subject(heard: Heard, world: World, part: Part) -> Found:
    """What a message reports on: what it names, else what the talk was about when it points there."""
    mention = heard.report.mention
    if _only_asks(heard, world) and not points_back(heard.text):
        return Found()  # "cho đảng ủy báo tiến độ"
    found = find_work(mention, world.account, part) if mention else Found()
    if not found.sure and (called := _called(mention, world, part)).keys:
        return called
    if found.keys:
        return found
    focus = next((k for k in world.focus if k.part == part), None)
    if focus is not None and (points_back(heard.text) or (not mention and filling.says_figure(heard.report))):
        return Found((focus,), sure=True)
    for rest in (_rest(heard), FIGURE.split(mention, maxsplit=1)[0]):
        whole = find_work(rest, world.account, part)
        if whole.sure:
            return whole
    return Found()


def _called(mention: str, world: World, part: Part) -> Found:
    """What a mention names behind the word that asks to report ("nhập trung tâm"); nothing when it begins with no such word."""
    first, _, name = mention.partition(" ")
    return find_work(name, world.account, part) if name and begins_as_report(first) else Found()


def _rest(heard: Heard) -> str:
    """A message without its figure."""
    return heard.text.replace(heard.report.raw, " ") if heard.report.raw else heard.text


def _named(heard: Heard, mine: Sequence[Entry], part: Part, world: World) -> Entry | None:
    corpus = load_corpus()
    found = find_work(heard.report.mention, world.account, part).keys
    works = {k for key in found for k in (key, *corpus.twins(key))}
    return next((e for e in mine if e.key in works), None)


def _nothing_saved(world: World) -> Move:
    return Move(None, (refusal(State(), world) or line("nothing_saved"),))
