"""``yoyak diff``: what a deploy would change, with the reasons that the last build left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click

from yoyak.cli.help import Command
from yoyak.cli.options import options, site_at
from yoyak.messages.errors import YoyakError

if TYPE_CHECKING:
    from yoyak.model.message import Words
    from yoyak.publish.difference import FileChange, KnownFiles
    from yoyak.why.memory import Memory


@click.command(cls=Command, short_help="Show what a deploy would change for readers.")
@click.argument("target", required=False)
@click.option(
    "--html",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a word-by-word report of what changes, for an editor.",
)
@options("site", "output", "json", "quiet")
def diff(
    target: str | None, *, file: Path | None, site: Path | None, output: Path | None, as_json: bool, quiet: bool
) -> None:
    """Show what a deploy to TARGET would change: the built site against what is online.

    TARGET may be left out when there is only one.
    """
    from yoyak.cli.publishing import only_target
    from yoyak.cli.terminal import answer, progress
    from yoyak.model.message import say
    from yoyak.publish.difference import compare
    from yoyak.publish.difference_text import lines_of
    from yoyak.store.lock import settle_output

    folder = site_at(site)
    name = target or only_target(folder)
    built = output or folder / "output"
    settle_output(folder, built)
    if file and file.resolve().is_relative_to(built.resolve()):
        raise YoyakError(say("difference.inside", file=str(file), output=str(built)))
    with progress(silent=as_json or quiet) as tell, _known(folder, built) as known:
        found = compare(folder, built, name, known, progress=tell)
    if file:
        from yoyak.publish.difference_text import page_of

        file.write_text(page_of(found), encoding="utf-8")
    answer(found, lines_of(found), as_json=as_json, quiet=quiet)


@contextmanager
def _known(folder: Path, output: Path) -> Iterator[KnownFiles]:
    """Give what says why a file differs; nothing is known where no build is remembered."""
    from yoyak.model.build import BuildRequest
    from yoyak.publish.difference import KnownFiles
    from yoyak.why.memory import remembered

    with ExitStack() as opened:
        try:
            memory = opened.enter_context(remembered(BuildRequest(folder=folder, output=output)))
        except YoyakError:
            yield KnownFiles(lambda _path, _change: "")
            return
        gone = frozenset(path for path, row in memory.pages.items() if row.kind == "gone")
        yield KnownFiles(lambda path, change: _reason(path, change, memory), gone)


def _reason(path: str, change: FileChange, memory: Memory) -> Words:
    """Return why a file of the output is added, changed or removed, as far as the last build knows."""
    from yoyak.model.message import say

    if change == "removed":
        return _reason_of_removal(path, memory)
    page = memory.pages.get(path)
    if said := memory.state.report.reasons.get(path) if change == "changed" else None:
        return said
    return say("difference.from", path=page.origin) if page and page.origin else ""


def _reason_of_removal(path: str, memory: Memory) -> Words:
    """Return why a page is gone: its article is held back, has another address now, or its file is gone."""
    from yoyak.model.message import say

    if not path.endswith("/index.html"):
        return ""
    name = unquote(path.removesuffix("index.html"))
    for file, reading in memory.readings.items():
        if reading.place and unquote(reading.place.url) == f"{unquote(memory.config.base_path)}{name}":
            held = next((one.reason for one in memory.state.report.held if one.path == file), None)
            return say("difference.held", path=file, why=say(f"ribbon.{held}")) if held else ""
    return say("difference.no-source") if name.startswith("articles/") else ""
