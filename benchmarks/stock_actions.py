"""Our actions behind rasa-sdk's own server: `python -m benchmarks.stock_actions PORT`; run by benchmarks/stock.py.

Settings as for `sauro serve --part actions`.
"""

from __future__ import annotations

import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.ask import Ask
from actions.progress import ProgressForm
from bot.cli.parts import answerer, services_of
from bot.cli.stores import open_stores
from bot.gateway.settings import load


def main() -> None:
    """Serve until the process is ended."""
    settings = load()
    services = services_of(settings, open_stores(settings))
    answerer()
    executor = ActionExecutor()
    for action in (Ask(services), ProgressForm(services)):
        executor.register_action(action)
    app = create_app(executor)
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
