"""How far long work is, as a real terminal or a log shows it. Work is made long by stopping its process for a while.

Only the first test waits as long as a person does: the commands of the others are told to have little patience.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from sites import SETTINGS, article, write_site
from yoyak.cli.terminal import PATIENCE
from yoyak.text.columns import columns

ARTICLES, HURRY = 100, 0.3
AS_IT_IS = (sys.executable, "-m", "yoyak")
IN_A_HURRY = (
    sys.executable,
    "-c",
    f"from yoyak.cli import terminal; terminal.PATIENCE = {HURRY}; from yoyak.__main__ import main; main()",
)


pytestmark = pytest.mark.slow


class Ended(NamedTuple):
    code: int
    said: str


def environment(checkout: Path, given: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "LANG", "LC_ALL")}
    return {**kept, "TERM": "xterm-256color", "PYTHONPATH": str(checkout / "generator"), **given}


def stopped_for_a_while(process: subprocess.Popen[bytes], there: Path, sign: str, seconds: float) -> None:
    """Stop a process when a file of that name appears, and let it go on after so many seconds."""
    end = time.monotonic() + 60
    while not any(there.glob(sign)) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    process.send_signal(signal.SIGSTOP)
    time.sleep(seconds)
    process.send_signal(signal.SIGCONT)


def in_a_terminal(
    checkout: Path,
    command: Sequence[str],
    site: Path,
    sign: str,
    *,
    wide: int = 80,
    ended: int = 0,
    patient: bool = False,
    **given: str,
) -> Ended:
    """Run a command that takes long at a terminal; with `ended` that signal ends it when it is at it again."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
    line = [*(AS_IT_IS if patient else IN_A_HURRY), *command, "--site", str(site)]
    parts = []
    with subprocess.Popen(
        line, stdin=follower, stdout=follower, stderr=follower, env=environment(checkout, given)
    ) as process:
        os.close(follower)
        stopped_for_a_while(process, site, sign, (PATIENCE if patient else HURRY) + 0.1)
        try:
            while part := os.read(leader, 65536):
                if ended and not parts:
                    process.send_signal(ended)
                parts.append(part)
        except OSError:  # Linux: nobody writes any more
            pass
    os.close(leader)
    return Ended(process.returncode, b"".join(parts).decode())


def in_a_log(checkout: Path, command: Sequence[str], site: Path, sign: str, **given: str) -> tuple[str, str]:
    """Run a command that takes long without a terminal; return what it wrote to both outputs."""
    line = [*IN_A_HURRY, *command, "--site", str(site)]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(checkout, given)
    ) as process:
        stopped_for_a_while(process, site, sign, HURRY + 0.1)
        out, err = process.communicate(timeout=120)
    return out.decode(), err.decode()


