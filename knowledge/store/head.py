"""The end of the ledger as a file of its own: what is cut off the database's end is missed here.

The file holds `{"hash":"...","seq":42}` and is written after each commit. It may lag behind the database, when a process died between the
two, but never runs ahead of it.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Head:
    """The last entry of the chain: its place (0 before the first) and its hash ("" before the first)."""

    seq: int
    hash: str


def read_head(path: Path) -> Head | None:
    """The head a file holds; None when there is no such file.

    Raises:
        ValueError: the file holds something else.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Head(int(raw["seq"]), str(raw["hash"]))
    except FileNotFoundError:
        return None
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no ledger head") from error


def advance(path: Path, head: Head) -> None:
    """Write `head`, unless the file is as far already: writers that commit in order may come here out of order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read_head(path)
        if known is None or known.seq < head.seq:
            write_head(path, head)


def write_head(path: Path, head: Head) -> None:
    """Replace the file: after a power cut the old one is there or the new one."""
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"hash": head.hash, "seq": head.seq}, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
