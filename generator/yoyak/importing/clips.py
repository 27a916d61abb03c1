"""A piece of a page that somebody copied, or sent from the browser, becomes an article, as a saved file would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
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
from yoyak.model.message import Words, joined, say, warning
from yoyak.model.types import Record
from yoyak.text.decoding import UndecodableError, file_text
from yoyak.text.logins import without_login
from yoyak.text.tracking import without_tracking
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
    for name, text in _forms(clip):  # no file: who is killed meanwhile leaves none behind
        data, now, address = text.encode("utf-8", "replace"), datetime.now(UTC), _address(clip)
        piece = Original(given=_called(), name=name, data=data, changed=now, find=lambda _: None, address=address)
        tried = import_originals(structs.replace(request, pieces=(piece,), called=_called()))
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
    problem = warning("login-in-address.clip", _called(), address=kept)
    return structs.replace(report, problems=(*report.problems, problem))


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
        head = f"---\nsource_url: {json.dumps(without_tracking(address))}\n---\n" if address else ""
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


# --- what the clipboard holds, asked of the program that the system has for it ---------------------------------------


_TIME = 10.0
"""Seconds that such a program gets: the one that owns the clipboard may hang."""
_MOST = 60_000_000
_SOURCES = ("chromium/x-source-url", "text/x-moz-url-priv")
"""Where Chromium and Firefox say from which page something was copied."""
_WINDOWS = (
    "$ErrorActionPreference='Stop'; Add-Type -AssemblyName System.Windows.Forms; "
    "$data=[System.Windows.Forms.Clipboard]::GetData('HTML Format'); "
    "if ($data -is [System.IO.MemoryStream]) { $bytes=$data.ToArray() } "
    "elseif ($data) { $bytes=[System.Text.Encoding]::UTF8.GetBytes($data) } "
    "else { $bytes=[System.Text.Encoding]::UTF8.GetBytes([System.Windows.Forms.Clipboard]::GetText()) } "
    "[Console]::Out.Write([Convert]::ToBase64String($bytes))"
)
_MAC = ("osascript", "-e", "the clipboard as «class HTML»")
_WINDOWS_HEAD = re.compile(rb"Version:[\d.]+\r?\n(?:[A-Za-z]+:[^\r\n]*\r?\n)+")
_ABOUT = frozenset(("TARGETS", "TIMESTAMP", "MULTIPLE", "SAVE_TARGETS", "DELETE"))
"""What X11 lists beside the forms of what was copied."""
_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|link|title|style|article|section|main|div|span|p|b"
    r"|h[1-6]|font|a|table|ul|ol|dl|figure|blockquote|img)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_HOW = say("clip.how")
_NONE = say("clip.no-program")


def read_clipboard(environment: Mapping[str, str] = os.environ) -> Clip:
    """Return what the clipboard holds.

    Raises:
        YoyakError: no program gives it, or the one that does fails.
    """
    if sys.platform == "darwin":
        return Clip(html=_mac_html(), text=_text(_run(("pbpaste",))))
    if windows := shutil.which("powershell.exe"):
        return clip_of_windows(_base64(_run((windows, "-NoProfile", "-STA", "-Command", _WINDOWS))))
    if environment.get("WAYLAND_DISPLAY") and shutil.which("wl-paste"):
        return _by_types(("wl-paste", "--list-types"), ("wl-paste", "--no-newline", "--type"))
    if shutil.which("xclip"):
        ask = ("xclip", "-selection", "clipboard", "-o", "-t")
        return _by_types((*ask, "TARGETS"), ask)
    if shutil.which("xsel"):
        return Clip(text=_text(_run(("xsel", "--clipboard", "--output"))))
    raise YoyakError(_NONE)


def _by_types(names: Sequence[str], ask: Sequence[str]) -> Clip:
    """Return the clip of a system that names the types that the clipboard can give."""
    types = set(_run(names).decode("utf-8", "replace").split())
    plain = next(
        (one for one in ("text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING") if one in types), ""
    )
    if types - _ABOUT and not plain and "text/html" not in types:
        raise YoyakError(_without_text(types))
    source = next((one for one in _SOURCES if one in types), "")
    page = _page(_run((*ask, "text/html")), alone=not plain) if "text/html" in types else Clip()
    return Clip(
        html=page.html,
        text=_text(_run((*ask, plain))) if plain else page.text,
        address=(_text(_run((*ask, source))).strip() if source else "") or page.address,
    )


def _page(data: bytes, *, alone: bool) -> Clip:
    """Return the clipboard's HTML: as it is, or in the form of Windows, as it comes from there to other systems.

    What cannot be read gives way to the text, unless it is `alone`.
    """
    try:
        found = clip_of_windows(data)
    except YoyakError:
        if alone:
            raise
        return Clip()
    return found if found.html else Clip(html=found.text)


def _without_text(types: AbstractSet[str]) -> Words:
    is_picture = any(one.startswith("image/") for one in types)
    others = ", ".join(sorted(types - _ABOUT))[:200]
    return say("clip.picture") if is_picture else say("clip.something-else", types=others)


def clip_of_windows(data: bytes) -> Clip:
    r"""Return the clip in Windows' form of copied HTML: lines ``Name:value``, then the page; else it is text.

    >>> clip_of_windows(b"Version:0.9\r\nStartHTML:00000054\r\nSourceURL:https://a.kr/\r\n<p>A</p>").address
    'https://a.kr/'
    """
    head = _WINDOWS_HEAD.match(data)
    if not head:
        return Clip(text=_text(data))
    says = dict(re.findall(rb"([A-Za-z]+):([^\r\n]*)", head[0]))
    return Clip(html=_text(data[head.end() :]), address=says.get(b"SourceURL", b"").decode("utf-8", "replace"))


def clip_of_bytes(data: bytes) -> Clip:
    """Return a clip of what was piped in: a page, or text."""
    if _WINDOWS_HEAD.match(data):
        return clip_of_windows(data)
    text = _text(data)
    return Clip(html=text) if _PAGE.match(text) else Clip(text=text)


def _mac_html() -> str:
    """Return the clipboard's HTML on macOS, where it comes as ``«data HTML3C703E…»``; empty when it has none."""
    found = re.search(rb"HTML([0-9A-Fa-f]+)", _run(_MAC, fails=b""))
    return _text(bytes.fromhex(found[1].decode())) if found and len(found[1]) % 2 == 0 else ""


def _base64(data: bytes) -> bytes:
    import base64

    return base64.b64decode(data)


def _text(data: bytes) -> str:
    try:
        return file_text(data) if data.strip(b"\0 \t\r\n") else ""
    except UndecodableError as error:
        raise YoyakError(joined(say("clip.undecodable"), error.words, _HOW)) from error


def _run(command: Sequence[str], fails: bytes | None = None) -> bytes:
    """Return what a program prints; `fails` when it ends with an error, if that is given."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIME, check=False)
    except subprocess.TimeoutExpired as error:
        raise YoyakError(say("clip.slow", program=command[0], seconds=f"{_TIME:.0f}")) from error
    if done.returncode == 0:
        return done.stdout[:_MOST]
    if fails is not None:
        return fails
    told = done.stderr.decode("utf-8", "replace").strip().splitlines()
    why = told[-1][:200] if told else say("clip.no-reason")
    raise YoyakError(say("clip.failed", program=command[0], why=why))
