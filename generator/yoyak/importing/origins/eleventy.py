"""Sites of Eleventy: its input folder with the data of its folders, and the addresses of its permalinks."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import body_of, head_of
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.old_pages import (
    MARKDOWN,
    Generator,
    OldPage,
    OldSite,
    html_as_block,
    moment,
    old_site,
    plain_latin,
    with_names,
    zone_of,
)
from yoyak.importing.origins.walking import (
    SiteFolder,
    argument_of,
    is_named,
    not_read,
    path_in,
    texts_listed,
    tree_of,
    value_of,
    without_comments,
)
from yoyak.model.message import Words, say
from yoyak.model.types import Record

CONFIGS = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
_TEMPLATES = tuple(".njk .liquid .html .hbs .mustache .ejs .haml .pug .webc .vue .11ty.js .11ty.cjs .11ty.mjs".split())
_NO_DATES = ("last modified", "created", "git last modified", "git created")
_NO_TAGS = ("all", "nav", "post", "posts", "page", "pages", "blog", "articles", "article", "collections")
"""Names of collections that are no words for readers."""
_MARKS = re.compile(r"\{[%{#]")


class _EleventySettings(Record, kw_only=True):
    source: str
    """The input folder; empty for the site's own."""
    left: tuple[str, ...]
    """Folders below the site's that have no pages: includes, data, output."""
    prefix: str
    copied: Mapping[str, str]
    """Folders and files that are copied, and where they are then."""


def eleventy_site(folder: Path) -> OldSite | None:
    """Return the site of a folder of Eleventy; nothing for another."""
    configs = [name for name in CONFIGS if (folder / name).is_file()]
    if not configs and not (folder / "package.json").is_file():
        return None
    tree = tree_of(folder)
    script = without_comments(tree.text(configs[0])) if configs else ""
    if not configs and "@11ty/eleventy" not in tree.text("package.json"):
        return None
    settings = _settings(tree, script)
    pages, left, told = _pages(tree, settings)
    if re.search(r"addGlobalData\(\s*[\"'](?:permalink|draft|eleventyComputed)", script):
        told.append(configs[0])
    own = Generator(
        generator="Eleventy",
        tree=tree,
        dialect=Dialect(names={"date_modified": "updated"}),
        base_path=settings.prefix,
        roots=(settings.source,),
        places=partial(_places, settings=settings),
        left=tuple(left),
        problems=not_read(folder / (configs or ["package.json"])[0], told, "Eleventy", "left-behind.scripts"),
        linked=_linked,
    )
    return old_site(own, with_names(pages))


def _settings(tree: SiteFolder, script: str) -> _EleventySettings:
    commands = tree.text("package.json")
    asked = re.search(r"--input[= ]([\w./-]+)", commands) or ["", "."]
    source = path_in(argument_of(script, "setInputDirectory") or value_of(script, "input") or asked[1])
    includes = argument_of(script, "setIncludesDirectory") or value_of(script, "includes") or "_includes"
    layouts = argument_of(script, "setLayoutsDirectory") or value_of(script, "layouts") or "_layouts"
    data = argument_of(script, "setDataDirectory") or value_of(script, "data") or "_data"
    output = argument_of(script, "setOutputDirectory") or value_of(script, "output") or "_site"
    prefix = re.search(r"--pathprefix[= ]([\w./-]+)", commands)
    root = (value_of(script, "pathPrefix") or (prefix[1] if prefix else "")).strip("/")
    copied = {path_in(one): path_in(one) for one in re.findall(r"addPassthroughCopy\(\s*[\"'`]([^\"'`]+)", script)}
    for inner in re.findall(r"addPassthroughCopy\(\s*\{(.*?)\}", script, re.DOTALL):
        copied |= {
            path_in(a): path_in(b) for a, b in re.findall(r"[\"'`]([^\"'`]+)[\"'`]\s*:\s*[\"'`]([^\"'`]*)", inner)
        }
    return _EleventySettings(
        source=source,
        left=(*(path_in(posixpath.join(source, one)) for one in (includes, layouts, data)), path_in(output)),
        prefix=f"/{root}" if root else "",
        copied=copied,
    )


def _pages(tree: SiteFolder, settings: _EleventySettings) -> tuple[list[OldPage], list[SkippedItem], list[str]]:
    pages: list[OldPage] = []
    left: list[SkippedItem] = []
    unread: dict[str, None] = {}
    ignored = tuple(_ignored(tree))
    for path in tree.below(settings.source):
        ending = next((one for one in (*MARKDOWN, *_TEMPLATES) if path.lower().endswith(one)), "")
        if not ending or _is_below(path, (*settings.left, *ignored)) or path.split("/")[-1] in CONFIGS:
            continue
        if ending == ".html" and _is_below(path, tuple(settings.copied)):
            continue
        text = tree.text(path)
        head = head_of(text)
        if ending not in MARKDOWN and (
            ending.startswith(".11ty")
            or _MARKS.search(head.body if head else text)
            or ending not in (".njk", ".liquid", ".html")
        ):
            left.append(SkippedItem(what=path, why=say("left.template")))
            continue
        data, scripts = data_of(tree, path, settings.source)
        unread |= dict.fromkeys(scripts)
        values = _merged(data, head.values if head else {})
        if "pagination" in values:
            left.append(SkippedItem(what=path, why=say("left.template-of-lists")))
        else:
            pages.append(_page(path, values, settings, unknown=bool(scripts)))
    return pages, left, list(unread)


