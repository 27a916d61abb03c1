"""What the command says when its own files cannot be read."""

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
