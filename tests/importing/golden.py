"""The golden import: every original imported into one site. ``python -m tests.update importing`` writes it anew."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from importing.desk import EXPECTED, NOON, ORIGINALS, contents, new_site, run_import
from yoyak.importing.telling import import_lines
from yoyak.messages.catalogue import paragraph


def imported(folder: Path) -> dict[str, bytes]:
    """Import every original into a site in `folder`; return the articles, and what was said and put where."""
    site = new_site(folder)
    report = run_import(site, ORIGINALS)
    found = contents(site)
    articles = {path: data for path, data in found.items() if path.endswith(".md") and not path.startswith("_")}
    said = [*map(paragraph, report.problems), *import_lines(report)]
    text = "\n".join(line.replace(f"{ORIGINALS}/", "") for line in said)
    return {**articles, "PATHS": "".join(f"{path}\n" for path in found).encode(), "SAID": f"{text}\n".encode()}


def write_golden() -> None:
    """Write what the originals become now."""
    os.environ["SOURCE_DATE_EPOCH"] = NOON
    shutil.rmtree(EXPECTED, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        files = imported(Path(folder))
    for path, data in files.items():
        place = EXPECTED / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
