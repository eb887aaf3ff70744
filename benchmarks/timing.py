"""How long questions take, asked one by one: for our searches and, in their own environment, for other libraries. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, process_time

Times = tuple[list[float], list[float]]
"""Milliseconds of each question: by the clock, and of the processor over all threads."""


def timed(search: Callable[[str], object], questions: Sequence[str], rounds: int) -> Times:
    """Ask all questions several times over; the times of the round that took least by the clock."""
    measured = []
    for _ in range(rounds):
        clock, cpu = [], []
        for question in questions:
            start, used = perf_counter(), process_time()
            search(question)
            clock.append(1000 * (perf_counter() - start))
            cpu.append(1000 * (process_time() - used))
        measured.append((clock, cpu))
    return min(measured, key=lambda times: sum(times[0]))
