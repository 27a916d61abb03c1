"""Markdown that other people wrote: what installed packages ship, found when the tests run."""

from __future__ import annotations

import shutil
import site
import sys
import sysconfig
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path

ENOUGH, WANTED = 100, 300
LONGEST = 200_000
_TESTS = Path(__file__).parents[2]


def real_files() -> list[tuple[str, str]]:
    """Return texts with their names, different ones only; at most 300."""
    found: dict[str, str] = {}
    for name, text in _all():
        if 200 < len(text) < LONGEST and text not in found:
            found[text] = name
        if len(found) == WANTED:
            break
    return [(name, text) for text, name in found.items()]


def _all() -> Iterator[tuple[str, str]]:
    for folder in _site_packages():
        for file in sorted(folder.glob("*.dist-info/METADATA")):
            message = message_from_string(_text(file))
            if "markdown" in (message.get("Description-Content-Type") or ""):
                yield f"{file.parent.name}/METADATA", str(message.get_payload())
    for folder in (*_site_packages(), *_node_modules(), Path("/usr/share/doc")):
        files = sorted([*folder.rglob("*.md"), *folder.rglob("*.markdown")]) if folder.is_dir() else []
        # The big ones are changelogs of one hand: of each folder a few, so that many hands are among them.
        taken: dict[Path, int] = {}
        for file in files:
            taken[file.parent] = taken.get(file.parent, 0) + 1
            if taken[file.parent] <= 25:
                yield file.relative_to(folder).as_posix(), _text(file)


def _site_packages() -> list[Path]:
    own = Path(sysconfig.get_path("purelib"))
    base = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    return list(dict.fromkeys([own, base, *map(Path, site.getsitepackages()), Path("/usr/lib/python3/dist-packages")]))


def _node_modules() -> list[Path]:
    npm = shutil.which("npm")
    beside = [Path(npm).resolve().parents[2]] if npm else []
    return [_TESTS / "browser" / "node_modules", *beside]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return ""
