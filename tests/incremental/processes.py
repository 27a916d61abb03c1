"""Builds in processes of their own: the command line as it is run, also under strace and beside another one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from command import run_yoyak, without_progress
from incremental.desk import AT

Done = subprocess.CompletedProcess[str]
CHECKOUT = Path(__file__).parent.parent.parent
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(CHECKOUT / "generator"),
    "PYTHONDONTWRITEBYTECODE": "1",  # what Python writes for itself is not what is killed here
    **({} if str(CHECKOUT).isascii() else {"PYTHONUTF8": "1"}),
}
CALLS = ("rename", "unlink", "rmdir", "mkdir", "write", "pwrite64", "sendfile", "fsync", "fdatasync", "ftruncate")
_CALL = re.compile(r"^\d+\s+(\w+)\(", re.MULTILINE)


def build_command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "yoyak", "build", "--site", str(folder), "--at", AT, *options]


def start_build(
    folder: Path, *options: str, environment: Mapping[str, str] = ENVIRONMENT, under: Sequence[str] = ()
) -> subprocess.Popen[str]:
    """Start a build, perhaps under another program."""
    return subprocess.Popen(
        [*under, *build_command(folder, *options)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_build(folder: Path, *options: str, under: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Build a site as a person does, perhaps under another program, for which a real process starts."""
    if not under:
        return run_yoyak(*build_command(folder, *options)[3:], env=ENVIRONMENT)
    with start_build(folder, *options, under=under) as process:
        said, complained = process.communicate(timeout=100)
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


def assert_clean_end(done: subprocess.CompletedProcess[str]) -> None:
    """Assert that a build ended well, and that whatever it met on its way is told in one line at most."""
    told = [line for line in without_progress(done.stderr).splitlines() if line.strip()]
    assert (done.returncode, "Traceback" in done.stderr + done.stdout, len(told) <= 1) == (0, False, True), done


# --- strace ---


def strace() -> str:
    """Return strace; skip a test where it is missing or may not trace, and fail it in CI."""
    found = shutil.which("strace")
    if found and subprocess.run([found, "-o", os.devnull, "true"], capture_output=True).returncode == 0:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("strace is missing or may not trace; `make test` installs it")
    pytest.skip("strace is missing or may not trace; `make test` installs it")


def calls_of(folder: Path, log: Path, *options: str) -> Counter[str]:
    """Build a site and return how often it made each system call that changes files, in its busiest process."""
    done = run_build(folder, *options, under=under_strace(f"--trace={','.join(CALLS)}", "-o", str(log)))
    assert done.returncode == 0, done.stderr
    by_process: dict[str, Counter[str]] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _CALL.match(line):
            by_process.setdefault(line.split(maxsplit=1)[0], Counter())[match[1]] += 1
    return Counter({call: max(counts[call] for counts in by_process.values()) for call in CALLS})


def build_killed_at(folder: Path, call: str, number: int, *options: str, wholly: bool = False) -> int:
    """Build a site; the process that makes a system call for the `number`-th time is killed before. Return the code.

    Killed `wholly`, as by a power cut, it has no second process that would put back what was: of its forks those
    succeed of which one reads and one renders.
    """
    inject = [f"--trace={call},clone", f"--inject={call}:signal=SIGKILL:when={number}", "-o", os.devnull]
    if wholly:
        inject += ["--inject=clone:error=EAGAIN:when=3+"]
        options = (*options, "--jobs", "1")
    return run_build(folder, *options, under=under_strace(*inject)).returncode


def build_failing_at(
    folder: Path, log: Path, faults: Mapping[str, str], *options: str
) -> tuple[subprocess.CompletedProcess[str], int]:
    """Build a site; system calls fail for the n-th time (``error=EIO:when=7``) or from there on (``7+``).

    The second value is how many calls of the last kind failed.
    """
    *_, calls = faults
    injected = [f"--inject={calls}:{fault}" for calls, fault in faults.items()]
    under = under_strace(f"--trace={','.join(faults)}", *injected, "-o", str(log))
    done = run_build(folder, *options, under=under)
    names = {name.lstrip("?") for name in calls.split(",")}
    told = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if "(INJECTED)" in line]
    return done, sum((match := _CALL.match(line)) is not None and match[1] in names for line in told)


def under_strace(*options: str) -> list[str]:
    """Return the beginning of a command that strace follows into every process: quickly where no signal is sent."""
    quickly = [] if "signal=" in " ".join(options) else ["--seccomp-bpf"]  # with it no signal arrives
    return [strace(), "-f", "-qqq", *quickly, *options]
