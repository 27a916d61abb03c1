"""Exports of many files, in a folder or in a zip: which program wrote them, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath
from zipfile import BadZipFile
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.importing.exports import Export, export_readings, sorted_out
from yoyak.importing.found import NoTextError, Readings
from yoyak.importing.originals import Original, SkippedItem
from yoyak.importing.origins.blogger import SIGN as BLOGGER
from yoyak.importing.origins.blogger import blogger_export
from yoyak.importing.origins.ghost import ghost_data, ghost_export
from yoyak.importing.origins.medium import is_medium, medium_post
from yoyak.importing.origins.substack import substack_export
from yoyak.importing.origins.tistory import POST, is_tistory, tistory_posts, tistory_readings
from yoyak.importing.origins.tistory import SIGN as TTXML
from yoyak.importing.origins.wordpress import wordpress_export
from yoyak.importing.packed import Find, below, opened_zip
from yoyak.model.message import say
from yoyak.settings.config import SiteConfig
from yoyak.text.file_kinds import ASSET_ENDINGS

_OTHER = say("left.export-file")
_HEAD = 16_000
_TRIED = 40

Names = tuple[str, ...]


def program_of(names: Names, find: Find) -> tuple[str, str]:
    """Return which program wrote an export of many files, and the folder in it that is the export's own; or nothing."""
    for program, (pattern, is_one, length) in _SIGNS.items():
        matches = [found for name in names if (found := re.match(pattern, name, re.IGNORECASE))]
        for found in sorted(matches, key=lambda match: match[0].count("/"))[:_TRIED]:
            data = find(found[0])
            if data is not None and is_one(data[:length].decode("utf-8", "replace")):
                return program, found["root"] or ""
    return "", ""


def _is_ghost(text: str) -> bool:
    return ghost_data(text.lstrip("\ufeff")) is not None


_ALL, _LONG = 60_000_000, 200_000
_SIGNS: Mapping[str, tuple[str, Callable[[str], object], int]] = {
    "substack": (r"(?P<root>(?:.*/)?)posts\.csv$", re.compile(r"post_id|is_published").search, 400),
    "medium": (r"(?P<root>(?:.*/)?)posts/[^/]+\.html$", is_medium, _LONG),
    "tistory": (r"(?P<root>(?:.*/)?)\d+/[^/]+\.html?$", is_tistory, _LONG),
    "ttxml": (r"(?P<root>)[^/]*(?:/[^/]*)?\.xml$", TTXML.search, _HEAD),
    "blogger": (r"(?P<root>(?:Takeout/)?(?:Blogger/)?).*\.(?:atom|xml)$", lambda text: _is_feed(text), _HEAD),
    "ghost": (r"(?P<root>(?:[^/]+/){0,2})[^/]+\.json$", _is_ghost, _ALL),
    "wordpress": (r"(?P<root>)(?:.*/)?[^/]+\.xml$", lambda text: "wordpress.org/export/" in text, _HEAD),
}
"""Which files an export of each program has, what their text says, and how much of it must be read for that."""


def is_export_folder(names: Names, find: Find, wanted: str) -> bool:
    """Tell whether a folder is an export as a whole. What is a file by itself is not: the folder may hold more."""
    program, _ = program_of(names, find)
    if wanted and wanted != program.replace("ttxml", "tistory"):
        return False
    if program == "wordpress":
        written = [name for name in names if PurePosixPath(name).suffix.lower() not in ASSET_ENDINGS]
        return len(written) > 1 and all(name.lower().endswith(".xml") for name in written)
    return program in ("substack", "medium", "tistory") or (
        program == "blogger" and any("feed.atom" in n for n in names)
    )


