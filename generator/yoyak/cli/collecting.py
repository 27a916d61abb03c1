"""The verbs that bring articles in: `import` and `clip`."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from yoyak.cli.help import Command
from yoyak.cli.options import PROBLEMS, options, said, site_at, usage


@click.command("import", cls=Command, short_help="Import captures, saved pages, mails and feeds as articles.")
@click.argument("named", metavar="FILE-OR-FOLDER...", nargs=-1, required=True)
@click.option(
    "--from",
    "origin",
    default="",
    metavar="PROGRAM",
    help="The program that it comes from, if yoyak does not recognize it: "
    "astro, blogger, eleventy, ghost, hexo, hugo, jekyll, medium, naver, pelican, substack, tistory, wordpress.",
)
@click.option("--keep-originals", is_flag=True, help="Keep the originals of mails too; they name their recipient.")
@options("themes", "ours", "dry_run", "show", "site", "json", "quiet")
def import_(*, show: bool, dry_run: bool, site: Path | None, as_json: bool, quiet: bool, **chosen: Any) -> None:
    """Create Markdown articles from captures, saved pages, mails, feeds and documents, and keep the originals."""
    from yoyak.cli.terminal import print_import, progress
    from yoyak.importing.results import ImportRequest
    from yoyak.importing.run import import_originals

    request = ImportRequest(folder=site_at(site), dry_run=dry_run or show, **chosen)
    with progress(silent=as_json or quiet) as tell:
        report = import_originals(request, progress=tell)
    print_import(report, as_json=as_json, quiet=quiet, show=show)
    sys.exit(0 if report.complete else PROBLEMS)


@click.command(cls=Command, short_help="Create an article from what was copied in the browser.")
@click.option("--address", default="", metavar="URL", help="The page's address, if the clipboard does not have it.")
@click.option("--open", "open_page", is_flag=True, help="Show the article in the preview.")
@click.option("--bookmark", is_flag=True, help="Only create the bookmark that does this with one click.")
@options("themes", "ours", "dry_run", "show", "site", "json", "quiet")
def clip(
    *,
    themes: tuple[str, ...],
    address: str,
    ours: bool,
    open_page: bool,
    bookmark: bool,
    dry_run: bool,
    show: bool,
    site: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Create an article from the clipboard, or from standard input: yoyak clip < FILE."""
    from yoyak.cli.terminal import print_import
    from yoyak.importing.clips import import_clip
    from yoyak.importing.results import ImportRequest

    folder = site_at(site)
    if bookmark:
        _make_bookmark(folder)
        return
    request = ImportRequest(folder=folder, named=(), themes=themes, ours=ours, dry_run=dry_run or show)
    report = import_clip(_clip(address), request)
    print_import(report, as_json=as_json, quiet=quiet, show=show)
    if open_page and report.imported and not request.dry_run:
        _show_page(folder, report.imported[0].url)
    sys.exit(0 if report.complete else PROBLEMS)


def _clip(address: str) -> Any:
    """Return what is to be clipped: of standard input when something is piped in, else of the clipboard."""
    from msgspec.structs import replace

    from yoyak.importing.clips import clip_of_bytes, read_clipboard
    from yoyak.text.urls import is_web_address

    if address and not is_web_address(address):
        raise click.BadParameter(said("no-page-address"), param_hint="--address")
    found = clip_of_bytes(sys.stdin.buffer.read()) if _is_piped() else read_clipboard()
    return replace(found, address=address) if address else found


def _is_piped() -> bool:
    """Tell whether standard input is a pipe or a file: not a terminal, and not the nothing that timers give."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _make_bookmark(folder: Path) -> None:
    import webbrowser

    from yoyak.preview.bookmark import bookmark_page
    from yoyak.preview.running import port_of
    from yoyak.settings.config import load_config

    config, _ = load_config(folder, at=None, preview=True, environment={})
    port = port_of(folder) or 8000
    page = bookmark_page(folder, port, config.language if config else "en")
    click.echo(said("bookmark.drag", page=str(page)))
    command = "yoyak serve" if port == 8000 else f"yoyak serve --port {port}"
    click.echo(said("bookmark.works", port=str(port), command=command))
    webbrowser.open(page.as_uri())


def _show_page(folder: Path, path: str) -> None:
    """Show a page in the running preview, or start one and show it there."""
    import webbrowser

    from yoyak.preview.running import page_in_preview

    if address := page_in_preview(folder, path):
        webbrowser.open(address)
        return
    serve_site(folder, show=path, open_browser=True)


def serve_site(
    folder: Path, *, written: str | None = None, share: Sequence[str] = (), share_on: str | None = None, **options: Any
) -> None:
    """Preview a site until Ctrl-C; `written` is who writes on its desk, `share` who else may look at it."""
    from yoyak.desk.person import guests_of, person, person_in_git
    from yoyak.importing.clips import take
    from yoyak.preview import ServeOptions
    from yoyak.preview import serve as run

    guests, address = guests_of(share), address_for(share_on)
    if not guests and (address or options.get("may_approve")):
        raise usage("preview.share.nobody")
    who = person_in_git(folder) if written is None else person(folder, written)
    served = ServeOptions(
        folder=folder, person=who, take=lambda sent: take(sent, folder), share=guests, share_on=address, **options
    )
    run(served)


def address_for(written: str | None) -> str:
    """Return an address of this machine for guests; empty for all.

    Raises:
        UsageError: it is none, or the one that is the editor's own.
    """
    from ipaddress import ip_address

    if written is None:
        return ""
    try:
        address = ip_address(written)
    except ValueError:
        raise usage("preview.share.bad-address", written=written) from None
    if str(address) in ("127.0.0.1", "::1"):
        raise usage("preview.share.own-address", address=str(address))
    return str(address)
