"""Where a built site has its pages of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from yoyak.pages.types import PAGE_TYPES

KINDS = tuple(one.kind for one in PAGE_TYPES if one.template.endswith(".html") and one.kind != "redirect")
"""Those of pages to look at: feeds and redirects are none."""


def pages_of(kind: str, output: Path) -> list[str]:
    """Return the files of one kind, relative to the output folder, the fullest first."""
    return [path for path, body in _bodies(output).items() if body == f'<body class="kind-{kind}"']


@cache
def _bodies(output: Path) -> dict[str, str]:
    """Return where the body of each page begins; a site that a test opens is not built again."""
    files = sorted(output.rglob("*.html"), key=lambda file: (-file.stat().st_size, file))
    texts = {file.relative_to(output).as_posix(): file.read_text(encoding="utf-8") for file in files}
    return {path: found[0] for path, text in texts.items() if (found := _BODY.search(text))}


_BODY = re.compile('<body class="kind-[^" ]*"')


def html_files(output: Path) -> Iterator[Path]:
    """Give every HTML file of a built site in order."""
    yield from sorted(output.rglob("*.html"))