def packed_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the articles of a folder or a zip."""
    names, find = original.names, original.find
    if not names:
        try:
            names, find = opened_zip(original.data)
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise NoTextError(say("zip-unreadable"), say("zip-unreadable.hint")) from error
    program, root = program_of(names, find)
    if not program:
        hint = say("unpack.hint")
        raise NoTextError(say("zip-unknown"), hint)
    inside = below(names, root)
    within = structs.replace(original, names=inside, find=lambda name: find(root + name))
    if program == "ttxml":
        name = next(name for name in inside if name.endswith(".xml") and TTXML.search(_head(within, name)))
        return tistory_readings(structs.replace(within, data=within.find(name) or b""), config)
    export, taken = _READ[program](within, config)
    shown = ASSET_ENDINGS - {".pdf"}  # pictures are taken by the articles that show them
    others = [name for name in inside if name not in taken and PurePosixPath(name).suffix.lower() not in shown]
    outside = [name for name in names if not name.startswith(root)]
    left = (SkippedItem(what=name, why=_OTHER) for name in (*others, *outside))
    return export_readings(within, structs.replace(export, left=(*export.left, *left)), config)


def _head(within: Original, name: str) -> str:
    return (within.find(name) or b"")[:_HEAD].decode("utf-8", "replace")


def _joined(program: str, parts: Sequence[Export]) -> Export:
    """Return what stands in several files of one export."""
    return Export(
        program=program,
        base_url=next((part.base_url for part in parts if part.base_url), ""),
        articles=tuple(one for part in parts for one in part.articles),
        left=tuple(one for part in parts for one in part.left),
        problems=tuple(one for part in parts for one in part.problems),
    )


def _substack(within: Original, config: SiteConfig) -> _Taken:
    export = substack_export(within, config)
    posts = {name for name in within.names if re.match(r"posts/[^/]+\.html?$", name)}
    named = {f"posts/{one.old.entry.removeprefix('Substack ')}.html" for one in export.articles}
    all_known = len(export.articles) + len(export.left) >= len(posts)
    return export, {"posts.csv", *(posts if all_known else named)}


def _medium(within: Original, config: SiteConfig) -> _Taken:
    zone = ZoneInfo(config.timezone)
    posts = [name for name in within.names if re.match(r"posts/[^/]+\.html?$", name)]
    articles, left, problems = sorted_out(
        posts, lambda name: medium_post(name, within.find(name) or b"", zone), within.given, lambda name: name
    )
    return Export(program="Medium", articles=articles, left=left, problems=problems), posts


def _tistory(within: Original, config: SiteConfig) -> _Taken:
    return tistory_posts(within, ZoneInfo(config.timezone)), [name for name in within.names if POST.search(name)]


def _blogger(within: Original, config: SiteConfig) -> _Taken:
    named = [name for name in within.names if name.lower().endswith((".atom", ".xml"))]
    feeds = [name for name in named if _is_feed(_head(within, name))]
    zone = ZoneInfo(config.timezone)
    return _joined("Blogger", [blogger_export(within, within.find(name) or b"", zone) for name in feeds]), feeds


def _is_feed(text: str) -> bool:
    return "<feed" in text and bool(BLOGGER.search(text))


def _ghost(within: Original, config: SiteConfig) -> _Taken:
    named = [(name, within.find(name) or b"") for name in within.names if name.endswith(".json")]
    tables = {name: data for name, data in named if _is_ghost(data.decode("utf-8", "replace"))}
    return _joined("Ghost", [ghost_export(within, data, config) for data in tables.values()]), tables


def _wordpress(within: Original, config: SiteConfig) -> _Taken:
    parts = [name for name in within.names if name.endswith(".xml") and "wordpress.org/export/" in _head(within, name)]
    return wordpress_export(within, [within.find(name) or b"" for name in parts], config), parts


_Taken = tuple[Export, Collection[str]]
"""What stands in an export, and in which of its files."""
_READ: Mapping[str, Callable[[Original, SiteConfig], _Taken]] = {
    "substack": _substack, "medium": _medium, "tistory": _tistory, "blogger": _blogger, "ghost": _ghost,
    "wordpress": _wordpress,
}  # fmt: skip
