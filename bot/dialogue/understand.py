"""Tell what the trained model understands texts as: a JSON list of texts on standard input, one of [intent, facets] on standard output.

    bot/dialogue/.venv/bin/python bot/dialogue/understand.py [--as-typed]

Run by the dialogue engine's interpreter. With `--as-typed` no text is repaired first: what repair is worth is measured by this.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any, List, Sequence, Tuple

PROJECT = Path(__file__).resolve().parent
ROOT = PROJECT.parent.parent

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from knowledge.text.repair import as_typed  # noqa: E402


def main() -> None:
    """Parse and print."""
    os.environ.update(RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="WARNING")
    os.environ.update(SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    texts = json.loads(sys.stdin.buffer.read())
    with contextlib.redirect_stdout(sys.stderr):  # Rasa prints
        import structlog
        from rasa.core.agent import Agent

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        agent = Agent.load(str(PROJECT / "models" / "sauro.tar.gz"))
        with as_typed() if "--as-typed" in sys.argv[1:] else contextlib.nullcontext():
            found = asyncio.run(_understood(agent, texts))
    print(json.dumps(found))


async def _understood(agent: Any, texts: Sequence[str]) -> List[Tuple[str, List[str]]]:
    found = []
    for text in texts:
        parsed = await agent.parse_message(text)
        facets = sorted({e["value"] for e in parsed["entities"] if e["entity"] == "facet"})
        found.append((parsed["intent"]["name"], facets))
    return found


if __name__ == "__main__":
    main()
