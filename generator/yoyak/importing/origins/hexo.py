"""Sites of Hexo: source/_posts, source/_drafts, and the pages beside them, with the addresses of its permalinks."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import body_of, head_of, terms
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
from yoyak.importing.origins.walking import SiteFolder, is_yes, not_read, settings_of_hexo, tree_of
from yoyak.model.message import Problem, say

_TEMPLATES = (".ejs", ".swig", ".njk", ".pug", ".jade", ".html", ".htm", ".styl")
_FORMS = {
    "year": r"\d{4}",
    "month": r"\d\d",
    "day": r"\d\d",
    "i_month": r"\d\d?",
    "i_day": r"\d\d?",
    "hash": r"[0-9a-f]{12}",
}
_DIALECT = Dialect(
    names={
        "sticky": "weight", "top": "weight", "index_img": "image", "banner_img": "image", "top_img": "image",
        "photos": "image", "photo": "image", "category": "tags",
    }
)  # fmt: skip
_LISTS = ("tags", "categories", "archives", "archive", "tag", "category", "friends", "links", "search", "404")


def hexo_site(folder: Path) -> OldSite | None:
    """Return the site of a folder of Hexo; nothing for another."""
    if not (folder / "_config.yml").is_file():
        return None
    tree = tree_of(folder)
    given = settings_of_hexo(tree.text("_config.yml"))
    source = str((given or {}).get("source_dir") or "source").strip("/")
    if not _is_hexo(tree, source):
        return None
    settings = given or {}
    problems = () if given else not_read(folder / "_config.yml", ["_config.yml"], "Hexo", "left-behind.hexo-settings")
    pages, left, told = _pages(tree, settings, source)
    plugin = re.search(r"hexo-hide-posts", tree.text("package.json")) is not None
    own = Generator(
        generator="Hexo",
        tree=tree,
        dialect=structs.replace(_DIALECT, unlisted=plugin),
        base_url=str(settings.get("url") or ""),
        base_path="/" + str(settings.get("root") or "/").strip("/"),
        roots=(source,),
        places=lambda name, page: _places(name, page, source),
        left=tuple(left),
        problems=(*problems, *told),
        lists=tuple(_lists(settings)),
    )
    return old_site(own, with_names(pages))


def _lists(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where list pages are that the settings move."""
    for key, default in (("tag_dir", "tags"), ("category_dir", "categories"), ("archive_dir", "archives")):
        folder = str(settings.get(key) or default).strip("/")
        below = ("", "YYYY/", "YYYY/MM/") if default == "archives" else ("", "NAME/")
        yield from ((f"/{default}/{rest}", f"/{folder}/{rest}") for rest in below if folder != default)


def _is_hexo(tree: SiteFolder, source: str) -> bool:
    try:
        package = json.loads(tree.text("package.json"))
    except ValueError:
        package = {}
    names = [*package, *(package.get("dependencies") or {})] if isinstance(package, dict) else []
    return ("hexo" in names or (tree.root / "scaffolds").is_dir()) and any(tree.below(source))


def _pages(
    tree: SiteFolder, settings: Mapping[str, Any], source: str
) -> tuple[list[OldPage], list[SkippedItem], list[Problem]]:
    pages: list[OldPage] = []
    left: list[SkippedItem] = []
    problems: list[Problem] = []
    for path in tree.below(source):
        inside = path[len(source) + 1 :]
        folder, _, name = inside.partition("/")
        ending = posixpath.splitext(path)[1].lower()
        if (ending not in MARKDOWN and ending not in _TEMPLATES) or _is_hidden(inside):
            continue
        head = head_of(text := tree.text(path))
        if ending in _TEMPLATES:
            left.append(
                SkippedItem(
                    what=path, why=say("left.copied-html") if ending in (".html", ".htm") else say("left.template")
                )
            )
        elif folder in ("_posts", "_drafts"):
            pages.append(_post(path, name, head.values if head else {}, settings, draft=folder == "_drafts"))
        elif _is_list(inside, head.body if head else text):
            left.append(SkippedItem(what=path, why=say("left.list-page")))
        else:
            pages.append(_page(path, inside, head.values if head else {}))
    return pages, left, problems


def _is_hidden(inside: str) -> bool:
    """Tell whether Hexo reads no page of a file: one of its names begins with ``_``."""
    parts = inside.split("/")
    first = parts[1:] if parts[0] in ("_posts", "_drafts") else parts
    return any(part.startswith("_") for part in first) or parts[-1].startswith("_")


def _is_list(inside: str, body: str) -> bool:
    return not body.strip() and (inside.partition("/")[0].partition(".")[0] in _LISTS or inside.startswith("index."))


