"""The tutorial, done as it is written: every command gives the answer that the page shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Yoyak = Callable[..., CompletedProcess[str]]

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": "tutorial.md", "ko": "tutorial.ko.md"}
RADIO, LIGHTS = "content/2024/07/island-radio.md", "content/2024/07/harbour-lights.txt"


Blocks = list[tuple[str, str]]


def blocks_of(language: str) -> Blocks:
    return re.findall(r"(?ms)^```(\w+)\n(.*?)^```", (DOCS / PAGES[language]).read_text(encoding="utf-8"))


def block(blocks: Blocks, kind: str, beginning: str) -> str:
    return next(text for found, text in blocks if found == kind and text.startswith(beginning))


def commands_of(console: str) -> list[tuple[str, str]]:
    """Return each command of a console with the answer below it."""
    parts = re.split(r"(?m)^\$ (.+)\n", console)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def settled(text: str, home: Path) -> list[str]:
    """Return the lines without what differs from machine to machine."""
    text = text.replace(str(home), "/home/mina")
    text = re.sub(r"\d+\.\d\d(?= s\b|초)", "0.00", text)
    return [line.rstrip() for line in text.splitlines()]


@pytest.fixture
def said(tmp_path: Path, yoyak: Yoyak) -> Callable[[str, str], str]:
    """Run a command of the page in the folder in which its reader is, and return all that it prints."""

    def run(command: str, language: str) -> str:
        here = tmp_path / "my-digest"
        done = yoyak(*shlex.split(command)[1:], "--lang", language, cwd=here if here.exists() else tmp_path)
        return done.stderr + done.stdout

    return run


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def before(number: int, site: Path, blocks: Blocks) -> None:
    """Do what the page asks for before its console of this number."""
    radio, lights = site / RADIO, site / LIGHTS
    match number:
        case 3:
            radio.write_text(block(blocks, "markdown", "---\ntitle: [단독]"), encoding="utf-8")
        case 4:
            lights.write_text(block(blocks, "text", "본문 바로가기"), encoding="utf-8")
        case 5:
            above = block(blocks, "markdown", "---\nthemes: [rules-and-money]")
            lights.write_text(above + lights.read_text(encoding="utf-8"), encoding="utf-8")
            edit(radio, "tags:", "status: draft\ntags:")
        case 6:
            edit(radio, "status: draft\n", "")
            edit(radio, "language-and-culture", "language-and-cultur")
        case 7:
            edit(radio, "language-and-cultur", "language-and-culture")
        case 8:
            edit(site / "site.yaml", "# deploy:\n#   folder:", "deploy:\n  folder:")


@pytest.mark.parametrize("language", PAGES)
def test_every_command_of_the_tutorial_gives_the_answer_that_it_shows(
    tmp_path: Path, said: Callable[[str, str], str], language: str
) -> None:
    home, blocks = tmp_path.resolve(), blocks_of(language)
    for number, console in enumerate(text for kind, text in blocks if kind == "console"):
        before(number, home / "my-digest", blocks)
        if number == 7:
            said("yoyak build", language)  # the page asks for it in a sentence
        for command, answer in commands_of(console):
            if not command.startswith(("cd ", "yoyak serve")):
                compare(command, settled(said(command, language), home), settled(answer, home))


def compare(command: str, got: list[str], wanted: list[str]) -> None:
    """Compare an answer with what the page shows of it."""
    if command.startswith("yoyak show"):  # on the page its rows fit a terminal
        got, wanted = _flat(got), _flat(wanted)
    if "--allow-example-address" in command:  # the page leaves the list out, which it has shown
        got = got[-1:]
    assert got == wanted, command


def _flat(lines: list[str]) -> list[str]:
    return [" ".join(" ".join(lines).split())]
