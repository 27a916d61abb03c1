"""The examples of the CommonMark specification, which are not part of the project."""

from __future__ import annotations

import re
from typing import NamedTuple

from readers.markdown.reading import CORPORA

SPECIFICATION = CORPORA / "commonmark-spec.txt"
_EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)\n?^\.\n(.*?)^`{32}$|^#{1,6} +([^\n]*)$", re.DOTALL | re.MULTILINE)


class Example(NamedTuple):
    number: int
    """As on spec.commonmark.org."""
    section: str
    source: str
    html: str


def examples() -> list[Example]:
    """Return all examples in their order; none where the specification is not there."""
    if not SPECIFICATION.is_file():
        return []
    found: list[Example] = []
    section = ""
    for match in _EXAMPLE.finditer(SPECIFICATION.read_text(encoding="utf-8")):
        if match[3] is not None:
            section = match[3]
        else:
            source, html = match[1].replace("→", "\t") + "\n", match[2].replace("→", "\t")
            found.append(Example(len(found) + 1, section, source, html))
    return found
