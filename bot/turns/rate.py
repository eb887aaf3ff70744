"""How fast one conversation may send: a token bucket, generous to people and scripted tests, firm with floods."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED = 50_000


class TooMany(Exception):
    """The conversation sends too fast; `seconds` is how long to wait before the next message."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry in {seconds} s")
        self.seconds = seconds


class Rate:
    """Up to `burst` messages at once, then `per_minute` a minute; remembers the most recently active conversations."""

    def __init__(self, burst: int, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        if burst < 1 or per_minute < 1:
            raise ValueError("burst and per_minute must be positive")
        self._burst = burst
        self._per_second = per_minute / 60
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, conversation: str) -> None:
        """Count one message.

        Raises:
            TooMany: the conversation has none left.
        """
        now = self._now()
        left, since = self._buckets.pop(conversation, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._per_second)
        allowed = left >= 1
        self._buckets[conversation] = (left - 1 if allowed else left, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        if not allowed:
            raise TooMany(math.ceil((1 - left) / self._per_second))
