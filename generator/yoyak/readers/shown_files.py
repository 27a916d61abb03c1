"""The files that a finished body shows or links to: those that are not what they should be, and the one to share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import basename
from unicodedata import normalize
from urllib.parse import unquote

from yoyak.model.message import Problem, say
from yoyak.model.sources import ASSETS
from yoyak.model.types import Picture
from yoyak.readers.around import Surroundings
from yoyak.readers.links import assets_in
from yoyak.text.file_kinds import PDF_SHOWN, fault_of
from yoyak.text.file_names import as_meant

_PICTURE = re.compile(r"<img\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
NOT_SHARED = (".svg", ".pdf")
"""What messengers and social networks show nothing of: they take pictures made of pixels."""


def faulty_files(html: str, more: Iterable[str], path: str, text: str, around: Surroundings) -> Iterator[Problem]:
    """Yield an error for each file that clean HTML shows and that no browser could, at its line in the article's text.

    `more` are output paths of what a page shows beside the HTML.
    """
    for output in dict.fromkeys((*assets_in(html, around.base_path), *more)):
        asset = around.assets.get(output.removeprefix(ASSETS)) if output.startswith(f"{ASSETS}content/") else None
        if asset and asset.fault:
            yield _problem(asset.fault, asset.path, path, text)
    for picture in _pictures(html):
        if picture.url.endswith(".pdf") and picture.url.startswith(around.base_path + ASSETS):
            name = unquote(basename(picture.url)).rsplit(".", 2)[0] + ".pdf"
            yield _problem(PDF_SHOWN, name, path, text)


def _problem(fault: str, shown: str, path: str, text: str) -> Problem:
    name = basename(shown)
    what, todo = fault_of(fault)
    return Problem(
        code="not-a-picture",
        message=say("not-a-picture", name=name, what=what),
        hint=todo,
        path=path,
        line=_line_of(name, text),
    )


def _line_of(name: str, text: str) -> int:
    """Return the first line that names a file, preferably where an address would; 0 when none does."""
    meant = as_meant(name)
    lines = [as_meant(unquote(unescape(normalize("NFC", line)))) for line in text.split("\n")]
    naming = [number for number, line in enumerate(lines, 1) if meant in line]
    in_address = re.compile(rf"[(\[\"'<=/]\s*{re.escape(meant)}|(?:image|src):\s*{re.escape(meant)}")
    return next((number for number in naming if in_address.search(lines[number - 1])), naming[0] if naming else 0)


def shared_picture(image: Picture | None, html: str, around: Surroundings) -> Picture | None:
    """Return what a link to an article shows of it elsewhere: its picture, or the first of its body, that is no SVG."""
    prefix = around.base_path + ASSETS
    candidates = (*((image,) if image else ()), *(one for one in _pictures(html) if one.url.startswith(prefix)))
    return next((one for one in candidates if not one.url.lower().endswith(NOT_SHARED)), None)


def _pictures(html: str) -> Iterator[Picture]:
    """Yield the pictures of clean HTML."""
    for tag in _PICTURE.findall(html) if "<img" in html else ():
        found = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        width, height = (int(found[name]) if found.get(name, "").isdecimal() else 0 for name in ("width", "height"))
        if "src" in found:
            yield Picture(url=found["src"], alt=found.get("alt", ""), width=width, height=height)
