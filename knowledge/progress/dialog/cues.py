"""Small words that decide what a message is for: question words, names of the fields of a report. The words are `data/cues.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.progress.dialog.state import Slot
from knowledge.progress.dialog.turn import QUESTIONS, Heard
from knowledge.progress.reading import Report, without_links
from knowledge.records import plain
from knowledge.text.syllables import Syllable, syllables

CLAUSE = re.compile(r"[,.;!\n]")
DATA = Path(__file__).parent / "data" / "cues.json"
LISTS = frozenset(("list_progress", "list_tasks", "list_targets", "ask_overview"))
UNSURE = frozenset(("inform", "nlu_fallback"))
WHO = "ai"
"""The word for who, which is also how people type the name of artificial intelligence."""
COPULA = "la"
BRIEF = 5
"""Most words of a message that is a courtesy while free words are asked for."""
SURE = 0.7
"""Confidence from which a question is believed without a question word in it."""


def asks_something(heard: Heard) -> bool:
    """Whether a message is a question: understood as one, and with a question's words or a facet plainly asked for."""
    if heard.intent not in QUESTIONS:
        return False
    sure = heard.confidence >= SURE
    return question_words(heard.text) or (sure and (bool(heard.facets) or heard.intent in LISTS))


def may_ask(heard: Heard) -> bool:
    """Whether a message that was understood as words of a report has a question's words."""
    return heard.intent in UNSURE and question_words(heard.text)


def question_words(text: str) -> bool:
    """Whether a text has a question mark or a question word. "AI" is no "ai", nor is "ai" beside what stands beside it in a title."""
    text = without_links(text)
    words = syllables(text)
    said = _joined([w.folded for w in words])
    for vague in _cues()["somethings"]:
        said = re.sub(rf"(?<! {COPULA}) {vague} ", " ", said)  # "họp gì đó", but "sản phẩm là gì đó em"
    who = any(w.text.lower() == WHO and w.text != WHO.upper() and not _named_ai(words, k) for k, w in enumerate(words))
    return "?" in text or who or any(f" {p} " in said for p in _cues()["questions"])


def asks_to_report(text: str) -> bool:
    """Whether a message asks to take a report ("cập nhật ...", "báo cáo tiến độ"); "báo cáo" inside of it may be a thing."""
    return _says(text, "report") or begins_as_report(text)


def begins_as_report(text: str) -> bool:
    """Whether the first word of a message asks to take a report ("ghi kết quả ...")."""
    polite = _cues()["polite"]
    words = [s.folded for s in syllables(text) if s.folded.isalnum()]
    start = next((i for i, w in enumerate(words) if w not in polite), 0)
    said = f" {' '.join(words[start:])} "
    return any(said.startswith(f" {p} ") for p in _cues()["report_first"])


def only_asks_to_report(text: str) -> bool:
    """Whether a message is the wish to report, and nothing else ("cho tôi báo cáo", "mở phiếu cập nhật")."""
    framed = all(w in _cues()["report_frame"] for w in _bare(text).split())
    return _bare(text) in _cues()["report_first"] or (framed and _says(text, "report"))


def names_measure(mention: str) -> bool:
    """Whether what a message reports on is named as something that is measured ("tỷ lệ ..."), not as work that is done to a share."""
    said = _joined([s.folded for s in syllables(mention)])
    starts = any(said.startswith(f" {p} ") for p in _cues()["measures"])
    return starts and not any(said.startswith(f" {p} ") for p in _cues()["shares_done"])


def figure_in_digits(report: Report) -> bool:
    """Whether a message gives its figure in digits: words alone ("không", "nửa") may mean something else."""
    return any(c.isdigit() for c in report.raw)


def field_named(text: str) -> Slot | None:
    """The field of a report that a message names ("sửa phần trăm"): the one named first, as what follows may be its new text."""
    said = _joined([s.folded for s in syllables(text)])
    fields = cast("dict[Slot, list[str]]", _cues()["fields"])
    places = {name: [said.find(f" {p} ") for p in phrases if f" {p} " in said] for name, phrases in fields.items()}
    named = [name for name in fields if places[name]]
    if named:
        return min(named, key=lambda name: min(places[name]))
    return "percent" if "%" in text else None


