"""The verb that says with which headers a site is served: `headers`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from yoyak.cli.help import Command
from yoyak.cli.options import PROBLEMS, options, site_at


@click.command(cls=Command, short_help="Print the HTTP headers that the site is served with.")
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
