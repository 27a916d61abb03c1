"""The flag between the watcher and the worker."""

from __future__ import annotations

import threading
from time import monotonic, sleep

from preview.conftest import until
from yoyak.preview.hints import Hints


def test_a_hint_ends_the_wait_soon() -> None:
    hints = Hints()
    hints.note()
    assert hints.wait(3_600)  # longer than a test may take


def test_a_burst_of_hints_ends_one_wait() -> None:
    hints = Hints()
    for _ in range(1000):
        hints.note()
    hints.wait(30)
    start = monotonic()
    hints.wait(0.3)
    assert monotonic() - start >= 0.3


def test_without_a_hint_the_wait_ends_when_its_time_is_over() -> None:
    assert Hints().wait(0.01)


def test_hints_during_a_build_cause_exactly_one_more_pass() -> None:
    hints, building = Hints(), threading.Event()
    passes: list[int] = []

    def work() -> None:
        while hints.wait(30):
            passes.append(len(passes))
            building.set()
            sleep(0.2)  # a build

    worker = threading.Thread(target=work)
    worker.start()
    hints.note()
    building.wait(10)
    for _ in range(5):
        hints.note()
    until(lambda: len(passes) == 2)
    sleep(0.5)
    hints.close()
    worker.join(10)
    assert passes == [0, 1]


def test_closing_ends_the_wait_and_every_later_one() -> None:
    hints = Hints()
    threading.Timer(0.05, hints.close).start()
    assert not hints.wait(30)
    assert not hints.wait(30)
