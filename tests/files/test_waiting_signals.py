"""What a build had moved is put back as soon as it is killed: by a second process, without a next command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without a fork the next command puts back")

_MOVES = """
import os, resource, signal, sys, time
from pathlib import Path
from functools import partial
from yoyak.files.moves import Moves, Step, settle
from yoyak.files.waiting_signals import ending_waits

staging, output, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
limits = resource.getrlimit(resource.RLIMIT_NOFILE)
if "late" in how:
    os.register_at_fork(after_in_child=partial(time.sleep, 0.3))
if how == "no room for a pipe":
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, limits[1]))
moves = Moves(staging, output)
try:
    with ending_waits(partial(settle, staging, output)):
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        moves.carry_out([Step(path="a", new="new-a", had=True), Step(path="b", new="new-b", had=False)])
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if "its group" in how:
            os.killpg(os.getpid(), signal.SIGKILL)
        if how == "error":
            raise OSError
        moves.end()
except OSError:
    pass
"""


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/a").write_text("old")
    staging = tmp_path / "staging"
    staging.mkdir()
    for name in "ab":
        (staging / f"new-{name}").write_text("new")
    return staging


def moves(staging: Path, how: str) -> dict[str, str]:
    """Move files in a process of its own, and return the output when all that belongs to it has ended."""
    command = [sys.executable, "-c", _MOVES, str(staging), str(staging.with_name("output")), how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, start_new_session=True)
    assert done.stderr == ""
    return {path.name: path.read_text() for path in staging.with_name("output").iterdir()}


@pytest.mark.parametrize("how", ["killed", "its group killed", "its group killed, the second one late"])
def test_a_killed_process_leaves_what_was_before_and_no_staged_file(staging: Path, how: str) -> None:
    assert moves(staging, how) == {"a": "old"}
    assert not staging.exists()


@pytest.mark.parametrize("how", ["ended", "error", "no room for a pipe"])
def test_a_process_that_ends_by_itself_is_left_alone(staging: Path, how: str) -> None:
    assert moves(staging, how) == {"a": "new", "b": "new"}
    assert staging.exists()
