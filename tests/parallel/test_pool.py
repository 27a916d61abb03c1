"""The pool: results in order whatever happens to the workers, limits for each item, and no process that stays."""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Limits, Runaway
from yoyak.model.message import say
from yoyak.parallel.pool import guarded, limited, mapper

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked"),
]

TIGHT = Limits(seconds=0.3, memory=200_000_000, answer=1_000_000)


def _spin() -> None:
    while True:
        pass


def _spin_in_a_library() -> None:
    """Stay inside one call, where no Python code can be interrupted."""
    pow(7, 10**9, 10**200_000)


def _deeper() -> None:
    _deeper()


def _fail() -> None:
    raise KeyError("가온")


def _write_where_nothing_is() -> None:
    ctypes.memset(0, 1, 1)


FATES: dict[str, tuple[Callable[[], object], str]] = {
    "endless": (_spin, "time"),
    "endless in a library": (_spin_in_a_library, "time"),
    "huge": (lambda: [0] * 10**9, "memory"),
    "a huge answer": (lambda: "x" * 2_000_000, "memory"),
    "killed": (lambda: os.kill(os.getpid(), signal.SIGKILL), "memory"),
    "deep": (_deeper, "depth"),
    "aborted": (os.abort, "memory"),
    "a wrong address": (_write_where_nothing_is, "crash"),
    "gone": (lambda: os._exit(0), "crash"),
    "a mistake": (_fail, "fault"),
    "a wish to end": (sys.exit, "fault"),
    "no value": (lambda: lambda: None, "fault"),
}


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("jobs", [1, 3])
def test_one_bad_item_costs_its_own_result_only(fate: str, jobs: int) -> None:
    bad, why = FATES[fate]

    def work(number: int) -> object:
        return bad() if number in (7, 40) else number * number

    found = list(guarded(jobs, TIGHT)(work, range(100)))
    stopped = [one.why for one in found if isinstance(one, Runaway)]
    assert stopped == [why, why]
    assert isinstance(found[7], Runaway)
    assert isinstance(found[40], Runaway)
    assert [one for one in found if not isinstance(one, Runaway)] == [n * n for n in range(100) if n not in (7, 40)]


@pytest.mark.parametrize("jobs", [1, 2, 4, 70])
@pytest.mark.parametrize("number", [0, 1, 2, 63, 64, 65, 500])
def test_any_number_of_jobs_gives_the_same_in_the_same_order(jobs: int, number: int) -> None:
    items = [f"글 {n}" * (n % 7) for n in range(number)]
    expected = [len(item) for item in items]
    assert list(guarded(jobs)(len, items)) == expected
    assert list(mapper(jobs)(len, items)) == expected


def test_answers_longer_than_a_pipe_arrive_whole() -> None:
    assert [len(str(one)) for one in guarded(2)(lambda n: "가" * n * 50_000, range(20))] == [
        n * 50_000 for n in range(20)
    ]


def test_every_item_may_be_bad() -> None:
    found = list(guarded(3)(lambda _: os.abort(), range(40)))
    assert [one.why for one in found if isinstance(one, Runaway)] == ["memory"] * 40


def test_time_that_a_busy_machine_takes_is_not_counted() -> None:
    assert list(guarded(1, TIGHT)(lambda _: time.sleep(0.5), range(2))) == [None, None]


def test_earlier_items_do_not_use_up_the_limits_of_later_ones() -> None:
    def work(_: int) -> int:
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
        return len(bytearray(100_000_000))

    assert list(guarded(1, TIGHT)(work, range(8))) == [100_000_000] * 8


def test_a_failure_in_work_that_is_trusted_is_raised_here_with_its_own_trace() -> None:
    with pytest.raises(KeyError, match="가온") as found:
        list(mapper(2)(lambda number: _fail() if number == 80 else number, range(100)))
    assert "in _fail" in found.value.__notes__[0]


def test_a_worker_that_dies_over_work_that_is_trusted_ends_the_run_with_a_sentence() -> None:
    with pytest.raises(YoyakError, match="A worker process was ended from outside"):
        list(mapper(2)(lambda number: os.abort() if number == 80 else number, range(100)))


def test_one_item_has_limits_too() -> None:
    assert limited(len, "가온") == 2
    assert limited(lambda _: _spin(), 0, TIGHT) == Runaway(why="time")
    with pytest.raises(RuntimeError, match="KeyError: '가온'") as found:
        limited(lambda _: _fail(), 0)
    assert "in _fail" in found.value.__notes__[0]


