"""The text of a mail without HTML: paragraphs and quotations, with the line ends undone that a mail program put in."""

from __future__ import annotations

import re
from html import escape

_QUOTED = re.compile(r"^>[> ]*")
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_WRAPPED = range(50, 100)
"""Characters of a line that a mail program may have broken by itself."""


def plain_mail(text: str) -> str:
    """Return the text of a mail as HTML; what stands below the mark of a signature is left out."""
    body = _SIGNATURE.split(text, maxsplit=1)[0]
    parts = [part.strip("\n") for part in re.split(r"\n[ \t\u00a0]*\n", body)]
    return "\n".join(_block(part) for part in parts if part.strip())


def _block(part: str) -> str:
    lines = part.split("\n")
    quoted = all(line.startswith(">") for line in lines)
    words = _unwrapped([_QUOTED.sub("", line) for line in lines] if quoted else lines)
    html = f"<p>{escape(words, quote=False).replace(chr(10), '<br>')}</p>"
    return f"<blockquote>{html}</blockquote>" if quoted else html


def _unwrapped(lines: list[str]) -> str:
    """Return lines as one, where each but the last is as long as a mail program makes it."""
    if len(lines) > 1 and all(len(line.rstrip()) in _WRAPPED for line in lines[:-1]):
        return " ".join(line.strip() for line in lines)
    return "\n".join(line.strip() for line in lines)
