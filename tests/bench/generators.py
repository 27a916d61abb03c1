"""yoyak and its peers: how each is called, and where a peer is installed.

A peer comes from its registry by its name, in the version that peers/ pins, into ``.venv/bench``; once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    program, *arguments = command or (sys.executable, "-m", "yoyak")
    # It runs in the folder of a site, where a relative path would lead elsewhere.
    command = (str(Path(shutil.which(program) or program).absolute()), *arguments)
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
    npm = find_npm()
    if npm is None:
        raise Missing("it needs npm, which is not on the PATH")
    modules = HOME / "node"
    pins = PEERS / "eleventy" / "package.json"
    quiet = ("--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
    _install(pins, modules, [(npm, "install", *quiet, "--prefix", str(modules))])
    node = shutil.which("node", path=_path_with(Path(npm).parent)) or "node"
    eleventy = (node, str(modules / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"))
    return Generator(
        name="eleventy",
        build=(*eleventy, "--quiet"),
        serve=(*eleventy, "--quiet", "--serve", "--incremental", "--port={port}"),
        version=(*eleventy, "--version"),
    )


PEER_FINDERS: dict[str, Callable[[], Generator]] = {"hugo": _hugo, "pelican": _pelican, "eleventy": _eleventy}


def _in_environment(pattern: str) -> Path:
    """Return a file of the environment of the peers that come from PyPI."""
    folder = HOME / "python"
    pins = PEERS / "requirements.txt"
    pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _install(pins, folder, [(sys.executable, "-m", "venv", str(folder)), (*pip, "--requirement", str(pins))])
    found = next(folder.glob(pattern), None)
    if found is None:
        raise Missing(f"its package has no {pattern} on this machine")
    return found


def _install(pins: Path, folder: Path, commands: Iterable[Sequence[str]]) -> None:
    """Run commands that install what a file pins into a folder, unless that was done with the same file before."""
    done = folder / "installed" / pins.name
    if done.is_file() and done.read_bytes() == pins.read_bytes():
        return
    print(f"Installing what {pins.relative_to(CHECKOUT)} names, for the benchmark ...", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(pins, folder)
    for command in commands:
        environment = os.environ | {"PATH": _path_with(Path(command[0]).parent)}
        ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if ended.returncode:
            raise Missing((ended.stderr.strip().splitlines() or ["its installation failed"])[-1])
    done.parent.mkdir()
    shutil.copy(pins, done)


def _path_with(folder: Path) -> str:
    """Return the PATH with a folder behind it: an npm of an environment looks there for its node."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(folder)])


def pinned_versions() -> dict[str, str]:
    """Return the version of each peer."""
    lines = (PEERS / "requirements.txt").read_text(encoding="utf-8").split()
    eleventy = json.loads((PEERS / "eleventy" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return dict(line.split("==") for line in lines) | {"eleventy": eleventy["@11ty/eleventy"]}