def points_back(text: str) -> bool:
    """Whether a message points at what the talk was about ("cập nhật nhiệm vụ này 40%")."""
    return _says(text, "this")


def points_at(text: str) -> bool:
    """Whether a message begins by pointing at a thing ("cái ... ấy")."""
    return _bare(text).split(" ", 1)[0] in _cues()["thing"]


def speaks_of_progress(text: str) -> bool:
    """Whether a message speaks of how far work has come, not of what is measured."""
    return _says(text, "progress")


def says_all(text: str) -> bool:
    """Whether a message is about everything ("hủy hết đi")."""
    return _says(text, "all")


def says_undo(text: str) -> bool:
    """Whether a message asks to take something saved back."""
    return _says(text, "undo")


def names_evidence(text: str) -> bool:
    """Whether words only announce a piece of evidence ("minh chứng:")."""
    return all(s.folded in _cues()["evidence"] for s in syllables(text) if s.folded.isalnum())


def says_no(text: str) -> bool:
    """Whether a message is a bare no, or only asks to wait ("chưa, từ từ")."""
    said = f" {_bare(text)} "
    for wait in _cues()["wait"]:
        said = said.replace(f" {wait} ", " ")
    rest = said.strip()
    return (
        rest in _cues()["no"]
        or (not rest and bool(_bare(text)))
        or (said != f" {_bare(text)} " and rest in _cues()["hesitation"])
    )


def calls_off(text: str) -> bool:
    """Whether a clause of a message is nothing but the wish to leave a report ("để xem lại, hủy cập nhật này đi")."""
    known = _cues()["call_off_words"]
    clauses = [c for c in CLAUSE.split(text) if _says(c, "call_off") and not _says(c, "keeps_on")]
    return any(all(w in known for w in _bare(c).split()) for c in clauses)


def tells_of_calling_off(text: str) -> bool:
    """Whether a message tells that something was or will be called off ("đã hủy thầu")."""
    said = _joined([s.folded for s in syllables(text)])
    return any(f" {done} {off} " in said for done in _cues()["done_to"] for off in _cues()["call_off"])


def removed_field(text: str) -> Slot | None:
    """The field that a message asks to leave out ("bỏ ghi chú đi")."""
    return next((field_named(clause) for clause in CLAUSE.split(text) if _removes(clause)), None)


def removed_words(text: str) -> str:
    """The folded words that a message asks to leave out ("xóa phần chờ Bộ Tài chính đi"), "" when it asks for no such thing."""
    removing = _removes(text)
    words = _bare(text.replace(",", " ")).split()[len(removing) :]
    start = next((k for k, w in enumerate(words) if w not in _cues()["piece"]), len(words))
    return " ".join(words[start:]) if removing else ""


def _removes(text: str) -> Sequence[str]:
    """The first words of a text up to the one that asks to leave something out, none when it does not."""
    words = _bare(text).split()
    start = next((k for k, w in enumerate(words) if w not in _cues()["hesitation"]), 0)
    said = f" {' '.join(words[start:])} "
    ways = [p for p in _cues()["remove"] if said.startswith(f" {p} ")]
    return words[: start + len(max(ways, key=len).split())] if ways else ()


def renewed_field(text: str) -> Slot | None:
    """The field whose text a message gives anew ("ghi chú phải là đã nối 31 xã")."""
    said = _joined([s.folded for s in syllables(text)])
    fields = cast("dict[Slot, list[str]]", _cues()["fields"])
    ways = [(name, f" {p} {r} ") for name, phrases in fields.items() for p in phrases for r in _cues()["renew"]]
    return next((name for name, way in ways if way in said), None)


def excuses(text: str) -> bool:
    """Whether words only say how a slip came about ("quá tay", "gõ thừa số"): nothing to be kept."""
    return is_brief(text) and _says(text, "excuse")


