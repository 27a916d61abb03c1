"""Files that would hang or kill a reader: the build ends, names those that it cannot read, and publishes the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec import json

from hostile.pathological import files
from samples import some
from sites import NOON, article, build_site, write_site
from yoyak.build.build import BuildRequest, build
from yoyak.model.build import Limits
from yoyak.parallel.pool import LIMITS, guarded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is stopped where nothing can be forked"),
]

GOOD = {f"content/2024/good-{number}.md": article(f"{number}번째 글이다.") for number in range(12)}
STOPPED = ("names.md", "marks-unlike.md", "yaml-brackets.md", "huge-line.txt", "odd-utf-16.md")
"""A few of each kind for the command line: stopped for time and memory, refused before, too long, not text."""
Yoyak = Callable[..., subprocess.CompletedProcess[str]]


def _hostile(names: tuple[str, ...] = ()) -> dict[str, str | bytes]:
    return {f"content/hostile/{name}": data for name, data in files().items() if not names or name in names}


def test_there_are_many() -> None:
    assert len(files()) >= 75


def test_every_file_is_published_or_named_and_the_rest_is_there(tmp_path: Path) -> None:
    """Of half of them, others at each run; of all of them with YOYAK_ALL=1."""
    hostile = _hostile(tuple(some(list(files()), len(files()) // 2)))
    write_site(tmp_path, {**GOOD, **hostile}, plain=True)
    request = BuildRequest(folder=tmp_path, at=NOON, keep_going=True, jobs=2)
    tight = guarded(2, Limits(seconds=0.4, memory=512_000_000, answer=64_000_000))
    files_first = iter([True])

    def each(function, items, /):  # type: ignore[no-untyped-def]
        return tight(function, items) if next(files_first, False) else map(function, items)

    report = build(request, map=each)
    assert report.complete
    told = {problem.path for problem in report.problems if problem.severity == "error"}
    assert set(report.left_out) <= told & set(hostile)
    refused = {problem.path for problem in report.problems if problem.code in ("file-too-large", "same-address")}
    assert report.articles == len(GOOD) + len(hostile) - len(refused | set(report.left_out))
    for path in GOOD:
        assert (tmp_path / "output" / "articles" / Path(path).stem / "index.html").is_file()


@pytest.mark.slow
def test_the_command_line_ends_and_names_what_it_left_out(
    tmp_path: Path, yoyak: Yoyak, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the ten seconds of the processor that a file may take, three are waited for."""
    assert LIMITS.seconds == 10
    monkeypatch.setattr("yoyak.build.build.guarded", partial(guarded, limits=LIMITS._replace(seconds=3)))
    write_site(tmp_path, {**GOOD, **_hostile(STOPPED)})
    done = yoyak("build", "--site", tmp_path, "--at", "2024-07-10", "--keep-going", "--json")
    assert done.returncode == 0, done.stderr
    report = json.decode(done.stdout)
    told = {problem["path"]: problem for problem in report["problems"] if problem["severity"] == "error"}
    assert sorted(told) == sorted(_hostile(STOPPED))
    assert told["content/hostile/names.md"]["message"] == ("Reading this file takes too long, so it was stopped.")
    assert told["content/hostile/marks-unlike.md"]["message"] == (
        "Reading this file takes too much memory, so it was stopped."
    )
    assert "50,000,000 bytes" in told["content/hostile/huge-line.txt"]["message"]
    assert report["articles"] == len(GOOD)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", ["build", "check"])
def test_without_keep_going_nothing_is_written_and_the_code_says_so(tmp_path: Path, yoyak: Yoyak, verb: str) -> None:
    write_site(tmp_path, {**GOOD, **_hostile(("yaml-brackets.md", "marks-unlike.md"))})
    done = yoyak(verb, "--site", tmp_path)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    for name in (
        "yaml-brackets.md:5",
        "marks-unlike.md: error: Reading this file takes too much memory",
    ):
        assert f"content/hostile/{name}" in said
    assert not (tmp_path / "output").exists()
    assert "Traceback" not in said


def test_show_is_stopped_too(tmp_path: Path, yoyak: Yoyak) -> None:
    write_site(tmp_path, _hostile(("marks-unlike.md",)))
    done = yoyak("show", "--site", tmp_path, tmp_path / "content/hostile/marks-unlike.md")
    assert "takes too much memory" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_page_of_its_own_is_stopped_too(tmp_path: Path) -> None:
    text = files()["marks-unlike.md"].decode()
    page = text.replace("date: 2024-07-03\nthemes: [ai]\n", "")
    hostile = {"content/pages/a.md": page, "content/pages/b.md": page}
    write_site(tmp_path, {**GOOD, **hostile}, plain=True)
    found = build_site(tmp_path, keep_going=True)
    assert {problem.path for problem in found.report.problems if problem.code == "runaway-file"} == set(hostile)
    assert found.report.articles == len(GOOD)


def _until_it_has_workers(program: subprocess.Popen[str]) -> None:
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    while not children.read_text():
        assert program.poll() is None
        time.sleep(0.0005)  # soon enough to meet the fork itself


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("delay", [0, 0.001, 0.003, 0.01, 0.1])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_a_build_at_once_and_leaves_no_worker(tmp_path: Path, jobs: str, delay: float) -> None:
    write_site(tmp_path, _hostile(("names.md", "names-too.md")))
    command = [sys.executable, "-m", "yoyak", "build", "--site", str(tmp_path), "--jobs", jobs]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        _until_it_has_workers(program)
        time.sleep(delay)
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "Traceback" not in said
    assert "Stopped." in said
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


@pytest.mark.timeout(300)
def test_what_is_only_long_is_read_to_its_end(tmp_path: Path) -> None:
    for sign in some(["[", "![", "[" * 20 + "]", "[a][", "# 가\n\n"], 2):
        write_site(tmp_path, {"content/a.md": article(sign * (60_000 // len(sign)), rights="full")}, plain=True)
        report = build_site(tmp_path).report
        assert (report.articles, report.left_out) == (1, ()), sign
        assert "runaway-file" not in {problem.code for problem in report.problems}, sign
