"""Ghost: the JSON that its settings export, of 0.x to 5.x, alone or in a zip with the folder of pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from yoyak.importing.exports import Export, Exported, export_readings, sorted_out
from yoyak.importing.found import Readings, around_of, shelf_of
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.ghost_cards import Markdown, html_of
from yoyak.importing.origins.values import EMPTY, moment_of, plain, shows_something, who_sees
from yoyak.model.message import Words, say
from yoyak.model.types import Record
from yoyak.readers.markdown import read_markdown
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import file_text

_HOST = re.compile(r"(?:https?://)?__GHOST_URL__")
_OWN_KEYS = frozenset("status visibility published_at published_by email_only tags type".split())
"""Keys of a post that Ghost itself writes, and that say who may see it: they are read one by one."""
_CODE = ("codeinjection_head", "codeinjection_foot")
_NEVER = {
    **dict.fromkeys("settings custom_theme_settings webhooks integrations api_keys".split(), say("left.setting")),
    **dict.fromkeys("members stripe_customers members_stripe_customers".split(), say("left.member")),
    "users": say("left.account"),
    "newsletters": say("left.newsletter"),
    "snippets": say("left.snippet"),
    "products": say("left.tier"),
    "emails": say("left.mail"),
    "comments": say("left.comment"),
}

Row = Mapping[str, Any]


class _Tables(Record, kw_only=True):
    posts: tuple[Row, ...]
    meta: Mapping[str, Row]
    tags: Mapping[str, Row]
    people: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]
    """Tags by post."""
    authors: Mapping[str, tuple[str, ...]]
    permalinks: str
    left: tuple[SkippedItem, ...]


def ghost_data(text: str) -> Mapping[str, Any] | None:
    """Return the tables of an export; None of JSON that is none."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(whole, dict) and isinstance(whole.get("db"), list) and whole["db"]:
        whole = whole["db"][0]
    data = whole.get("data", whole) if isinstance(whole, dict) else None
    posts = data.get("posts") if isinstance(data, dict) else None
    rows = [row for row in posts if isinstance(row, dict)] if isinstance(posts, list) else None
    known = rows is not None and all("title" in row and ("status" in row or "slug" in row) for row in rows[:20])
    return data if known else None


def ghost_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the posts and pages of an export of Ghost."""
    return export_readings(original, ghost_export(original, original.data, config), config)


def ghost_export(original: Original, data: bytes, config: SiteConfig) -> Export:
    """Return what stands in the JSON of an export."""
    found = ghost_data(file_text(data))
    tables = _tables(found or {})
    around = around_of(config, original.path, shelf_of(original, {}))
    articles, left, problems = sorted_out(
        tables.posts,
        lambda row: _post(row, tables, config, lambda text: read_markdown(text, around).html),
        original.given,
        lambda row: str(row.get("title")),
    )
    return Export(program="Ghost", articles=articles, left=(*left, *tables.left), problems=problems)


def _tables(data: Mapping[str, Any]) -> _Tables:
    def rows(name: str) -> list[Row]:
        found = data.get(name)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    links, authors = _linked(rows("posts_tags"), "tag_id"), _linked(rows("posts_authors"), "author_id")
    permalinks = (row.get("value") for row in rows("settings") if row.get("key") == "permalinks")
    return _Tables(
        posts=tuple(rows("posts")),
        meta={_id(row.get("post_id")): row for row in rows("posts_meta")},
        tags={_id(row.get("id")): row for row in rows("tags")},
        people={_id(row.get("id")): plain(str(row.get("name") or "")) for row in rows("users")},
        links=links,
        authors=authors,
        permalinks=next((str(value) for value in permalinks if isinstance(value, str)), "/:slug/"),
        left=tuple(SkippedItem(what="", why=why) for name, why in _NEVER.items() for _ in rows(name)),
    )


def _linked(rows: list[Row], name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: row["sort_order"] if isinstance(row.get("sort_order"), int) else 0):
        post = _id(row.get("post_id"))
        found[post] = (*found.get(post, ()), _id(row.get(name)))
    return found


def _id(value: Any) -> str:
    return str(value if value is not None else "")


def _post(row: Row, tables: _Tables, config: SiteConfig, markdown: Markdown) -> Exported | SkippedItem:
    meta = {
        **tables.meta.get(_id(row.get("id")), {}),
        **{key: value for key, value in row.items() if value is not None},
    }
    zone = ZoneInfo(config.timezone)
    title, slug = plain(_text(meta, "title")), _text(meta, "slug")
    html = _text(meta, "html") or html_of(meta.get("lexical"), meta.get("mobiledoc"), markdown)
    html = html or markdown(_text(meta, "markdown"))
    held = tuple(_held({**meta, "visibility": row.get("visibility", "public")}))
    if held and not shows_something(html):
        return SkippedItem(what=title, why=EMPTY)
    is_page = _text(meta, "type") == "page" or str(meta.get("page")).lower() in ("1", "true")
    date = moment_of(meta.get("published_at") or meta.get("created_at"), zone)
    tags = tuple(dict.fromkeys(_tags(meta, tables)))
    permalink = "/:slug/" if is_page else tables.permalinks
    path = _path(permalink, slug, meta, zone) if slug and not held else ""
    picture = _HOST.sub("", _text(meta, "feature_image") or _text(meta, "image"))
    return Exported(
        title=title if title != "(Untitled)" else "",
        html=_with_addresses(html, config.base_url),
        date=date,
        updated=moment_of(meta.get("updated_at"), zone) if not held else None,
        tags=tuple(tag for tag in tags if not tag.startswith("#")),
        authors=tuple(_authors(meta, tables)),
        summary=plain(_text(meta, "custom_excerpt")) or plain(_text(meta, "meta_description")),
        lang=_text(meta, "locale")[:2],
        image=picture,
        alt=plain(_text(meta, "feature_image_alt")),
        caption=plain(_text(meta, "feature_image_caption")),
        moments=who_sees(_fields(meta), zone)[1],
        old=Old(
            address=path,
            held=held,
            page=is_page,
            name=slug,
            comments=tuple(_said(meta, tags)),
            entry=f"Ghost {_text(meta, 'uuid') or _id(meta.get('id')) or slug}",
        ),
    )


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _held(row: Row) -> Iterator[Words]:
    status, visibility = _text(row, "status").lower(), row.get("visibility", "public")
    if status == "scheduled":
        yield say("held.ghost-scheduled", moment=str(row.get("published_at") or "")[:30] or say("later"))
    elif status == "sent":
        yield say("held.ghost-sent")
    elif status != "published":
        yield say("held.ghost-status", value=status[:40] or say("not-given"))
    if str(row.get("email_only", 0)).lower() not in ("0", "false", "none", ""):
        yield say("held.ghost-mails")
    yield from who_sees(_fields(row), ZoneInfo("UTC"))[0]
    if visibility != "public":
        yield say("held.ghost-visibility", value=str(visibility)[:40])


def _fields(row: Row) -> dict[str, Any]:
    """Return the keys that are none of Ghost's own, and what injected code says to machines (``<meta>``)."""
    own = {key: value for key, value in row.items() if key not in _OWN_KEYS and value is not None}
    code = " ".join(_text(row, name) for name in _CODE)
    return own | {re.sub(r"^(?:og|article):", "", name): said for name, said in _metas(code)}


