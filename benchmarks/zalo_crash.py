"""Zalo users who write while the gateway is killed: what the kill test and the soak play, and what must hold afterwards.

Gateways are real processes on a stage (benchmarks/zalo_stage.py) and end by SIGKILL at random moments, while the platform fails sends,
delivers events twice and late, and sends them again until they are taken. Nothing that was taken may be lost, a message that was said and
taken before another of its user is answered before it, and at most one reply per kill is there twice.
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from benchmarks.zalo_stage import Stage
from knowledge.store.database import open_database
from knowledge.store.tables import turns, zalo_deliveries

USERS = 120
"""So many that a killed process leaves work for the next one, whose leases it does not hold."""
PAUSE = 0.08
"""Seconds between two messages of all users together."""
LONGEST_LIFE = 1.5
"""Seconds a gateway lives once it is ready."""
DRAIN_SECONDS = 600.0


class Broken(Exception):
    """Something was lost, came in the wrong order, or came twice too often."""


@dataclass(frozen=True)
class Outcome:
    """What was played: kills, messages that were taken, replies that came more than once, laid-aside replies, sends the platform failed."""

    kills: int
    taken: int
    twice: int
    aside: int
    failed_sends: int


def play(folder: Path, kills: int, seed: int, faults: float) -> Outcome:
    """Play and check; the platform fails a share `faults` of the sends.

    Raises:
        Broken: see the module.
    """
    chance = random.Random(seed)  # noqa: S311  (moments, not secrets)
    stage = Stage(folder, pace=0.02)
    stage.world.faults.rate, stage.world.faults.again, stage.world.faults.late = faults, 0.1, 0.1
    stage.world.faults.stall, stage.world.faults.per_minute = 0.5, 100_000
    over = threading.Event()
    talking = threading.Thread(target=_talk, args=(stage, over, random.Random(seed + 1)))  # noqa: S311
    try:
        running = stage.start()
        stage.wait_ready(running)
        _wait_for_tokens(stage)
        talking.start()
        for _ in range(kills):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            stage.kill(running)
            running = stage.start()
            stage.wait_ready(running)
        over.set()
        talking.join()
        stage.drain(DRAIN_SECONDS)
        return _checked(stage, folder, kills)
    finally:
        over.set()
        stage.close()


def _wait_for_tokens(stage: Stage) -> None:
    """A refresh token is good for one exchange: whoever is killed right in it needs a new one from a person (docs/zalo.md)."""
    while not stage.state()["exchanges"]:
        time.sleep(0.1)
    time.sleep(1)


def _talk(stage: Stage, over: threading.Event, chance: random.Random) -> None:
    for number in itertools.count():
        if over.wait(PAUSE):
            return
        stage.say(f"u{chance.randrange(USERS)}", f"m{number}")


def _checked(stage: Stage, folder: Path, kills: int) -> Outcome:
    database = open_database(f"sqlite:///{folder / 'sauro.db'}")
    query = select(zalo_deliveries.c.user, zalo_deliveries.c.state, zalo_deliveries.c.seq, turns.c.text).join(turns)
    with database.connect() as connection:
        rows = connection.execute(query.order_by(zalo_deliveries.c.said_at, zalo_deliveries.c.seq)).all()
    database.dispose()
    taken_texts, heard_of = stage.taken(), stage.heard()
    recorded = [row.text for row in rows]
    if len(recorded) != len(set(recorded)) or not taken_texts <= set(recorded):
        raise Broken(
            f"{len(taken_texts)} messages were answered 200, {len(set(recorded))} of {len(recorded)} rows are theirs"
        )
    twice = 0
    for user, heard in heard_of.items():
        owed = [f"re: {row.text}" for row in rows if row.user == user and row.state == "sent"]
        once = list(dict.fromkeys(heard))
        twice += len(heard) - len(once)
        if sorted(once) != sorted(owed):
            raise Broken(f"{user} was owed {owed} and got {heard}")
        taken = {f"re: {row.text}": row.seq for row in rows if row.user == user}
        late = [
            (a, b) for a, b in itertools.combinations(once, 2) if owed.index(a) > owed.index(b) and taken[a] > taken[b]
        ]
        if late:
            raise Broken(f"{user} got {late} the wrong way round")
    silent = {row.user for row in rows if row.state == "sent"} - set(heard_of)
    if silent or twice > kills:
        raise Broken(f"{len(silent)} users got nothing, {twice} replies came twice after {kills} kills")
    aside = sum(row.state in ("held", "dead") for row in rows)
    state = stage.state()
    return Outcome(kills, len(rows), twice, aside, state["calls"] - sum(map(len, heard_of.values())))
