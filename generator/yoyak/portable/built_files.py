"""The files of a portable site as its build wrote them, read for a bundle."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from yoyak.files.site_files import read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, decode_manifest
from yoyak.model.message import say

PICTURES: Mapping[str, str] = MappingProxyType(
    {
        "avif": "image/avif", "gif": "image/gif", "ico": "image/x-icon", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp",
    }
)  # fmt: skip
"""Media types of pictures, by the ending of their names."""
_FONTS = ("woff2", "woff", "ttf", "otf")


class BuiltFiles:
    """The files that the manifest of a built site lists, each compared with it when it is read."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._digests = decode_manifest(read_of_output(output, MANIFEST)).files
        self.paths = frozenset(self._digests)

    def data(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            YoyakError: it is another one than the build wrote.
        """
        data = read_of_output(self._output, path)
        if hashlib.sha256(data).hexdigest() != self._digests[path]:
            raise YoyakError(say("bundle.changed", path=path, folder=str(self._output)))
        return data

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return self.data(path).decode("utf-8", "replace")

    @cache  # noqa: B019 - it lives as long as the making of one bundle
    def data_url(self, path: str) -> str:
        """Return a picture or a font as an address that holds it; empty for any other file."""
        ending = ending_of(path)
        kind = PICTURES.get(ending) or (f"font/{ending}" if ending in _FONTS else "")
        return f"data:{kind};base64,{in_base64(self.data(path))}" if kind and path in self.paths else ""


def ending_of(path: str) -> str:
    """Return the ending of a file's name in small letters, without its dot."""
    return path.rpartition(".")[2].lower()


def in_base64(data: bytes) -> str:
    """Return bytes as letters."""
    return base64.b64encode(data).decode()
