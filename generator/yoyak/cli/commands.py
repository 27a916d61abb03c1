"""The command line: one function a verb, each with one call behind it.

Modules that a verb needs are imported inside it, so that ``yoyak --version`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yoyak import __version__
from yoyak.cli.help import Commands
from yoyak.cli.options import PROBLEMS, lang, options, read_time, said, site_at, site_for

if TYPE_CHECKING:
    from yoyak.model.message import Problem


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-v", "--version", message="yoyak %(version)s")
@lang
def commands() -> None:
    """Build a static digest site from a folder of articles."""


commands.elsewhere |= {
    "clip": "collecting:clip",
    "deploy": "publishing:deploy",
    "diff": "differing:diff",
    "import": "collecting:import_",
    "review": "reviewing:review",
    "rollback": "publishing:rollback",
    "takedown": "taking_down:takedown",
}


@commands.command("help", short_help="Explain yoyak or one of its commands.")
@click.argument("names", metavar="[COMMAND]...", nargs=-1)
@click.pass_context
@options()
def help_(context: click.Context, names: tuple[str, ...]) -> None:
    """Explain yoyak, or COMMAND with all its options."""
    inner = context.find_root()
    for name in names:
        inner = _below(inner, name)
    click.echo(inner.command.get_help(inner))


def _below(context: click.Context, name: str) -> click.Context:
    """Return the context of a command of a command."""
    known = context.command.commands if isinstance(context.command, click.Group) else {}
    if name in known:
        return click.Context(known[name], info_name=name, parent=context)
    from yoyak.messages.catalogue import speak
    from yoyak.model.message import did_you_mean, say

    hint = speak(did_you_mean(name, known) or say("no-command.hint"))
    raise click.UsageError(f"{said('no-command', name=name)} {hint}", ctx=context.find_root())


def _time(text: str | None, site: Path | None) -> datetime | None:
    found = read_time(text, site, "--at")
    return found.value if found else None


def _point_to_fix(folder: Path, problems: Sequence[Problem], at: datetime | None, *, silent: bool) -> None:
    """Say so when `yoyak fix` has something to do."""
    from yoyak.fixing import REPAIRED

    if silent or not any(problem.code in REPAIRED for problem in problems):
        return
    from yoyak.fixing.fix import may_repair

    if may_repair(folder, problems, at):
        click.echo(said("fix-can-help"))


@commands.command(short_help="Create a new site.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="Create no sample articles.")
@click.option("--title", help="The site's title. Default: the sample's title; for an empty site, the folder's name.")
@click.option(
    "--language",
    type=click.Choice(["ko", "en"]),
    default="ko",
    show_default=True,
    help="The language of the pages. The sample articles are Korean, so an English site starts empty.",
)
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab"]),
    help="Also write a CI workflow that checks and publishes. If FOLDER is a site already, write only the workflow.",
)
@options("quiet")
def new(folder: Path, *, empty: bool, title: str | None, language: Any, ci: Any, quiet: bool) -> None:
    """Create a new site in FOLDER, empty or with sample articles to change or delete."""
    from yoyak.scaffold.site import NewSite, add_workflow, make_site, next_steps

    if ci and (folder / "site.yaml").is_file():
        said = add_workflow(folder, ci)
        if not quiet:
            click.echo(said)
        return
    made = make_site(NewSite(folder=folder, empty=empty, title=title, language=language, ci=ci))
    if not quiet:
        click.echo(next_steps(folder, made))


@commands.command(short_help="Build the site into output/.")
@click.option("--preview", is_flag=True, help="Include drafts and scheduled articles, each marked with a ribbon.")
@click.option("--portable", is_flag=True, help="Build a site that opens without a server, in portable/.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="FILE.html|DIR",
    help="Write a portable site as one HTML file or a folder that can be sent to somebody.",
)
@click.option("--keep-going", is_flag=True, help="Publish the rest even if some files have errors.")
@click.option("--allow-foreign-marks", is_flag=True, help="Publish shortcodes of other programs as plain text.")
@click.option("--jobs", type=click.IntRange(min=1), help="Number of processes. Default: one for each core.")
@click.option("--explain", is_flag=True, help="Explain why each page was rebuilt.")
@click.option("--verify", is_flag=True, help="Build again without the cache and compare the results byte by byte.")
@click.option("--clean", is_flag=True, help="Discard the cache of earlier builds.")
@click.option("--profile", is_flag=True, help="Show where time and memory were spent.")
@options("site", "output", "at", "json", "quiet")
def build(
    *, site: Path | None, at: str | None, bundle: Path | None, explain: bool, as_json: bool, quiet: bool, **chosen: Any
) -> None:
    """Build the site into output/."""
    from yoyak.cli.terminal import print_report, progress
    from yoyak.incremental.unchanged import look, untouched
    from yoyak.model.build import BuildRequest

    folder = site_at(site)
    request = BuildRequest(folder=folder, at=_time(at, folder), **chosen)
    if bundle:
        from yoyak.cli.bundling import for_bundle

        request = for_bundle(request, bundle)
    seen = look(request)
    report = untouched(request, os.environ, seen)
    if report is None:
        from yoyak.build.build import build as run

        with progress(silent=as_json or quiet) as tell:
            report = run(request, progress=tell, seen=seen)
    if bundle and report.complete:
        from yoyak.cli.bundling import bundled

        report = bundled(report, bundle, request, seen)
    print_report(report, as_json=as_json, quiet=quiet, explain=explain, verify=request.verify)
    if "parse" in report.seconds:  # else nothing was read, and nothing is imported for a hint that was given before
        _point_to_fix(folder, report.problems, request.at, silent=as_json or quiet)
    sys.exit(0 if report.complete and not report.differing else PROBLEMS)


@commands.command(short_help="Find problems in the content and the pages; write nothing.")
@options("site", "at", "json", "quiet")
def check(*, site: Path | None, at: str | None, as_json: bool, quiet: bool) -> None:
    """Find problems in the content and in the built pages; write nothing."""
    from yoyak.build.build import BuildRequest
    from yoyak.build.build import build as run
    from yoyak.build.firewall import with_leaks
    from yoyak.cli.terminal import print_check, progress
    from yoyak.model.message import errors

    folder = site_at(site)
    request = BuildRequest(folder=folder, at=_time(at, folder), check_only=True, jobs=None)
    with progress(silent=as_json or quiet) as tell:
        report = with_leaks(run(request, progress=tell), request, tell)
    print_check(report, as_json=as_json, quiet=quiet)
    _point_to_fix(folder, report.problems, request.at, silent=as_json or quiet)
    sys.exit(PROBLEMS if errors(report.problems) else 0)


@commands.command(short_help="Show how a file was read, and what was left out.")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@options("site", "at", "json")
def show(files: tuple[Path, ...], *, site: Path | None, at: str | None, as_json: bool) -> None:
    """Show how FILE was read: every value, its origin and certainty, and what was left out.

    FILE may be - for standard input. A file outside of a site is read with the settings of the site around the
    current folder or of --site; where there is none, with the default settings.
    """
    from yoyak.cli.terminal import print_shown
    from yoyak.show.files import site_of
    from yoyak.show.show import show_file

    shown = [show_file(file, site, _time(at, site_of(file, site))) for file in files]
    print_shown(shown, as_json=as_json)


@commands.command(short_help="Explain what made a page, or why a file is not on the site.")
@click.argument("asked", metavar="URL-OR-FILE...", nargs=-1, required=True)
@options("site", "output", "at", "json")
def why(asked: tuple[str, ...], *, site: Path | None, output: Path | None, at: str | None, as_json: bool) -> None:
    """Explain what a page was made from, or where a file is on the site, or why it is not.

    It reads the records of the last build and does not build.
    """
    from yoyak.cli.terminal import print_why
    from yoyak.why.answer import why as ask

    folder = site_for(site, asked)
    found = ask(folder, output, _time(at, folder), asked)
    print_why(found, as_json=as_json)
    sys.exit(0 if all(one.on_site for one in found) else PROBLEMS)


@commands.command(short_help="Show the fixes that messages suggest, or apply them.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Apply the fixes instead of only showing them.")
@options("site", "at", "json", "quiet")
def fix(files: tuple[Path, ...], *, write: bool, site: Path | None, at: str | None, as_json: bool, quiet: bool) -> None:
    """Show the small fixes that messages suggest as a diff; apply them with --write."""
    from yoyak.cli.terminal import print_fix, progress
    from yoyak.fixing.fix import FixRequest
    from yoyak.fixing.fix import fix as run

    folder = site_at(site)
    with progress(silent=as_json or quiet) as tell:
        report = run(FixRequest(folder=folder, files=files, write=write, at=_time(at, folder)), progress=tell)
    print_fix(report, write=write, as_json=as_json, quiet=quiet)
    sys.exit(0 if report.clean else PROBLEMS)


@commands.command(short_help="List what will change on the site by itself, and when.")
@click.option("--until", metavar="DATE", help="Leave out later changes: '2024-07-31' or '2024-07-31 18:00'.")
@options("site", "at", "json")
def plan(*, until: str | None, site: Path | None, at: str | None, as_json: bool) -> None:
    """List what will change on the site by itself: articles that appear or expire, editions that begin or end.

    It does not build.
    """
    from yoyak.build.build import BuildRequest, build
    from yoyak.cli.terminal import print_plan
    from yoyak.model.message import errors

    folder = site_at(site)
    now, end = read_time(at, folder, "--at"), read_time(until, folder, "--until")
    request = BuildRequest(folder=folder, at=now.value if now else None, check_only=True, plan_only=True, jobs=None)
    report = build(request)
    last = (end.value + timedelta(days=1, microseconds=-1) if end.day_only else end.value) if end else None
    coming = [one for one in report.coming if not last or one.at <= last]
    print_plan(report, coming, last, as_json=as_json)
    sys.exit(PROBLEMS if errors(report.problems) else 0)


@commands.command(short_help="Preview the site in the browser, and rebuild after every save.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@click.option(
    "--as", "written", metavar="NAME", help='Who writes on the desk: "Kim <kim@example.org>"; default: as git.'
)
@click.option(
    "--share",
    multiple=True,
    metavar="NAME",
    help='Let "Lee <lee@example.org>" look over the network, by a secret link.',
)
@click.option("--share-on", metavar="ADDRESS", help="This machine's address in the links. Default: all.")
@click.option("--may-approve", is_flag=True, help="Let everyone with a link also approve and request changes.")
@options("site", "at")
def serve(*, site: Path | None, at: str | None, **chosen: Any) -> None:
    """Preview the site with its drafts on this machine, and rebuild after every save."""
    folder = site_at(site)
    from yoyak.cli.collecting import serve_site

    serve_site(folder, at=_time(at, folder), **chosen)


@commands.command(short_help="Print the JSON Schema of the settings or of front matter.")
@click.argument("name", type=click.Choice(["article", "edition", "theme", "page", "site"]))
@options()
def schema(name: Any) -> None:
    """Print the JSON Schema of site.yaml or of a file's front matter, for an editor's completion."""
    import json

    from yoyak.cli.schema_text import spoken_schema

    click.echo(json.dumps(spoken_schema(name), ensure_ascii=False, indent=2))


@commands.command(short_help="Print the HTTP headers that the site should be served with.")
@click.option(
    "--for",
    "server",
    type=click.Choice(["netlify", "nginx", "apache", "caddy"]),
    default="netlify",
    help="The server or the host to print them for.",
)
@options("site")
def headers(*, server: str, site: Path | None) -> None:
    """Print the security and cache headers of the site in the language of a server."""
    from yoyak.build.headers import headers_of
    from yoyak.messages.catalogue import printed

    text, problems = headers_of(site_at(site), server, environment=os.environ)
    click.echo(text, nl=False)
    for problem in problems:
        click.echo(printed(problem), err=True)
    sys.exit(PROBLEMS if any(problem.severity == "error" for problem in problems) else 0)
