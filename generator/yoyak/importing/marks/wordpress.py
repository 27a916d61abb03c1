"""Shortcodes of WordPress that are left in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yoyak.importing.marks.films import FILMS, frame
from yoyak.importing.marks.mark import Maker, Mark, Replacement, address, code, page, picture

_HTML = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?[^)]*\)")
_WRAP = re.compile(r"<a\b[^>]*>|</a>|\[(?=\0)|(?<=\0)\]\([^)]*\)", re.IGNORECASE)


def _caption(mark: Mark) -> Replacement | None:
    inner = mark.inner or ""
    html, markdown = _HTML.search(inner), _MARKDOWN.search(inner)
    found = html or markdown
    if found is None:
        return None
    rest = _WRAP.sub("", inner[: found.start()] + "\0" + inner[found.end() :]).replace("\0", "")
    words = mark.given("caption") or " ".join(rest.split())
    if markdown and found is markdown:
        return picture(markdown[2], markdown[1], words)
    return picture(_attribute(found[0], "src"), _attribute(found[0], "alt"), words)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag, re.IGNORECASE)
    return (found[1] or found[2] or "") if found else ""


def _gallery(mark: Mark) -> Replacement | None:
    numbers = [number for number in re.split(r"[\s,]+", mark.given("ids", "include")) if number]
    found = [mark.lookup(number) for number in numbers]
    if not found or not all(found):
        return None
    return Replacement(text="\n\n".join(f"![]({address(one)})" for one in found), inline=None)


def _embed(mark: Mark) -> Replacement | None:
    where = (mark.inner or "").strip().strip("<>") or mark.given("url", "src", at=0)
    return page(where) if re.match(r"https?://\S+$", where) else None


def _code(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else code(mark.inner, mark.given("lang", "language"))


WORDPRESS: Mapping[str, Maker] = {
    "caption": _caption, "wp_caption": _caption, "gallery": _gallery, "embed": _embed, "youtube": FILMS["youtube"],
    "vimeo": FILMS["vimeo"], "video": frame, "audio": frame, "code": _code, "sourcecode": _code,
}  # fmt: skip
MARK = re.compile(
    rf"(?<![!\[])\\?\[(?P<wp>{'|'.join(WORDPRESS)})(?P<wprest>(?:\s[^\]\[\n]*?)?)/?\\?\]"
    r"(?P<wpinner>(?:(?!\\?\[/(?P=wp)\\?\])[\s\S]){0,20000}?\\?\[/(?P=wp)\\?\])?+"
)
_END = re.compile(r"\\?\[/\w+\\?\]$")


def mark_of(found: re.Match[str]) -> tuple[str, str | None] | None:
    """Return what is written in a mark, and what is in it; None when it may be a word in brackets."""
    rest, inner = found["wprest"].strip().lstrip("=").strip(), found["wpinner"]
    if inner is None and not re.search(r"\w=|https?://", found["wprest"]):
        return None
    return rest, None if inner is None else _END.sub("", inner)
