"""Reports under way, as the drafts keep them: of this conversation, of another one, put aside, or waited for too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

from actions.services import Services
from actions.world import Speaker
from knowledge.progress.dialog.asking import line
from knowledge.progress.dialog.state import State, from_json, to_json
from knowledge.progress.dialog.telling import title
from knowledge.progress.dialog.turn import Line
from knowledge.store.drafts import Draft


@dataclass(frozen=True)
class Held:
    """What a conversation has under way. `there`: it has a draft; `expired`: that one waited too long and is over.

    `turn` is the last turn that reached the draft, `saved` the mark of the report that it saved.
    """

    state: State | None = None
    there: bool = False
    expired: bool = False
    turn: str = ""
    saved: str = ""


def held(services: Services, speaker: Speaker) -> Held:
    """The report that the speaker's conversation has under way."""
    if not speaker.account.id:
        return Held()
    draft = services.drafts.of_conversation(speaker.conversation)
    if draft is None or draft.account != speaker.account.id:
        return Held()
    state = from_json(draft.state)
    if draft.settled:
        return Held(turn=state.turn, saved=state.saved)
    if _over(services, draft):
        return Held(there=True, expired=True)
    return Held(state, there=True, turn=state.turn, saved=state.saved)


def keep(services: Services, speaker: Speaker, state: State | None, saved: str, *, there: bool) -> None:
    """Keep what a turn leaves: the report that goes on, or that one was saved under the mark `saved`.

    A report gets its mark with the turn that it begins in, of which each begins at most one.
    """
    drafts, account, conversation = services.drafts, speaker.account.id, speaker.conversation
    if state is not None:
        marked = replace(state, mark=mark_of(state, speaker), turn=speaker.turn, saved=saved)
        drafts.put(account, conversation, to_json(marked))
    elif saved:
        drafts.settle(account, conversation, to_json(State(turn=speaker.turn, saved=saved)))
    elif there:
        drafts.remove(conversation)


def mark_of(state: State, speaker: Speaker) -> str:
    """What stands for a report when it is saved."""
    return state.mark or f"{speaker.turn}:{state.place}"


def put_aside(services: Services, speaker: Speaker, state: State) -> None:
    """Keep a report for later: it belongs to the account then, no longer to a conversation."""
    services.drafts.put(
        speaker.account.id, f"kept-{uuid4().hex}", to_json(replace(state, turn="", saved="")), kept=True
    )


def take_up(services: Services, speaker: Speaker) -> State | None:
    """Fetch the report the speaker last left elsewhere or put aside; None when there is none."""
    for draft in _elsewhere(services, speaker):
        taken = services.drafts.take(draft.id, speaker.conversation)
        if taken is not None:
            return from_json(taken.state)
    return None


def unfinished(services: Services, speaker: Speaker) -> Iterator[Line]:
    """A mention of a report that the speaker has left elsewhere or put aside."""
    for draft in _elsewhere(services, speaker):
        key = from_json(draft.state).key
        yield line("unfinished", title=title(key)) if key else line("unfinished_unnamed")
        return


def _elsewhere(services: Services, speaker: Speaker) -> Iterator[Draft]:
    if not speaker.account.id:
        return
    for draft in services.drafts.of_account(speaker.account.id):
        if draft.conversation != speaker.conversation and not _over(services, draft):
            yield draft


def _over(services: Services, draft: Draft) -> bool:
    return not draft.kept and services.now() - draft.updated_at > services.patience
