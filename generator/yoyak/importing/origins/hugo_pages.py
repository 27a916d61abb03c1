"""The texts of a site of Hugo: which files are pages, in which language and section, with which values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from msgspec import structs

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import ForeignHead
from yoyak.importing.originals import Old
from yoyak.importing.origins.folders import HTML, MARKDOWN, PICTURES, body_in, head_and_body, moment
from yoyak.importing.origins.hugo_paths import (
    Cascade,
    HugoPage,
    HugoSettings,
    address_of,
    day_and_name,
    first_day,
    handed_down,
    old_names,
    roots,
    without_language,
)  # fmt: skip
from yoyak.importing.origins.old_pages import OldPage
from yoyak.importing.origins.walking import SiteFolder, is_yes, listed, lowered, table
from yoyak.model.message import Words, say

_TEXTS = (*MARKDOWN, *HTML)
_OTHER_TEXTS = (".adoc", ".asciidoc", ".ad", ".org", ".rst", ".pandoc", ".pdc", ".ipynb", ".mmark")

PICTURE = "picture"
"""What is taken with the page that shows it."""


def read_head(tree: SiteFolder, path: str) -> ForeignHead | None:
    text = tree.readable(path)
    return None if text is None else head_and_body(text)


def is_leaf(below: str, settings: HugoSettings) -> bool:
    name = PurePosixPath(below).name
    return (
        name.lower().endswith(_TEXTS)
        and without_language(name, settings, "")[0].lower() == "index"
        and below.count("/") > 1
    )


def not_a_page(path: str, below: str, leaves: set[str], settings: HugoSettings) -> Words:
    lower = path.lower()
    inside = any(str(folder) in leaves for folder in PurePosixPath(below).parents)
    if lower.endswith(_OTHER_TEXTS):
        return say("left.other-text")
    if not lower.endswith(_TEXTS):
        return PICTURE if lower.endswith(PICTURES) else say("left.file-beside")
    if inside and not (below.rpartition("/")[0] in leaves and is_leaf(below, settings) and _outermost(below, leaves)):
        return say("left.bundle-part")
    ignored = [str(one) for one in listed(settings.values.get("ignorefiles"))]
    return say("left.hugo-ignored") if any(_matches(pattern, path) for pattern in ignored) else ""


def _outermost(below: str, leaves: set[str]) -> bool:
    return not any(str(folder) in leaves for folder in PurePosixPath(below).parent.parents)


def _matches(pattern: str, path: str) -> bool:
    try:
        return len(pattern) < 200 and re.search(pattern, path) is not None
    except re.error:
        return False


def is_static_file(path: str, settings: HugoSettings) -> bool:
    folders = [source for source, _, _ in roots(settings, "staticdir", "static")]
    return any(path.startswith(f"{folder}/") for folder in folders if folder) and not path.lower().endswith(PICTURES)


def page_of(
    path: str, below: str, lang: str, head: ForeignHead | None, rules: list[Cascade], settings: HugoSettings
) -> HugoPage:
    stem, lang = without_language(below, settings, lang or settings.default)
    folders = tuple(part for part in below.split("/")[1:-1] if part)
    index, bundle = stem == "_index", stem == "index" and bool(folders)
    kind = "page" if not index else "section" if folders else "home"
    own = lowered(head.values) if head else {}
    logical = "/" + "/".join([*folders, *([] if index or bundle else [stem])])
    inherited = handed_down(rules, logical.lower(), kind, lang)
    name = folders[-1] if (index or bundle) and folders else stem
    values: dict[str, Any] = {**inherited, **own}
    if _from_name(settings):
        day, rest = day_and_name(name)
        named_day = {"date": day} if day and moment(day) else {}
        values = {**named_day, **values, **({"slug": rest} if named_day and rest and not values.get("slug") else {})}
    values = _with_own_dates(values, settings)
    return HugoPage(
        path=path, below=logical, bundle=index or bundle,
        folders=folders[:-1] if index or bundle else folders,
        name="" if kind == "home" else name,
        kind=kind, lang=lang, head=head.values if head else {}, values=values, day=moment(first_day(values) or ""),
    )  # fmt: skip


def in_sections(page: HugoPage, lists: set[str], settings: HugoSettings) -> HugoPage:
    """Return a page with the sections that it stands in, which its address may be made of."""
    folders = page.folders
    inside = (number == 0 or "/" + "/".join(folders[: number + 1]) in lists for number in range(len(folders)))
    sections = tuple(name for name, is_one in zip(folders, inside, strict=True) if is_one)
    page = structs.replace(page, sections=sections)
    return structs.replace(page, address=address_of(page, settings))


def _from_name(settings: HugoSettings) -> bool:
    return ":filename" in listed(table(settings.values.get("frontmatter")).get("date"))


def _with_own_dates(values: dict[str, Any], settings: HugoSettings) -> dict[str, Any]:
    """Return a head in which dates that the settings give another key have Hugo's own."""
    found = dict(values)
    for name, keys in table(settings.values.get("frontmatter")).items():
        other = next((str(key).lower() for key in listed(keys) if str(key).lower() in values), "")
        if name in ("date", "publishdate", "expirydate", "lastmod") and other and name not in found:
            found[name] = values[other]
    if "date" not in found and (day := first_day(found)):
        found["date"] = day
    return found


