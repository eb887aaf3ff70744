"""Measure the Zalo webhook while the dialogue engine is down, and how the backlog drains once it is up again.

    .venv/bin/python -m benchmarks.webhook [--seconds 60] [--per-second 50] [--postgres URL] [--no-write]

Starts the gateway as it is deployed on a stage (benchmarks/zalo_stage.py) and calls its webhook with signed events at even pace, each on a
connection of its own time: a slow answer does not slow the next call. Then the engine comes up, and each user's replies must arrive in
order. On SQLite, and on the PostgreSQL whose URL is given. Writes the section "Zalo webhook" of docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks.report import DOCS, machine, write
from benchmarks.zalo_stage import WHOLE, Stage
from knowledge.evaluation.tally import percentile

PER_USER = 3
SETTLE_SECONDS = 15.0
"""After the index is loaded the answering part is; what is measured is a gateway that has started."""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each call; seconds until the backlog was sent; users whose replies came in order."""

    store: str
    times: list[float]
    drained: float
    in_order: int
    users: int


def signed(stage: Stage, number: int, at: str) -> tuple[bytes, dict[str, str]]:
    """An event as Zalo makes it at a time (milliseconds)."""
    world = stage.world
    event = {
        "app_id": world.app_id, "event_name": "user_send_text", "timestamp": at, "recipient": {"id": world.oa_id},
        "sender": {"id": user_of(number)}, "message": {"msg_id": f"bench-{number}", "text": text_of(number)},
    }  # fmt: skip
    raw = json.dumps(event).encode()
    mac = hashlib.sha256(world.app_id.encode() + raw + at.encode() + world.oa_secret.encode()).hexdigest()
    return raw, {"X-ZEvent-Signature": f"mac={mac}"}


def user_of(number: int) -> str:
    """A user writes `PER_USER` times, far apart."""
    return f"bench-{number // PER_USER}"


def text_of(number: int) -> str:
    """What the user writes."""
    return f"m{number % PER_USER}"


async def call(client: httpx.AsyncClient, stage: Stage, number: int, at: str) -> float:
    """One call; its milliseconds."""
    raw, headers = signed(stage, number, at)
    began = time.perf_counter()
    for left in reversed(range(3)):
        try:
            response = await client.post(f"{stage.gateway}/webhooks/zalo", content=raw, headers=headers)
            response.raise_for_status()
            break
        except httpx.TransportError:  # a connection that was closed while it was idle
            if not left:
                raise
    return (time.perf_counter() - began) * 1000


async def flood(stage: Stage, seconds: int, per_second: int) -> list[float]:
    """Calls at even pace, whatever their answers take."""
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
    async with httpx.AsyncClient(timeout=30, limits=limits, trust_env=False) as client:
        began, first, calls = time.perf_counter(), time.time(), []
        for number in range(seconds * per_second):
            await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
            calls.append(
                asyncio.create_task(call(client, stage, number, str(round((first + number / per_second) * 1000))))
            )
        return await asyncio.gather(*calls)


def measure(store: str, url: str, seconds: int, per_second: int) -> Measured:
    """One database."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), url, command=WHOLE)
        stage.world.faults.per_minute = 1_000_000
        stage.engine_up[0] = False
        try:
            process = stage.start()
            stage.wait_ready(process, engine=False)
            time.sleep(SETTLE_SECONDS)
            users = -(-seconds * per_second // PER_USER)
            stage.know(user_of(n * PER_USER) for n in range(users))
            times = asyncio.run(flood(stage, seconds, per_second))
            stage.engine_up[0] = True
            began = time.perf_counter()
            stage.drain(1800)
            drained = time.perf_counter() - began
            heard = stage.heard()
        finally:
            stage.close()
    right = [f"re: m{n}" for n in range(PER_USER)]
    for user, texts in heard.items():
        if texts != right[: len(texts)]:
            print(f"{user} got {texts}", file=sys.stderr)
    in_order = sum(texts == right[: len(texts)] for texts in heard.values())
    return Measured(store, times, drained, in_order, users)


def section(found: list[Measured], seconds: int, per_second: int) -> str:
    """The section's text."""
    return "\n".join(
        [
            f"`python -m benchmarks.webhook --seconds {seconds} --per-second {per_second}`, {datetime.now(UTC):%Y-%m-%d}: "
            f"{machine()}. One gateway, dialogue engine down, {seconds * per_second} signed events of {found[0].users} users; then the "
            "engine (a stand-in) comes up and the backlog is answered over the simulated platform.",
            "",
            "| database | p50 | p99 | slowest | backlog sent after | users answered in order |",
            "|---|---|---|---|---|---|",
            *(
                f"| {m.store} | {statistics.median(m.times):.0f} ms | {percentile(m.times, 0.99):.0f} ms | {max(m.times):.0f} ms "
                f"| {m.drained:.0f} s | {m.in_order} of {m.users} |"
                for m in found
            ),
            "",
        ]
    )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--per-second", type=int, default=50)
    parser.add_argument("--postgres", default="", help="SQLAlchemy URL of an empty PostgreSQL database")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    options = parser.parse_args()
    stores = [("SQLite", ""), *([("PostgreSQL", options.postgres)] if options.postgres else [])]
    found = [measure(name, url, options.seconds, options.per_second) for name, url in stores]
    text = section(found, options.seconds, options.per_second)
    print(text)
    if not options.no_write:
        write(DOCS / "performance.md", {"webhook": text})
    if any(m.in_order < m.users for m in found):
        sys.exit("not every user was answered in order")


if __name__ == "__main__":
    main()