def winds_up(text: str) -> bool:
    """Whether a message says that its writer is through, not the work ("xong, lưu")."""
    words = _bare(text).split()
    return bool(words) and all(w in _cues()["wind_up"] for w in words)


def is_brief(text: str) -> bool:
    """Whether a message is a few words, as courtesies are, and no dictated note."""
    return len(_bare(text).split()) <= BRIEF


def says_never_mind(text: str) -> bool:
    """Whether a message waves the whole thing off ("thôi khỏi"), maybe with the reason after it ("thôi khỏi, để hỏi lại đã")."""
    first = _bare(CLAUSE.split(text, maxsplit=1)[0])
    return _bare(text) in _cues()["never_mind"] or (" " in first and first in _cues()["never_mind"])


def tells_what_happened(text: str) -> bool:
    """Whether a message says that something was, is or will be done: such words are no bare name."""
    return _says(text, "happening")


def says_otherwise(text: str) -> bool:
    """Whether a message begins by saying that it is something else ("không, là ..."): what follows is a name."""
    return any(f"{_bare(text)} ".startswith(f"{p} ") for p in _cues()["not_but"])


def bare_number(text: str) -> str:
    """The number that a message is, with nothing else that means something ("60", "60 nhé", "khoan, 60 thôi"); "" when it is more."""
    if _says(text, "still_to_do"):
        return ""
    words = [w for w in _bare(text).split() if w not in _cues()["hesitation"]]
    return words[0] if len(words) == 1 and words[0].isdigit() else ""


def number_in_clause(text: str) -> str:
    """The number that a clause of a message settles on ("sáng nay thêm lớp nữa, 60 đi em"); "" when no clause does, or several do."""
    settling = [c for c in CLAUSE.split(text) if _says(c, "settles") and not _says(c, "counts")]
    found = [number for c in settling if (number := bare_number(c))]
    return found[0] if len(found) == 1 else ""


def without_excuses(text: str) -> str:
    """A message without its clauses that only say how a slip came about; as it is when it has no others."""
    clauses = [c for c in re.split(r"(?<=[,.;!\n])\s", text) if not excuses(c)]
    return " ".join(clauses) or text


def yes_or_no(text: str) -> bool:
    """Whether an unmarked message may mean both "đúng, lưu" and "đừng lưu"."""
    return " ".join(s.folded for s in syllables(text) if s.folded.isalnum()) in _cues()["either"] and text.isascii()


def until() -> str:
    """The word that makes a day of what follows it."""
    word: str = _cues()["until"]
    return word


def _bare(text: str) -> str:
    """A message as folded words, without marks and the particles of politeness around them."""
    polite = _cues()["polite"]
    return " ".join(s.folded for s in syllables(text) if s.folded.isalnum() and s.folded not in polite)


def _named_ai(words: Sequence[Syllable], k: int) -> bool:
    """Whether the "ai" at place `k` stands beside a word that "AI" stands beside in a title ("iot ai", "chung chi ai")."""
    before, after = words[k - 1].folded if k else "", words[k + 1].folded if k + 1 < len(words) else ""
    return (before, "") in _beside_ai() or ("", after) in _beside_ai()


@lru_cache(maxsize=1)
def _beside_ai() -> frozenset[tuple[str, str]]:
    """The words that mean something right before ("iot", "") and right after ("", "blockchain") "AI" in the plans' titles."""
    found: set[tuple[str, str]] = set()
    for record in load_corpus().records:
        if record.key.part == "body":
            continue
        words = [s for s in syllables(plain(record)) if s.folded.isalnum()]
        for k, w in enumerate(words):
            if w.text == WHO.upper():
                found |= {(x.folded, "") for x in words[max(0, k - 1) : k]} | {
                    ("", x.folded) for x in words[k + 1 : k + 2]
                }
    return frozenset(pair for pair in found if content_words("".join(pair)))


def _says(text: str, kind: str) -> bool:
    said = _joined([s.folded for s in syllables(text)])
    return any(f" {p} " in said for p in _cues()[kind])


def _joined(words: list[str]) -> str:
    return f" {' '.join(words)} "


@lru_cache(maxsize=1)
def _cues() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return raw
