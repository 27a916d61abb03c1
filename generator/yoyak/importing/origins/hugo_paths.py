"""Where Hugo puts a page: its rules for addresses, their patterns, and languages in the names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from yoyak.importing.origins.folders import moment, path_of, tidied
from yoyak.importing.origins.jekyll_paths import DAYS, MONTHS
from yoyak.importing.origins.walking import SiteFolder, is_yes, listed, lowered, settings_of, table
from yoyak.model.types import Record

_TOKEN = re.compile(r":(?P<name>[a-z0-9]+|\w+)(?:\[(?P<from>-?\d+|last)?(?P<range>:)?(?P<to>\d+|last)?\])?")
_NAMED_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(.*))?\Z", re.DOTALL)


class HugoSettings(Record, kw_only=True):
    """What Hugo's settings say about addresses and languages."""

    values: Mapping[str, Any]
    """Keys in lower case."""

    @property
    def languages(self) -> Mapping[str, Any]:
        return table(self.values.get("languages"))

    @property
    def default(self) -> str:
        return str(self.values.get("defaultcontentlanguage") or next(iter(self.languages), "") or "en").lower()

    def of(self, key: str, lang: str = "") -> Any:
        """Return a setting, that of a language before that of the site."""
        own = table(self.languages.get(lang))
        return own[key] if key in own else self.values.get(key)

    def prefix(self, lang: str) -> str:
        """Return the folder of a language's pages, with the path of the site's address before it."""
        base = path_of(self.of("baseurl", lang) or "")
        alone = "baseurl" in table(self.languages.get(lang))
        inside = is_yes(self.values.get("defaultcontentlanguageinsubdir")) or lang != self.default
        return f"{base}/{lang}" if self.languages and lang and inside and not alone else base


def without_language(name: str, settings: HugoSettings, lang: str) -> tuple[str, str]:
    """Return the name of a file without its ending and without its language, and the language."""
    stem = PurePosixPath(name).stem
    before, _, last = stem.rpartition(".")
    return (before, last.lower()) if before and last.lower() in settings.languages else (stem, lang)


def day_and_name(stem: str) -> tuple[str, str]:
    """Return the day that a file's name begins with, and what follows it."""
    found = _NAMED_DAY.match(stem)
    return (found[1], found[2] or "") if found else ("", stem)


def made_path(text: str, settings: HugoSettings) -> str:
    """Return a part of an address as Hugo makes it of a file's path, a title or a slug."""
    kept = "".join(sign for sign in text.replace(" ", "-") if sign.isalnum() or sign in "./\\_#+~-@%" or _is_mark(sign))
    if is_yes(settings.values.get("removepathaccents")):
        plain = (sign for sign in unicodedata.normalize("NFD", kept) if unicodedata.category(sign) != "Mn")
        kept = unicodedata.normalize("NFC", "".join(plain))
    return kept if is_yes(settings.values.get("disablepathtolower")) else kept.lower()


def slug_of(text: str, settings: HugoSettings) -> str:
    """Return a title or a slug as a part of an address: what stands between two words is one hyphen at most."""
    kept = "".join(sign for sign in text if sign.isalnum() or sign.isspace() or sign in "./\\_#+~-@" or _is_mark(sign))
    return made_path(re.sub(r"\s*-\s+|\s+-\s*|\s+", "-", kept.strip()), settings)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


class HugoPage(Record, kw_only=True):
    """A text of a site, with what decides its address."""

    path: str
    """From the site's folder."""
    below: str
    """From its content folder, with a slash before it and without its ending: ``/posts/ferry``."""
    folders: tuple[str, ...]
    """Below content/; of a bundle, without its own."""
    sections: tuple[str, ...] = ()
    """Those of the folders that are sections: the first, and each that has a page of its own."""
    name: str
    kind: str
    """``page``, ``section`` or ``home``."""
    lang: str
    head: Mapping[str, Any]
    """What stands above its text, as it is written."""
    values: Mapping[str, Any]
    """The same with what it inherits, with keys in lower case."""
    day: datetime | None
    bundle: bool
    address: str = ""


def address_of(page: HugoPage, settings: HugoSettings) -> str:
    """Return the path of a page on the old site."""
    base = path_of(settings.of("baseurl", page.lang) or "")
    prefix = settings.prefix(page.lang)
    if (url := str(page.values.get("url") or "").strip()) and "://" not in url:
        filled = _filled(url, page, settings) if ":" in url else url
        return _whole(tidied(f"{base if url.startswith('/') else prefix}/{filled}"))
    if page.kind == "home":
        return tidied(f"{prefix}/")
    if pattern := _pattern(page, settings):
        filled = made_path(_filled(pattern, page, settings), settings)
        return _whole(tidied(f"{prefix}/{filled}"), ugly=_is_ugly(page, settings))
    slug = str(page.values.get("slug") or "").strip()
    parts = [made_path(part, settings) for part in (*page.folders, *([] if slug else [page.name])) if part]
    whole = "/".join([*parts, *([slug_of(slug, settings)] if slug else [])])
    return _whole(tidied(f"{prefix}/{whole}"), ugly=_is_ugly(page, settings))


