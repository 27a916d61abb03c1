"""Where Jekyll puts a page: its styles and patterns of permalinks, and its slugs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yoyak.importing.heads import terms
from yoyak.importing.originals import Old
from yoyak.importing.origins.folders import HTML, MARKDOWN, body_in, moment, path_of, tidied
from yoyak.importing.origins.old_pages import OldPage
from yoyak.importing.origins.walking import listed, table
from yoyak.model.message import Words
from yoyak.model.types import Record

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext", "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext", "none": "/:categories/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}  # fmt: skip
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TOKEN = re.compile(r":([a-z_]+)")
_PRETTY = re.compile(r"[^\w._~!$&'()+,;=@]+")
_PLAIN = re.compile(r"[\W_]+")


class Doc(Record, kw_only=True):
    """What decides the address of a post, a document of a collection, or a page."""

    path: str
    """From the site's folder."""
    below: str
    """From the folder of its collection: ``sub/pie.md``; of a page as `path`."""
    collection: str
    """``posts``, or another; empty for a page."""
    values: Mapping[str, Any]
    folders: tuple[str, ...] = ()
    """Those that stand above _posts/, which are categories."""
    slug: str = ""
    """As the file's name says it, without its day."""
    day: datetime | None = None
    is_draft: bool = False
    held: tuple[Words, ...] = ()
    address: str = ""


def slugified(text: str, *, pretty: bool = False, cased: bool = False) -> str:
    """Return a text as Jekyll's ``slugify``; `pretty` keeps what may stand in an address."""
    made = (_PRETTY if pretty else _PLAIN).sub("-", text).strip("-")
    return made if cased else made.lower()


