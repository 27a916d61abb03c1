"""Components and lines of MDX."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yoyak.importing.marks.films import FILMS
from yoyak.importing.marks.made import box, folded, is_box, picture
from yoyak.importing.marks.mark import Maker, Mark, Replacement

_VALUE = re.compile(r"=\s*\{\s*(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}$]*)`)\s*\}")
_UNKNOWN = re.compile(r"([\w:-]+)\s*=\s*\{[^{}]*\}")


def plain(rest: str) -> str:
    """Return attributes with their texts in quotes, and without those that are computed."""
    return _UNKNOWN.sub("", _VALUE.sub(lambda found: f'="{found[1] or found[2] or found[3] or ""}"', rest))


def _image(mark: Mark) -> Replacement | None:
    return picture(mark.given("src"), mark.given("alt"), mark.given("caption", "title"))


def _box(mark: Mark) -> Replacement | None:
    if mark.inner is None:
        return None
    kind = mark.given("type", "variant", "kind", "intent")
    kind = kind if is_box(kind) else mark.name if is_box(mark.name) else "note"
    return box(kind, mark.given("title"), mark.inside(mark.inner))


def _details(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else folded(mark.given("title", "summary"), mark.inside(mark.inner))


MDX: Mapping[str, Maker] = {
    "image": _image, "img": _image, "picture": _image, "figure": _image, "youtube": FILMS["youtube"],
    "youtubeembed": FILMS["youtube"], "vimeo": FILMS["vimeo"], "tweet": FILMS["tweet"], "gist": FILMS["gist"],
    **dict.fromkeys("aside callout note tip warning caution danger info admonition alert".split(), _box),
    "details": _details, "accordion": _details, "collapsible": _details,
}  # fmt: skip
