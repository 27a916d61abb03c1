"""Where a built site has its pages of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yoyak.pages.types import PAGE_TYPES

KINDS = tuple(one.kind for one in PAGE_TYPES if one.template.endswith(".html") and one.kind != "redirect")
"""Those of pages to look at: feeds and redirects are none."""


def pages_of(kind: str, output: Path) -> list[str]:
    """Return the files of one kind, relative to the output folder, the fullest first."""
    files = [
        file for file in output.rglob("*.html") if f'<body class="kind-{kind}"' in file.read_text(encoding="utf-8")
    ]
    return [
        file.relative_to(output).as_posix() for file in sorted(files, key=lambda file: (-file.stat().st_size, file))
    ]


def html_files(output: Path) -> Iterator[Path]:
    """Give every HTML file of a built site in order."""
    yield from sorted(output.rglob("*.html"))
