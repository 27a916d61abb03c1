"""Try yoyak with the lowest or the newest releases that pyproject.toml allows.

An environment of its own is made, the sample site is built in it and compared with what .venv builds, and the tests run
that hold bytes of pages. When the newest are what .venv has, there is nothing to try.
"""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
TESTS = (
    "test_sites.py",
    "test_invalid_sites.py",
    "templating/test_fast_jinja.py",
    "test_template_reference.py",
    "text/test_sanitize.py",
    "front_matter/test_yaml_nodes.py",
    "readers/markdown/test_kinds_in_lines.py",
    "readers/markdown/test_kinds_of_blocks.py",
    "readers/markdown/test_kinds_of_html.py",
    "readers/markdown/test_markdown.py",
    "readers/markdown/test_quick.py",
)


def requirements(name: str = "") -> list[Requirement]:
    """Return what yoyak needs, or what one of its extras needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in (project["optional-dependencies"][name] if name else project["dependencies"])]


def lowest(requirement: Requirement) -> str:
    """Return a requirement that only its lowest release fulfils."""
    bounds = [bound.version for bound in requirement.specifier if bound.operator == ">="]
    return f"{requirement.name}=={bounds[0]}"


def indirect() -> set[str]:
    """Return the names of all that .venv has of what yoyak needs, and of what these need."""
    names: set[str] = set()
    wanted = [requirement.name for requirement in requirements()]
    while wanted:
        name = wanted.pop().lower()
        if name in names:
            continue
        try:
            needs = [Requirement(text) for text in distribution(name).requires or ()]
        except PackageNotFoundError:
            continue
        names.add(name)
        wanted += [need.name for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
    return names


def run(*arguments: object) -> str:
    """Run a program and return what it prints; end when it fails."""
    done = subprocess.run(
        [str(argument) for argument in arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(python: Path, output: Path) -> None:
    """Build the sample site; both builds have the same clock."""
    run(python, "-m", "yoyak", "build", "--output", output, "--at", "2026-01-01")


def differing(one: Path, other: Path) -> list[str]:
    """Return the files of two folders that differ or are in one of them only."""
    names = {
        path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*") if path.is_file()
    }
    return sorted(name for name in names if not _same(one / name, other / name))


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def try_with(releases: list[str], folder: Path) -> None:
    """Try yoyak with these releases, in an environment below a folder."""
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment" / "bin" / "python"
    tools = [
        str(need)
        for need in requirements("dev")
        if need.name in {"pytest", "pytest-timeout", "pytest-xdist", "hypothesis"}
    ]
    run(python, "-m", "pip", "install", "--quiet", *releases, *tools)
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", ROOT)
    build(python, folder / "tried")
    build(Path(sys.executable), folder / "usual")
    if found := differing(folder / "tried", folder / "usual"):
        sys.exit(f"The sample site differs in {len(found)} files: {', '.join(found[:5])}")
    print(run(python, "-m", "pytest", "-q", *(f"tests/{name}" for name in TESTS)).splitlines()[-1])


def newest(folder: Path) -> list[str]:
    """Return the newest releases as requirements, or nothing when .venv has them all."""
    venv.create(folder / "newest", with_pip=True)
    python = folder / "newest" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", *map(str, requirements()))
    found = [line for line in run(python, "-m", "pip", "freeze").splitlines() if "==" in line]
    here = {f"{name}=={version(name)}".lower().replace("_", "-") for name in indirect()}
    return [] if {line.lower().replace("_", "-") for line in found} <= here else found


def main(which: str) -> None:
    """Try one of the two."""
    with tempfile.TemporaryDirectory(prefix="yoyak-versions-") as name:
        folder = Path(name)
        os.environ["PYTHONPATH"] = ""
        releases = newest(folder) if which == "newest" else [lowest(requirement) for requirement in requirements()]
        print(f"{which}: {', '.join(releases) or 'as in .venv'}")
        if releases:
            try_with(releases, folder)


main(sys.argv[1])
