"""The bundle: all pages of a portable site in one HTML file that opens by a double click.

The pages are one compressed text in it, and its script shows one at a time. Its policy (CSP) lets a browser load
nothing from elsewhere, and run only the scripts whose hashes it names: those of yoyak and of templates/assets.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from msgspec import json, structs

from yoyak.files.output_folder import is_among_sources
from yoyak.files.parts import written_beside
from yoyak.files.site_files import cause, remedy
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.portable.addresses import changed_css
from yoyak.portable.packed_page import (
    PICTURES,
    BuiltFiles,
    PackedPage,
    beside,
    ending_of,
    in_base64,
    key_of,
    packed_page,
    shown_values,
)
from yoyak.portable.page import INDEX
from yoyak.portable.panel import PanelPages, page_values, script, style, words
from yoyak.templating.language import language, message
from yoyak.text.asset_addresses import css_addresses

MARK = "<!doctype html>\n<!-- A bundle of yoyak. -->\n"
"""How a bundle begins: no other file is replaced by one."""


class Bundle(Record, kw_only=True):
    """One file with all pages."""

    data: bytes
    pictures: int
    """How many bytes of it are pictures."""


class _Parts(Record, kw_only=True):
    """What a bundle is made of, as texts that can stand in their elements."""

    front: PackedPage
    language: str
    reviewed: PanelPages | None
    icon: str
    sheets: tuple[Sheet, ...]
    scripts: tuple[str, ...]
    pages: bytes
    pictures: bytes


def bundle(output: Path, code: str, reviewed: PanelPages | None = None) -> Bundle:
    """Return the bundle of the portable site in a folder; `code` is the language of its own words.

    With `reviewed` it has a panel in which its reader writes notes and verdicts.

    Raises:
        YoyakError: a file is another one than the build wrote.
        OSError: the disk does not give one.
    """
    files = BuiltFiles(output)
    pages = {
        path: packed_page(files.text(path), path, files.paths)
        for path in sorted(files.paths)
        if ending_of(path) == "html"
    }

    @cache
    def sheets_of(path: str, text: str, media: str) -> tuple[Sheet, ...]:
        return tuple(packed_style(text or files.text(path), path, media, files))

    sheets = _numbered(sheet for page in pages.values() for one in page.styles for sheet in sheets_of(*one))
    scripts = _numbered(one for page in pages.values() for one in page.scripts)
    listed = {
        key_of(path): {
            **shown_values(page),
            "sheets": [sheets[sheet] for one in page.styles for sheet in sheets_of(*one)],
            "scripts": [scripts[one] for one in page.scripts],
            **page_values(reviewed, key_of(path)),
        }
        for path, page in pages.items()
    }
    names = sorted({name for page in pages.values() for name in page.pictures})
    front = pages.get(INDEX) or next(iter(pages.values()))
    parts = _Parts(
        front=front,
        language=code,
        reviewed=reviewed,
        icon=files.data_url(front.icon) if front.icon else "",
        sheets=tuple(Sheet(text=_within("style", sheet.text), media=sheet.media) for sheet in sheets),
        scripts=tuple(_in_its_own(files.text(one)) for one in scripts),
        pages=zlib.compress(json.encode(listed), 9),
        pictures=json.encode({name: [PICTURES[ending_of(name)], in_base64(files.data(name))] for name in names}),
    )
    return Bundle(data="".join(_html(parts)).encode(), pictures=len(parts.pictures))


def _html(parts: _Parts) -> Iterator[str]:
    """Yield the file. The hashes in its policy are those of the texts as they stand in their elements."""
    spoken, front, panel = language(parts.language), parts.front, parts.reviewed is not None
    own, bar, said = script(panel=panel), style(panel=panel), words(spoken, parts.reviewed)
    policy = _policy([own, *parts.scripts], [bar, *(sheet.text for sheet in parts.sheets)])
    yield f'{MARK}<html lang="{escape(front.language or parts.language)}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="content-security-policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{escape(front.title)}</title>\n"
    if parts.icon:
        yield f'<link rel="icon" href="{escape(parts.icon)}">\n'
    for sheet in parts.sheets:
        yield f'<style media="{escape(sheet.media)}">{sheet.text}</style>\n'
    yield f"</head>\n<body>\n<p>{escape(message(spoken, 'bundle.needs', title=front.title))}</p>\n"
    yield _data("words", _as_data(json.encode(said)))
    yield _data("bar", bar)
    for one in parts.scripts:
        yield _data("", one)
    yield _data("pages", in_base64(parts.pages))
    yield _data("pictures", _as_data(parts.pictures))
    yield f"<script>{own}</script>\n</body>\n</html>\n"


def _data(name: str, text: str) -> str:
    """Return an element that holds a text and that a browser does nothing with."""
    return f'<script type="text/plain" data-name="{name}">{text}</script>\n'


def _as_data(encoded: bytes) -> str:
    """Return JSON that ends no element: a picture may have any name."""
    return encoded.decode().replace("<", "\\u003c")


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = dict.fromkeys(hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{in_base64(digest)}'" for digest in digests)


def _numbered(found: Iterable[Any]) -> Mapping[Any, int]:
    """Return what there is, each once, with its number."""
    return {one: number for number, one in enumerate(dict.fromkeys(found))}


def _in_its_own(script: str) -> str:
    """Return a script as a function: it runs for each page that is shown, and its names are of no other run."""
    return _within("script", f"(function () {{\n{script}\n}})();")


def _within(tag: str, text: str) -> str:
    """Return a text that stands whole in an element of raw text, where a browser changes nothing of it."""
    plain = re.sub("\r\n?", "\n", text).replace("\0", "")
    return re.sub(f"<(?=/{tag}|!--)", r"<\\", plain, flags=re.IGNORECASE)


# --- The style sheets of a page: each with those that it imports before it, and with its pictures inside ----------


_IMPORT = re.compile(r"@import\s*(?:url\(\s*)?$", re.IGNORECASE)
_DEEPEST = 8
"""How deep sheets may import each other: of a circle there is no end."""


class Sheet(Record, kw_only=True):
    """One style sheet that names no other file."""

    text: str
    media: str


def packed_style(text: str, path: str, media: str, files: BuiltFiles, deep: int = _DEEPEST) -> Iterator[Sheet]:
    """Yield what a style sheet at `path` imports, then the sheet itself without its imports."""
    pieces, at = list[str](), 0
    for one in css_addresses(text):
        begin = _IMPORT.search(text, at, one.start)
        if begin is None:
            continue
        end = text.find(";", one.end)
        end = len(text) if end < 0 else end
        pieces.append(text[at : begin.start()])
        at = end + 1
        found = beside(path, one.written)
        if deep and found in files.paths:
            both = " and ".join(filter(None, (media, text[one.end : end].strip(" )\t\n"))))
            yield from packed_style(files.text(found), found, both, files, deep - 1)

    def inside(written: str) -> str:
        """Return a file as an address that holds it; what is not of this site is loaded from nowhere."""
        if written.startswith(("#", "data:")):
            return written
        found = beside(path, written)
        return (files.data_url(found) if found in files.paths else "") or "data:,"

    yield Sheet(text=changed_css("".join((*pieces, text[at:])), inside), media=media)


# --- A bundle is written: whole, in the place of an older bundle only, and never among what a build reads --------


_LARGE = 20_000_000
"""Bytes: what most mail systems refuse."""


def refuse_place(file: Path, site: Path) -> None:
    """Refuse a place for a bundle where a build reads, or where something lies that is no bundle.

    Raises:
        YoyakError: it is one.
    """
    if is_among_sources(file, site):
        raise YoyakError(say("bundle.sources", file=str(file)))
    if not os.path.lexists(file):
        return
    try:
        with file.open("rb") as found:
            ours = found.read(len(MARK)) == MARK.encode()
    except OSError:
        ours = False
    if not ours:
        raise YoyakError(say("bundle.not-ours", file=str(file)))


def with_bundle(report: BuildReport, file: Path, reviewed: PanelPages | None = None) -> BuildReport:
    """Write the bundle of a built site, with a review panel for `reviewed`; return the report of its build with it.

    Raises:
        YoyakError: it cannot be written.
    """
    try:
        made = bundle(Path(report.output), report.language, reviewed)
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_beside(file, made.data) as part:
            part.replace(file)
    except OSError as error:
        raise YoyakError(say("bundle.unwritten", file=str(file), why=cause(error), remedy=remedy(error))) from error
    size = len(made.data)
    notes = (say("bundle.large", file=str(file), size=size // 1_000_000),) if size > _LARGE else ()
    return structs.replace(
        report, bundle=str(file), bundle_size=size, bundle_pictures=made.pictures, notes=(*report.notes, *notes)
    )
