"""``yoyak takedown``: an article goes offline, and what is left to people is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yoyak.cli.help import Command
from yoyak.cli.options import options, said, site_for

if TYPE_CHECKING:
    from yoyak.desk.takedown import Takedown

_MOST = 30
"""Mentions that are printed."""


@click.command(cls=Command, short_help="Take an article offline, and list what still names it.")
@click.argument("file", metavar="FILE-OR-URL")
@click.option("--reason", required=True, metavar="TEXT", help="The reason: kept in content/_reviews/, not published.")
@options("dry_run", "as", "site", "json", "quiet")
def takedown(
    file: str, *, reason: str, dry_run: bool, written: str | None, site: Path | None, as_json: bool, quiet: bool
) -> None:
    """Take FILE-OR-URL offline: hold the article back, and list what still names it and what cannot be reached.

    The next build and deploy carry it out.
    """
    from yoyak.cli.terminal import answer
    from yoyak.desk.person import person
    from yoyak.desk.records import records
    from yoyak.desk.takedown import take_down

    with records(site_for(site, (file,))) as desk:
        by = None if dry_run else person(desk.folder, written)
        found = take_down(desk, file, reason, by, dry_run=dry_run)
    answer(found, _lines(found, dry_run=dry_run), as_json=as_json, quiet=quiet)


def _lines(found: Takedown, *, dry_run: bool) -> Iterator[str]:
    from yoyak.text.columns import printable

    named = {"title": found.title, "path": found.path}
    key = f"takedown.would.{found.done}" if dry_run and found.done != "already" else f"takedown.done.{found.done}"
    yield printable(said(key, **named))
    if found.mentions:
        yield said("takedown.mentions", count=len(found.mentions))
    for one in found.mentions[:_MOST]:
        place = f"{one.path}:{one.line}" if one.line else one.path
        yield printable(f"  {place}: {said(f'takedown.mention.{one.kind}')}")
    if len(found.mentions) > _MOST:
        yield f"  {said('deploy.more', count=len(found.mentions) - _MOST)}"
    yield said("takedown.unreachable")
    for name in found.targets:
        yield f"  {said('takedown.unreachable.git', name=name)}"
    for what in ("releases", "caches", "archives", "mails", "own-git"):
        yield f"  {said(f'takedown.unreachable.{what}')}"
    yield said("takedown.next")
