"""Users who talk to an assistant over Rasa's REST convention, and what its processes take for it. Linux: read from /proc."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

QUESTIONS = Path(__file__).with_name("questions.txt")
TALK = 5
"""Turns of a conversation."""
PATH = "/webhooks/rest/webhook"


class Wrong(Exception):
    """A turn was not answered as it should be."""


@dataclass(frozen=True)
class Played:
    """What users at once experienced: seconds of each turn, and turns per second of them all."""

    seconds: list[float]
    rate: float


@dataclass(frozen=True)
class User:
    """One who asks over a connection of their own."""

    url: str

    def talk(self, names: Iterator[str], until: Callable[[], bool]) -> list[float]:
        """Ask one question after another, in the conversation that comes next among the names; the seconds of each turn.

        Raises:
            Wrong: an answer is empty, an error, or came without the dialogue engine.
        """
        line = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        head = {"Content-Type": "application/json"}
        taken = []
        for name, text in zip(names, cycle(QUESTIONS.read_text("utf-8").splitlines()), strict=False):
            if until():
                break
            began = time.perf_counter()
            line.request("POST", PATH, json.dumps({"sender": name, "message": text}), head)
            response = line.getresponse()
            said = response.read()
            taken.append(time.perf_counter() - began)
            parts = json.loads(said) if response.status == 200 else []
            if not parts or any(part.get("custom", {}).get("degraded") for part in parts):
                raise Wrong(f"{text}: {response.status} {said[:200]!r}")
        line.close()
        return taken

    def turns(self, name: str, count: int) -> list[float]:
        """So many turns in one conversation."""
        return self.talk(islice(cycle([name]), count), lambda: False)


def talks(name: str) -> Iterator[str]:
    """The conversation of each turn of a user who begins a new one after five turns."""
    return (f"{name}-{talk}" for talk in count() for _ in range(TALK))


def crowd(user: User, users: int, seconds: float, name: str) -> Played:
    """So many users at once, each in conversations of five turns, for so many seconds."""

    def one(number: int) -> list[float]:
        return user.talk(talks(f"{name}-{number}"), lambda: time.perf_counter() > end)

    began = time.perf_counter()
    end = began + seconds
    with ThreadPoolExecutor(users) as pool:
        taken = [second for times in pool.map(one, range(users)) for second in times]
    return Played(taken, len(taken) / (time.perf_counter() - began))


def family(pid: int) -> list[int]:
    """A process, its children, theirs and so on."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [pid, *(inner for child in found.split() for inner in family(int(child)))]


def processor(pids: list[int]) -> float:
    """Processor time of processes so far, in ms, to the microsecond."""
    files = (file for pid in pids for file in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(file.read_text("ascii").split()[0]) for file in files) / 1e6


def memory(pids: list[int]) -> float:
    """Memory of processes in MB; a page that n processes share counts as 1/n of a page (PSS)."""
    rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in pids)
    return sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")) / 1024