def drawn(said: str) -> list[str]:
    """Return each state of the moving line, as it looks."""
    states = said.split("\r\x1b[2K")[1:-1]
    return [re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", state) for state in states]


BUILD, LOCK = ("build",), ".yoyak/*lock*"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {f"content/{number}.md": article() for number in range(ARTICLES)}
    settings = f"{SETTINGS}deploy: {{web: {{kind: folder, path: {tmp_path / 'web'}}}}}\n"
    return write_site(tmp_path / "site", files, settings, plain=True)


def test_a_long_build_shows_a_bar_with_the_stage_and_the_count(site: Path, checkout: Path) -> None:
    ended = in_a_terminal(checkout, BUILD, site, LOCK, patient=True)
    assert ended.code == 0
    line = r"━[━╸╺]{29} ?Rendering [\d,]+ of \d\d\d …"
    assert any(re.fullmatch(line, state) for state in drawn(ended.said)), ended.said
    assert f"\r\x1b[2K{ARTICLES} articles" in ended.said, "the line is empty before anything else is written"


def test_a_long_deploy_and_a_long_import_show_one_too(site: Path, tmp_path: Path, checkout: Path) -> None:
    originals = []
    for number in range(60):
        originals.append(tmp_path / f"{number}.txt")
        originals[-1].write_text(f"배 {number}척 뜬다\n\n{number}척의 배가 섬으로 떠났다고 시가 밝혔다.\n")
    found = in_a_terminal(checkout, ("import", *map(str, originals)), site, "content/_sources/*")
    assert re.search(r"Importing \d+ of 60 …", found.said), found.said
    in_a_log(checkout, BUILD, site, LOCK)
    found = in_a_terminal(checkout, ("deploy", "--allow-example-address"), site, ".yoyak/deploy/*")
    assert re.search(r"Deploying [\d,]+ of \d{3} …", found.said), found.said


@pytest.mark.parametrize(("wide", "language"), [(10, "ko"), (40, "en"), (40, "ko")])
def test_the_line_never_breaks(site: Path, checkout: Path, wide: int, language: str) -> None:
    ended = in_a_terminal(checkout, BUILD, site, LOCK, wide=wide, YOYAK_LANG=language)
    lines = drawn(ended.said)
    assert len(lines) > 2
    assert max(map(columns, lines)) < wide
    assert wide < 40 or any("━" in line for line in lines)


def test_no_color_takes_the_colours_and_leaves_the_bar(site: Path, checkout: Path) -> None:
    said = in_a_terminal(checkout, BUILD, site, LOCK, NO_COLOR="1").said
    assert "━" in said
    assert not re.search(r"\x1b\[[\d;]*m", said)


@pytest.mark.parametrize("ended", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_the_cursor(site: Path, checkout: Path, ended: int) -> None:
    found = in_a_terminal(checkout, BUILD, site, LOCK, ended=ended)
    assert "\x1b[?25l" not in found.said
    assert "━" in found.said
    if ended == signal.SIGINT:
        assert found.code == 130
        assert re.search(r"\r\x1b\[2K(\x1b\[0m)?Stopped", found.said), found.said


@pytest.mark.parametrize("options", [("--json",), ("--quiet",)])
def test_json_and_quiet_show_nothing(site: Path, checkout: Path, options: tuple[str, ...]) -> None:
    assert "Rendering" not in in_a_terminal(checkout, (*BUILD, *options), site, LOCK).said
    (site / "content/0.md").write_text(article("Changed."))
    assert in_a_log(checkout, (*BUILD, *options), site, LOCK)[1] == ""


def test_short_work_shows_nothing(tmp_path: Path, checkout: Path) -> None:
    site = write_site(tmp_path / "site", {"content/a.md": article()}, SETTINGS, plain=True)
    line = [sys.executable, "-m", "yoyak", "build", "--site", str(site)]
    began = time.monotonic()
    done = subprocess.run(line, capture_output=True, env=environment(checkout, {}), check=True)
    short = time.monotonic() - began < PATIENCE  # on a busy machine it is not
    assert done.stderr == b"" or not short


def test_a_log_gets_a_line_a_stage(site: Path, checkout: Path) -> None:
    out, err = in_a_log(checkout, BUILD, site, LOCK)
    lines = err.splitlines()
    assert "Reading (100) …" in lines or f"Rendering ({re.search('([0-9]+) pages', out)[1]}) …" in lines  # type: ignore[index]
    assert len({line.split()[0] for line in lines}) == len(lines)
    assert all(line.endswith(" …") and line.isprintable() for line in lines)


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_go_back_gets_lines(site: Path, checkout: Path, term: str) -> None:
    said = in_a_terminal(checkout, BUILD, site, LOCK, TERM=term, NO_COLOR="1", YOYAK_LANG="ko").said
    assert "\r\n쓰는 중 …\r\n" in said
    assert "\x1b" not in said


def test_nobody_who_reads_the_log_ends_no_build(site: Path, checkout: Path) -> None:
    line = [*IN_A_HURRY, "build", "--site", str(site)]
    ours, theirs = os.pipe()
    with subprocess.Popen(line, stderr=theirs, stdout=subprocess.DEVNULL, env=environment(checkout, {})) as process:
        os.close(theirs)
        os.close(ours)
        stopped_for_a_while(process, site, LOCK, HURRY + 0.1)
    assert (site / "output/index.html").exists()


def test_a_build_needs_no_standard_error(site: Path, checkout: Path) -> None:
    line = f"exec {sys.executable} -m yoyak build --site {site} 2>&-"
    done = subprocess.run(["sh", "-c", line], stdout=subprocess.PIPE, env=environment(checkout, {}), check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"100 articles")
