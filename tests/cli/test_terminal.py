"""What a person sees who looks at a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from sites import SETTINGS, article, write_site


def in_a_terminal(checkout: Path, *arguments: str, **environment: str) -> str:
    """Run yoyak with a terminal of its own and return everything that it wrote there."""
    leader, follower = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm-256color", "COLUMNS": "120"}
    env |= {"PYTHONPATH": str(checkout / "generator")} | environment
    command = [sys.executable, "-m", "yoyak", *arguments]
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env):
        os.close(follower)
        parts = []
        try:
            while part := os.read(leader, 65536):
                parts.append(part)
        except OSError:  # Linux: nobody writes any more
            pass
    os.close(leader)
    return b"".join(parts).decode(errors="replace")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/bad.md": article(rights="none"), "content/undated.md": article(date=None)}
    return write_site(tmp_path / "site", files, SETTINGS, plain=True)


def test_the_words_error_and_warning_are_coloured(site: Path, checkout: Path) -> None:
    said = in_a_terminal(checkout, "check", "--site", str(site))
    assert "\x1b[31m\x1b[1merror:\x1b[0m" in said
    assert "\x1b[33m\x1b[1mwarning:\x1b[0m" in said
    assert "\x1b[2m [bad-choice]\x1b[0m" in said


def test_no_color_in_the_environment_takes_the_colours_away(site: Path, checkout: Path) -> None:
    said = in_a_terminal(checkout, "check", "--quiet", "--site", str(site), NO_COLOR="1")
    assert "content/bad.md:5:9: error: " in said
    assert "\x1b" not in said


def test_a_quiet_deploy_is_quiet_in_a_terminal_too(site: Path, tmp_path: Path, checkout: Path) -> None:
    (site / "content/bad.md").unlink()
    (site / "site.yaml").write_text(f"{SETTINGS}deploy: {{web: {{kind: folder, path: {tmp_path / 'web'}}}}}\n")
    in_a_terminal(checkout, "build", "--site", str(site))
    assert in_a_terminal(checkout, "deploy", "-q", "--site", str(site), "--allow-example-address") == ""
