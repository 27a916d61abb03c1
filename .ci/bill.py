"""Write the bill of materials of the wheel in a folder: what an installation of it brings, as CycloneDX."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent


def write_bill(program: str, wheel: Path) -> Path:
    """Install a wheel in the releases of lock.txt into an empty environment, and write down what is there."""
    place = wheel.with_suffix(".cdx.json")
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "environment"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        quiet = ["--quiet", "--disable-pip-version-check"]
        _run(python, "-m", "pip", "install", *quiet, "--constraint", _constraints(Path(folder)), wheel)
        _run(python, "-m", "pip", "uninstall", *quiet, "--yes", "pip", "setuptools")
        main = ["--pyproject", HERE.parent / "pyproject.toml", "--mc-type", "application"]
        _run(program, "environment", python, *main, "--output-reproducible", "--short-PURLs", "--output-file", place)
    return place


def _constraints(folder: Path) -> Path:
    """Return the lock as constraints: without hashes, since pip would ask for the wheel's own too."""
    lines = (HERE / "lock.txt").read_text(encoding="utf-8").splitlines()
    place = folder / "constraints.txt"
    place.write_text(
        "\n".join(line.removesuffix(" \\") for line in lines if not line.startswith(" ")), encoding="utf-8"
    )
    return place


def _run(*arguments: object) -> None:
    subprocess.run([str(argument) for argument in arguments], check=True)


for found in sorted(Path(sys.argv[2]).glob("*.whl")):
    write_bill(sys.argv[1], found)
