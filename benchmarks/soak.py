"""Kill the service again and again while reports are told to it, and write down what was found: `make soak`.

    .venv/bin/python -m benchmarks.soak [--kills 50] [--seed 1] [--no-write]

The real processes are killed at random moments (benchmarks/crash.py says how, and what must hold). Writes the first section of
docs/soak.md; ends with an error when anything confirmed is missing, anything is saved twice or a dialog does not go on. About ten minutes
on two cores. Linux only.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.crash import TURN_SECONDS, Broken, Crash, Service, check, play
from benchmarks.report import DOCS, machine, write

FOUND = {
    "": "not even received",
    "received": "received",
    "processing": "being worked on",
    "done": "answered and stored",
    "failed": "failed",
}


def report(crashes: Sequence[Crash], reports: int, kills: int, seed: int) -> str:
    """The section."""
    found = Counter((FOUND[c.row], c.saved, c.answered) for c in crashes)
    times = [c.ready_seconds for c in crashes]
    return "\n".join(
        [
            f"`make soak` (`python -m benchmarks.soak --kills {kills} --seed {seed}`), {datetime.now(UTC):%Y-%m-%d}: "
            f"{machine()}.",
            "",
            f"Staff tell {reports} reports of progress over REST, in one sentence or step by step. {len(crashes)} times the gateway "
            f"and the dialogue engine are ended together with SIGKILL, up to {TURN_SECONDS * 1000:.0f} ms after a message was sent, "
            "and started again; a message without an answer is sent again under its id.",
            "",
            "| must hold | held |",
            "|---|---|",
            f"| every receipt that was given is in the ledger | {reports} of {reports} |",
            f"| entries in the ledger, one per report, with the values that were told | {reports} |",
            f"| dialogs that went on where they were and came to their end | {reports} of {reports} |",
            "| `sauro ledger verify` | the chain holds |",
            f"| killed to ready again | median {statistics.median(times):.1f} s, longest {max(times):.1f} s |",
            "",
            "What the kills found on disk:",
            "",
            "| the message was | its report was in the ledger | its client had the answer | kills |",
            "|---|---|---|---|",
            *(
                f"| {row} | {'yes' if saved else 'no'} | {'yes' if answered else 'no'} | {count} |"
                for (row, saved, answered), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
            ),
            "",
        ]
    )


def main() -> None:
    """Play, check, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how often the service is killed (default 50)")
    parser.add_argument("--seed", type=int, default=1, help="another seed kills at other moments (default 1)")
    parser.add_argument("--no-write", action="store_true", help="leave docs/soak.md as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            service.start()
            crashes, played, receipts = play(service, options.kills, options.seed)
            check(service, played, receipts)
        except Broken as broken:
            sys.exit(f"soak: {broken}")
        finally:
            service.kill()
    text = report(crashes, len(played), options.kills, options.seed)
    print(text)
    if not options.no_write:
        write(DOCS / "soak.md", {"soak": text})


if __name__ == "__main__":
    main()
