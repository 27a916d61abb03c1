"""The bookmark that sends what is selected in the browser to the preview: its key, its script, the page it comes from.

The key goes with every piece that is sent. A page on which the bookmark is used can read it: all that it allows is to
leave drafts, as long as the preview runs. Who deletes the key's file has a new one.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from html import escape
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from yoyak.messages.catalogue import language_for
from yoyak.paths import STORE
from yoyak.preview.words import words_of
from yoyak.store.place import make_folder

KEY_FILE = "clip-key"
PAGE_FILE = "bookmark.html"
_SCRIPT = Path(__file__).with_name("bookmark.js")
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_PLAIN = ";,/?:@&=+$-_.!~*'()"
"""What an address may hold as it is: the bookmark is shorter so."""
_PORT = re.compile(r"127\.0\.0\.1:(\d{1,5})/__yoyak")


def key_of(folder: Path) -> str:
    """Return the key of a site's bookmark; it is made when there is none, readable by this user only."""
    place = folder / STORE / KEY_FILE
    make_folder(place.parent)
    with FileLock(place.with_suffix(".lock")):  # two previews that start at once have one key
        if found := kept_key(folder):
            return found
        key = secrets.token_urlsafe(24)
        _write(place, key)
    return key


def _write(place: Path, text: str) -> None:
    """Write a file anew, which only this user may read; what stood in its place is not followed."""
    place.unlink(missing_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def kept_key(folder: Path) -> str:
    """Return the key as it is kept now; empty when there is none that only this user can read."""
    place = folder / STORE / KEY_FILE
    try:
        found = place.lstat()
        if not stat.S_ISREG(found.st_mode) or (os.name == "posix" and found.st_mode & 0o077):
            return ""
        text = place.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if _KEY.fullmatch(text) else ""


def bookmark(key: str, port: int) -> str:
    lines = (line.strip() for line in _SCRIPT.read_text(encoding="utf-8").splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return "javascript:" + quote(code.replace("PORT", str(port)).replace("KEY", key), safe=_PLAIN)


def bookmark_page(folder: Path, port: int, language: str) -> Path:
    """Write the page to drag the bookmark from, in the language of the site, and return where it is."""
    spoken = language_for(language)
    words = {name: escape(text) for name, text in words_of("preview.bookmark.", spoken).items()}
    place = folder / STORE / PAGE_FILE
    address = escape(bookmark(key_of(folder), port))
    _write(
        place,
        f'<!doctype html>\n<html lang="{spoken}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{words["title"]}</title>'
        "<style>:root{color-scheme:light dark}"
        "body{font:17px/1.7 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;"
        "word-break:keep-all}a{display:inline-block;padding:.6rem 1.2rem;border:1px solid;"
        "border-radius:4px;text-decoration:none;color:inherit}</style>"
        f"<h1>{words['title']}</h1><p>{words['use']}</p>"
        f'<p><a href="{address}">{words["label"]}</a></p></html>\n',
    )
    return place


def port_of_bookmark(folder: Path) -> int:
    """Return the port to which the bookmark of a site leads; 0 when none was made."""
    place = folder / STORE / PAGE_FILE
    try:
        found = _PORT.search(place.read_text(encoding="utf-8")) if stat.S_ISREG(place.lstat().st_mode) else None
    except (OSError, UnicodeDecodeError):
        return 0
    return int(found[1]) if found else 0
