"""Sites of Pelican: content/, with the addresses that its settings give articles and pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from yoyak.importing.foreign import Dialect
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.old_pages import (
    MARKDOWN,
    Generator,
    OldPage,
    OldSite,
    moment,
    old_site,
    plain_latin,
    stem_of,
    with_names,
    zone_of,
)
from yoyak.importing.origins.pelican_settings import PelicanSettings, head_in, settings_in
from yoyak.importing.origins.walking import not_read, tree_of
from yoyak.model.message import Words, say
from yoyak.text.names import slugify

_CONSUMED = frozenset(("slug", "url", "save_as", "status", "template", "translation", "reader"))
_LINK = re.compile(r"(?:\{|%7B|\|)(\w+)(?:\}|%7D|\|)(.*)", re.IGNORECASE | re.DOTALL)


def pelican_site(folder: Path) -> OldSite | None:
    """Return the site of a folder of Pelican; nothing for another."""
    if not (folder / "pelicanconf.py").is_file():
        return None
    tree = tree_of(folder)
    settings = settings_in(tree.text("pelicanconf.py"), tree.text("publishconf.py"))
    content = _content(settings, folder)
    found = [path for path in tree.below(content) if _is_text(path, content, settings)]
    left = [SkippedItem(what=path, why=say("left.restructuredtext")) for path in found if path.endswith(".rst")]
    pages: list[OldPage] = []
    for path in found:
        if path.endswith(".rst"):
            continue
        page = _page(path, path[len(content) + 1 if content else 0 :], head_in(path, tree.text(path)).values, settings)
        if page.values or page.old.page:
            pages.append(page)
        else:
            left.append(SkippedItem(what=path, why=say("left.no-title-or-date")))
    url = str(settings.values["SITEURL"])
    own = Generator(
        generator="Pelican",
        tree=tree,
        dialect=Dialect(),
        base_url=url,
        base_path=urlsplit(url).path,
        roots=(content,),
        places=partial(_places, content=content, settings=settings),
        linked=partial(_linked, settings=settings),
        left=tuple(left),
        problems=not_read(folder / "pelicanconf.py", settings.unread, "Pelican"),
        lists=tuple(_lists(settings)),
    )
    return old_site(own, with_names(pages))


def _content(settings: PelicanSettings, folder: Path) -> str:
    path = posixpath.normpath(str(settings.values["PATH"]).replace("\\", "/"))
    if path.startswith(("/", "..")):
        path = posixpath.basename(path)
    if "PATH" not in settings.given and (folder / "content").is_dir():
        path = "content"
    return "" if path == "." else path


def _is_text(path: str, content: str, settings: PelicanSettings) -> bool:
    if not path.lower().endswith((*MARKDOWN, ".html", ".htm", ".rst")):
        return False
    inside = path[len(content) + 1 if content else 0 :]
    if not content and path.partition("/")[0] in ("themes", "theme", str(settings.values["OUTPUT_PATH"]).strip("/")):
        return False
    values = settings.values
    as_page = _below(inside, values["PAGE_PATHS"]) and not _below(inside, values["PAGE_EXCLUDES"])
    as_article = _below(inside, values["ARTICLE_PATHS"]) and not _below(inside, values["ARTICLE_EXCLUDES"])
    return as_page or as_article


def _below(path: str, folders: Any) -> bool:
    names = (str(folder).strip("/") for folder in folders)
    return any(not name or path == name or path.startswith(f"{name}/") for name in names)


def _page(path: str, inside: str, given: Mapping[str, Any], settings: PelicanSettings) -> OldPage:
    is_page = _below(inside, settings.values["PAGE_PATHS"])
    found = {**_of_place(inside, settings), **given}
    slug = _slug(path, found, settings)
    day = moment(str(found.get("date", "")).replace("_", " "), zone_of(settings.values["TIMEZONE"]))
    status = str(found.get("status", "published")).strip()
    held = tuple(_held(found, status, day, given, is_page=is_page, settings=settings))
    category = str(found.get("category") or settings.values["DEFAULT_CATEGORY"])
    values = {
        key: value for key, value in found.items() if key not in _CONSUMED and not (is_page and key == "category")
    }
    if not given and not found.get("date"):
        values = {}
    lang = str(found.get("lang") or settings.values["DEFAULT_LANG"])
    foreign = lang != settings.values["DEFAULT_LANG"]
    address = _address(found, slug, category, lang, day, settings, is_page=is_page, foreign=foreign)
    future = settings.values["WITH_FUTURE_DATES"]
    if values and not future and found.get("date") and not is_page:
        values.setdefault("publish_at", found["date"])
    name = slug or stem_of(path)
    return OldPage(
        path=path,
        values=values,
        body=lambda text: head_in(path, text).body,
        old=Old(
            address=address,
            held=held,
            unlisted=status.lower() == "hidden",
            page=is_page,
            name=f"{name}-{lang}" if foreign else name,
            comments=() if address else ("Its old address cannot be computed.",),
        ),
    )


def _held(
    found: Mapping[str, Any],
    status: str,
    day: datetime | None,
    given: Mapping[str, Any],
    *,
    is_page: bool,
    settings: PelicanSettings,
) -> Iterator[Words]:
    """Yield why Pelican published no page, or why that is not known."""
    if "DEFAULT_METADATA" in settings.unread and "status" not in given:
        yield say("held.pelican-metadata")
    elif status.lower() not in ("published", "hidden"):
        yield say("held.says", key="status", value=status[:60])
    elif not is_page and day is None and settings.values["DEFAULT_DATE"] == "":
        yield say("held.pelican-date")
    elif not found.get("title"):
        yield say("held.pelican-title")
    if not settings.is_saved("PAGE_URL" if is_page else "ARTICLE_URL") and "save_as" not in given:
        yield say("held.pelican-page")


def _of_place(inside: str, settings: PelicanSettings) -> dict[str, Any]:
    """Return what the settings, the folder and the name of a file say of it."""
    values = settings.values
    found: dict[str, Any] = {str(key).lower(): value for key, value in values["DEFAULT_METADATA"].items()}
    if values["AUTHOR"]:
        found["authors"] = [str(values["AUTHOR"])]
    for place, more in sorted(values["EXTRA_PATH_METADATA"].items()):
        if isinstance(more, Mapping) and (inside == place or inside.startswith(f"{str(place).rstrip('/')}/")):
            found |= {str(key).lower(): value for key, value in more.items()}
    named: dict[str, Any] = {}
    for rule, data in ((values["FILENAME_METADATA"], stem_of(inside)), (values["PATH_METADATA"], inside)):
        for key, value in _matched(str(rule), data):
            named.setdefault(key.lower(), value)
    folder = posixpath.basename(posixpath.dirname(inside))
    if values["USE_FOLDER_AS_CATEGORY"] and folder:
        named.setdefault("category", folder)
    return found | named


def _matched(rule: str, data: str) -> Iterator[tuple[str, str]]:
    try:
        match = re.match(rule, data) if rule and is_quick(rule) else None
    except re.error:
        return
    yield from ((key, value) for key, value in (match.groupdict() if match else {}).items() if value is not None)


def _slug(path: str, found: Mapping[str, Any], settings: PelicanSettings) -> str:
    if found.get("slug"):
        return str(found["slug"]).strip()
    by_name = settings.values["SLUGIFY_SOURCE"] == "basename"
    return _slugified(stem_of(path) if by_name else str(found.get("title", "")), settings)


def _slugified(text: str, settings: PelicanSettings) -> str:
    values = settings.values
    return slug_of(
        text,
        values["SLUG_REGEX_SUBSTITUTIONS"],
        is_unicode=bool(values["SLUGIFY_USE_UNICODE"]),
        keeps_case=bool(values["SLUGIFY_PRESERVE_CASE"]),
    )


def _address(
    found: Mapping[str, Any],
    slug: str,
    category: str,
    lang: str,
    day: datetime | None,
    settings: PelicanSettings,
    *,
    is_page: bool,
    foreign: bool,
) -> str:
    """Return the path of a page; an empty text when something of it is not known."""
    written = str(found.get("url") or found.get("save_as") or "")
    if not written:
        pattern = settings.pattern(f"{'PAGE' if is_page else 'ARTICLE'}{'_LANG' if foreign else ''}_URL")
        authors = found.get("author") or found.get("authors") or ""
        first = str(authors[0]) if isinstance(authors, list) else str(authors)
        names = {"slug": slug, "lang": lang, "author": _slugified(first, settings)}
        names["category"] = _slugified(category, settings)
        written = re.sub(r"\{(\w+)(?::([^}]*))?\}", lambda part: _filled(part, names, day), pattern)
        if "\0" in written:
            return ""
    return re.sub(r"(^|/)index\.html$", r"\1", "/" + written.lstrip("/"))


def _filled(part: re.Match[str], names: Mapping[str, str], day: datetime | None) -> str:
    if part[1] == "date" and day:
        return day.strftime(part[2] or "%Y-%m-%d %H:%M:%S")
    return names.get(part[1], "") or "\0"


def _lists(settings: PelicanSettings) -> Iterator[tuple[str, str]]:
    """Yield where list pages are that the settings move."""
    for name in ("TAG", "CATEGORY", "AUTHOR"):
        written = re.sub(r"(^|/)index\.html$", r"\1", str(settings.values[f"{name}_URL"]))
        yield f"/{name.lower()}/NAME.html", "/" + written.replace("{slug}", "NAME").lstrip("/")


# --- what its texts name ------------------------------------------------------------------------------


def _linked(written: str, _: OldPage, settings: PelicanSettings) -> str:
    """Return an address of Pelican's own kind as a plain one."""
    match = _LINK.fullmatch(written)
    if not match:
        return written
    kind, rest = match[1].lower(), unquote(match[2])
    if kind in ("filename", "static", "attach"):
        return rest.replace(" ", "%20")
    if kind == "index":
        return "/"
    if kind == "tag":
        return f"/tags/{slugify(rest)}/"
    if kind in ("category", "author"):
        pattern = str(settings.values[f"{kind.upper()}_URL"])
        return "/" + pattern.replace("{slug}", _slugified(rest, settings)).lstrip("/")
    return written


