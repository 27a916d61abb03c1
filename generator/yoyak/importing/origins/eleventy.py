"""Sites of Eleventy: its input folder with the data of its folders, and the addresses of its permalinks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from yoyak.importing.foreign import Dialect
from yoyak.importing.heads import body_of, head_of
from yoyak.importing.originals import Old, SkippedItem
from yoyak.importing.origins.eleventy_data import address_of, data_of, named_day, plain_stem, texts_in
from yoyak.importing.origins.js_settings import argument_of, path_in, value_of, without_comments
from yoyak.importing.origins.old_pages import (
    MARKDOWN,
    Generator,
    OldPage,
    html_as_block,
    moment,
    old_site,
    zone_of,
)
from yoyak.importing.origins.old_site import OldSite
from yoyak.importing.origins.walking import SiteFolder, not_read, tree_of
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
    if not configs and not _is_installed(folder):
        return None
    tree = tree_of(folder)
    script = without_comments(tree.text(configs[0])) if configs else ""
    if not configs and "@11ty/eleventy" not in tree.text("package.json"):
        return None
    settings = _settings(tree, script)
    pages, left, unread = _pages(tree, settings)
    told = [*unread]
    if re.search(r"addGlobalData\(\s*[\"'](?:permalink|draft|eleventyComputed)", script):
        told.append(configs[0])
    shown = say("left-behind.scripts", names=", ".join(told))
    own = Generator(
        name="Eleventy",
        tree=tree,
        dialect=Dialect(names={"date_modified": "updated"}),
        base_path=settings.prefix,
        roots=(settings.source,),
        places=partial(_places, settings=settings),
        left=tuple(left),
        problems=(not_read(folder / (configs or ["package.json"])[0], shown),) if told else (),
        linked=_linked,
    )
    return old_site(own, pages)


def _is_installed(folder: Path) -> bool:
    return (folder / "package.json").is_file()


def _settings(tree: SiteFolder, script: str) -> _EleventySettings:
    commands = tree.text("package.json")
    asked = re.search(r"--input[= ]([\w./-]+)", commands)
    source = argument_of(script, "setInputDirectory") or value_of(script, "input") or (asked[1] if asked else ".")
    source = path_in(source)
    includes = argument_of(script, "setIncludesDirectory") or value_of(script, "includes") or "_includes"
    layouts = argument_of(script, "setLayoutsDirectory") or value_of(script, "layouts") or "_layouts"
    data = argument_of(script, "setDataDirectory") or value_of(script, "data") or "_data"
    output = argument_of(script, "setOutputDirectory") or value_of(script, "output") or "_site"
    prefix = re.search(r"--pathprefix[= ]([\w./-]+)", commands)
    copied = {path_in(one): path_in(one) for one in re.findall(r"addPassthroughCopy\(\s*[\"'`]([^\"'`]+)", script)}
    for inner in re.findall(r"addPassthroughCopy\(\s*\{(.*?)\}", script, re.DOTALL):
        copied |= {
            path_in(a): path_in(b) for a, b in re.findall(r"[\"'`]([^\"'`]+)[\"'`]\s*:\s*[\"'`]([^\"'`]*)", inner)
        }
    return _EleventySettings(
        source=source,
        left=(*(path_in(posixpath.join(source, one)) for one in (includes, layouts, data)), path_in(output)),
        prefix=_root(value_of(script, "pathPrefix") or (prefix[1] if prefix else "")),
        copied=copied,
    )


def _root(written: str) -> str:
    return "/" + written.strip("/") if written.strip("/") else ""


def _pages(tree: SiteFolder, settings: _EleventySettings) -> tuple[list[OldPage], list[SkippedItem], list[str]]:
    pages: list[OldPage] = []
    left: list[SkippedItem] = []
    unread: dict[str, None] = {}
    ignored = tuple(_ignored(tree))
    for path in tree.below(settings.source):
        ending = next((one for one in (*MARKDOWN, *_TEMPLATES) if path.lower().endswith(one)), "")
        if not ending or _is_below(path, (*settings.left, *ignored)) or path.split("/")[-1] in CONFIGS:
            continue
        if ending in (*MARKDOWN, ".html") and _is_below(path, tuple(settings.copied)) and ending == ".html":
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
        ),
        comments=(why,) if why else (),
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
