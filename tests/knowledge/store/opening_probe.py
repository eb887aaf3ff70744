"""Processes that open one fresh SQLite file at once, again and again; prints what went wrong. Argument: a folder."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from bot.migrations.upgrade import upgrade
from knowledge.store.database import open_database

PROCESSES, ROUNDS = 4, 3


def open_at_once(folder: str, start: Barrier, failed: Queue[str]) -> None:
    for number in range(ROUNDS):
        start.wait(60)
        try:
            database = open_database(f"sqlite:///{folder}/{number}/sauro.db")
            upgrade(database)
            database.dispose()
        except Exception as error:
            failed.put(repr(error))


if __name__ == "__main__":
    # Forked before anything runs: what is imported once is there for all of them.
    context = multiprocessing.get_context("fork")
    start, failed = context.Barrier(PROCESSES), context.Queue()
    processes = [context.Process(target=open_at_once, args=(sys.argv[1], start, failed)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    while not failed.empty():
        print(failed.get())
