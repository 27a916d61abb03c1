"""Which reader a file is for. What stands in it counts for more than its ending."""

from __future__ import annotations

import re

from yoyak.model.types import Kind
from yoyak.readers.capture.pasted import signs_of_paste

_BEFORE = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->)", re.DOTALL)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
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
    if _begins_as_page(text):
        return "saved_page"
    ending = path.lower().rpartition(".")[2]
    if ending in ("html", "htm"):
        return "saved_page"
    if ending == "txt":
        return "markdown" if _is_plainly_markdown(text) and not signs_of_paste(text) else "capture"
    return "markdown"


def _begins_as_page(text: str) -> bool:
    """Tell whether a text begins as web pages do, after what browsers write above: a declaration, comments."""
    at = 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    return _PAGE.match(text, at) is not None


def _is_plainly_markdown(text: str) -> bool:
    """Tell whether two different marks of Markdown stand in a text; one alone can be a page's furniture."""
    return sum(1 for mark in _MARKDOWN if mark.search(text)) >= 2
