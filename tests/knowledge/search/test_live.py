"""An index is replaced without a pause: questions asked meanwhile are answered from the old or the new one, never from neither."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from knowledge.search.lexical import Lexical
from knowledge.search.live import Live


def test_questions_are_answered_while_a_new_index_is_built_and_put_in_place() -> None:
    live = Live(Lexical(["kênh tưới", "cảng biển"]))
    begun, go_on, stop = Event(), Event(), Event()

    def build() -> Lexical:
        begun.set()
        go_on.wait(10)
        return Lexical(["cảng biển", *["thư viện"] * 2000, "kênh tưới"])

    def ask() -> set[int]:
        found: set[int] = set()
        while not stop.is_set():
            found.add(live.current.search("kênh tưới", 1)[0][0])
        return found

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(3)]
        building = threads.submit(live.rebuild, build)
        begun.wait(10)
        assert live.current.search("kenh tuoi", 1)[0][0] == 0
        go_on.set()
        built = building.result(10)
        assert live.current is built
        assert live.current.search("kenh tuoi", 1)[0][0] == 2001
        stop.set()
        assert set().union(*(a.result(10) for a in asking)) <= {0, 2001}


def test_a_build_that_fails_leaves_the_old_index() -> None:
    live = Live("old")

    def fail() -> str:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any error of a build
        live.rebuild(fail)
    assert live.current == "old"
