"""How the dialogue engine is started: Rasa behind a private port, in its own Python environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WITHHELD = ("SAURO_", "VIRTUAL_ENV", "PYTHONHOME", "LOG_LEVEL")
"""How the names begin of what stays out of the engine's environment: our settings, secrets among them, and what would lead it astray."""


class MissingPart(Exception):
    """Something the engine needs is not there: `part` is "engine" or "model", `path` where it was looked for."""

    def __init__(self, part: str, path: Path) -> None:
        super().__init__(f"{part}: {path}")
        self.part = part
        self.path = path


@dataclass(frozen=True)
class Launch:
    """`root` is the project's folder, `python` the engine's interpreter, `model` a trained model, `actions_url` the action server.

    `conversations` is the file in which the engine keeps them; `token` is what it asks of its callers. `seat` is 0 for an engine that has
    the file to itself, 1, 2, ... for one of several that share it.
    """

    root: Path
    python: Path
    model: Path
    actions_url: str
    conversations: Path
    token: str
    seat: int = 0

    def check(self) -> None:
        """Raise `MissingPart` for an interpreter or a model that is not there."""
        for part, path in (("engine", self.python), ("model", self.model)):
            if not path.is_file():
                raise MissingPart(part, path)

    def command(self, host: str, port: int) -> list[str]:
        """The command line, to be run in `root`."""
        project = self.root / "bot/dialogue"
        return [
            str(self.python), "-m", "bot.dialogue.serve", "--host", host, "--port", str(port),
            "--model", str(self.model), "--endpoints", str(project / "endpoints.yml"),
        ]  # fmt: skip

    def environment(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """The child's environment: `base` less what is withheld, and the settings that are the engine's own."""
        kept = {name: value for name, value in base.items() if not name.startswith(WITHHELD)}
        return kept | {
            "PYTHONPATH": str(self.root),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "SAURO_ACTIONS_URL": self.actions_url,
            "SAURO_CONVERSATIONS": str(self.conversations),
            "SAURO_RASA_TOKEN": self.token,
            "SAURO_SEAT": str(self.seat),
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        }
