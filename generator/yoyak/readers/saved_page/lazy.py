"""Pictures that a page loads late: where their addresses stand until a script has run."""

from __future__ import annotations

import re

from yoyak.readers.word_lists import alternatives, groups

LAZY = groups("late-pictures", "words")["html"]
"""Attributes with one address, the surest first: `src` is only a placeholder where there is another."""
SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set", "data-ezsrcset", "imagesrcset")
NO_SCRIPT = re.compile(r"<noscript\b[^>]*>(?P<inside>.*?)</noscript\s*>", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"</noscript\s*>", re.IGNORECASE)
_IMAGE = re.compile(r"""<img\b(?>[^>"']+|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)
_NAMES = "|".join(map(re.escape, (*LAZY, *SETS)))
_ADDRESS = re.compile(rf"""\s(?:{_NAMES})\s*=\s*["']?\s*(?!data:|blob:|about:)([^\s"'>]+)""", re.IGNORECASE)
PLACEHOLDER = re.compile(rf"(?:^|[/_.-])(?:{alternatives('placeholders')})(?:[_.-]|$)", re.IGNORECASE)
_COUNTS = re.compile(
    r"""\s(?:width|height)\s*=\s*["']?[01](?:px)?["'\s>/]|display\s*:\s*none|facebook\.com/tr\b|pixel|beacon""",
    re.IGNORECASE,
)
_BEFORE = 3_000


def with_late_pictures(html: str) -> str:
    """Return a page in which the picture of a ``<noscript>`` stands in its place, where there is no other; the rest of
    what browsers without scripts would show is left out."""
    ends = [found.end() for found in _END.finditer(html)]
    if not ends:
        return html
    last = ends[-1]  # behind it each opened one would be sought to the end of the page
    return NO_SCRIPT.sub(_picture, html[:last]) + html[last:]


def _picture(found: re.Match[str]) -> str:
    inside = found["inside"]
    images = [image for image in _IMAGE.findall(inside) if _address(image) and not _COUNTS.search(image)]
    if len(images) != 1 or len(re.sub(r"<[^>]*>", "", inside).strip()) > 0:
        return " "
    around = found.string
    before = re.sub(r"(?:\s*</\w+>)*\s*$", "", around[max(0, found.start() - _BEFORE) : found.start()])
    last = before.rfind("<img")
    neighbour = _IMAGE.fullmatch(before, last) if last >= 0 else None
    behind = _IMAGE.match(around[found.end() : found.end() + _BEFORE].lstrip())
    shown = any(near and _address(near[0]) for near in (neighbour, behind))
    return " " if shown else images[0]


def _address(image: str) -> str:
    """Return where the tag of a picture says that it is; nothing for one that only keeps its place."""
    found = (match[1] for match in _ADDRESS.finditer(image))
    return next((address for address in found if not PLACEHOLDER.search(address.rpartition("/")[2])), "")
