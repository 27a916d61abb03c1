"""Readings of articles as values: paragraphs and fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from yoyak.model.review import Seen, TextBlock


def seen(*texts: str, **fields: str) -> Seen:
    """Return what is seen of an article of these paragraphs."""
    return Seen(digest="", fields=tuple(fields.items()), blocks=blocks(*texts))


def blocks(*texts: str) -> tuple[TextBlock, ...]:
    """Return paragraphs; a text with line ends is code."""
    paths = ("pre" if "\n" in text else "p" for text in texts)
    return numbered((path, text, f"{path}: {text}") for path, text in zip(paths, texts, strict=True))


def numbered(found: Iterable[tuple[str, str, str]]) -> tuple[TextBlock, ...]:
    """Return blocks with their ids, of which these are path, text and line."""
    counts = Counter[str]()
    row = []
    for path, text, line in found:
        digest = sha256(text.encode()).hexdigest()[:8]
        counts[digest] += 1
        row.append(TextBlock(id=f"{digest}-{counts[digest]}", path=path, text=text, line=line))
    return tuple(row)
