"""The command line in a fork of the tests is the one in a process of its own, and who starts one is marked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import Done, run_yoyak
from sites import article, build_site, write_site

CHECKOUT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "words",
    [
        ("--version",),
        ("build", "--help"),
        ("build", "--no-such-option"),
        ("build", "--site", "nowhere"),
        ("build", "--site", "site", "--at", "2024-07-10 12:00"),
        ("check", "--site", "site", "--lang", "ko"),
        ("show", "site/content/bad.md"),
    ],
    ids=" ".join,
)
def test_a_fork_says_what_a_process_says(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = []
    for run in (run_yoyak, in_a_process):
        folder = tmp_path / run.__name__
        write_site(folder / "site", {"content/a.md": article(), "content/bad.md": article(rights="none")}, plain=True)
        done = run(*words, cwd=folder)
        told = re.sub(r"^.+ …\n", "", done.stderr, flags=re.MULTILINE)  # stages are said of what takes long
        said.append((done.returncode, done.stdout.replace(str(folder), ""), told.replace(str(folder), "")))
    assert said[0] == said[1]


def in_a_process(*words: str, cwd: Path) -> Done:
    env = os.environ | {"PYTHONPATH": str(CHECKOUT / "generator")}
    command = [sys.executable, "-m", "yoyak", *words]
    return subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def test_a_fork_leaves_the_process_that_it_came_from_as_it_was(tmp_path: Path) -> None:
    before = (Path.cwd(), dict(os.environ), sys.argv, sys.stdout)
    assert run_yoyak("--version", cwd=tmp_path, env={"LANG": "C"}).returncode == 0
    assert (Path.cwd(), dict(os.environ), sys.argv, sys.stdout) == before


def test_what_is_given_a_command_is_marked(request: pytest.FixtureRequest, yoyak: object) -> None:
    assert yoyak
    assert request.node.get_closest_marker("process")


def test_what_starts_a_process_deep_in_a_helper_is_marked(request: pytest.FixtureRequest) -> None:
    def started() -> Done:
        return in_a_process("--version", cwd=CHECKOUT)

    assert request.node.get_closest_marker("process"), started


def test_what_builds_in_this_process_is_not_marked(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    assert build_site(write_site(tmp_path, {"content/a.md": article()}, plain=True)).report.complete
    assert not request.node.get_closest_marker("process")
    assert not hasattr(os, "fork"), "it asked for no worker, and has none"


def test_what_asks_for_jobs_is_marked_and_has_them(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    site = write_site(tmp_path, {"content/a.md": article()}, plain=True)
    assert build_site(site, jobs=2).report.complete
    assert request.node.get_closest_marker("process")
    assert hasattr(os, "fork")
