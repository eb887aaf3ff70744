import pytest

from bot.turns import rate
from bot.turns.rate import Rate, TooMany


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_the_wait_is_named() -> None:
    clock = Clock()
    limit = Rate(burst=2, per_minute=30, now=clock)
    limit.take("c")
    limit.take("c")
    with pytest.raises(TooMany) as refused:
        limit.take("c")
    assert refused.value.seconds == 2
    limit.take("d")
    clock.now = 2
    limit.take("c")


def test_waiting_longer_does_not_save_up_more_than_a_burst() -> None:
    clock = Clock()
    limit = Rate(burst=1, per_minute=60, now=clock)
    limit.take("c")
    clock.now = 1000
    limit.take("c")
    with pytest.raises(TooMany):
        limit.take("c")


def test_only_active_conversations_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "REMEMBERED", 2)
    limit = Rate(burst=1, per_minute=1, now=Clock())
    for conversation in "abc":
        limit.take(conversation)
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("c")
