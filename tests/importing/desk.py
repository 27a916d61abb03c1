"""A desk that imports: a site, the command as a function, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sites import write_site
from yoyak.importing.results import ImportReport, ImportRequest
from yoyak.importing.run import import_originals

ORIGINALS = Path(__file__).parent / "originals"
EXPECTED = Path(__file__).parent / "expected"
NOON = "1720580400"
"""12 o'clock in Seoul on 10 July 2024, as SOURCE_DATE_EPOCH."""
SETTINGS = (
    "title: 시험 다이제스트\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
    "themes:\n  - {slug: islands, title: 섬, match: {tags: [섬], words: [빈집]}}\n  - {slug: harbour, title: 항구}\n"
)


def new_site(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a site with two themes and return it."""
    return write_site(folder, files or {}, SETTINGS)


def run_import(
    site: Path, *named: Path | str, themes: tuple[str, ...] = (), dry_run: bool = False, keep_originals: bool = False
) -> ImportReport:
    """Import files as the command does."""
    names = tuple(map(str, named))
    return import_originals(
        ImportRequest(folder=site, named=names, themes=themes, dry_run=dry_run, keep_originals=keep_originals)
    )


def contents(site: Path) -> dict[str, bytes]:
    """Return every file below content/, by its path from there."""
    root = site / "content"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def only_article(site: Path) -> str:
    """Return the text of the one article that was imported."""
    (found,) = [path for path in (site / "content").rglob("*.md") if "_sources" not in path.parts]
    return found.read_text(encoding="utf-8")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Write an original beside the site, and return it."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode() if isinstance(text, str) else text)
    return place