def _metas(code: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r"<meta\b[^>]*>", code, re.IGNORECASE):
        given = {name.lower(): value for name, _, value in re.findall(r"([\w:-]+)\s*=\s*([\"'])(.*?)\2", tag)}
        name, said = given.get("name") or given.get("property") or given.get("http-equiv", ""), given.get("content", "")
        ends = re.search(r"unavailable_after:\s*([^,]+)", said)
        if ends:
            yield "expires_at", ends[1].strip()
        elif name:
            yield name, said


def _tags(row: Row, tables: _Tables) -> Iterator[str]:
    own = row.get("tags")
    linked = [tables.tags[number] for number in tables.links.get(_id(row.get("id")), ()) if number in tables.tags]
    for tag in linked or (own if isinstance(own, list) else ()):
        name = plain(str(tag.get("name") or "")) if isinstance(tag, dict) else plain(str(tag))
        inner = isinstance(tag, dict) and tag.get("visibility") == "internal" and not name.startswith("#")
        yield from [f"#{name}" if inner else name] if name else []


def _authors(row: Row, tables: _Tables) -> Iterator[str]:
    numbers = tables.authors.get(_id(row.get("id")), ()) or (_id(row.get("author_id") or row.get("author")),)
    yield from (name for number in numbers if (name := tables.people.get(number, "")) and "@" not in name)


def _said(row: Row, tags: tuple[str, ...]) -> Iterator[str]:
    inner = [tag for tag in tags if tag.startswith("#")]
    if inner:
        yield f"Internal tags of Ghost: {', '.join(inner)}"
    if canonical := _text(row, "canonical_url"):
        yield f"canonical_url: {canonical}"
    said = plain(_text(row, "meta_description"))
    if said and plain(_text(row, "custom_excerpt")) not in ("", said):
        yield f"meta_description: {said}"
    if any(_text(row, name) for name in _CODE):
        yield "Its injected code (codeinjection) is left out."
    if str(row.get("featured", 0)).lower() in ("1", "true"):
        yield "In Ghost it is featured."


def _path(permalink: str, slug: str, row: Row, zone: ZoneInfo) -> str:
    day = moment_of(row.get("published_at"), zone)
    parts = {"slug": slug, "id": _id(row.get("id"))}
    if day:
        parts |= {"year": f"{day.value:%Y}", "month": f"{day.value:%m}", "day": f"{day.value:%d}"}
    path = re.sub(r"[:{]([a-z]+)\}?", lambda found: parts.get(found[1], found[0]), permalink)
    return f"/{slug}/" if ":" in path or "{" in path else path


def _with_addresses(html: str, base_url: str) -> str:
    """Return HTML whose own pictures are named from the root, and whose links lead to the old pages on this site."""
    beside = re.sub(r"((?:src|poster|srcset)\s*=\s*[\"'])(?:https?://)?__GHOST_URL__", r"\1", html)
    return _HOST.sub(base_url.rstrip("/"), beside)
