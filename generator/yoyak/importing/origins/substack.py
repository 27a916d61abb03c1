"""Substack: posts.csv and the folder posts/ of its export. Lists of readers, mails and openings are not opened."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from io import StringIO
from zoneinfo import ZoneInfo

from bs4.element import Tag

from yoyak.importing.exports import Export, Exported, sorted_out
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.values import EMPTY, moment_of, plain, shows_something
from yoyak.importing.packed import Find
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem, Words, problem_of, say
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import file_text

_FURNITURE = (
    ".subscription-widget-wrap, .subscription-widget, .subscription-widget-wrap-editor, .button-wrapper"
    ", .paywall-jump, .paywall, .captioned-button-wrap, .install-substack-app-embed, .community-chat, .directMessage"
    ", form, .image-link-expand"
)
_YES = ("true", "1", "yes", "t")
Row = Mapping[str, str]


def substack_export(within: Original, config: SiteConfig) -> Export:
    """Return the posts of an export; its table may be broken at some row, and then ends there."""
    rows: list[tuple[Row, str, bytes | None]] = []
    problems: list[Problem] = []
    try:
        rows.extend(_rows(within.find("posts.csv") or b"", within.names, within.find))
    except csv.Error as error:
        broken = problem_of("left-behind.posts-csv", within.given, number=len(rows), error=str(error))
        problems.append(broken)
    articles, left, failed = sorted_out(
        rows, lambda row: _post(*row, config), within.given, lambda row: row[0].get("title", "")
    )
    return Export(program="Substack", articles=articles, left=left, problems=(*problems, *failed))


def _rows(table: bytes, names: tuple[str, ...], find: Find) -> Iterator[tuple[Row, str, bytes | None]]:
    """Yield the rows of a table with the post's name and its text."""
    text = file_text(table)
    by_number = {match[1]: name for name in names if (match := re.match(r"posts/(\d+)[.\w]?.*\.html?$", name))}
    csv.field_size_limit(10_000_000)
    for row in csv.DictReader(StringIO(text)):
        said = {str(key or "").strip().lower(): str(value or "").strip() for key, value in row.items()}
        key = said.get("post_id", "") or said.get("id", "")
        name = f"posts/{key}.html"
        data = find(name) or (find(by_number[key.partition(".")[0]]) if key.partition(".")[0] in by_number else None)
        yield said, key, data


def _post(row: Row, key: str, data: bytes | None, config: SiteConfig) -> Exported | SkippedItem:
    zone = ZoneInfo(config.timezone)
    title = plain(row.get("title", ""))
    html = _cleaned(file_text(data)) if data else ""
    if row.get("podcast_url", "").startswith("http"):
        html = f'<audio src="{escape(row["podcast_url"])}"></audio>{html}'
    held = tuple(_held(row))
    if not shows_something(html):
        return SkippedItem(what=title, why=EMPTY if held else say("left.post-without-text"))
    slug = row.get("slug", "") or key.partition(".")[2]
    return Exported(
        title=title,
        html=html,
        date=moment_of(row.get("post_date"), zone),
        summary=plain(row.get("subtitle", "")),
        old=Old(
            address=f"/p/{slug}" if slug and not held else "",
            held=held,
            page=row.get("type") == "page",
            name=slug,
            entry=f"Substack {key}",
        ),
    )


def _held(row: Row) -> Iterator[Words]:
    if row.get("is_published", "").lower() not in _YES:
        yield say("held.substack-unpublished")
    audience, kind = row.get("audience", "").lower(), row.get("type", "newsletter").lower()
    if audience != "everyone":
        yield say("held.substack-audience", audience=audience[:40] or say("held.substack-no-audience"))
    if kind not in ("newsletter", "podcast", "page", "video", "post"):
        yield say("held.substack-kind", kind=kind[:40] or say("held.substack-no-kind"))
    if row.get("is_hidden", "").lower() in _YES or row.get("is_deleted", "").lower() in _YES:
        yield say("held.substack-hidden")


def _cleaned(html: str) -> str:
    """Return a text without what asks for a subscription, and with what it shows from elsewhere."""
    soup = tree(html)
    for part in soup.select(_FURNITURE):
        part.decompose()
    for part in soup.select("[data-attrs]"):
        if (address := _embedded(part)) and part.find(("img", "iframe")) is None:
            part.replace_with(tree(f'<iframe src="{escape(address)}"></iframe>'))
    for link in soup.find_all("a", href=True):
        if re.search(r"%%|[?&](?:token|r|auth|jwt)=", str(link["href"])):
            link["href"] = str(link["href"]).partition("?")[0].partition("%%")[0]
            if not link["href"]:
                link.unwrap()
    return str(soup)


def _embedded(part: Tag) -> str:
    """Return where something that is shown from elsewhere has its page."""
    try:
        said = json.loads(str(part["data-attrs"]))
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    if isinstance(said.get("videoId"), str):
        of = "vimeo.com/" if "vimeo" in " ".join(part.get("class") or ()) else "www.youtube.com/watch?v="
        return f"https://{of}{said['videoId']}"
    address = next((said[key] for key in ("url", "canonical_url", "href") if isinstance(said.get(key), str)), "")
    return address if address.startswith("http") and part.name == "div" else ""
