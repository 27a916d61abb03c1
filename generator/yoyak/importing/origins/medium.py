"""Medium: the pages of posts/ in the archive that its settings give; nothing else in it is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from bs4.element import Tag

from yoyak.importing.exports import Export, Exported, export_readings
from yoyak.importing.found import Readings
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.values import EMPTY, moment_of, shows_something
from yoyak.importing.pieces import tree, words_of
from yoyak.model.message import Words, say
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import file_text

_HEX = re.compile(r"-[0-9a-f]{8,14}$")
_DATED = re.compile(r"^(?:draft|\d{4}-\d\d-\d\d)_")


def is_medium(text: str) -> bool:
    """Tell whether a page is a post of an archive of Medium."""
    return "e-content" in text and ("p-name" in text or "p-canonical" in text) and "medium.com" in text


def medium_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the post that a page of an archive holds."""
    one = medium_post(original.name, original.data, ZoneInfo(config.timezone))
    left = (one,) if isinstance(one, SkippedItem) else ()
    articles = () if isinstance(one, SkippedItem) else (one,)
    return export_readings(original, Export(program="Medium", articles=articles, left=left), config)


def medium_post(name: str, data: bytes, zone: ZoneInfo) -> Exported | SkippedItem:
    """Return a post of an archive; drafts are held back, answers to other people's posts are left out."""
    page = tree(file_text(data))
    body = page.select_one(".e-content")
    title = words_of(page.select_one(".p-name"))
    subtitle = words_of(page.select_one(".p-summary"))
    address = _link(page.select_one("a.p-canonical"))
    date = page.select_one(".dt-published")
    published = str(date.get("datetime") or date.get_text()) if date else ""
    if body is None:
        return SkippedItem(what=PurePosixPath(name).name, why=say("left.page-without-text"))
    is_answer = _is_answer(body, title)
    _without_head(body, title, subtitle)
    html = body.decode_contents()
    held = tuple(_held(name, published, address))
    if held and not shows_something(html):
        return SkippedItem(what=title, why=EMPTY)
    if is_answer and not PurePosixPath(name).name.lower().startswith("draft"):
        return SkippedItem(what=title or words_of(body)[:60], why=say("left.answer"))
    stem = _DATED.sub("", PurePosixPath(name).stem)
    slug = _HEX.sub("", unquote(urlsplit(address).path).rpartition("/")[2]) or _HEX.sub("", stem)
    author = words_of(page.select_one(".p-author"))
    return Exported(
        title=title,
        html=html,
        address=address if not held else "",
        date=moment_of(published, zone),
        authors=(author,) if author and not author.startswith("@") else (),
        summary=subtitle,
        old=Old(held=held, name=slug.strip("-"), entry=address or f"Medium {PurePosixPath(name).stem}"),
    )


def _link(tag: Tag | None) -> str:
    return str(tag.get("href", "")) if tag else ""


def _held(name: str, published: str, address: str) -> Iterator[Words]:
    if PurePosixPath(name).name.lower().startswith("draft"):
        yield say("held.medium-draft")
    elif not published or not address:
        yield say("held.medium-undated")
    if "unlisted" in urlsplit(address).query:
        yield say("held.medium-unlisted")


def _is_answer(body: Tag, title: str) -> bool:
    """Tell whether a text is a response: it has no headline, and its name is how it begins."""
    if body.select_one(".graf--title, h1, h2, h3"):
        return False
    begins = words_of(body)
    known = title.rstrip(".…").strip()
    return not title or (len(known) > 0 and begins.startswith(known))


def _without_head(body: Tag, title: str, subtitle: str) -> None:
    """Take out the headline and the line below it, which the text repeats, and what only shows a picture of a link."""
    for choice, words in ((".graf--title, h1, h2, h3", title), (".graf--subtitle, h4", subtitle)):
        found = body.select_one(choice)
        if found and (words_of(found) == words or "graf--title" in (found.get("class") or ())):
            found.decompose()
    for link in body.select("a.js-mixtapeImage, .section-divider"):
        link.decompose()
    for script in body.find_all("script", src=True):
        source = re.sub(r"\.js$", "", str(script["src"]))
        script.replace_with(tree(f'<iframe src="{source}"></iframe>'))
