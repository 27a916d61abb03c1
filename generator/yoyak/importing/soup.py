"""HTML as a Beautiful Soup. Whatever the markup is, there is a soup: the parser alone refuses some."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, ParserRejectedMarkup, UnusualUsageWarning

from yoyak.text.marked_sections import without_odd_sections


def soup_of(markup: str) -> BeautifulSoup:
    """Return decoded markup, parsed by Python's own parser."""
    with warnings.catch_warnings():
        for kind in (MarkupResemblesLocatorWarning, UnusualUsageWarning):  # a text that looks like a file's name or XML
            warnings.simplefilter("ignore", kind)
        for make in _WAYS:
            try:
                return BeautifulSoup(make(markup), "html.parser")
            except (ParserRejectedMarkup, AssertionError):
                continue
        return BeautifulSoup(escape(markup, quote=False), "html.parser")


_WAYS: tuple[Callable[[str], str], ...] = (
    lambda markup: markup,
    without_odd_sections,
    lambda markup: without_odd_sections(markup).replace("<!", "&lt;!"),
)
"""The markup as it is; with what is refused as comments; with every declaration as text."""
