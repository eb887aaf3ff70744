"""Between a Rasa conversation and the dialog's types: who speaks, what was heard, what is known, what is uttered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from knowledge.corpus import load_corpus
from knowledge.errors import UnknownAccount
from knowledge.progress.dialog.pasted import read_message
from knowledge.progress.dialog.turn import Heard, Line, World
from knowledge.progress.state import standing
from knowledge.progress.types import CITIZEN, Account, Entry, Evidence
from knowledge.store.entry_log import log_of
from knowledge.types import Key, Question

REMEMBERED = 50
"""Last entries of an account among which a correction looks for the one that is meant."""


@dataclass(frozen=True)
class Speaker:
    """Who speaks in the turn under way, as the gateway recorded it.

    `turn` is the turn's id, `text` what was typed, `evidence` the files that came with it.
    """

    account: Account
    conversation: str
    channel: str
    turn: str
    text: str
    evidence: tuple[Evidence, ...] = ()


def speaker_of(services: Services, conversation: str) -> Speaker:
    """The speaker of the turn that a conversation has under way; a citizen where none is recorded."""
    turn = services.turns.under_way(conversation)
    if turn is None:
        return Speaker(CITIZEN, conversation, "", "", "")
    try:
        account = services.accounts.get(turn.account)
    except UnknownAccount:
        account = CITIZEN
    return Speaker(account, conversation, turn.channel, turn.id, turn.text, turn.evidence)


def heard_of(question: Question, speaker: Speaker, today: date, asked: str) -> Heard:
    """The last message as the dialogue engine understood it, and what it reports; `asked` is the slot asked for."""
    text = speaker.text if speaker.turn else question.text
    report = read_message(text, today, asked)
    return Heard(text, question.intent or "", question.confidence, report, question.facets, speaker.evidence)


def world_of(services: Services, question: Question, receipt: str, speaker: Speaker) -> World:
    """What the dialog may ask about beside the message; `receipt` is the last one given in the conversation."""
    log = log_of(services.ledger)

    def entries(key: Key) -> Sequence[Entry]:
        corpus = load_corpus()
        return standing(log.entries([corpus.record(k).id for k in (key, *corpus.twins(key))]))

    def mine() -> Sequence[Entry]:
        own = services.ledger.of_author(speaker.account.id, REMEMBERED)
        holding = {e.id for e in standing(log.entries(sorted({e.record for e in own})))}
        return [e for e in own if e.id in holding]

    return World(
        speaker.account,
        services.today(),
        question.lang,
        question.focus,
        receipt,
        entries,
        mine,
    )


def utter_lines(dispatcher: CollectingDispatcher, lines: Iterable[Line]) -> None:
    """Utter replies by their names; the engine fills in the values."""
    for said in lines:
        buttons = [{"title": c.title, "payload": c.payload} for c in said.choices]
        dispatcher.utter_message(response=said.response, buttons=buttons, **said.values)
