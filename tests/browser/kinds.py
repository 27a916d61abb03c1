"""Where a built site has its pages of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PATTERNS = {
    "front": "index.html",
    "editions": "editions/index.html",
    "edition": "editions/*/index.html",
    "article": "articles/*/index.html",
    "themes": "themes/index.html",
    "theme": "themes/*/index.html",
    "tags": "tags/index.html",
    "tag": "tags/*/index.html",
    "sources": "sources/index.html",
    "source": "sources/*/index.html",
    "authors": "authors/index.html",
    "author": "authors/*/index.html",
    "archive": "archive/index.html",
    "year": "archive/*/index.html",
    "month": "archive/*/*/index.html",
    "day": "archive/*/*/*/index.html",
    "page": "about/index.html",
    "not_found": "404.html",
}
"""By the kind that yoyak.model.PageKind names; feeds and redirects are no pages to look at."""


def pages_of(kind: str, output: Path) -> list[str]:
    """Return the files of one kind, relative to the output folder, the fullest first."""
    files = [file for file in output.glob(PATTERNS[kind]) if not _redirects(file)]
    return [
        file.relative_to(output).as_posix() for file in sorted(files, key=lambda file: (-file.stat().st_size, file))
    ]


def html_files(output: Path) -> Iterator[Path]:
    """Give every HTML file of a built site in order."""
    yield from sorted(output.rglob("*.html"))


def _redirects(file: Path) -> bool:
    return 'http-equiv="refresh"' in file.read_text(encoding="utf-8")
