"""The steps of set-up, in order. A step whose result is already there is skipped without a word."""

from __future__ import annotations

import sys

from setup import environments, pytorch, uv
from setup.progress import SetupError, Step, exclusive, say, take

STEPS = (
    Step("uv", uv.ready, uv.bootstrap),
    Step("application", environments.application_ready, environments.sync_application),
    Step("pytorch", pytorch.ready, pytorch.install),
    Step("dialogue", environments.dialogue_ready, environments.sync_dialogue),
    Step("training", environments.always, environments.train),
)


def main() -> int:
    """Take every step that is still to be done; exit code 1 and one line that says what to do when one fails."""
    try:
        with exclusive():
            for number, step in enumerate(STEPS, start=1):
                take(step, number, len(STEPS))
    except SetupError as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("interrupted"), file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
