"""The commands that publish a built site, and take back what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from yoyak.cli.help import Command
from yoyak.cli.options import options, site_at


@click.command("deploy", cls=Command, short_help="Publish the built site.")
@click.argument("target", required=False)
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option(
    "--confirm-removals", type=click.IntRange(min=1), metavar="N", help="Allow the removal of this many files."
)
@click.option("--adopt", is_flag=True, help="Allow the first deploy into a folder that has files already.")
@click.option(
    "--allow-example-address", is_flag=True, help="Publish although base_url is an address for examples only."
)
@options("site", "output", "json", "quiet")
def deploy(
    target: str | None,
    *,
    dry_run: bool,
    confirm_removals: int | None,
    adopt: bool,
    allow_example_address: bool,
    site: Path | None,
    output: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Publish the built site to TARGET, as site.yaml describes it under deploy:.

    TARGET may be left out when there is only one.
    """
    from yoyak.cli.progress import progress
    from yoyak.cli.terminal import agreed, print_deploy
    from yoyak.publish.deploy import Consent
    from yoyak.publish.deploy import deploy as run
    from yoyak.publish.guards import AdoptionError

    folder = site_at(site)
    name = target or _only_target(folder)

    def deployed(*, adopted: bool) -> tuple[Any, Any]:
        consent = Consent(removals=confirm_removals, adopt=adopted, example_address=allow_example_address)
        with progress(silent=as_json or quiet) as tell:
            return run(folder, output or folder / "output", name, consent, dry_run=dry_run, progress=tell)

    try:
        plan, report = deployed(adopted=adopt)
    except AdoptionError as refused:
        if as_json or not agreed(str(refused)):
            raise
        plan, report = deployed(adopted=True)
    print_deploy(plan, report, as_json=as_json, quiet=quiet)


@click.command("rollback", cls=Command, short_help="Make an earlier release of the site live again.")
@click.argument("target", required=False)
@click.option("--list", "listing", is_flag=True, help="List the releases that the target keeps; change nothing.")
@click.option("--to", metavar="NAME", default="", help="The release. Default: the one that was live before.")
@options("site", "json", "quiet")
def rollback(target: str | None, *, listing: bool, to: str, site: Path | None, as_json: bool, quiet: bool) -> None:
    """Make an earlier release of the site live again at TARGET. The folder of the site and output/ stay as they are.

    TARGET may be left out when there is only one.
    """
    from yoyak.cli.progress import progress
    from yoyak.cli.terminal import print_releases, print_rollback
    from yoyak.publish.deploy import releases_of
    from yoyak.publish.deploy import rollback as run

    if listing and to:
        from yoyak.messages.catalogue import speak
        from yoyak.model.message import say

        raise click.UsageError(speak(say("rollback.list-or-to")))
    folder = site_at(site)
    name = target or _only_target(folder)
    with progress(silent=as_json or quiet) as tell:
        if listing:
            print_releases(releases_of(folder, name, progress=tell), as_json=as_json)
        else:
            print_rollback(run(folder, name, to=to, progress=tell), as_json=as_json, quiet=quiet)


def _only_target(folder: Path) -> str:
    from yoyak.publish.deploy import which_target

    try:
        return which_target(folder)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
