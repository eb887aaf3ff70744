"""Kill the Zalo channel again and again while its users write, and write down what was found: the second half of `make soak`.

    .venv/bin/python -m benchmarks.zalo_soak [--kills 100] [--seed 1] [--no-write]

Writes the section "Zalo" of docs/soak.md; ends with an error when anything taken is lost, anything comes in the wrong order, or more
replies come twice than there were kills. About ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import DOCS, machine, write
from benchmarks.zalo_crash import LONGEST_LIFE, USERS, Broken, Outcome, play

FAULTS = 0.1


def section(outcome: Outcome, seed: int, seconds: float) -> str:
    """The section."""
    return "\n".join(
        [
            f"`python -m benchmarks.zalo_soak --kills {outcome.kills} --seed {seed}`, {datetime.now(UTC):%Y-%m-%d}: "
            f"{machine()}, SQLite, {seconds / 60:.0f} minutes.",
            "",
            f"{USERS} users write to the channel over the simulated platform, which delivers every tenth event twice, every tenth "
            f"late, and fails {FAULTS:.0%} of the sends. The process with webhook and worker is ended with SIGKILL {outcome.kills} "
            f"times, up to {LONGEST_LIFE:.1f} s after it was ready, and started again. The dialogue engine is a stand-in.",
            "",
            "| must hold | found |",
            "|---|---|",
            f"| every message that was answered 200 is in the database, once | {outcome.taken} of {outcome.taken} |",
            f"| every message that was taken was answered or laid aside by Zalo's rules | {outcome.taken - outcome.aside} answered, "
            f"{outcome.aside} laid aside |",
            "| a message said and taken before another of its user was answered before it | held |",
            f"| replies that came twice, at most one per kill | {outcome.twice} of {outcome.kills} kills |",
            f"| sends that the platform failed on the way | {outcome.failed_sends} |",
            "",
        ]
    )


def main() -> None:
    """Play, check, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="how often the process is killed (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed kills at other moments (default 1)")
    parser.add_argument("--no-write", action="store_true", help="leave docs/soak.md as it is")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = play(Path(folder), options.kills, options.seed, FAULTS)
        except Broken as broken:
            sys.exit(f"soak: {broken}")
    text = section(outcome, options.seed, time.monotonic() - began)
    print(text)
    if not options.no_write:
        write(DOCS / "soak.md", {"zalo": text})


if __name__ == "__main__":
    main()
