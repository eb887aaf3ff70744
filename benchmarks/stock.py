"""Ours beside stock Rasa, in one run: turns per second, the time of a turn, what it takes, start and memory.

    .venv/bin/python -m benchmarks.stock [--seconds 5] [--only NAME] [--no-write]

The same assistant four times (same domain, rules, training data and actions): `rasa run` with DIET, RulePolicy and MemoizationPolicy;
`rasa run` with our model; `sauro serve` with one engine and with two. Stock Rasa is asked directly; ours through the gateway, with every
turn written to disk before it is answered. Each load is played three times, the best counts. Writes the section `stock` of
docs/performance.md. The first run trains the model with DIET (build/stock/, some minutes). Linux only.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.contenders import PROJECT, Running, ours, stock, trained
from benchmarks.load import Played, crowd, memory, processor
from benchmarks.report import DOCS, machine, write
from knowledge.evaluation.document import table
from knowledge.evaluation.tally import percentile

USERS = (1, 10, 50)
AGES = (5, 100, 500)
BEST_OF = 3
WINDOW = 10
"""Turns over which processor time is counted."""

CONTENDERS: dict[str, Callable[[Path], AbstractContextManager[Running]]] = {
    "stock, DIET": lambda folder: stock(folder, trained()),
    "stock, our model": lambda folder: stock(folder, PROJECT / "models/sauro.tar.gz"),
    "ours, 1 engine": lambda folder: ours(folder, 1),
    "ours, 2 engines": lambda folder: ours(folder, 2),
}


@dataclass(frozen=True)
class Measured:
    """Figures of one assistant. `turn` is processor time of Rasa per turn, by age of the conversation, `all` that of all processes, in
    ms; `ready` in seconds, `rasa` and `memory` in MB."""

    played: dict[int, Played]
    turn: dict[int, float]
    all: float
    ready: float
    rasa: float
    memory: float


def measure(running: Running, seconds: float) -> Measured:
    """Play every load."""
    running.user.turns("warm", 40)
    before = processor(running.all)
    talks = crowd(running.user, 1, seconds, "cost")
    spent = (processor(running.all) - before) / len(talks.seconds)
    turn = {age: _aged(running, age) for age in AGES}
    played = {
        users: max((crowd(running.user, users, seconds, f"{users}-{n}") for n in range(BEST_OF)), key=lambda p: p.rate)
        for users in USERS
    }
    return Measured(played, turn, spent, running.ready, memory(running.rasa), memory(running.all))


def _aged(running: Running, age: int) -> float:
    """Rasa's processor time for a turn of a conversation that is so many turns old, in ms; one of five is always a new one."""
    if age <= WINDOW:
        for n in range(WINDOW):
            running.user.turns(f"aged-{age}-{n}", 1)
        before = processor(running.rasa)
        for n in range(WINDOW):
            running.user.turns(f"aged-{age}-{n}", age - 1)
        return (processor(running.rasa) - before) / (WINDOW * (age - 1))
    running.user.turns(f"aged-{age}", 20)
    running.lengthen(f"aged-{age}", age)
    before = processor(running.rasa)
    running.user.turns(f"aged-{age}", WINDOW)
    return (processor(running.rasa) - before) / WINDOW


def section(found: dict[str, Measured], seconds: float) -> str:
    """The tables as Markdown: ratios to ours with one engine first, then the figures."""
    own = found.get("ours, 1 engine")
    lines: list[tuple[str, Callable[[Measured], float], str]] = [
        *((f"turns per second, {u} users", lambda m, u=u: m.played[u].rate, "{:.1f}") for u in USERS),
        *(
            (f"turn, {u} users, {name} ms", lambda m, u=u, s=share: 1000 * percentile(m.played[u].seconds, s), "{:.0f}")
            for u in USERS
            for name, share in (("p50", 0.5), ("p95", 0.95))
        ),
        *((f"Rasa's processor time, {a} turns old, ms", lambda m, a=a: m.turn[a], "{:.1f}") for a in AGES),
        ("processor time of all processes, ms a turn", lambda m: m.all, "{:.1f}"),
        ("start to ready, s", lambda m: m.ready, "{:.1f}"),
        ("memory of Rasa, MB", lambda m: m.rasa, "{:.0f}"),
        ("memory of all processes, MB", lambda m: m.memory, "{:.0f}"),
    ]
    rows = []
    for name, of, form in lines:
        cells = [
            form.format(of(m)) + (f" (×{of(m) / of(own):.2f})" if own and m is not own else "") for m in found.values()
        ]
        rows.append((name, *cells))
    return (
        f"`python -m benchmarks.stock`, {datetime.now(UTC):%Y-%m-%d}: {machine()}, Rasa {_rasa()}, rasa-sdk {version('rasa-sdk')}. "
        f"Users in conversations of five turns, {seconds:g} s per load, best of {BEST_OF}; in brackets the ratio to ours with one engine. "
        "Users and assistant share the machine. Memory counts a shared page once (PSS).\n\n" + table(("", *found), rows)
    )


def _rasa() -> str:
    (found,) = (PROJECT / ".venv/lib").glob("python3.10/site-packages/rasa-*.dist-info")
    return found.name.removeprefix("rasa-").removesuffix(".dist-info")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each load (default 5)")
    parser.add_argument(
        "--only", choices=tuple(CONTENDERS), action="append", help="leave out the others; nothing is written"
    )
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    options = parser.parse_args()
    found = {}
    for name in options.only or CONTENDERS:
        with tempfile.TemporaryDirectory() as folder, CONTENDERS[name](Path(folder)) as running:
            found[name] = measure(running, options.seconds)
        print(name, flush=True)
    text = section(found, options.seconds)
    print(text)
    if not options.no_write and not options.only:
        write(DOCS / "performance.md", {"stock": text})


if __name__ == "__main__":
    main()
