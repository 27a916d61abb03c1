"""Readings of articles as values: paragraphs and fields."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from yoyak.model.review import Seen, TextBlock


def seen(*texts: str, **fields: str) -> Seen:
    """Return what is seen of an article of these paragraphs."""
    return Seen(digest="", fields=tuple(fields.items()), blocks=blocks(*texts))


def blocks(*texts: str) -> tuple[TextBlock, ...]:
    """Return paragraphs; a text that begins with a line end is code."""
    counts = Counter[str]()
    found = []
    for text in texts:
        digest = sha256(text.encode()).hexdigest()[:8]
        counts[digest] += 1
        path = "pre" if "\n" in text else "p"
        found.append(TextBlock(id=f"{digest}-{counts[digest]}", path=path, text=text, line=f"{path}: {text}"))
    return tuple(found)