def _ignored(tree: SiteFolder) -> Iterator[str]:
    for line in tree.text(".eleventyignore").splitlines():
        if line.strip() and not line.startswith("#"):
            yield path_in(line.strip().removesuffix("/**").removesuffix("/**/*").rstrip("/*"))


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(folder and (path == folder or path.startswith(f"{folder}/")) for folder in folders)


def _merged(data: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file's data over that of its folders; lists of tags are one."""
    tags = [*texts_in(data.get("tags")), *texts_in(own.get("tags"))]
    values = {**data, **own}
    return {**values, "tags": list(dict.fromkeys(tags))} if tags else values


def _page(path: str, values: Mapping[str, Any], settings: _EleventySettings, *, unknown: bool) -> OldPage:
    inside = path[len(settings.source) + 1 if settings.source else 0 :]
    given = {**values}
    if str(given.get("date", "")).strip().lower() in _NO_DATES:
        del given["date"]
    if not given.get("date") and (day := named_day(inside)):
        given["date"] = day
    zone = zone_of("UTC")
    permalink = given.get("permalink")
    address, why = address_of(inside, given, moment(given.get("date"), zone))
    held: list[Words] = [say("held.eleventy-page")] if str(permalink).strip().lower() == "false" else []
    if unknown:
        held.append(say("held.eleventy-script"))
    hidden = given.pop("eleventyExcludeFromCollections", "")
    tags = texts_in(given.get("tags"))
    is_article = bool(given.get("date")) or any(tag in ("post", "posts", "blog", "articles") for tag in tags)
    given["tags"] = [tag for tag in tags if tag.lower() not in _NO_TAGS]
    kept = {key: value for key, value in given.items() if key not in ("permalink", "slug") and (key != "tags" or value)}
    stem = plain_stem(inside)
    return OldPage(
        path=path,
        values=kept,
        body=partial(_body, path),
        old=Old(
            address=address,
            held=tuple(held),
            unlisted=str(hidden).strip().lower() == "true" and is_article,
            page=not is_article,
            name=str(values.get("slug") or "") or stem or "home",
            comments=(why,) if why else (),
        ),
    )


def _body(path: str, text: str) -> str:
    body = body_of(text)
    return body if path.lower().endswith(MARKDOWN) else html_as_block(body)


def _linked(written: str, _: OldPage) -> str:
    """Return the address in ``{{ '/posts/ferry/' | url }}``."""
    found = re.fullmatch(r"\{\{-?\s*[\"']([^\"']+)[\"']\s*\|\s*(?:url|htmlBaseUrl)\s*-?\}\}(.*)", written)
    return found[1] + found[2] if found else written


def _places(name: str, page: OldPage, settings: _EleventySettings) -> Iterator[str]:
    """Yield where a picture may be: beside its text, in the input folder, or in a folder that is copied."""
    start = f"{settings.source}/" if settings.source else ""
    if not name.startswith("/"):
        yield name
        near = posixpath.relpath(name, posixpath.dirname(page.path) or ".")
        name = posixpath.normpath(posixpath.join(page.old.address or "/", near))
    inside = name.lstrip("/")
    yield start + inside
    yield inside
    for source, target in settings.copied.items():
        if not target or inside.startswith(f"{target}/"):
            yield posixpath.join(source, inside[len(target) + 1 if target else 0 :])
        if source.startswith(start) and start:
            yield posixpath.join(source, inside.removeprefix(f"{source[len(start) :]}/"))


# --- what the data files of folders say of a file: JSON is read, of scripts only the plain values --------------------


_SCRIPTS = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
_NAMES = tuple("draft permalink eleventyExcludeFromCollections tags date lang author published hidden status".split())
_DECIDING = tuple("draft permalink eleventyExcludeFromCollections published hidden status eleventyComputed".split())


def data_of(tree: SiteFolder, path: str, source: str) -> tuple[dict[str, Any], list[str]]:
    """Return what data files say of a file, the nearest last, and the scripts that decide with a program."""
    found: dict[str, Any] = {}
    unread: list[str] = []
    for name in _names_of_data(path, source):
        more = _json_of(tree.text(name)) if name.endswith(".json") else {}
        if name.endswith(_SCRIPTS) and name in tree.files:
            script = without_comments(tree.text(name))
            more = _plain_of_script(script)
            if any(is_named(script, one) and one not in more for one in _DECIDING):
                unread.append(name)
        tags = texts_in(found.get("tags")) + texts_in(more.get("tags"))
        found |= more
        if tags:
            found["tags"] = list(dict.fromkeys(tags))
    return found, unread


def _names_of_data(path: str, source: str) -> Iterator[str]:
    """Yield the names that data files of a file have: each folder's, its own."""
    folder = posixpath.dirname(path)
    inside = folder[len(source) :].strip("/") if source else folder
    at = source
    for part in ("", *filter(None, inside.split("/"))):
        at = posixpath.join(at, part) if part else at
        base = posixpath.basename(at)
        if base:
            yield from _forms(posixpath.join(at, base))
    yield from _forms(path.rpartition(".")[0])


def _forms(stem: str) -> Iterator[str]:
    yield f"{stem}.json"
    yield from (f"{stem}.11tydata.{ending}" for ending in ("json", "mjs", "cjs", "js"))


def _json_of(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain_of_script(script: str) -> dict[str, Any]:
    values = {name: value_of(script, name) for name in _NAMES}
    return {name: texts_listed(value) if name == "tags" else value for name, value in values.items() if value}


def texts_in(value: Any) -> list[str]:
    """Return the texts of a list, or of what may be a text instead of one."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


# --- Addresses of Eleventy's pages: its own, or what a permalink makes of a page's values ------------------------

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EXPRESSION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_UNKNOWN = "Its old address cannot be computed: permalink: {}"


def named_day(inside: str) -> str:
    """Return the day that a path names, its folders too."""
    return (_DATE.search(inside) or [""])[0]


def plain_stem(inside: str) -> str:
    """Return a file's name without its day; of an index, its folder's."""
    stem = _without_ending(posixpath.basename(inside))
    name = posixpath.basename(posixpath.dirname(inside)) if stem == "index" else stem
    return re.sub(r"^.*?\d{4}-\d{2}-\d{2}-", "", name)


def address_of(inside: str, values: Mapping[str, Any], day: datetime | None) -> tuple[str, str]:
    """Return the path of a page, and why it is not known if it is not."""
    permalink = values.get("permalink")
    if permalink in (None, "") or str(permalink).strip().lower() in ("true", "false"):
        return _own(inside), ""
    found = _EXPRESSION.sub(lambda mark: _value(mark[1], inside, values, day), str(permalink))
    if "\0" in found or "{%" in found or isinstance(permalink, dict | list):
        return "", _UNKNOWN.format(str(permalink)[:100])
    return re.sub(r"(^|/)index\.html$", r"\1", "/" + re.sub(r"/{2,}", "/", found).lstrip("/")), ""


def _own(inside: str) -> str:
    folder, stem = posixpath.dirname(inside), _without_ending(posixpath.basename(inside))
    ends = "" if stem == "index" or (folder and posixpath.basename(folder) == stem) else f"{stem}/"
    return "/" + (f"{folder}/" if folder else "") + ends


def _without_ending(name: str) -> str:
    return re.sub(r"\.(?:md|markdown|mkd|mdown|mdx|njk|liquid|html)$", "", name)


def _value(expression: str, inside: str, values: Mapping[str, Any], day: datetime | None) -> str:
    """Return what an expression with filters gives; a NUL for one that only a program knows."""
    name, *filters = re.split(r"\s*\|\s*", expression)
    found = _named(name, inside, values, day)
    for one in filters:
        word, given = re.match(r"(\w*)\s*[:(]?\s*(.*?)\)?$", one, re.DOTALL).groups()  # type: ignore[union-attr]
        if word == "date" and day and name == "page.date":
            form = given.strip("\"' ")
            found = day.strftime(form) if re.fullmatch(r"(?:%[YmdHMSyj]|[-/. ])+", form) else "\0"
        elif word in ("slugify", "slug"):
            found = slugified(found)
        elif word in ("lower", "downcase", "upper", "upcase", "trim", "strip"):
            found = {"l": found.lower(), "d": found.lower(), "u": found.upper()}.get(word[0], found.strip())
        else:
            return "\0"
    return found


def _named(name: str, inside: str, values: Mapping[str, Any], day: datetime | None) -> str:
    if re.fullmatch(r"\"[^\"]*\"|'[^']*'", name):
        return name[1:-1]
    stem = plain_stem(inside)
    folder = posixpath.dirname(inside)
    file = re.sub(r"^.*?\d{4}-\d{2}-\d{2}-", "", _without_ending(posixpath.basename(inside)))
    path = "/" + posixpath.join(folder, file)
    own = {"page.fileSlug": stem, "page.fileslug": stem, "page.filePathStem": path, "page.date": "\0"}
    value = own.get(name, values.get(name))
    if name == "page.date" and day:
        return day.isoformat()
    return str(value) if isinstance(value, str | int | float) and str(value) else "\0"


def slugified(text: str) -> str:
    """Return a name as Eleventy's filter writes it; a NUL for letters that only its table knows."""
    plain = plain_latin(text).replace("'", "").lower()
    if not plain.isascii():
        return "\0"
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
