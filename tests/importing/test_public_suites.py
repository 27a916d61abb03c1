"""The files of public parsers' suites: no crash, and no entry lost without a word. None of them is in this repository.

They are taken from ``YOYAK_SUITES``, a folder with unpacked source packages, else downloaded into a folder of the
machine's temporary files. ``YOYAK_SUITE_FILES=0`` reads all of them.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

import pytest

from importing.desk import new_site
from yoyak.importing.article import draft_of
from yoyak.importing.originals import Original
from yoyak.importing.readings import readings_of
from yoyak.settings.config import SiteConfig, load_config

SAMPLE = int(os.environ.get("YOYAK_SUITE_FILES", "150"))


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> SiteConfig:
    found, _ = load_config(new_site(tmp_path_factory.mktemp("site")), at=None, preview=True, environment={})
    assert found
    return found


def _suites() -> Path:
    if given := os.environ.get("YOYAK_SUITES"):
        return Path(given)
    place = Path(tempfile.gettempdir()) / "yoyak-suites"
    if not any(place.glob("feedparser-*/tests")):
        place.mkdir(exist_ok=True)
        asked = ["download", "--quiet", "--no-binary", "feedparser", "--no-deps", "--dest", str(place), "feedparser"]
        try:
            subprocess.run([sys.executable, "-m", "pip", *asked], check=True, timeout=60, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            pytest.skip("The source package of feedparser cannot be had; name a folder in YOYAK_SUITES.")
        for packed in place.glob("*.tar.gz"):
            with tarfile.open(packed) as archive:
                archive.extractall(place, filter="data")
    return place


def _sample(files: list[Path]) -> list[Path]:
    return random.Random(11).sample(files, min(len(files), SAMPLE or len(files)))


def _read(path: Path, name: str, config: SiteConfig) -> tuple[int, int]:
    """Return how many articles a file gives, and how much is said of it."""
    original = Original(given=name, name=name, data=path.read_bytes(), find=lambda _: None)
    readings = readings_of(original, config)
    drafts = [draft_of(one, config, ()) for one in readings.found]
    said = len(readings.problems) + len(readings.left) + sum(len(problems) for _, problems in drafts)
    return sum(draft is not None for draft, _ in drafts), said


def test_no_feed_of_a_public_suite_loses_an_entry_in_silence(config: SiteConfig) -> None:
    import feedparser

    files = sorted(_suites().glob("feedparser-*/tests/*formed/**/*.xml"))
    if not files:
        pytest.skip("The source package of feedparser has no tests.")
    lost = []
    for path in _sample(files):
        made, said = _read(path, path.name, config)
        wanted = len(feedparser.parse(BytesIO(path.read_bytes()), sanitize_html=False).entries)
        if made < wanted and not said:
            lost.append(f"{path.name}: {made} of {wanted}")
    assert lost == []


def test_no_mail_of_a_public_suite_is_lost_in_silence(config: SiteConfig) -> None:
    spec = importlib.util.find_spec("test")
    folders = [Path(place) / "test_email/data" for place in (spec.submodule_search_locations or ()) if spec]
    files = sorted(path for folder in folders for path in folder.glob("msg_*.txt"))
    files += sorted(Path(os.environ.get("YOYAK_SUITES", "/nowhere")).glob("*/tests/**/*.eml"))
    if not files:
        pytest.skip("This Python came without its own tests.")
    silent = [path.name for path in _sample(files) if _read(path, f"{path.stem}.eml", config) == (0, 0)]
    assert silent == []