# --- a page in yoyak's form: its keys, its links, and where its pictures are --------------------------------------

_OWN = frozenset(
    "url slug aliases cascade menu menus weight build _build translationkey outputs markup headless".split()
)
_BASE_URL = re.compile(r"\{\{[<%]?\s*(?:\.Site\.BaseURL|site\.BaseURL|[\w./]*baseurl)\s*[%>]?\}\}", re.IGNORECASE)


def old_page(page: HugoPage, old: Old, settings: HugoSettings) -> OldPage:
    """Return a page as an import takes it."""
    given, known = page.values, lowered(page.head)
    values: dict[str, Any] = {key: value for key, value in given.items() if key not in known and key not in _OWN}
    values |= {key: value for key, value in page.head.items() if key.lower() not in _OWN}
    values |= _own_keys(page, settings)
    build = table(given.get("build") or given.get("_build"))
    shown = {key: value for key, value in build.items() if key != "list"}
    values |= {"build": shown} if shown else {}
    values |= {"headless": given["headless"]} if is_yes(given.get("headless", "")) else {}
    if "list" in build and str(build["list"]).lower() not in ("always", "true"):
        old = structs.replace(old, unlisted=True, page=False)
    words = re.sub(r"[-_\s]+", " ", day_and_name(page.name)[1] or page.name).strip()
    return OldPage(
        path=page.path,
        values=values,
        body=partial(body_in, page.path),
        old=old,
        title=(words[:1].upper() + words[1:]) or "Home",
        called=(page.path.rpartition("/" if page.bundle else ".")[0],),
    )


def dialect_of(settings: HugoSettings) -> Dialect:
    plurals = map(str, table(settings.values.get("taxonomies")).values())
    names = {plural: "tags" for plural in plurals if plural != "authors"}
    return Dialect(low_first=True, names={**names, "published": "date"})


def _own_keys(page: HugoPage, settings: HugoSettings) -> dict[str, Any]:
    """Return the keys whose values Hugo's rules decide."""
    found: dict[str, Any] = {}
    if aliases := old_names(page, page.address, settings):
        found["aliases"] = aliases
    if "weight" in page.values and page.kind == "page":
        found["weight"] = page.values["weight"]
    told = settings.languages or settings.values.get("defaultcontentlanguage")
    code = page.lang if told else str(settings.values.get("languagecode") or settings.values.get("locale") or "")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code):
        found["lang"] = code
    if day := page.values.get("date"):
        found["date"] = day
    return found


def in_language(name: str, page: OldPage) -> Iterator[str]:
    """Yield how a page may be called that ``ref`` names: the one in the language of the text comes first."""
    plain = re.sub(r"/_?index$", "", name.removesuffix(".md").rstrip("/"))
    yield from (f"{plain}.{page.values.get('lang', '')}", name, plain)


def without_base_url(written: str) -> str:
    """Return an address without what stands for that of the site."""
    return _BASE_URL.sub("/", written).replace("//", "/") if "{{" in written else written


def picture_places(
    name: str, page: OldPage, statics: list[str], bundles: Mapping[str, str], base: str
) -> Iterator[str]:
    """Yield where a picture may be: beside its page, at its address, and in the folders of static files."""
    if not name.startswith("/"):
        yield name
        below = name.removeprefix(f"{page.path.rpartition('/')[0]}/")
        address = page.old.address.rpartition("/")[0] + "/"
        yield from (f"{static}{address.removeprefix(base)}{below}" for static in statics)
        name = f"/{below}"
    for whole in dict.fromkeys((name, name.removeprefix(base) if name.startswith(f"{base}/") else name)):
        yield from (f"{static}{whole}" for static in statics)
        of, _, last = name.strip("/").rpartition("/")
        if of in bundles:
            yield f"{bundles[of]}/{last}"
        yield whole.lstrip("/")
