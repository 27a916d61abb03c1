"""A text of Hugo in yoyak's form: its keys, its links, and where its pictures are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import structs

from yoyak.importing.foreign import Dialect, in_own_keys
from yoyak.importing.heads import ForeignHead
from yoyak.importing.marks.convert import converted
from yoyak.importing.originals import Old, OldText
from yoyak.importing.origins.folders import (
    HTML,
    Links,
    as_markdown,
    head_and_body,
    is_yes,
    lowered,
    part_of,
    table,
    with_addresses,
)  # fmt: skip
from yoyak.importing.origins.hugo_pages import HugoPage
from yoyak.importing.origins.hugo_paths import (
    HugoSettings,
    day_and_name,
    old_names,
)  # fmt: skip

_OWN = frozenset(
    "url slug aliases cascade menu menus weight build _build translationkey outputs markup headless".split()
)
_REF = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?[\"'`]?(?P<to>[^\"'`\s>%]+)[^}]*?[%>]\}\}(?P<tail>.*)", re.DOTALL
)
_ADDRESS = re.compile(r"\{\{[<%]?\s*(?:\.Site\.BaseURL|site\.BaseURL|[\w./]*baseurl)\s*[%>]?\}\}", re.IGNORECASE)


def pictures_of(
    find: Callable[[str], bytes | None], page: HugoPage, statics: list[str], bundles: Mapping[str, str], base: str
) -> Callable[[str], bytes | None]:
    """Return what gives the pictures of a page: beside it, at its address, and in the folders of static files."""
    folder = page.path.rpartition("/")[0]
    address = page.address if page.address.endswith("/") else page.address.rpartition("/")[0] + "/"

    def places(name: str) -> Iterator[str]:
        if not name.startswith("/"):
            yield name
            below = name.removeprefix(f"{folder}/")
            yield from (f"{static}{address.removeprefix(base)}{below}" for static in statics)
            name = f"/{below}"
        for whole in dict.fromkeys((name, name.removeprefix(base) if name.startswith(f"{base}/") else name)):
            yield from (f"{static}{whole}" for static in statics)
            of, _, last = name.strip("/").rpartition("/")
            if of in bundles:
                yield f"{bundles[of]}/{last}"
            yield whole.lstrip("/")

    def sought(name: str) -> bytes | None:
        return next((data for place in places(name) if (data := find(place)) is not None), None)

    return sought


def translation(
    page: HugoPage, old: Old, links: Links, settings: HugoSettings, find: Callable[[str], bytes | None]
) -> Callable[[str], OldText]:
    def translate(text: str) -> OldText:
        head = head_and_body(text)
        kept = {key: value for key, value in head.values.items() if key.lower() not in _OWN}
        inherited = {key: value for key, value in page.where.values.items() if key not in lowered(head.values)}
        values = {
            **{key: value for key, value in inherited.items() if key not in _OWN},
            **kept,
            **_own_keys(page, settings),
        }
        build = table(page.where.values.get("build") or page.where.values.get("_build"))
        shown = {key: value for key, value in build.items() if key != "list"}
        values |= {"build": shown} if shown else {}
        if is_yes(page.where.values.get("headless", "")):
            values["headless"] = page.where.values["headless"]
        if "list" in build and str(build["list"]).lower() not in ("always", "true"):
            old_here = structs.replace(old, unlisted=True, page=False)
        else:
            old_here = old
        values |= _title(page, values, head.body)
        names = {
            plural: "tags"
            for plural in map(str, table(settings.values.get("taxonomies")).values())
            if plural != "authors"
        }
        dialect = Dialect(low_first=True, names={**names, "published": "date"})
        body = as_markdown(head.body) if page.path.lower().endswith(HTML) else head.body
        body = with_addresses(body, lambda written: _link(written, page, links, find))
        body = converted(body, "hugo", lambda name: _named(name, page, links, find))
        return in_own_keys(ForeignHead(values=values, body=body), dialect, old_here)

    return translate


def _named(name: str, page: HugoPage, links: Links, find: Callable[[str], bytes | None]) -> str:
    """Return the address of the page that a shortcode names; an empty text when there is none."""
    mark = f'{{{{< ref "{name}" >}}}}'
    found = _link(mark, page, links, find)
    return "" if found == mark else found


def _own_keys(page: HugoPage, settings: HugoSettings) -> dict[str, Any]:
    """Return the keys whose values Hugo's rules decide."""
    found: dict[str, Any] = {}
    if aliases := old_names(page.where, page.address, settings):
        found["aliases"] = aliases
    if "weight" in page.where.values and page.where.kind == "page":
        found["weight"] = page.where.values["weight"]
    told = settings.languages or settings.values.get("defaultcontentlanguage")
    code = page.where.lang if told else str(settings.values.get("languagecode") or settings.values.get("locale") or "")
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code):
        found["lang"] = code
    if day := page.where.values.get("date"):
        found["date"] = day
    return found


def _title(page: HugoPage, values: Mapping[str, Any], body: str) -> dict[str, Any]:
    """Return a title for a text that has none, made of the name of its file; a headline of its own is one."""
    said = next((value for key, value in values.items() if key.lower() == "title"), "")
    if str(said).strip() or re.match(r"\s*#[ \t]+\S", body):
        return {}
    words = re.sub(r"[-_\s]+", " ", day_and_name(page.where.name)[1] or page.where.name).strip()
    return {"title": (words[:1].upper() + words[1:]) or "Home"}


def _link(written: str, page: HugoPage, links: Links, find: Callable[[str], bytes | None]) -> str:
    if found := _REF.match(written.strip()):
        target, _, part = found["to"].partition("#")
        beside = f"ref:/{'/'.join(part for part in page.below.split('/')[1:-1])}/{target}".replace("//", "/")
        plain = re.sub(r"/_?index$", "", target.removesuffix(".md").rstrip("/"))
        lang = page.where.lang
        keys = (
            f"ref:{plain}@{lang}",
            f"ref:{target}",
            f"ref:{plain}",
            f"ref:/{plain}@{lang}",
            beside,
            f"ref:/{plain}",
            beside.removesuffix(".md"),
        )
        address = next((links.files[key] for key in keys if key in links.files), "" if target else page.address)
        behind = f"#{part}" if part else part_of(found["tail"])
        return (f"{address}{behind}" if address else written) if target else f"#{part}"
    plain = _ADDRESS.sub("/", written).replace("//", "/") if "{{" in written else written
    own = links.own(plain)
    if own and find(own) is not None:
        return own
    return links.of(plain, page.path, page.address, page.path.partition("/")[0])
