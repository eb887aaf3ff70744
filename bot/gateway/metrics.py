"""What is counted, for Prometheus: requests, turns, and whether the dialogue engine is up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.turns.desk import Measured

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter("sauro_requests", "HTTP requests", ("route", "status"), registry=self.registry)
        self._request_seconds = Histogram(
            "sauro_request_seconds", "Time of an HTTP request", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self._turns = Counter(
            "sauro_turns", "Turns answered", ("channel", "status", "degraded"), registry=self.registry
        )
        self._turn_seconds = Histogram(
            "sauro_turn_seconds", "Time of a turn, waiting for its place included", ("channel",), buckets=BUCKETS,
            registry=self.registry,
        )  # fmt: skip
        self._engine_up = Gauge("sauro_engine_up", "1 while the dialogue engine is ready", registry=self.registry)
        self._zalo_calls = Counter("sauro_zalo_calls", "Calls to Zalo by outcome", ("outcome",), registry=self.registry)
        self._zalo_deliveries = Gauge(
            "sauro_zalo_deliveries", "Messages of Zalo that are not finished", ("state",), registry=self.registry
        )
        self._zalo_tokens = Gauge(
            "sauro_zalo_token_seconds", "How long the token still holds", ("token",), registry=self.registry
        )
        self._engine_starts = Gauge("sauro_engine_starts", "Starts of the dialogue engine", registry=self.registry)

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the pattern of the path, never the path itself."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def turn(self, turn: Measured) -> None:
        """Count a turn."""
        self._turns.labels(turn.channel, turn.status, str(turn.degraded).lower()).inc()
        self._turn_seconds.labels(turn.channel).observe(turn.seconds)

    def zalo_call(self, fate: str) -> None:
        """Count how a call to Zalo ended."""
        self._zalo_calls.labels(fate).inc()

    def watch_zalo(self, waiting: Callable[[], dict[str, int]], left: Callable[[], tuple[float, float]]) -> None:
        """Read what waits, by state, and the seconds both tokens still hold whenever the metrics are asked for."""
        for state in ("waiting", "sending", "held", "dead"):
            self._zalo_deliveries.labels(state).set_function(partial(_count, waiting, state))
        self._zalo_tokens.labels("access").set_function(lambda: left()[0])
        self._zalo_tokens.labels("refresh").set_function(lambda: left()[1])

    def watch_engine(self, up: Callable[[], bool], starts: Callable[[], int]) -> None:
        """Read the engine's state whenever the metrics are asked for."""
        self._engine_up.set_function(lambda: float(up()))
        self._engine_starts.set_function(lambda: float(starts()))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)


def _count(counts: Callable[[], dict[str, int]], state: str) -> float:
    return float(counts().get(state, 0))
