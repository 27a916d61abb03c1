"""Strings that others collected to break programs. They are no part of the project: tests without them are skipped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from msgspec import json

PLACE = Path(__file__).parent.parent.parent.parent / "shared" / "corpora"
NAMES = ("naughty", "scripts", "markdown")
_EXAMPLE = re.compile(r"(?ms)^`{32} example[^\n]*\n(.*?)\n\.\n.*?^`{32}$")
_CALLS = {
    "%js_uri_alert": "javascript:alert(1)",
    "%js_base64_alert": "YWxlcnQoMSk=",
    "%js_write": "document.write(alert(1))",
}
_PLACEHOLDER = re.compile(r"%(?:js|html)_[a-z0-9_]+%")


@cache
def strings(name: str) -> tuple[str, ...]:
    """Return the strings of a corpus; skip the test where it is missing."""
    if name == "naughty":
        return tuple(json.decode(_file("blns.json"), type=list[str]))
    if name == "scripts":
        return tuple(_armed(vector["data"]) for vector in json.decode(_file("h5sc.json")))
    return tuple(text.replace("→", "\t") for text in _EXAMPLE.findall(_file("commonmark-spec.txt").decode()))


def triggers() -> tuple[str, ...]:
    """Return what a reader might do on a page with a vector, as scripts."""
    return tuple(sorted({vector["trigger"] for vector in json.decode(_file("h5sc.json")) if vector["trigger"]}))


def _armed(vector: str) -> str:
    """Put a call that the trap sees wherever a vector leaves a place for one."""

    def call(placeholder: re.Match[str]) -> str:
        return next((code for mark, code in _CALLS.items() if placeholder[0].startswith(mark)), "alert(1)")

    return _PLACEHOLDER.sub(call, vector)


def _file(name: str) -> bytes:
    place = PLACE / name
    if not place.is_file():
        pytest.skip(f"{name} is not here: it is not part of the project")
    return place.read_bytes()
