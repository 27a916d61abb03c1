"""What the clipboard holds, asked of the program that the system has for it: its HTML, its text, where it is from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from yoyak.importing.clips import Clip
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, joined, say
from yoyak.text.decoding import UndecodableError, file_text

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
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|article|main|div|h1|p)\b", re.IGNORECASE | re.DOTALL
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
