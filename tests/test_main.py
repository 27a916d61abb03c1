"""How the command starts, what it says when its own files cannot be read, and how it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

_UNREADABLE = """
import sys

def watch(event, args):
    if event == "import" and args[0] == sys.argv[1]:
        raise OSError(5, "Input/output error", "/usr/lib/yoyak")

sys.addaudithook(watch)
from yoyak.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["yoyak.cli.commands", "click"])
def test_program_files_that_cannot_be_read_are_told_in_one_line(module: str) -> None:
    ended = subprocess.run([sys.executable, "-c", _UNREADABLE, module], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == (
        "yoyak: its program files cannot be read (/usr/lib/yoyak: Input/output error). "
        "Check the disk, and how many files may be open (ulimit -n), then try again.\n"
    )


_ENDS = """
import atexit, gc, sys

atexit.register(lambda: print("left alone:", gc.get_freeze_count() > 10_000))
from yoyak.__main__ import main
main()
"""


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["build", "--no-such-option"], 2)])
def test_what_is_left_at_the_end_is_not_looked_through_for_garbage(arguments: list[str], code: int) -> None:
    ended = subprocess.run([sys.executable, "-c", _ENDS, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert ended.stdout.splitlines()[-1] == "left alone: True"
