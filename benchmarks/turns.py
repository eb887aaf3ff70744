"""Measure the service as it is deployed: start-up, memory and processor time of every process, and the time of a turn over REST.

    .venv/bin/python -m benchmarks.turns [--rounds 10] [--no-write]

Starts `sauro serve` on a free port with a fresh database, plays benchmarks/questions.txt and writes the section `turns` of
docs/performance.md: one user in conversations of five, one in a single long conversation, ten and fifty at once. Linux only: memory and
processor time are read from /proc. Processor time depends less than the clock on what else the machine does. `benchmarks.stock` shows
the same beside stock Rasa.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.contenders import ours
from benchmarks.load import QUESTIONS, Played, crowd, memory, processor, talks
from benchmarks.report import DOCS, machine, write
from knowledge.evaluation.document import table
from knowledge.evaluation.tally import percentile

USERS = (10, 50)
SECONDS = 8.0


def ms(seconds: list[float]) -> str:
    """Median and 95th percentile in ms: "12 / 20"."""
    return f"{1000 * percentile(seconds, 0.5):.0f} / {1000 * percentile(seconds, 0.95):.0f} ms"


def measure(rounds: int) -> str:
    """Run everything and return the section's text."""
    turns = rounds * len(QUESTIONS.read_text("utf-8").splitlines())
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), 1) as running:
        user = running.user
        parts = {"application (gateway, actions, search)": running.all[:1], "dialogue engine (Rasa)": running.rasa}
        (first,) = user.turns("first", 1)
        user.turns("warm", 40)
        before = {name: processor(part) for name, part in parts.items()}
        short = user.talk(islice(talks("short"), turns), lambda: False)
        spent = {name: (processor(part) - before[name]) / turns for name, part in parts.items()}
        before = {name: processor(part) for name, part in parts.items()}
        long = user.turns("long", turns)
        grown = {name: (processor(part) - before[name]) / turns for name, part in parts.items()}
        together: dict[int, Played] = {users: crowd(user, users, SECONDS, f"crowd-{users}") for users in USERS}
        held = {name: memory(part) for name, part in parts.items()}
    rows = [
        ("start to ready", f"{running.ready:.1f} s"),
        ("very first turn", f"{1000 * first:.0f} ms"),
        ("turn in conversations of five, p50 / p95", ms(short)),
        ("turn in one long conversation, p50 / p95", ms(long)),
        *((f"turn, {users} users at once, p50 / p95", ms(played.seconds)) for users, played in together.items()),
        *((f"turns per second, {users} users at once", f"{played.rate:.1f}") for users, played in together.items()),
        *(
            (
                f"processor time of a turn in the {name}",
                f"{spent[name]:.1f} ms, in the long conversation {grown[name]:.1f} ms",
            )
            for name in parts
        ),
        *((f"memory of the {name}", f"{mb:.0f} MB PSS") for name, mb in held.items()),
    ]
    return (
        f"`python -m benchmarks.turns --rounds {rounds}`, {datetime.now(UTC):%Y-%m-%d}: {machine()}. {turns} turns in conversations of "
        f"five, {turns} in one conversation, {SECONDS:g} s of {' and of '.join(map(str, USERS))} users at once, through gateway, Rasa, "
        f"actions and back, replies stored durably. A page that processes share counts once (PSS).\n\n{table(('measure', 'value'), rows)}"
    )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10, help="times the question list is played (default 10)")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    options = parser.parse_args()
    section = measure(options.rounds)
    print(section)
    if not options.no_write:
        write(DOCS / "performance.md", {"turns": section})


if __name__ == "__main__":
    main()