def _places(name: str, page: OldPage, content: str, settings: PelicanSettings) -> Iterator[str]:
    """Yield where a picture may be: beside its text, below content/, or where the settings move it from."""
    start = f"{content}/" if content else ""
    inside = name.lstrip("/")
    if not name.startswith("/"):
        yield name
    yield start + inside
    for place, more in settings.values["EXTRA_PATH_METADATA"].items():
        if isinstance(more, Mapping) and str(more.get("path", "")).strip("/") == inside:
            yield f"{start}{place}"
    if not name.startswith("/"):
        yield start + posixpath.relpath(name, posixpath.dirname(page.path) or ".")


# --- Names in Pelican's addresses: its slugs, and the romanization that it makes of Korean -----------------------

_INITIALS = "g gg n d dd r m b bb s ss  j jj c k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i".split(" ")
_FINALS = " g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h".split(" ")
_LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ð": "d", "þ": "th", "ı": "i", "\u2013": "-", "\u2014": "--", "\u2018": "'", "\u2019": "'", "\u201c": '"',
    "\u201d": '"', "\u2026": "...", "\u00b7": "*", "\u20ac": "EUR", "\u00b0": "deg",
}  # fmt: skip
_SLOW = re.compile(r"[+*}]\)?[+*{]|\([^()]*[+*|][^()]*\)[+*{]")
_LONGEST = 400