def _whole(path: str, *, ugly: bool = False) -> str:
    if re.search(r"\.(?:html?|php|aspx?|xml|txt)$", path.lower()):
        return path
    return path.rstrip("/") + (".html" if ugly else "/")


def _is_ugly(page: HugoPage, settings: HugoSettings) -> bool:
    said = settings.of("uglyurls", page.lang)
    if isinstance(said, Mapping):
        said = said.get(page.folders[0].lower() if page.folders else "")
    return page.kind == "page" and is_yes(said)


def _pattern(page: HugoPage, settings: HugoSettings) -> str:
    said = settings.of("permalinks", page.lang)
    if isinstance(said, list):
        return next((str(rule["pattern"]) for rule in map(table, said) if "pattern" in rule and _aims(rule, page)), "")
    found = table(said)
    of_kind = found.get("page" if page.kind == "page" else "section")
    rules = of_kind if isinstance(of_kind, Mapping) else found if page.kind == "page" else {}
    section = (page.folders[0] if page.folders else page.name if page.kind == "section" else "").lower()
    keys = (section, str(page.values.get("type") or "")) if section else ("/", "", "pages")
    return next((str(rules[key]) for key in keys if isinstance(rules.get(key), str)), "")


def _aims(rule: Mapping[str, Any], page: HugoPage) -> bool:
    path = "/" + "/".join((*page.folders, page.name))
    return aims_at(lowered(rule.get("target") or {}), path.lower(), page.kind, page.lang)


def _filled(pattern: str, page: HugoPage, settings: HugoSettings) -> str:
    return _TOKEN.sub(lambda found: _value(found, page, settings), pattern)


def _value(found: re.Match[str], page: HugoPage, settings: HugoSettings) -> str:
    name, day = found["name"].lower(), page.day or datetime(1, 1, 1)  # noqa: DTZ001 - Hugo's own zero
    slug, title = str(page.values.get("slug") or "").strip(), str(page.values.get("title") or "")
    slug, title = slug.replace("/", "-"), title.replace("/", "-")
    folders = [*page.sections, *([page.name] if page.kind == "section" else [])]
    own, of_title = slug_of(page.name, settings), slug_of(title, settings)
    sections = "/".join(made_path(part, settings) for part in _sliced(folders, found))
    known = {
        "year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}",
        "monthname": MONTHS[day.month - 1],
        "weekday": str(day.isoweekday() % 7), "weekdayname": DAYS[day.weekday()],
        "yearday": str(day.timetuple().tm_yday), "title": of_title, "filename": own, "contentbasename": own,
        "slug": slug_of(slug, settings) if slug else of_title, "sections": sections, "sectionslugs": sections,
        "section": made_path(folders[0], settings) if folders else "",
        "2006": f"{day.year:04}", "01": f"{day.month:02}", "02": f"{day.day:02}", "06": f"{day.year % 100:02}",
        "1": str(day.month), "2": str(day.day), "jan": MONTHS[day.month - 1][:3], "january": MONTHS[day.month - 1],
    }  # fmt: skip
    known["sectionslug"] = known["section"]
    known["slugorfilename"] = known["slugorcontentbasename"] = slug_of(slug, settings) if slug else own
    return known.get(name, found[0])


def _sliced(folders: Sequence[str], found: re.Match[str]) -> Sequence[str]:
    def place(written: str | None) -> int | None:
        return None if written is None else len(folders) - 1 if written == "last" else int(written)

    first, last = place(found["from"]), place(found["to"])
    if found["range"] is None:
        return folders if first is None else folders[first : first + 1]
    return folders[first : None if last is None else last + (1 if found["to"] == "last" else 0)]


def old_names(page: HugoPage, address: str, settings: HugoSettings) -> list[str]:
    """Return the addresses that already led to a page."""
    base = path_of(settings.of("baseurl", page.lang) or "")
    beside = address.rstrip("/").rpartition("/")[0]
    names = [str(one).strip() for one in listed(page.values.get("aliases")) if isinstance(one, str)]
    return [
        tidied(f"{base}{one}" if one.startswith("/") else f"{beside}/{one}")
        for one in names
        if one and "://" not in one
    ]


