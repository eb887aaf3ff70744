"""What the simulated platform knows: its users and what was said, the tokens that hold, the limits it keeps, the faults it is told to make.

The limits, codes and answers are those that docs/zalo.md lists with their sources. Nothing of the real channel is used here, so that
a mistake there is not made twice.
"""

from __future__ import annotations

import random
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

TEXT, TITLE, PAYLOAD, BUTTONS = 2000, 100, 1000, 5
PICTURE = 1_000_000
FREE_REPLIES, FREE_SECONDS, LONGEST_SECONDS = 8, 48 * 3600, 7 * 24 * 3600
ACCESS_SECONDS = 90_000
TRANSIENT = (-32, -211, -100)
"""Codes that a fault may answer with: what goes by itself."""


@dataclass
class User:
    """Somebody with Zalo. Times in seconds of the simulated clock."""

    id: str
    wrote_at: float
    replies: int = 0
    following: bool = True
    blocked: bool = False


@dataclass
class Faults:
    """How often (0 to 1) a send fails (`stall` seconds long when it times out), and an event comes once more (`again`) or `late`."""

    rate: float = 0.0
    stall: float = 12.0
    again: float = 0.0
    late: float = 0.0
    per_minute: int = 600


@dataclass
class World:
    """One Official Account and its users. `seed` makes the faults repeatable."""

    app_id: str = "sim-app"
    app_secret: str = "sim-app-secret"  # noqa: S105  (secrets of a simulation)
    oa_secret: str = "sim-oa-secret"  # noqa: S105
    oa_id: str = "900000000000000001"
    refresh: str = "sim-refresh-0"
    seed: int = 0
    ahead: float = 0.0
    faults: Faults = field(default_factory=Faults)
    users: dict[str, User] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    access: dict[str, float] = field(default_factory=dict)
    exchanges: int = 0
    calls: int = 0
    _sends: deque[float] = field(default_factory=deque)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  (faults, not secrets)

    def now(self) -> float:
        """The simulated clock: seconds since 1970, ahead of the real one by what a test says."""
        return time.time() + self.ahead

    def chance(self, share: float) -> bool:
        """True in a `share` of the calls."""
        return self._chance.random() < share

    def wrote(self, user: str, message: dict[str, Any]) -> None:
        """A user has written: the window opens anew."""
        known = self.users.setdefault(user, User(user, self.now()))
        known.wrote_at, known.replies = self.now(), 0
        self.said.append({"user": user, "from": "user", "at": self.now(), **message})

    def exchange(self, refresh: str, app_id: str, secret: str) -> dict[str, Any]:
        """A new pair for the refresh token, which is worth nothing from then on; failures are told with HTTP status 200."""
        if secret != self.app_secret or app_id != self.app_id:
            return {"error_name": "Invalid secret key", "error": -14004, "error_description": "secret_key"}
        if refresh != self.refresh:
            return {"error_name": "Invalid refresh token", "error": -14014, "error_description": "refresh_token"}
        access = "sim-access-" + secrets.token_hex(8)
        self.access = {access: self.now() + ACCESS_SECONDS}
        self.refresh = "sim-refresh-" + secrets.token_hex(8)
        self.exchanges += 1
        return {"access_token": access, "refresh_token": self.refresh, "expires_in": str(ACCESS_SECONDS)}

    def token_error(self, access: str) -> int:
        """The code that an access token is answered with, 0 for one that holds."""
        until = self.access.get(access)
        return -216 if until is None else -220 if until < self.now() else 0

    def fault(self) -> int | str:
        """What goes wrong with a send: 0 for nothing, a code of Zalo's, or "500", "429", "timeout"."""
        self.calls += 1
        if not self.chance(self.faults.rate):
            return 0
        return self._chance.choice(("500", "429", "timeout", *TRANSIENT))

    def send(self, user: str, message: dict[str, Any]) -> int:
        """Deliver a message; the code it is answered with."""
        known = self.users.get(user)
        error = message_error(message)
        if known is None:
            return -201
        if known.blocked:
            return -244
        if error:
            return error
        quiet = self.now() - known.wrote_at
        if quiet > LONGEST_SECONDS:
            return -230
        if quiet > FREE_SECONDS or known.replies >= FREE_REPLIES:
            return -232
        while self._sends and self._sends[0] < self.now() - 60:
            self._sends.popleft()
        if len(self._sends) >= self.faults.per_minute:
            return -32
        self._sends.append(self.now())
        known.replies += 1
        self.said.append({"user": user, "from": "oa", "at": self.now(), **message})
        return 0


def message_error(message: dict[str, Any]) -> int:
    """The code for a message beyond the limits, 0 for one within them."""
    text = message.get("text", "")
    payload = (message.get("attachment") or {}).get("payload") or {}
    buttons = payload.get("buttons") or []
    if not isinstance(text, str) or (not text and not payload.get("elements")):
        return -201
    if len(text) > TEXT:
        return -210
    fits = all(len(b["title"]) <= TITLE and len(str(b["payload"])) <= PAYLOAD for b in buttons)
    return 0 if len(buttons) <= BUTTONS and fits else -201
