"""The words of the preview's windows: their scripts get them from the catalogue, in the language of the site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import json

from yoyak.messages.catalogue import texts

_PLACE = "{ /* words */ }"
"""What stands in a script where its words belong."""
_PARTS = "/* parts */"


def words_of(beginning: str, language: str) -> dict[str, str]:
    """Return the texts whose keys begin so, by the rest of their keys. Who shows them fills their places."""
    found = texts(language).items()
    return {key.removeprefix(beginning): str(text) for key, text in found if key.startswith(beginning)}


def script_with_words(script: Path, beginning: str, language: str, parts: Sequence[Path] = ()) -> bytes:
    """Return a script with the words that it shows; ``lang`` is their language, ``keys`` are names of keys.

    `parts` are scripts that it has inside, so that the pages beside it see nothing of them.
    """
    names = {key.replace("-", " "): text for key, text in words_of("preview.key.", language).items()}
    words = json.encode({"lang": language, "keys": names, **words_of(beginning, language)}).decode()
    inside = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return script.read_text(encoding="utf-8").replace(_PLACE, words).replace(_PARTS, inside).encode()
