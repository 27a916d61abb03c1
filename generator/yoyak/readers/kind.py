"""Which reader a file is for. What stands in it counts for more than its ending."""

from __future__ import annotations

import re

from yoyak.model import Kind

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_MARKDOWN = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"!?\[[^\]\n]+\]\([^)\s]+\)"),
    re.compile(r"^\s*(?:[-*+]|\d+\.) \S.*\n\s*(?:[-*+]|\d+\.) \S", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]*\*\*"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\|.+\|\s*\n\|[ :|-]+\|", re.MULTILINE),
)


def kind_of(path: str, text: str) -> Kind:
    """Return the kind of the file `path`, whose text behind its front matter is `text`."""
    if _PAGE.match(text):
        return "saved_page"
    ending = path.lower().rpartition(".")[2]
    if ending in ("html", "htm"):
        return "saved_page"
    if ending == "txt":
        return "markdown" if _is_plainly_markdown(text) else "capture"
    return "markdown"


def _is_plainly_markdown(text: str) -> bool:
    """Tell whether two different marks of Markdown stand in a text; one alone can be a page's furniture."""
    return sum(1 for mark in _MARKDOWN if mark.search(text)) >= 2