def _post(path: str, name: str, given: Mapping[str, Any], settings: Mapping[str, Any], *, draft: bool) -> OldPage:
    values = {key: value for key, value in given.items() if key not in ("permalink", "slug")}
    slug, told = _told_by_name(posixpath.splitext(name)[0], str(settings.get("new_post_name") or ":title.md"))
    zone = zone_of(settings.get("timezone"))
    day = moment(values.get("date"), zone)
    if day is None and not values.get("date") and {"year", "month", "day"} <= set(told):
        values["date"] = f"{told['year']}-{int(told['month']):02}-{int(told['day']):02}"
        day = moment(values["date"], zone)
    known = {**told, **values, "permalink": given.get("permalink")}
    address = _address(slug, day, known, settings)
    elsewhere = _address(slug, day and day.astimezone(UTC), known, settings)
    if elsewhere and elsewhere != address:
        values["aliases"] = [*terms(values.get("aliases") or []), elsewhere]  # of a machine whose clock is UTC's
    if str(settings.get("future", "true")).lower() == "false" and values.get("date"):
        values.setdefault("publish_at", values["date"])
    held = (say("held.hexo-draft"),) if draft and not is_yes(settings.get("render_drafts", "")) else ()
    return OldPage(
        path=path,
        values=values,
        body=body_of,
        old=Old(
            address=address,
            held=held,
            name=posixpath.basename(slug),
            comments=() if address else ("Its old address cannot be computed.",),
        ),
    )


def _page(path: str, inside: str, given: Mapping[str, Any]) -> OldPage:
    values = {key: value for key, value in given.items() if key not in ("permalink", "slug")}
    address = "/" + str(given.get("permalink") or posixpath.splitext(inside)[0] + ".html").lstrip("/")
    if not posixpath.splitext(address)[1] and not address.endswith("/"):
        address += ".html"
    address = re.sub(r"/index\.html$", "/", address)
    stem = stem_of(path)
    name = posixpath.basename(posixpath.dirname(inside)) or "home" if stem == "index" else stem
    return OldPage(path=path, values=values, body=body_of, old=Old(address=address, page=True, name=name))


def _told_by_name(name: str, pattern: str) -> tuple[str, dict[str, str]]:
    """Return what `new_post_name` finds in a file's name: its title, and the rest."""
    rule = posixpath.splitext(pattern)[0]
    parts = re.split(r"(:\w+)", rule)
    made = "".join(f"(?P<{p[1:]}>{_FORMS.get(p[1:], '.+?')})" if p.startswith(":") else re.escape(p) for p in parts)
    try:
        found = re.fullmatch(made, name)
    except re.error:  # one name twice
        found = None
    told = {key: value for key, value in found.groupdict().items() if value} if found else {}
    for short, long in (("i_month", "month"), ("i_day", "day")):
        if short in told:
            told.setdefault(long, told[short])
    return told.get("title", name), told


def _address(slug: str, day: datetime | None, values: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Return the path of a post's page; an empty text when something of it is not known."""
    assets = is_yes(settings.get("post_asset_folder", ""))
    pattern = str(values.get("permalink") or "")
    if not pattern:
        pattern = str(settings.get("permalink") or ":year/:month/:day/:title/")
        known = {**(settings.get("permalink_defaults") or {}), **values, **_parts(slug, day, values, settings)}
        missing = [name for name in re.findall(r":(\w+)", pattern) if known.get(name) in (None, "", [], {})]
        if missing:
            return ""
        pattern = re.sub(r":(\w+)", lambda found: str(known[found[1]]), pattern)
    address = "/" + pattern.lstrip("/")
    if assets and not address.endswith(("/", ".html")):
        address += "/"
    return re.sub(r"/index\.html$", "/", address)


def _parts(slug: str, day: datetime | None, values: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, str]:
    found = {
        "title": slug,
        "name": posixpath.basename(slug),
        "post_title": slugized(str(values.get("title", "")), "1"),
        "category": _category(values, settings),
        "id": str(values.get("id") or ""),
    }
    if day is None:
        return {**found, **dict.fromkeys(("year", "month", "day", "hash", "timestamp"), "")}
    seconds = str(int(day.timestamp()))
    dates = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S"}
    return {
        **found,
        **{name: day.strftime(form) for name, form in dates.items()},
        "i_month": str(day.month),
        "i_day": str(day.day),
        "timestamp": seconds,
        "hash": hashlib.sha1((slug + seconds).encode(), usedforsecurity=False).hexdigest()[:12],
    }


def _category(values: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    """Return the address of a post's last category, with those above it."""
    given = values.get("categories") or values.get("category") or []
    chain = given if isinstance(given, list) else [given]
    while chain and isinstance(chain[-1], list):
        chain = chain[-1]
    names = settings.get("category_map") or {}
    parts = [
        slugized(str(names.get(str(one), one)), str(settings.get("filename_case") or "0"))
        for one in chain
        if not isinstance(one, list | dict)
    ]
    return "/".join(parts) or str(settings.get("default_category") or "uncategorized")


def slugized(text: str, case: str = "0") -> str:
    """Return a name as Hexo writes it into an address."""
    plain = plain_latin(text)
    plain = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+", "-", re.sub(r"[\0-\x1f]", "", plain)).strip("-")
    return plain.lower() if case == "1" else plain.upper() if case == "2" else plain


def _places(name: str, page: OldPage, source: str) -> Iterator[str]:
    """Yield where a picture may be: beside its post, in its post's own folder, or below source/."""
    own = posixpath.splitext(page.path)[0]
    if name.startswith("/"):
        yield f"{source}{name}"
        if page.old.address and name.startswith(page.old.address):
            yield f"{own}/{name[len(page.old.address) :]}"
    else:
        yield name
        yield f"{own}/{posixpath.relpath(name, posixpath.dirname(page.path))}"
        yield f"{source}/{posixpath.relpath(name, posixpath.dirname(page.path))}"
