"""The wheel is small, complete, and makes the same site as the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow

LARGEST_WHEEL = 1_700_000
# docs/decisions/0081, 0132 and 0156.
LARGEST_INSTALLATION = 87_000_000
HEAVY = {"babel", "bs4", "jinja2", "msgspec", "nh3", "rich", "selectolax", "starlette", "watchdog", "yaml"}


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive, so that the archive is complete too."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("environment") / "설치 venv"
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    _run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    return programs


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_the_wheel_holds_the_package_the_templates_and_the_starter_alone(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"yoyak"}
    assert {"yoyak/starter/site.yaml", "yoyak/cli/commands.py"} <= set(names)
    assert any(name.startswith("yoyak/templates/") for name in names)
    assert [name for name in names if "__pycache__" in name or "/tests/" in name or "node_modules" in name] == []


def test_an_installation_is_small(installed: Path) -> None:
    before = _size_of_packages("pip", "setuptools", installed=installed)
    assert before < LARGEST_INSTALLATION


def test_the_version_is_said_without_loading_what_a_build_needs(installed: Path) -> None:
    told = _run(installed / "python", "-X", "importtime", "-c", "from yoyak.cli.commands import commands").stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
    assert "click" in loaded
    assert loaded & HEAVY == set()


def test_a_new_site_of_the_wheel_is_the_sample_site_of_the_checkout(
    installed: Path, tmp_path: Path, checkout: Path, yoyak: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    _run(installed / "yoyak", "new", "x", cwd=tmp_path)
    _run(installed / "yoyak", "build", "--site", "x", cwd=tmp_path)
    built = yoyak("build", "--site", checkout, "--output", tmp_path / "expected")
    assert built.returncode == 0, built.stderr
    assert _files(tmp_path / "x" / "output") == _files(tmp_path / "expected")


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != ".gitignore")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _size_of_packages(*without: str, installed: Path) -> int:
    """Return the bytes below site-packages, but for what an empty environment has already."""
    packages = next((installed.parent / "lib").glob("python*/site-packages"))
    files = (path for path in packages.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files if not path.relative_to(packages).parts[0].startswith(without))


def _run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    # No PYTHONPATH: the installed package must be found, not the checkout's.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result
