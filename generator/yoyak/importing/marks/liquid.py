"""Tags of Liquid and Nunjucks: of Jekyll, Hexo and Eleventy."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import structs

from yoyak.importing.marks.films import FILMS
from yoyak.importing.marks.mark import (
    Maker,
    Mark,
    Replacement,
    address,
    arguments,
    box,
    code,
    is_box,
    page,
    picture,
    quotation,
)

_PICTURE = re.compile(r"\S.*\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$|(?:https?:/)?/\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+$")
_SITE = ("site.baseurl", "site.url", "site.github.url", "site.root", "config.root", "config.url", "baseurl")
_OUTPUT = re.compile(
    r"(?P<first>\"[^\"]*\"|'[^']*'|[\w.]+)(?P<filters>(?:\s*\|\s*\w+(?:\s*:\s*(?:\"[^\"]*\"|'[^']*'|[\w.]+))?)*)\s*"
)
_FILTER = re.compile(r"\|\s*(\w+)(?:\s*:\s*(\"[^\"]*\"|'[^']*'|[\w.]+))?")
_ADDRESSING = frozenset("relative_url absolute_url url prepend append htmlBaseUrl uri_escape".split())


def output(expression: str) -> str | None:
    """Return what an output such as ``"/x" | relative_url`` stands for: an address; None for anything else.

    >>> output("site.baseurl | append: '/about'"), output("page.title")
    ('/about', None)
    """
    match = _OUTPUT.fullmatch(expression.strip())
    value = _part(match["first"]) if match else None
    if match is None or value is None:
        return None
    filters = _FILTER.findall(match["filters"])
    if match["first"][0] in "\"'" and not filters and re.search(r"\{[{%<]", value):
        return value  # how a mark is shown as it is typed
    if match["first"][0] in "\"'" and not any(name in _ADDRESSING for name, _ in filters):
        return None
    for name, argument in filters:
        other = _part(argument) if argument else ""
        if name not in _ADDRESSING or other is None:
            return None
        value = other + value if name == "prepend" else value + other if name == "append" else value
    is_own = not re.match(r"[a-z]+:|//|#|\?", value)
    return f"/{value.lstrip('/')}" if is_own and value else value


def _part(written: str) -> str | None:
    if written[:1] in ("'", '"'):
        return written[1:-1]
    return "" if written in _SITE else None


def _plain(word: str) -> str:
    return word.strip().strip("\"'")


def _post(mark: Mark) -> str | None:
    path, hash_, part = _plain(mark.rest).partition("#")
    found = mark.lookup(path)
    return address(f"{found}{hash_}{part}") if found else None


def _post_link(mark: Mark) -> str | None:
    words = [word for word in mark.words if word not in ("true", "false")]
    found = mark.lookup(words[0]) if words else ""
    title = " ".join(words[1:]) or (words[0] if words else "")
    return f"[{title}]({address(found)})" if found else None


def _highlight(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else code(mark.inner, mark.rest.strip().lstrip("\"'"))


def _codeblock(mark: Mark) -> Replacement | None:
    if mark.inner is None:
        return None
    rest = re.sub(r"\b(?:line_number|line_threshold|highlight|first_line|mark|wrap):\S+", "", mark.rest)
    language = re.search(r"\blang:(\S+)", rest)
    rest = re.sub(r"\blang:\S+", "", rest).strip()
    link = re.search(r"(?:^|\s)(https?://\S+)(?:\s+(.*))?$", rest)
    title = rest[: link.start()].strip() if link else rest
    words = f"[{title or link[2] or link[1]}]({address(link[1])})" if link else title
    return code(mark.inner, language[1] if language else "", words)


def _asset_img(mark: Mark) -> Replacement | None:
    """Return the picture of ``[class …] path [width] [height] [title [alt]]``."""
    found = [value for _, value in arguments(mark.rest.strip())]
    at = next((n for n, word in enumerate(found) if _PICTURE.match(word)), None)
    if at is None:
        return None
    behind = list(found[at + 1 :])
    while behind and re.fullmatch(r"\d+(?:px|%|em)?", behind[0]):
        behind.pop(0)
    if len(behind) == 1 and (pair := re.fullmatch(r"[\"'](.*?)[\"']\s+[\"'](.*?)[\"']", behind[0])):
        behind = [pair[1], pair[2]]
    elif len(behind) > 2:
        behind = [" ".join(behind)]
    title, alt = (*(_plain(word) for word in behind), "", "")[:2]
    source = found[at]
    return picture(mark.inside(source), alt or title, title)


def _asset_path(mark: Mark) -> str | None:
    return address(mark.words[0]) if mark.words else None


def _asset_link(mark: Mark) -> str | None:
    words = [word for word in mark.words if word not in ("true", "false")]
    return f"[{' '.join(words[1:]) or words[0]}]({address(words[0])})" if words else None


def _blockquote(mark: Mark) -> Replacement | None:
    """Return the quotation of ``[author[, source]] [address] [title of the address]``."""
    if mark.inner is None:
        return None
    rest = mark.rest.strip()
    link = re.search(r"(?:^|\s)(https?://\S+)(?:\s+(.*))?$", rest)
    by = rest[: link.start()].strip() if link else rest
    where = f"[{link[2] or link[1]}]({address(link[1])})" if link else ""
    return quotation(mark.inside(mark.inner), ", ".join(part for part in (by.strip("\"'"), where) if part))


def _pullquote(mark: Mark) -> Replacement | None:
    return None if mark.inner is None else quotation(mark.inside(mark.inner))


def _note(mark: Mark) -> Replacement | None:
    if mark.inner is None:
        return None
    words = [word for word in mark.rest.split() if word not in ("no-icon", "flat", "simple", "modern", "disabled")]
    kind = words.pop(0) if words and is_box(words[0].strip("\"'")) else mark.name
    title = mark.given("title") or " ".join(word for word in words if "=" not in word and not word.startswith("fa"))
    named = mark.given("type", "class")
    return box((named or kind).strip("\"'"), title.strip("\"'"), mark.inside(mark.inner))


def _include(mark: Mark) -> Replacement | str | None:
    """Return what a file of includes is that says by its name that it shows a picture, a film, a gist or a box."""
    file, _, rest = mark.rest.strip().partition(" ")
    name = re.sub(r"\.\w+$", "", file.strip("\"'").rpartition("/")[2]).lower().replace("_", "-")
    given = structs.replace(mark, name=name, rest=rest)
    if re.search(r"figure|image|img|picture|photo", name) and not re.search(r"gallery|slider|list|carousel", name):
        return _picture_of_include(given)
    film = next((FILMS[key] for key in ("youtube", "vimeo", "gist", "tweet", "twitter") if key in name), None)
    if film:
        return film(given)
    text = given.given("content", "text", "message", "body")
    if text and is_box(word := re.sub(r"-?box$|\.html$", "", name)):
        return box(given.given("type", "class", "level") or word, given.given("title"), mark.inside(text))
    return None


def _picture_of_include(mark: Mark) -> Replacement | None:
    names = ("src", "url", "image_path", "image", "path", "img", "image_url", "file", "source", "filename")
    written = next((value for name in names for value in [_quoted(mark.rest, name)] if value), "")
    caption = mark.given("caption", "title", "description", "text")
    return picture(
        mark.inside(written), mark.given("alt", "alt_text"), mark.inside(caption), mark.given("link", "href")
    )


def _quoted(rest: str, name: str) -> str:
    """Return a value that is written in quotes: one without them is the name of a value that nobody knows."""
    found = re.search(rf"(?:^|\s){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", rest)
    return (found[1] or found[2] or "") if found else ""


def _frame(mark: Mark) -> Replacement | None:
    return page(mark.words[0]) if mark.words and _ADDRESS.match(mark.words[0]) else None


def _nothing(_: Mark) -> str:
    return ""


LIQUID: Mapping[str, Maker] = {
    **{name: FILMS[name] for name in ("youtube", "vimeo", "instagram", "tweet", "twitter", "gist", "bilibili")},
    "post_url": _post, "link": _post, "post_path": _post, "post_link": _post_link, "highlight": _highlight,
    "codeblock": _codeblock, "code": _codeblock, "asset_img": _asset_img, "img": _asset_img, "image": _asset_img,
    "asset_path": _asset_path, "asset_link": _asset_link, "blockquote": _blockquote, "quote": _blockquote,
    "pullquote": _pullquote, "centerquote": _pullquote, "cq": _pullquote, "note": _note, "callout": _note,
    "alert": _note, "tip": _note, "warning": _note, "info": _note, "include": _include, "include_relative": _include,
    "include_cached": _include, "iframe": _frame, "video": _frame, "audio": _frame, "comment": _nothing,
}  # fmt: skip
ENDS: Mapping[str, str] = {
    name: f"end{name}"
    for name in (
        "highlight codeblock code blockquote quote pullquote centerquote cq note callout alert tip warning info comment"
        " raw verbatim"
    ).split()
}
SHOWN = ("raw", "verbatim")
"""Whose content is meant to be read as it is typed."""
