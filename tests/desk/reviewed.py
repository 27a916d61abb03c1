"""A site under review, and its command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner
from msgspec import json

from sites import SETTINGS, article, write_site
from yoyak.cli.commands import commands

KIM, LEE, AUTHOR = (f"{name} <{name.lower()}@example.org>" for name in ("Kim", "Lee", "Author"))
POLICY = "review: {required: true, four_eyes: true, reviewers: [kim@example.org, lee@example.org]}\n"
FERRY, BOAT = "content/2024/07/ferry.md", "content/boat.md"
BODY = """The **ferry** runs [daily](https://example.net/) from Gaon.

A ticket costs 2.50 euro. The harbour is
open at night.

The ferry is old."""


class Said(NamedTuple):
    """What a command answered."""

    code: int
    text: str

    @property
    def json(self) -> Any:
        return json.decode(self.text)


def reviewed_site(folder: Path, settings: str = POLICY, **keys: object) -> Path:
    keys = {"title": "Ferry", "authors": [{"name": "Author", "email": "author@example.org"}], **keys}
    files = {FERRY: article(BODY, **keys), BOAT: article("A boat.", title="Boat", status="draft")}
    return write_site(folder, files, SETTINGS + settings)


def review(site: Path, *words: str, by: str = KIM) -> Said:
    """Run ``yoyak review`` on a site."""
    more = ("--as", by) if words[0] not in ("list", "show", "export") else ()
    done = CliRunner().invoke(commands, ["review", *words, "--site", str(site), *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Said(done.exit_code, done.output)


def edit(site: Path, old: str, new: str) -> None:
    place = site / FERRY
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new), encoding="utf-8")


def events(site: Path) -> list[str]:
    """Return the names of all files of events."""
    return sorted(path.stem for path in (site / "content/_reviews").rglob("*.yaml"))


def files(site: Path) -> dict[str, bytes]:
    """Return what is in content/, by path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "content").rglob("*"))
        if path.is_file()
    }
