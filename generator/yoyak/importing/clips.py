"""A piece of a page that somebody copied or sent from the browser becomes an article, as a saved file would."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from msgspec import DecodeError, ValidationError, structs
from msgspec.json import decode

from yoyak.importing.originals import Original
from yoyak.importing.results import ImportReport, ImportRequest
from yoyak.importing.run import import_originals
from yoyak.messages.catalogue import said, speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, say
from yoyak.model.types import Record
from yoyak.text.logins import without_login
from yoyak.text.urls import is_web_address

_SENT = say("held.sent")
_CUT = say("clip.cut")
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
    for name, data in _forms(clip):
        tried = import_originals(structs.replace(request, pieces=(_piece(name, data),), called=_called()))
        if tried.imported or tried.known:
            return _with_warning(tried, clip)
        report = report or tried
    if report is None:
        raise YoyakError(say("clip.empty"))
    return report


def _called() -> str:
    """Return what messages call a clip: it is no file."""
    return speak(say("clip.called"))


def _with_warning(report: ImportReport, clip: Clip) -> ImportReport:
    """Return a report that says, where it is so, that the article has another address than the clip."""
    kept = _address(clip)
    if kept in ("", clip.address):
        return report
    warning = Problem(
        code="login-in-address",
        severity="warning",
        path=_called(),
        message=say("login-in-address.clip", address=kept),
        hint=say("login-in-address.clip.hint"),
    )
    return structs.replace(report, problems=(*report.problems, warning))


def _piece(name: str, text: str) -> Original:
    """Return a form of a clip as an original. It is no file: who is killed meanwhile leaves none behind."""
    return Original(
        given=_called(), name=name, data=text.encode("utf-8", "replace"), changed=datetime.now(UTC), find=lambda _: None
    )


def _forms(clip: Clip) -> list[tuple[str, str]]:
    """Return the files that a clip would be, the best first. Their names say nothing: the title names the article."""
    address = _address(clip)
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


def _address(clip: Clip) -> str:
    """Return where a clip is from, as everybody may know it; empty when it is no address of the web."""
    known = is_web_address(clip.address) and not _CONTROL.search(clip.address)
    return without_login(clip.address) if known else ""


def _sent(sent: bytes) -> Clip:
    """Return the clip that is sent. Half a character, which pages leave that cut texts, is read as one that is lost."""
    try:
        return decode(sent, type=Clip)
    except ValidationError:
        raise
    except DecodeError:
        whole = json.dumps(json.loads(sent.decode()), ensure_ascii=False).encode("utf-16", "surrogatepass")
        return decode(whole.decode("utf-16", "replace"), type=Clip)


def take(sent: bytes, folder: Path) -> Taken:
    """Make an article of what the bookmarklet sends: JSON with the keys of a clip. It is a draft.

    Raises:
        ValueError: it is no clip.
    """
    import yoyak.readers.capture.read
    import yoyak.readers.saved_page.read  # noqa: F401 - once here, and not in each process that reads a piece

    try:
        clip = _sent(sent)
    except (DecodeError, ValidationError, UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise ValueError(str(error)) from error
    try:
        report = import_clip(clip, ImportRequest(folder=folder, named=(), held=_SENT))
    except (YoyakError, OSError) as error:
        return Taken(problems=(str(error),))
    told = tuple(said(problem) for problem in report.problems)
    told = (*told, speak(_CUT)) if clip.cut else told
    if report.imported:
        one = report.imported[0]
        return Taken(path=one.path, title=one.title, url=one.url, look=tuple(map(speak, one.unsure)), problems=told)
    if report.known:
        return Taken(path=report.known[0].path, known=True)
    return Taken(problems=told)