def test_nothing_is_left_open_or_running() -> None:
    before = _open_files()
    for _ in range(5):
        list(guarded(2, TIGHT)(lambda n: os.abort() if n == 5 else n, range(40)))
        with pytest.raises(KeyError):
            list(mapper(2)(lambda _: _fail(), range(100)))
    assert _open_files() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _open_files() -> int:
    place = Path("/proc/self/fd")
    return len(list(place.iterdir())) if place.is_dir() else 0


def test_a_thread_can_stop_items_too() -> None:
    found: list[object] = []
    work = threading.Thread(
        target=lambda: found.extend(guarded(2, TIGHT)(lambda n: _spin() if n == 3 else n, range(40)))
    )
    work.start()
    work.join(20)
    assert found[3] == Runaway(why="time")
    assert len(found) == 40


def test_what_a_worker_prints_on_its_way_out_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    list(guarded(1)(lambda _: (os.write(2, b"memory allocation failed"), os.abort()), range(1)))
    assert capfd.readouterr() == ("", "")


BUSY = """
import sys, time
from yoyak.parallel.pool import guarded
def spin(number):
    print(number, flush=True)
    while True: pass
list(guarded(2)(spin, range(40)))
"""


def _children(pid: int) -> set[int]:
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_the_program_that_forked_them(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        assert len([program.stdout.readline() for _ in range(2)]) == 2
        workers = _children(program.pid)
        assert len(workers) == 2
        program.send_signal(number)
        program.wait(2)
    until = time.monotonic() + 3
    while any(_runs(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert [worker for worker in workers if _runs(worker)] == []


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _worker_and_item(item: int) -> tuple[int, int]:
    time.sleep(0.002)
    return os.getpid(), item


def test_neighbours_are_given_to_one_worker() -> None:
    answers = list(mapper(2)(_worker_and_item, range(400)))
    changes = sum(one[0] != two[0] for one, two in pairwise(answers))
    assert [item for _, item in answers] == list(range(400))
    assert len({worker for worker, _ in answers}) == 2
    assert changes < 40  # where the halves meet, and where one helped the other; taken in turns, it would be hundreds


def test_a_quick_worker_helps_the_slow_one(tmp_path: Path) -> None:
    """The first one waits at its first item until another has done one of its items."""

    def work(item: int) -> int:
        if 0 < item < 128:
            (tmp_path / str(os.getpid())).touch()
        while item == 0 and not [path for path in tmp_path.iterdir() if path.name != str(os.getpid())]:
            time.sleep(0.001)
        return os.getpid()

    answers = list(mapper(2)(work, range(256)))
    assert len(set(answers[:128])) == 2


def _until_it_grows_no_more(place: Path) -> None:
    seen = 0
    while seen <= 100 or place.stat().st_size != seen:
        seen = place.stat().st_size if place.exists() else 0
        time.sleep(0.3)


def test_results_come_while_others_are_worked_on_and_none_runs_far_ahead(tmp_path: Path) -> None:
    place = tmp_path / "worked on"

    def work(item: int) -> int:
        if item == 0:
            _until_it_grows_no_more(place)
        with place.open("ab") as file:
            file.write(b".")
        return item

    answers = iter(guarded(2)(work, range(20_000)))
    assert next(answers) == 0
    assert 100 < place.stat().st_size < 10_000
    assert list(answers) == list(range(1, 20_000))


def test_workers_end_when_nobody_wants_the_rest() -> None:
    answers = iter(guarded(2)(_worker_and_item, range(5_000)))
    workers = {next(answers)[0] for _ in range(200)}  # type: ignore[index] # none runs away
    del answers
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def test_an_error_of_a_worker_says_its_message_in_the_language_of_who_reads_it() -> None:
    def fail(_: int) -> None:
        raise YoyakError(say("template.none", name="a.html"))

    with pytest.raises(YoyakError) as failed:
        list(mapper(2)(fail, range(100)))
    assert speak(failed.value.words, "ko") == "a.html 템플릿이 없습니다"


@pytest.mark.timeout(30)
def test_a_module_that_another_thread_imports_is_there_for_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"yoyak_test_module_{number}" for number in range(60)]
    for name in names:
        (tmp_path / f"{name}.py").write_text("import time\ntime.sleep(0.02)\nVALUE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def one_after_the_other() -> None:
        for name in names:
            importlib.import_module(name)
            time.sleep(0.01)

    importing = threading.Thread(target=one_after_the_other)
    importing.start()
    answers = [limited(lambda one: importlib.import_module(one).VALUE, name) for name in names]
    importing.join()
    assert answers == [1] * len(names)
