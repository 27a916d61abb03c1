"""A piece of a page that somebody copied or sent from the browser becomes an article, as a saved file would."""

from __future__ import annotations

import json
import re
import tempfile
from html import escape
from pathlib import Path

from msgspec import DecodeError, ValidationError, structs
from msgspec.json import decode

from yoyak.importing.results import ImportReport, ImportRequest
from yoyak.importing.run import import_originals
from yoyak.messages.errors import YoyakError
from yoyak.messages.problems import said
from yoyak.model.types import Record
from yoyak.text.urls import is_web_address

CALLED = "the clip"
"""What messages call it: it is no file."""
_SENT = "It was sent from the browser. Read it over, then delete the line with the status."
_CUT = "The page was too long: only its text was taken, without pictures and captions. Select the article alone."
_CONTROL = re.compile(r"[\x00-\x1f\x7f<>\"]")


class Clip(Record, kw_only=True):
    """What was copied, in the forms that the system or the browser gives."""

    html: str = ""
    text: str = ""
    address: str = ""
    """Of the page that it is from."""
    title: str = ""
    """Of that page's window."""
    cut: bool = False
    """The page was too long to be sent: there is only its text."""


class Taken(Record, kw_only=True):
    """What became of a clip that the browser sent."""

    path: str = ""
    """Of the article; empty when there is none."""
    title: str = ""
    url: str = ""
    """The path of its page in the preview."""
    known: bool = False
    """It was an article before."""
    look: tuple[str, ...] = ()
    """Keys to look at."""
    problems: tuple[str, ...] = ()


def import_clip(clip: Clip, request: ImportRequest) -> ImportReport:
    """Make an article of a clip: of its page if that can be read, else of its text.

    Raises:
        YoyakError: the clip is empty, or the settings of the site cannot be read.
    """
    report = None
    with tempfile.TemporaryDirectory(prefix="yoyak-clip-") as folder:
        for name, data in _forms(clip):
            place = Path(folder) / name
            place.write_text(data, encoding="utf-8", errors="replace", newline="\n")
            tried = import_originals(structs.replace(request, named=(str(place),), called=CALLED))
            if tried.imported or tried.known:
                return tried
            report = report or tried
    if report is None:
        raise YoyakError("There is nothing to clip. Select an article in the browser, copy it, and try again.")
    return report


def _forms(clip: Clip) -> list[tuple[str, str]]:
    """Return the files that a clip would be, the best first. Their names say nothing: the title names the article."""
    address = clip.address if is_web_address(clip.address) and not _CONTROL.search(clip.address) else ""
    forms = []
    if clip.html.strip():
        note = f"<!-- saved from url=({len(address):04d}){address} -->\n" if address else ""
        titled = clip.title.strip() and "<title" not in clip.html[:200_000].lower()
        title = f"<title>{escape(clip.title.strip())}</title>\n" if titled else ""
        forms.append(("page.html", f"{note}<!doctype html>\n{title}{clip.html}"))
    if clip.text.strip():
        head = f"---\nsource_url: {json.dumps(address)}\n---\n" if address else ""
        forms.append(("page.txt", head + clip.text))
    return forms


def take(sent: bytes, folder: Path) -> Taken:
    """Make an article of what the bookmarklet sends: JSON with the keys of a clip. It is a draft.

    Raises:
        ValueError: it is no clip.
    """
    try:
        clip = decode(sent, type=Clip)
    except (DecodeError, ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    try:
        report = import_clip(clip, ImportRequest(folder=folder, named=(), held=_SENT))
    except (YoyakError, OSError) as error:
        return Taken(problems=(str(error),))
    told = tuple(said(problem) for problem in report.problems)
    told = (*told, _CUT) if clip.cut else told
    if report.imported:
        one = report.imported[0]
        return Taken(path=one.path, title=one.title, url=one.url, look=one.unsure, problems=told)
    if report.known:
        return Taken(path=report.known[0].path, known=True)
    return Taken(problems=told)