def first_day(values: Mapping[str, Any]) -> Any:
    """Return what Hugo takes for the date of a page."""
    keys = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
    return next((values[key] for key in keys if moment(values.get(key) or "")), None)


# --- What Hugo's sections hand down to the pages below them: ``cascade`` -----------------------------------------

_TARGETED = ("target", "_target")


class Cascade(Record, kw_only=True):
    folder: str
    """Below content/, with a slash before it; everything in it may be meant."""
    lang: str
    target: Mapping[str, Any]
    values: Mapping[str, Any]


def cascades(value: Any, folder: str, lang: str) -> Iterator[Cascade]:
    """Yield what the ``cascade`` of a section, or of the settings, hands down."""
    for rule in listed(value):
        found = lowered(table(rule))
        target = next((table(found[key]) for key in _TARGETED if key in found), {})
        values = {key: inner for key, inner in found.items() if key not in _TARGETED}
        yield Cascade(folder=folder, lang=lang, target=target, values=values)


def handed_down(rules: list[Cascade], path: str, kind: str, lang: str) -> dict[str, Any]:
    """Return what a page inherits; what is nearer to it counts for more."""
    found: dict[str, Any] = {}
    for rule in sorted(rules, key=lambda rule: len(rule.folder)):
        inside = rule.folder == "/" or path == rule.folder or path.startswith(f"{rule.folder}/")
        if inside and rule.lang in ("", lang) and aims_at(rule.target, path, kind, lang):
            found = {**found, **rule.values}
    return found


def aims_at(target: Mapping[str, Any], path: str, kind: str, lang: str) -> bool:
    """Tell whether a rule means a page. What is not understood of it means every page."""
    known = {"path": path, "kind": kind, "lang": lang}
    return all(
        name not in known or any(_fits(str(one), known[name]) for one in listed(wanted))
        for name, wanted in target.items()
    )


def _fits(pattern: str, value: str) -> bool:
    return any(
        fnmatchcase(value, one.lower()) or (one.endswith("/**") and value == one[:-3].lower())
        for one in _spelled_out(pattern)
    )


def _spelled_out(pattern: str) -> Iterator[str]:
    """Yield the patterns that one with braces stands for: ``{/posts/**,/news/**}``."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    for part in found[1].split(",") if found else ():
        assert found
        yield from _spelled_out(pattern[: found.start()] + part.strip() + pattern[found.end() :])
    if not found:
        yield pattern


# --- The settings of a site of Hugo, from all the files that they may be in --------------------------------------

NAMES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))


def settings_in(tree: SiteFolder) -> tuple[HugoSettings, list[str]]:
    """Return the settings, and the files of them that cannot be read."""
    values: dict[str, Any] = {}
    broken: list[str] = []
    split = sorted(path for path in tree.files if path.startswith("config/_default/") and path.count("/") == 2)
    live = sorted(path for path in tree.files if path.startswith("config/production/") and path.count("/") == 2)
    for path in [*[name for name in reversed(NAMES) if name in tree.files], *split, *live]:
        text, stem = tree.readable(path), PurePosixPath(path).stem
        found = settings_of(text, path.lower()) if text is not None else None
        if found is None:
            broken.append(path)
            continue
        low = lowered(found)
        if "/" in path and stem.lower() not in ("hugo", "config"):
            name, _, lang = stem.lower().partition(".")
            low = {"languages": {lang: {name: low}}} if lang else {name: low}
        values = _merged(values, low)
    return HugoSettings(values=values), broken


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    inner = {key: _merged(table(one[key]), table(other[key])) for key in one.keys() & other.keys() if table(other[key])}
    return {**one, **other, **inner}


def roots(settings: HugoSettings, key: str, standard: str) -> Iterator[tuple[str, str, str]]:
    """Yield the folders that Hugo reads for content or static files, with their language and where they are mounted."""
    mounts = [table(one) for one in listed(table(settings.values.get("module")).get("mounts"))]
    mounted = [one for one in mounts if str(one.get("target", "")).strip("/").partition("/")[0] == standard]
    for one in mounted:
        lang = str(next(iter(listed(one.get("lang") or one.get("languages"))), "")).lower()
        yield str(one.get("source", "")).strip("/"), lang, str(one["target"]).strip("/")[len(standard) :].strip("/")
    if mounted:
        return
    for lang in settings.languages:
        for own in listed(table(settings.languages[lang]).get(key)):
            yield str(own).strip("/"), lang, ""
    for number in ("", *range(11)):
        for common in listed(settings.values.get(f"{key}{number}")):
            yield str(common).strip("/"), "", ""
    if key not in settings.values:
        yield standard, "", ""
