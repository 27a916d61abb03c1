"""The list pages that an old site had, by its program, and what becomes of their addresses: nothing dies unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from yoyak.importing.results import OldList

_TAG, _TAGS, _AUTHOR, _AUTHORS = "/tags/NAME/", "/tags/", "/authors/NAME/", "/authors/"
_YEAR, _MONTH, _ARCHIVE, _ATOM, _RSS = "/archive/YYYY/", "/archive/YYYY/MM/", "/archive/", "/feed.xml", "/rss.xml"
_LISTS: Mapping[str, Mapping[str, str]] = {
    "hugo": {
        "/tags/NAME/": _TAG, "/tags/": _TAGS, "/categories/NAME/": _TAG, "/categories/": _TAGS, "/index.xml": _RSS,
        "/tags/NAME/index.xml": "/tags/NAME/feed.xml", "/page/N/": _ARCHIVE,
    },
    "jekyll": {"/feed.xml": _ATOM, "/page2/": _ARCHIVE},
    "hexo": {
        "/tags/NAME/": _TAG, "/tags/": _TAGS, "/categories/NAME/": _TAG, "/categories/": _TAGS,
        "/archives/": _ARCHIVE, "/archives/YYYY/": _YEAR, "/archives/YYYY/MM/": _MONTH, "/atom.xml": _ATOM,
        "/page/N/": _ARCHIVE,
    },
    "pelican": {
        "/tag/NAME.html": _TAG, "/tags.html": _TAGS, "/category/NAME.html": _TAG, "/categories.html": _TAGS,
        "/author/NAME.html": _AUTHOR, "/authors.html": _AUTHORS, "/archives.html": _ARCHIVE,
        "/feeds/all.atom.xml": _ATOM, "/feeds/NAME.atom.xml": "/tags/NAME/feed.xml", "/index2.html": _ARCHIVE,
    },
    "eleventy": {"/tags/NAME/": _TAG, "/tags/": _TAGS, "/feed/feed.xml": _ATOM, "/feed.xml": _ATOM},
    "astro": {"/tags/NAME/": _TAG, "/tags/": _TAGS, "/rss.xml": _RSS},
    "wordpress": {
        "/category/NAME/": _TAG, "/tag/NAME/": _TAG, "/author/NAME/": _AUTHOR, "/YYYY/": _YEAR, "/YYYY/MM/": _MONTH,
        "/feed/": _RSS, "/category/NAME/feed/": "/tags/NAME/feed.xml", "/comments/feed/": "", "/page/N/": _ARCHIVE,
    },
    "ghost": {"/tag/NAME/": _TAG, "/author/NAME/": _AUTHOR, "/rss/": _RSS, "/page/N/": _ARCHIVE},
    "medium": {"/tagged/NAME": _TAG, "/feed": _RSS, "/archive": _ARCHIVE},
    "substack": {"/t/NAME": _TAG, "/archive": _ARCHIVE, "/feed": _RSS},
    "blogger": {
        "/search/label/NAME": _TAG, "/YYYY/": _YEAR, "/YYYY/MM/": _MONTH, "/feeds/posts/default": _ATOM,
        "/feeds/comments/default": "",
    },
    "tistory": {
        "/category": _TAGS, "/category/NAME": _TAG, "/tag": _TAGS, "/tag/NAME": _TAG, "/archive/YYYYMM": _MONTH,
        "/rss": _RSS,
    },
}  # fmt: skip
"""Addresses as each program has them when its settings say nothing else, with the like page of yoyak."""
_GIVES = {"/tags/": "tags", "/authors/": "authors", "/archive/YYYY": "dates"}


def old_lists(
    programs: Mapping[str, str],
    addresses: Iterable[str],
    has: frozenset[str],
    base_path: str,
    moved: Collection[tuple[str, str]] = (),
) -> Iterator[OldList]:
    """Yield what becomes of the list pages of some programs.

    `programs` are the paths below which their sites stood; `addresses` are those of their articles, whose first folder
    often has a list of its own; `has` are the terms that the imported articles have: ``tags``, ``authors``, ``dates``.
    `moved` says where lists are that settings move; an empty address means that there is none.
    """
    below = base_path.rstrip("/")
    for program, base in sorted(programs.items()):
        for old, like in _LISTS.get(program, {}).items():
            known = like if all(term in has for start, term in _GIVES.items() if like.startswith(start)) else ""
            written = [new for default, new in moved if default == old] if old in dict(moved) else [old]
            for one in filter(None, written):
                yield OldList(address=base + one, like=below + known if known else "", program=program.capitalize())
        if program in ("hugo", "astro", "eleventy"):
            yield from (
                OldList(address=f"{section}/", like=below + _ARCHIVE, program=program.capitalize())
                for section in sorted(_sections(addresses, base))
            )


def _sections(addresses: Iterable[str], base: str) -> Iterator[str]:
    found = (one.removeprefix(base).strip("/").split("/") for one in addresses if one.startswith(f"{base}/"))
    yield from {f"{base}/{parts[0]}" for parts in found if len(parts) > 1 and not parts[0].isdigit()}
