"""The guide to review, done as it is written: every command gives the answer that the page shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Yoyak = Callable[..., CompletedProcess[str]]

PLACE = Path(__file__).parent.parent / "docs/how-to/review-with-a-colleague.md"
PAGE = PLACE.read_text(encoding="utf-8")
BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```")


def settled(text: str, home: Path) -> list[str]:
    """Return lines without what differs from machine to machine and from minute to minute."""
    text = text.replace(str(home), "/home/mina")
    text = re.sub(r"\d+\.\d\d s\b", "0.00 s", text)
    text = re.sub(r"\d{8}T\d{4}Z-(\w+)-[0-9a-f]{6}", r"20240703T0915Z-\1-3f9a2c", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2024-07-03 18:15", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "9b1c…", text)
    return [line.rstrip() for line in text.splitlines()]


def prepare(command: str, site: Path) -> None:
    """Do what the page asks for in words before a command."""
    article = site / "content/ferry.md"
    blocks = dict(BLOCK.findall(PAGE))
    if command == "yoyak build" and not article.exists():
        article.write_text(blocks["markdown"], encoding="utf-8")
        with (site / "site.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{blocks['yaml']}")
    for words, old, new in (("reply 1", "2.50", "2.75"), ("--changes", "Sundays", "Saturdays")):
        if words in command:
            text = article.read_text(encoding="utf-8")
            assert old in text
            article.write_text(text.replace(old, new), encoding="utf-8")


def played(yoyak: Yoyak, home: Path) -> list[tuple[str, list[str]]]:
    """Return every command of the page with its answer here."""
    site, found = home / "my-digest", []
    for kind, console in BLOCK.findall(PAGE):
        for command in re.findall(r"(?m)^\$ (.+)$", console) if kind == "console" else ():
            answer = ""
            if not command.startswith("cd "):
                prepare(command, site)
                done = yoyak(*shlex.split(command)[1:], cwd=site if site.exists() else home)
                answer = done.stderr + done.stdout
            found.append((command, settled(answer, home)))
    return found


def shown() -> list[tuple[str, list[str]]]:
    """Return every command of the page with the answer that it shows."""
    found = []
    for kind, console in BLOCK.findall(PAGE):
        parts = re.split(r"(?m)^\$ (.+)\n", console) if kind == "console" else [""]
        found += [(command, answer.splitlines()) for command, answer in zip(parts[1::2], parts[2::2], strict=True)]
    return found


def test_every_command_of_the_guide_gives_the_answer_that_it_shows(tmp_path: Path, yoyak: Yoyak) -> None:
    assert played(yoyak, tmp_path.resolve()) == shown()
