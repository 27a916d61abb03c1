"""The manifest: which files a built site has. The build writes it, the preview and a deploy read it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import json

from yoyak.model.types import Record

NAME = ".yoyak-manifest.json"
"""Where it stands in a built site."""
FORMAT = 1


class Manifest(Record, kw_only=True):
    """Every file of one build but the manifest itself."""

    format: int
    preview: bool
    base_url: str
    files: Mapping[str, str]
    """SHA-256 in hex by path."""


def encode(manifest: Manifest) -> bytes:
    """Return a manifest as JSON that a person can read; paths are sorted."""
    return json.format(json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def decode(data: bytes) -> Manifest:
    """Return the manifest that `data` holds. Whether its paths are safe to use is for its reader to ask.

    Raises:
        ValueError: it holds none.
    """
    return json.decode(data, type=Manifest)
