"""Small words that decide what a message is for: question words, names of the fields of a report. The words are `data/cues.json`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from knowledge.answer.absent import says_whether
from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.progress.dialog.state import Slot
from knowledge.progress.dialog.turn import QUESTIONS, Heard
from knowledge.progress.dialog.wordings import CLAUSE, bare, joined, leading, says, spoken, spoken_words, wordings
from knowledge.progress.reading import Report, without_links
from knowledge.records import plain
from knowledge.text.fold import fold
from knowledge.text.repair import repair
from knowledge.text.syllables import Syllable, syllables

LISTS = frozenset(("list_progress", "list_tasks", "list_targets", "ask_overview"))
UNSURE = frozenset(("inform", "nlu_fallback"))
"""Intents of words of a report, behind which there may be a question."""
WHO = "ai"
"""The word for who, which is also how people type the name of artificial intelligence."""
HELLO = "xin chao"
"""A greeting whose first word alone asks for something ("xin báo cáo": may I have it)."""
PROGRESS = " tien do "
"""The word for progress, whose last syllable unmarked is the word for that."""
COPULA = "la"
"""The word after which a vague "gì đó" asks something."""
BRIEF = 5
"""Most words of a message that is a courtesy while free words are asked for."""
SURE = 0.7
"""Confidence from which a question is believed without a question word in it."""


def asks_something(heard: Heard) -> bool:
    """Whether a message is a question: understood as one, and with a question's words or a facet plainly asked for."""
    if heard.intent not in QUESTIONS:
        return False
    sure = heard.confidence >= SURE
    return question_words(heard.text) or (
        sure and (bool(heard.facets) or (heard.intent in LISTS and heard.report.status is None))
    )


def may_ask(heard: Heard) -> bool:
    """Whether a message that was understood as words of a report has a question's words."""
    return heard.intent in UNSURE and question_words(heard.text)


def question_words(text: str) -> bool:
    """Whether a text has a question mark or a question word. "AI" is no "ai", nor is "ai" beside what stands beside it in a title."""
    text = without_links(text)
    words = syllables(text)
    said = joined([w.folded for w in words])
    for nothing in wordings()["nothings"]:
        said = said.replace(f" {nothing} ", " ")
    for vague in wordings()["somethings"]:
        said = re.sub(rf"(?<! {COPULA}) {vague} ", " ", said)  # "họp gì đó", but "sản phẩm là gì đó em"
    who = any(w.text.lower() == WHO and w.text != WHO.upper() and not _named_ai(words, k) for k, w in enumerate(words))
    return "?" in text or who or says_whether(said) or any(f" {p} " in said for p in wordings()["questions"])


def asks_to_report(text: str) -> bool:
    """Whether a message asks to take a report ("cập nhật ...", "báo cáo tiến độ"); "báo cáo" inside of it may be a thing."""
    return says(text, "report") or begins_as_report(text)


def begins_as_report(text: str) -> bool:
    """Whether the first word of a message asks to take a report ("ghi kết quả ...")."""
    polite = wordings()["polite"]
    words = [s.folded for s in syllables(text) if s.folded.isalnum()]
    start = next((i for i, w in enumerate(words) if w not in polite), 0)
    said = f" {' '.join(words[start:])} "
    return any(said.startswith(f" {p} ") for p in wordings()["report_first"])


def only_asks_to_report(text: str, agency: str = "") -> bool:
    """Whether a message is the wish to report, and nothing else ("cho tôi báo cáo", "bên y tế báo tiến độ" of that `agency`)."""
    asked = bare(repair(text).text).removeprefix(HELLO).strip()
    wishes = asked.split(" ", 1)[0] in wordings()["wish"]  # "báo cáo tháng này" alone asks for one
    frame = {*wordings()["report_frame"], *fold(agency).split(), *(wordings()["period"] if wishes else ())}
    framed = frame.issuperset(asked.split())
    return asked in wordings()["report_first"] or (framed and (says(asked, "report") or says(asked, "report_first")))


def names_measure(mention: str) -> bool:
    """Whether what a message reports on is named as something that is measured ("tỷ lệ ..."), not as work that is done to a share."""
    said = spoken(mention)
    starts = any(said.startswith(f" {p} ") for p in wordings()["measures"])
    return starts and not any(said.startswith(f" {p} ") for p in wordings()["shares_done"])


def figure_in_digits(report: Report) -> bool:
    """Whether a message gives its figure in digits: words alone ("không", "nửa") may mean something else."""
    return any(c.isdigit() for c in report.raw)


def field_named(text: str) -> Slot | None:
    """The field of a report that a message names ("sửa phần trăm"): the one named first, as what follows may be its new text."""
    said = spoken(text)
    fields = cast("dict[Slot, list[str]]", wordings()["fields"])
    places = {name: [said.find(f" {p} ") for p in phrases if f" {p} " in said] for name, phrases in fields.items()}
    named = [name for name in fields if places[name]]
    if named:
        return min(named, key=lambda name: min(places[name]))
    return "percent" if "%" in text else None


