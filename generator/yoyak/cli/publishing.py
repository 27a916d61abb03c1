"""The commands that publish a built site, and take back what was published."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from yoyak.cli.help import Command
from yoyak.cli.options import PROBLEMS, options, said, site_at, usage

if TYPE_CHECKING:
    from yoyak.model.build import BuildRequest
    from yoyak.publish.deploy import TargetBuild


@click.command("deploy", cls=Command, short_help="Build and publish the site.")
@click.argument("target", required=False)
@click.option("--preview", is_flag=True, help="Publish a preview, with drafts, to a target that takes previews.")
@click.option("--no-build", is_flag=True, help="Publish the last build; refuse if the content has changed since.")
@click.option("--keep-going", is_flag=True, help="Publish the rest even if some files have errors.")
@click.option("--dry-run", is_flag=True, help="Show what would change at the target; change nothing there.")
@click.option(
    "--confirm-removals",
    "--confirm-deletes",
    type=click.IntRange(min=1),
    metavar="N",
    help="Allow the removal of this many files.",
)
@click.option("--adopt", is_flag=True, help="Allow the first deploy into a folder that already has files.")
@click.option("--allow-example-address", is_flag=True, help="Publish although base_url is only an example address.")
@click.option("--check-files", is_flag=True, help="Also check which files the web space really has.")
@options("site", "output", "json", "quiet")
def deploy(
    target: str | None,
    *,
    preview: bool,
    no_build: bool,
    keep_going: bool,
    dry_run: bool,
    confirm_removals: int | None,
    adopt: bool,
    allow_example_address: bool,
    check_files: bool,
    site: Path | None,
    output: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build the site and publish it to TARGET, as site.yaml describes it under deploy:.

    TARGET may be left out when there is only one.
    """
    from yoyak.cli.noting import deploy_and_note
    from yoyak.cli.terminal import print_deploy, progress
    from yoyak.publish.deploy import Consent, build_for

    folder = site_at(site)
    name = target or only_target(folder)
    built = build_for(folder, name, output=output, preview=preview)
    _make_current(folder, built, no_build=no_build, keep_going=keep_going, as_json=as_json, quiet=quiet)

    send = partial(deploy_and_note, folder, built, name, dry_run=dry_run, check_files=check_files)

    def deployed(*, adopted: bool) -> tuple[Any, Any]:
        consent = Consent(removals=confirm_removals, adopt=adopted, example_address=allow_example_address)
        with progress(silent=as_json or quiet) as tell:
            return send(consent, progress=tell)

    plan, report = _adopting(deployed, adopt=adopt, may_ask=not as_json)
    print_deploy(plan, report, as_json=as_json, quiet=quiet)
    _settle(folder, built, report, keep_going=keep_going)


def _adopting(deployed: Callable[..., tuple[Any, Any]], *, adopt: bool, may_ask: bool) -> tuple[Any, Any]:
    """Deploy; a folder that has files already is asked about, where somebody can answer."""
    from yoyak.cli.terminal import agreed
    from yoyak.publish.guards import AdoptionError

    try:
        return deployed(adopted=adopt)
    except AdoptionError as refused:
        if not may_ask or not agreed(str(refused)):
            raise
        return deployed(adopted=True)


def _settle(folder: Path, built: TargetBuild, report: Any, *, keep_going: bool) -> None:
    """Build once more when addresses were noted, which a build reads: what is deployed is current afterwards."""
    if built.preview or not report:
        return
    from yoyak.messages.errors import YoyakError
    from yoyak.store.stamps import SURE_AFTER

    sleep(2 * SURE_AFTER / 1e9)  # a file that was written just now is not trusted to look as it did
    with suppress(YoyakError):  # the site is deployed; the next command says what is wrong
        _built(_build_request(folder, built, keep_going=keep_going), silent=True)


def _build_request(folder: Path, built: TargetBuild, *, keep_going: bool) -> BuildRequest:
    from yoyak.model.build import BuildRequest

    return BuildRequest(
        folder=folder,
        output=Path(built.output),
        preview=built.preview,
        base_url=built.base_url if built.own_address else "",
        keep_going=keep_going,
        jobs=None,
    )


def _make_current(
    folder: Path, built: TargetBuild, *, no_build: bool, keep_going: bool, as_json: bool, quiet: bool
) -> None:
    """Build what the target gets, or refuse what is not current; end the command when it cannot be built."""
    from yoyak.build.for_deploy import is_current
    from yoyak.messages.errors import YoyakError
    from yoyak.model.message import say

    request = _build_request(folder, built, keep_going=keep_going)
    if no_build:
        if not is_current(request):
            raise YoyakError(say("deploy.stale", output=built.output))
        return
    report = _built(request, silent=as_json or quiet)
    if report is None:
        return
    from yoyak.cli.terminal import print_report

    if not report.complete:
        print_report(report, as_json=as_json, quiet=quiet)
        click.echo(said("deploy.not-built"), err=True)
        sys.exit(PROBLEMS)
    if not as_json:
        same = not (report.written or report.changed or report.removed)
        print_report(report, as_json=False, quiet=quiet or same)


def _built(request: Any, *, silent: bool) -> Any:
    from yoyak.build.for_deploy import made_current
    from yoyak.cli.terminal import progress

    with progress(silent=silent) as tell:

        def run(asked: Any, **seen: Any) -> Any:
            from yoyak.build.build import build

            return build(asked, progress=tell, **seen)

        return made_current(request, run)


@click.command("rollback", cls=Command, short_help="Restore an earlier release of the site.")
@click.argument("target", required=False)
@click.option("--list", "listing", is_flag=True, help="List the releases that the target keeps; change nothing.")
@click.option("--to", metavar="NAME", default="", help="The release. Default: the previous one.")
@click.option(
    "--confirm-shown",
    type=click.IntRange(min=1),
    metavar="N",
    help="Allow this many articles or pages that are no longer published to be shown again.",
)
@options("site", "json", "quiet")
def rollback(
    target: str | None,
    *,
    listing: bool,
    to: str,
    confirm_shown: int | None,
    site: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Restore an earlier release of the site at TARGET. The folder of the site and output/ stay as they are.

    TARGET may be left out when there is only one.
    """
    from yoyak.cli.terminal import print_releases, print_rollback, progress
    from yoyak.publish.deploy import request_of
    from yoyak.publish.deploy import rollback as run
    from yoyak.publish.targets import list_releases

    if listing and to:
        raise usage("rollback.list-or-to")
    folder = site_at(site)
    name = target or only_target(folder)
    with progress(silent=as_json or quiet) as tell:
        if listing:
            print_releases(list_releases(request_of(folder, name), progress=tell), as_json=as_json)
        else:
            from yoyak.build.addresses import withdrawn

            now = partial(withdrawn, folder)
            done = run(folder, name, to=to, withdrawn=now, confirm_shown=confirm_shown, progress=tell)
            print_rollback(done, as_json=as_json, quiet=quiet)


def only_target(folder: Path) -> str:
    """Return the name of the one target of a site."""
    from yoyak.publish.deploy import which_target

    try:
        return which_target(folder)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
