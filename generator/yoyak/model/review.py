"""The values of editorial review."""

from __future__ import annotations

from yoyak.model.types import Record


class Anchor(Record, kw_only=True):
    """Where a note stands: exact words in the normalised text of one block, with what stands before and after."""

    block: str = ""
    """The id of the block; empty for a note on the whole article."""
    quote: str = ""
    """Empty for a note on the whole block."""
    before: str = ""
    after: str = ""


class TextBlock(Record, kw_only=True):
    """A block of a rendered text: a paragraph, an item, a heading, a row of a table, a figure."""

    id: str
    """A short digest of its text, and which of the blocks with the same text it is: ``3f9a2c1b-1``."""
    path: str
    """The elements that it stands in: ``p``, ``ul/li``, ``blockquote/p``, ``table/tr``."""
    text: str
    """Its words, NFC; white space is one space, but in code."""
    line: str
    """The same with its markup, on one line, as a `seen` text has it."""


class Seen(Record, kw_only=True):
    """The words and pictures that a reader gets of an article: what a verdict is about."""

    digest: str
    """SHA-256 of `seen_text`, hex."""
    fields: tuple[tuple[str, str], ...]
    """Name and value of each that is not empty: ``title``, ``authors`` …"""
    blocks: tuple[TextBlock, ...]
