"""Measure the service as it is deployed: start-up, memory and processor time of every process, and the time of a turn over REST.

    .venv/bin/python -m benchmarks.turns [--rounds 10] [--no-write]

Starts `sauro serve` on a free port with a fresh database, plays benchmarks/questions.txt and writes the section "Turn over REST" of
docs/performance.md: one user in conversations of five, one in a single long conversation, ten at once. Linux only: memory and processor
time are read from /proc. PSS counts a page shared by n processes as 1/n of a page. Processor time depends less than the clock on
what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks.report import DOCS, machine, write
from knowledge.evaluation.tally import percentile

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "benchmarks/questions.txt"
START_SECONDS = 300
USERS = 10


@contextmanager
def serving(folder: str) -> Iterator[tuple[int, str]]:
    """Run `sauro serve`; yields its process id and URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")}
    environment |= {
        "SAURO_VAR": folder,
        "SAURO_PORT": str(port),
        "SAURO_LOG_LEVEL": "error",
        "SAURO_RATE_BURST": "100000",
    }
    command = [str(Path(sys.executable).with_name("sauro")), "serve"]
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603
        try:
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_ready(client: httpx.Client) -> None:
    """Wait for /readyz."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            if client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    sys.exit("sauro serve did not become ready")


def turns(client: httpx.Client, sender: str, talk: int = 5) -> Iterator[float]:
    """Seconds of each question, in conversations of `talk` turns."""
    for number, text in enumerate(QUESTIONS.read_text("utf-8").splitlines()):
        began = time.perf_counter()
        response = client.post("/webhooks/rest/webhook", json={"sender": f"{sender}-{number // talk}", "message": text})
        yield time.perf_counter() - began
        degraded = any(m.get("custom", {}).get("degraded") for m in response.raise_for_status().json())
        if degraded:
            sys.exit(f"degraded answer to: {text}")


def memory(pid: int) -> tuple[int, int]:
    """(RSS, PSS) of a process in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    rss, pss = (int(re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)[1]) for name in ("Rss", "Pss"))  # type: ignore[index]
    return rss // 1024, pss // 1024


def children(pid: int) -> list[int]:
    """Process ids of a process's children."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in found.split()]


def processor(pid: int) -> float:
    """Processor time of a process so far, in ms."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def crowd(url: str, users: int, rounds: int) -> tuple[list[float], float]:
    """Seconds of each turn of so many users at once, and turns per second."""

    def user(number: int) -> list[float]:
        with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
            return [seconds for n in range(rounds) for seconds in turns(client, f"crowd-{number}-{n}")]

    began = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        taken = [seconds for times in pool.map(user, range(users)) for seconds in times]
    return taken, len(taken) / (time.perf_counter() - began)


def milliseconds(values: list[float], share: float) -> int:
    """A percentile in ms."""
    return round(percentile(values, share) * 1000)


def measure(rounds: int) -> str:
    """Run everything and return the section's text."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with serving(folder) as (pid, url), httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
            wait_ready(client)
            start = time.perf_counter() - began
            first = list(turns(client, "warm-up"))
            parts = {"application (gateway, actions, search)": pid}
            for child in children(pid):
                parts["dialogue engine (Rasa)"] = child
            before = {name: processor(part) for name, part in parts.items()}
            later = [seconds for n in range(rounds) for seconds in turns(client, f"user-{n}")]
            spent = {name: (processor(part) - before[name]) / len(later) for name, part in parts.items()}
            before = {name: processor(part) for name, part in parts.items()}
            long = [seconds for _ in range(rounds) for seconds in turns(client, "one-long-talk", sys.maxsize)]
            grown = {name: (processor(part) - before[name]) / len(long) for name, part in parts.items()}
            together, rate = crowd(url, USERS, max(1, rounds // 2))
            held = {name: memory(part) for name, part in parts.items()}
    lines = [
        f"`python -m benchmarks.turns --rounds {rounds}`, {datetime.now(UTC):%Y-%m-%d}: {machine()}. "
        f"{len(later)} turns in conversations of five, {len(long)} in one conversation, {len(together)} of {USERS} users at once, "
        "through gateway, Rasa, actions and back, replies stored durably.",
        "",
        "| measure | value |",
        "|---|---|",
        f"| start to ready | {start:.1f} s |",
        f"| very first turn | {first[0] * 1000:.0f} ms |",
        f"| turn, p50 | {statistics.median(later) * 1000:.0f} ms |",
        f"| turn, p95 | {percentile(later, 0.95) * 1000:.0f} ms |",
        f"| turn, slowest | {max(later) * 1000:.0f} ms |",
        f"| turns per second | {len(later) / sum(later):.1f} |",
        f"| turn in one long conversation, p50 / p95 | {milliseconds(long, 0.5)} / {milliseconds(long, 0.95)} ms |",
        f"| turn, {USERS} users at once, p50 / p95 | {milliseconds(together, 0.5)} / {milliseconds(together, 0.95)} ms |",
        f"| turns per second, {USERS} users at once | {rate:.1f} |",
        *(
            f"| processor time of a turn in the {name} | {spent[name]:.1f} ms, in the long conversation {grown[name]:.1f} ms |"
            for name in parts
        ),
        *(f"| memory of the {name} | {rss} MB RSS, {pss} MB PSS |" for name, (rss, pss) in held.items()),
        "",
    ]
    return "\n".join(lines)


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
