"""The runs that were kept: a line of JSON each in history.jsonl, the newest last."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from .figures import Measures, Ratios, ratios
from .generators import CHECKOUT

FILE = Path(__file__).parent / "history.jsonl"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of the benchmark measured, where, and of which yoyak."""

    date: str
    commit: str
    """With a `+` when the generator or the templates were changed since."""
    python: str
    machine: str
    cores: int
    load: float
    """Processes that were waiting for a core when the run began: above 0.5 for each, seconds say little."""
    count: int
    rounds: int
    peers: dict[str, str]
    """Their versions."""
    medians: dict[str, Measures]
    ratios: Ratios


def machine_load() -> float:
    """Return how many processes other than ours run now; 0 where the system does not tell."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def commit_of_checkout() -> str:
    """Return the short name of this checkout's commit, or nothing outside of git."""

    def git(*arguments: str) -> str:
        return subprocess.run(("git", *arguments), cwd=CHECKOUT, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--", "generator", "templates", "content", "site.yaml")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def make_run(
    generators: Mapping[str, Measures], *, commit: str, count: int, rounds: int, load: float, peers: Mapping[str, str]
) -> Run:
    """Return a run of now, on this machine."""
    return Run(
        date=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        commit=commit,
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        load=load,
        count=count,
        rounds=rounds,
        peers={name: version for name, version in peers.items() if name in generators},
        medians={name: _rounded(measures) for name, measures in generators.items()},
        ratios={name: _rounded(measures) for name, measures in ratios(generators).items()},
    )


def append(run: Run, file: Path = FILE) -> None:
    """Keep a run."""
    with file.open("ab") as lines:
        lines.write(msgspec.json.encode(run) + b"\n")


def last_run(count: int | None = None, file: Path = FILE) -> Run | None:
    """Return the newest run that was kept, of this number of articles if one is named."""
    lines = file.read_bytes().splitlines() if file.is_file() else []
    runs = (msgspec.json.decode(line, type=Run) for line in reversed(lines))
    return next((run for run in runs if count in {None, run.count}), None)


def describe(run: Run) -> str:
    """Return in a line what was run, where and when."""
    versions = ", ".join(f"{name} {version}" for name, version in run.peers.items())
    return (
        f"{run.count:,} articles, median of {run.rounds}; yoyak {run.commit}, Python {run.python}"
        f"{', ' + versions if versions else ''}; {run.machine}, {run.cores} cores, load {run.load}; {run.date[:10]}"
    )


def _rounded(measures: Mapping[str, float]) -> Measures:
    return {name: round(value, 4) for name, value in measures.items()}
