"""Write all golden files anew: ``python -m tests.update [CASE …]``. Read the difference before you commit it.

A case is the name of a site, a saved page or a capture; ``captures`` are all of those, ``importing`` is what
the originals of imports become, ``problems`` is docs/reference/problems.md.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "generator")]

import capture_readings  # noqa: E402 - found by the line above
from golden import (  # noqa: E402 - found by the line above
    INVALID,
    SITES,
    build_golden,
    expected_of,
    golden_cases,
    invalid_cases,
    problems_of,
)
from importing.golden import write_golden  # noqa: E402
from page_readings import page_names, reading_file, reading_of  # noqa: E402
from problems_page import languages, page_file, page_of  # noqa: E402
from yoyak.messages.catalogue import LANGUAGES, compiled  # noqa: E402

MESSAGES = Path(__file__).parent.parent / "generator" / "yoyak" / "messages"


def main(wanted: list[str]) -> None:
    """Update the named cases, or all."""
    _update_messages(wanted)
    for case in golden_cases():
        if not wanted or case in wanted:
            _update_golden(case)
    for case in invalid_cases():
        if not wanted or case in wanted:
            with tempfile.TemporaryDirectory() as folder:
                text = problems_of(case, Path(folder) / "site")
            (INVALID / case / "problems.txt").write_text(text, encoding="utf-8")
    for name in page_names():
        if not wanted or name in wanted:
            reading_file(name).write_text(reading_of(name), encoding="utf-8")
    for name in capture_readings.capture_names():
        if not wanted or {name, "captures"} & set(wanted):
            capture_readings.reading_file(name).write_text(capture_readings.reading_of(name), encoding="utf-8")
    for language in languages() if not wanted or "problems" in wanted else ():
        page_file(language).write_text(page_of(language), encoding="utf-8")
    if not wanted or "importing" in wanted:
        write_golden()


def _update_messages(wanted: list[str]) -> None:
    for language in LANGUAGES if not wanted or "messages" in wanted else ():
        (MESSAGES / f"{language}.json").write_bytes(compiled(language))


def _update_golden(case: str) -> None:
    expected = SITES / case / "expected"
    shutil.rmtree(expected, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        files = expected_of(case, build_golden(case, Path(folder) / "site"))
    for path, data in files.items():
        place = expected / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