def points_back(text: str) -> bool:
    """Whether a message points at what the talk was about ("cập nhật nhiệm vụ này 40%")."""
    return any(f" {p} " in spoken(text).replace(PROGRESS, " ") for p in wordings()["this"])


def points_at(text: str) -> bool:
    """Whether a message begins by pointing at a thing ("cái ... ấy")."""
    return bare(text).split(" ", 1)[0] in wordings()["thing"]


def speaks_of_progress(text: str) -> bool:
    """Whether a message speaks of how far work has come, not of what is measured."""
    return says(text, "progress")


def says_all(text: str) -> bool:
    """Whether a message is about everything ("hủy hết đi")."""
    return says(text, "all")


def says_undo(text: str) -> bool:
    """Whether a message asks to take something saved back."""
    return says(text, "undo")


def names_evidence(text: str) -> bool:
    """Whether words only announce a piece of evidence ("minh chứng:")."""
    return all(s.folded in wordings()["evidence"] for s in syllables(text) if s.folded.isalnum())


def says_no(text: str) -> bool:
    """Whether a message is a bare no, or only asks to wait ("chưa, từ từ")."""
    said = f" {bare(text)} "
    for wait in wordings()["wait"]:
        said = said.replace(f" {wait} ", " ")
    rest = said.strip()
    return (
        rest in wordings()["no"]
        or (not rest and bool(bare(text)))
        or (said != f" {bare(text)} " and rest in wordings()["hesitation"])
    )


def calls_off(text: str) -> bool:
    """Whether a clause of a message is nothing but the wish to leave a report ("để xem lại, hủy cập nhật này đi")."""
    known = wordings()["call_off_words"]
    clauses = [c for c in CLAUSE.split(text) if says(c, "call_off") and not says(c, "keeps_on")]
    return any(all(w in known for w in bare(c).split()) for c in clauses)


def tells_of_calling_off(text: str) -> bool:
    """Whether a message tells that something was or will be called off ("đã hủy thầu")."""
    said = spoken(text)
    return any(f" {done} {off} " in said for done in wordings()["done_to"] for off in wordings()["call_off"])


def is_brief(text: str) -> bool:
    """Whether a message is a few words, as courtesies are, and no dictated note."""
    return len(bare(text).split()) <= BRIEF


def says_never_mind(text: str) -> bool:
    """Whether a message waves the whole thing off ("thôi khỏi"), maybe with the reason after it ("thôi khỏi, để hỏi lại đã")."""
    clauses = [bare(c) for c in CLAUSE.split(text)]
    first = next((c for c in clauses if any(w not in wordings()["hesitation"] for w in c.split())), clauses[0])
    return bare(text) in wordings()["never_mind"] or (" " in first and first in wordings()["never_mind"])


def has_nothing_yet(text: str) -> bool:
    """Whether a message says that there is nothing ("chưa có gì"): where words are awaited it speaks of these, not of the work."""
    return bare(text) in wordings()["nothing_yet"]


def puts_off(text: str) -> bool:
    """Whether a message leaves off until another time ("thôi em ạ, khi khác anh báo")."""
    return bare(text).split(" ", 1)[0] in wordings()["leaves_off"] and says(text, "later")


def tells_what_happened(text: str) -> bool:
    """Whether a message says that something was, is or will be done: such words are no bare name."""
    return says(text, "happening")


def says_unknown(text: str) -> bool:
    """Whether a few words say that something is not known ("chưa tính ra")."""
    return is_brief(text) and says(text, "unknown")


def says_too_little(heard: Heard) -> bool:
    """Whether a message is too little for a note: one stray word, or talk off the subject that tells nothing done and no number."""
    if heard.evidence or heard.report.links or field_named(heard.text) or any(c.isdigit() for c in heard.text):
        return False
    stray = len(bare(heard.text).split()) < 2 and not heard.report.obstacle
    return stray or (heard.intent == "out_of_scope" and not tells_what_happened(heard.text))


def says_otherwise(text: str) -> bool:
    """Whether a message begins by saying that it is something else ("không, là ..."): what follows is a name."""
    return leading(bare(text).split(), wordings()["not_but"]) > 0


def after_denial(text: str) -> str:
    """A message without the words by which it begins to say that it is something else, and those that close such a one ("... cơ")."""
    words = [w for w in spoken_words(text) if w.folded not in wordings()["polite"]]
    size = leading([w.folded for w in words], wordings()["not_but"])
    if not 0 < size < len(words):
        return text
    closing = words[-1].folded in wordings()["not_but_tail"]
    return text[words[size].start : words[-1].start if closing else len(text)]


def until() -> str:
    """The word that makes a day of what follows it."""
    word: str = wordings()["until"]
    return word


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