def in_ascii(text: str) -> str | None:
    """Return a text in ASCII as Pelican writes it; None when it has letters that only a large table knows."""
    found = "".join(_LETTERS.get(sign) or _syllable(sign) for sign in plain_latin(text))
    return found if found.isascii() else None


def _syllable(sign: str) -> str:
    number = ord(sign) - 0xAC00
    if not 0 <= number < 11_172:
        return sign
    return _INITIALS[number // 588] + _VOWELS[number % 588 // 28] + _FINALS[number % 28]


def slug_of(text: str, rules: Sequence[Sequence[str]], *, is_unicode: bool, keeps_case: bool) -> str:
    """Return a name as Pelican writes it into an address; an empty text when that cannot be known."""
    plain = normalize("NFKC", re.sub(r"<[^>]*>", "", text))
    known = plain if is_unicode else in_ascii(plain)
    if known is None:
        return ""
    for rule in rules:
        if len(rule) < 2 or not is_quick(str(rule[0])):
            return ""
        try:
            known = re.sub(normalize("NFKC", str(rule[0])), normalize("NFKC", str(rule[1])), known, flags=re.IGNORECASE)
        except (re.error, IndexError):
            return ""
    return (known if keeps_case else known.lower()).strip()


def is_quick(pattern: str) -> bool:
    """Tell whether a pattern of somebody's settings can take no long time."""
    return len(pattern) <= _LONGEST and not _SLOW.search(pattern)
