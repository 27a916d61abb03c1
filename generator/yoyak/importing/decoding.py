"""Originals of which a few characters are in no encoding: the rest is read."""

from __future__ import annotations

import re

from yoyak.text.decoding import UndecodableError, clean_text, file_text

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_SURE = 10


def mostly_decoded(data: bytes, named: str = "") -> tuple[str, int]:
    """Return bytes as text, and how many characters of it are in no encoding: a few stay unread.

    Raises:
        UndecodableError: they are too many to be slips.
    """
    try:
        return file_text(data), 0
    except UndecodableError:
        declared = _DECLARED.search(data[:400])
        labels = (named, declared[1].decode() if declared else "", "utf-8", "cp949")
        tried = [label for label in labels if label]
        found = min((_replaced(data, codec) for codec in tried), key=lambda text: text.count("\ufffd"))
        unread = found.count("\ufffd")
        if unread * _SURE > sum(not char.isascii() for char in found) + _SURE * 2:
            raise
        return clean_text(found)[0], unread


def _replaced(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, "replace")
    except LookupError:
        return "\ufffd" * len(data)
