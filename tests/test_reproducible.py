"""The same site gives the same bytes on another machine: below another path, in another zone, language and mood.

The wheel does, too. `YOYAK_REPRODUCED=64` tries all combinations; each run takes others.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yoyak.paths import STARTER_PARTS

TIMES = int(os.environ.get("YOYAK_REPRODUCED", "6"))
PATHS = ("a", "나라/with space")
ZONES = ("Pacific/Kiritimati", "America/St_Johns")
LOCALES = ("C", "ko_KR.UTF-8")
UMASKS = (0o022, 0o077)
SEEDS = ("0", "4711")
JOBS = ("1", "3")
EVERY = tuple(itertools.product(PATHS, ZONES, LOCALES, UMASKS, SEEDS, JOBS))


def digest_below(folder: Path) -> str:
    """Return one digest of all paths and bytes below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def built(site: Path, checkout: Path, *command: str, jobs: str = "2", umask: int = -1, **environment: str) -> str:
    """Build the sample site in a folder and return the digest of its output."""
    site.mkdir(parents=True)
    for part in STARTER_PARTS:
        copy = shutil.copytree if (checkout / part).is_dir() else shutil.copy
        copy(checkout / part, site / part)
    environment = {**os.environ, "PYTHONPATH": str(checkout / "generator"), **environment}
    given = [sys.executable, *command, "build", "--at", "2024-07-31T12:00+09:00", "--jobs", jobs, "--quiet"]
    done = subprocess.run(given, cwd=site, env=environment, umask=umask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return digest_below(site / "output")


def test_the_same_site_gives_the_same_bytes_anywhere(tmp_path: Path, checkout: Path) -> None:
    chosen = random.SystemRandom().sample(EVERY, min(TIMES, len(EVERY)))
    digests: dict[str, list[object]] = {}
    for number, (below, zone, locale, umask, seed, jobs) in enumerate(chosen):
        around = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        found = built(tmp_path / str(number) / below, checkout, "-m", "yoyak", jobs=jobs, umask=umask, **around)
        digests.setdefault(found, []).append(chosen[number])
    assert len(digests) == 1, digests


def test_a_system_without_fork_makes_the_same_bytes(tmp_path: Path, checkout: Path) -> None:
    code = "import os; {}; from yoyak.__main__ import main; main()"
    found = [
        built(tmp_path / str(n), checkout, "-c", code.format(line)) for n, line in enumerate(("del os.fork", "pass"))
    ]
    assert found[0] == found[1]


@pytest.mark.slow
def test_the_wheel_is_the_same_file_each_time(tmp_path: Path, checkout: Path) -> None:
    found = set()
    for number, zone in enumerate(ZONES):
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / str(number), "."]
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": str(number)}
        done = subprocess.run(
            command, cwd=checkout, env=environment, umask=UMASKS[number], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        found.add(hashlib.sha256(next((tmp_path / str(number)).glob("*.whl")).read_bytes()).hexdigest())
    assert len(found) == 1