def with_zone(written: Any, settings: Mapping[str, Any]) -> datetime | None:
    """Return a date in the site's zone; a time without a zone is one in UTC, a day alone is a day."""
    found = moment(written or "")
    if found is None or not re.search(r"\d:\d", str(written)):
        return found
    try:
        zone = ZoneInfo(str(settings.get("timezone") or "UTC"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(zone)
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return found


def categories(doc: Doc) -> list[str]:
    """Return the categories of a post: of its folders, and of its head."""
    said = [*terms(doc.values.get("category"))[:1], *terms(doc.values.get("categories"), spaced=True)]
    one = doc.values.get("category")
    if isinstance(one, str) and one.strip():
        said[:1] = [one.strip()]
    return list(dict.fromkeys([*doc.folders, *said]))


def address_of(doc: Doc, settings: Mapping[str, Any]) -> str:
    """Return the path of a page on the old site."""
    base = path_of(settings.get("baseurl") or "")
    pattern = str(doc.values.get("permalink") or "").strip() or _template(doc, settings)
    filled = tidied(_TOKEN.sub(lambda found: _value(found, doc, settings), pattern))
    return base + re.sub(r"(?<=/)index(?:\.html?)?$", "", filled)


def _template(doc: Doc, settings: Mapping[str, Any]) -> str:
    style = str(settings.get("permalink") or "date")
    own = str(table(table(settings.get("collections")).get(doc.collection)).get("permalink") or "")
    if own:
        return own
    if doc.collection == "posts":
        return _STYLES.get(style, style)
    if doc.collection:
        return f"/:collection/:path{_suffix(style)}"
    return "/:path/" if PurePosixPath(doc.path).stem == "index" else f"/:path/:basename{_suffix(style)}"


def _suffix(style: str) -> str:
    if style == "pretty" or style.endswith("/"):
        return "/"
    return ":output_ext" if style in _STYLES or style.endswith(":output_ext") else ""


def _value(found: re.Match[str], doc: Doc, settings: Mapping[str, Any]) -> str:
    make = _VALUES.get(found[1])
    if make is None:  # the longest name that there is: of `:output_extra` it is `output_ext`
        name = next((one for one in sorted(_VALUES, key=len, reverse=True) if found[1].startswith(one)), "")
        return _VALUES[name](doc, settings) + found[1][len(name) :] if name else found[0]
    return make(doc, settings)


def _on(form: Callable[[datetime], str]) -> Callable[[Doc, Mapping[str, Any]], str]:
    return lambda doc, _: form(doc.day) if doc.day else ""


def _title(doc: Doc, _: Mapping[str, Any]) -> str:
    return slugified(str(doc.values.get("slug") or doc.slug or PurePosixPath(doc.path).stem), pretty=True, cased=True)


def _plain_slug(doc: Doc, _: Mapping[str, Any]) -> str:
    return slugified(str(doc.values.get("slug") or doc.slug or PurePosixPath(doc.path).stem))


def _path(doc: Doc, _: Mapping[str, Any]) -> str:
    if not doc.collection:
        return str(PurePosixPath(doc.path).parent) if "/" in doc.path else ""
    return doc.below.removesuffix(PurePosixPath(doc.below).suffix)


def _ending(doc: Doc, _: Mapping[str, Any]) -> str:
    ending = PurePosixPath(doc.path).suffix
    return ".html" if ending.lower() in (*MARKDOWN, *HTML) else ending


_VALUES: Mapping[str, Callable[[Doc, Mapping[str, Any]], str]] = {
    "year": _on(lambda day: f"{day.year:04}"), "short_year": _on(lambda day: f"{day.year % 100:02}"),
    "month": _on(lambda day: f"{day.month:02}"), "i_month": _on(lambda day: str(day.month)),
    "short_month": _on(lambda day: MONTHS[day.month - 1][:3]), "long_month": _on(lambda day: MONTHS[day.month - 1]),
    "day": _on(lambda day: f"{day.day:02}"), "i_day": _on(lambda day: str(day.day)),
    "y_day": _on(lambda day: f"{day.timetuple().tm_yday:03}"), "w_year": _on(lambda day: str(day.isocalendar()[0])),
    "week": _on(lambda day: f"{day.isocalendar()[1]:02}"), "w_day": _on(lambda day: str(day.isoweekday())),
    "short_day": _on(lambda day: DAYS[day.weekday()][:3]), "long_day": _on(lambda day: DAYS[day.weekday()]),
    "hour": _on(lambda day: f"{day.hour:02}"), "minute": _on(lambda day: f"{day.minute:02}"),
    "second": _on(lambda day: f"{day.second:02}"), "title": _title, "slug": _plain_slug, "path": _path,
    "basename": lambda doc, _: PurePosixPath(doc.path).stem, "output_ext": _ending,
    "name": lambda doc, _: slugified(PurePosixPath(doc.path).stem), "collection": lambda doc, _: doc.collection,
    "categories": lambda doc, _: "/".join(dict.fromkeys(one.lower() for one in categories(doc))),
    "slugified_categories": lambda doc, _: "/".join(dict.fromkeys(slugified(one) for one in categories(doc))),
}  # fmt: skip


# --- a text in yoyak's form: its keys, and where its pictures are ----------------------------------------------------


_OWN = frozenset("slug permalink redirect_from redirect_to category categories date".split())


def name_of(doc: Doc) -> str:
    stem = doc.slug or PurePosixPath(doc.path).stem
    above = PurePosixPath(doc.path).parent.name.strip("_")
    return str(doc.values.get("slug") or (stem if stem != "index" else above or "home"))


def old_page(doc: Doc, old: Old, settings: Mapping[str, Any]) -> OldPage:
    """Return a post, a document or a page as an import takes it."""
    words = re.split(r"-+", doc.slug) if doc.collection else [re.sub(r"[-_]+", " ", name_of(doc))]
    return OldPage(
        path=doc.path,
        values={key: value for key, value in doc.values.items() if key not in _OWN} | _own_keys(doc, settings),
        body=partial(body_in, doc.path),
        old=old,
        title=" ".join(word.capitalize() for word in words if word) or "Home",
        called=("/".join((*doc.folders, PurePosixPath(doc.path).stem)),) if doc.collection == "posts" else (),
    )


def picture_places(name: str, page: OldPage, base: str) -> Iterator[str]:
    """Yield where a picture may be: in the site's folder, beside its text, and at its address."""
    if name.startswith("/"):
        yield name.removeprefix(base).lstrip("/") if base and name.startswith(f"{base}/") else name.lstrip("/")
        yield name.lstrip("/")
        return
    yield name
    folder = page.path.rpartition("/")[0]
    below = name.removeprefix(f"{folder}/") if folder else name
    yield tidied(f"{page.old.address.removeprefix(base).rpartition('/')[0]}/{below}").lstrip("/")
    yield below


def _own_keys(doc: Doc, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys whose values Jekyll's rules decide."""
    base = path_of(settings.get("baseurl") or "")
    found: dict[str, Any] = {}
    if doc.day:
        written = doc.values.get("date") or doc.day
        timed = doc.day.tzinfo is not None
        found["date"] = (
            doc.day.isoformat(sep=" ", timespec="seconds")
            if timed
            else str(written)[:10]
            if not doc.values.get("date")
            else written
        )
    before = [str(one).strip() for one in listed(doc.values.get("redirect_from")) if isinstance(one, str)]
    if before:
        found["aliases"] = [tidied(f"{base}/{one}") for one in before if one and "://" not in one]
    if named_as := categories(doc):
        found["categories"] = named_as
    if not doc.values.get("lang") and re.fullmatch(
        r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", str(settings.get("lang") or "")
    ):
        found["lang"] = str(settings["lang"])
    return found
