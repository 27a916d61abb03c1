"""Tistory and Textcube: the backup in XML (TTXML), and that of today, a folder of HTML and pictures for each post."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from bs4.element import Tag
from msgspec import structs

from yoyak.importing.exports import Export, Exported, export_readings, sorted_out
from yoyak.importing.failures import each, entry_failed
from yoyak.importing.found import Readings
from yoyak.importing.originals import Old, Original, SkippedItem
from yoyak.importing.origins.values import EMPTY, moment_of, plain, shows_something, status_marks
from yoyak.importing.origins.xml_items import before_items, first, local, parsed, texts_of, xml_text
from yoyak.importing.pieces import figure, tree, words_of
from yoyak.model.message import Words, say
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import file_text

SIGN = re.compile(r"<blog\b[^>]*\btype\s*=\s*[\"'](?:tattertools|textcube|tistory)", re.IGNORECASE)
POST = re.compile(r"(?:^|/)(?P<folder>\d+)/[^/]*\.html?$", re.IGNORECASE)
_BODIES = (
    ".article-view .contents_style, .contents_style, .article-view, .tt_article_useless_p_margin, .entry-content"
    ", article"
)
_TITLES = ".title-article, .title_post, .tit_post, .article-title, h1, h2"
_FURNITURE = (
    ".another_category, .container_postbtn, .adsbygoogle, ins, script, style, .tt-plugin, .tt_adsense"
    ", .revenue_unit_wrap"
)
_PICTURE = re.compile(r"\[##_(?P<said>.*?)_##\]", re.DOTALL)
_LEFT = {
    "keyword": say("left.keyword"),
    **dict.fromkeys(("comment", "commentNotified"), say("left.comment")),
    **dict.fromkeys("userSetting pluginSetting skinSetting linkCategories".split(), say("left.setting")),
    "trackback": say("left.trackback"),
    "guestbook": say("left.guest-book"),
    "link": say("left.blog-roll"),
    "logs": say("left.log"),
}


def tistory_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the posts of a backup in XML, with the pictures that are in it."""
    zone = ZoneInfo(config.timezone)
    text = xml_text(original.data)
    head = before_items(text, "post")
    read = {kind: parsed(original, text, kind, {}) for kind in ("post", "notice", "page")}
    found = [(kind, post) for kind, (posts, _) in read.items() for post in posts]
    articles, left, problems = sorted_out(
        found, lambda one: _post(one[1], one[0], zone), original.given, lambda one: texts_of(one[1]).get("title", "")
    )
    pictures = dict(picture for _, post in found for picture in _attached(post))
    beside = [local(one.tag) for _, post in found for one in post if local(one.tag) in ("comment", "trackback")]
    outside = re.sub(r"<(post|page|notice)\b.*?</\1>", "", text, flags=re.DOTALL)
    beside += [name for name in _LEFT for _ in re.findall(rf"<{name}[\s>]", outside)]
    home = first(head, "defaultDomain") or ""
    within = structs.replace(original, find=lambda name: pictures.get(name) or original.find(name))
    export = Export(
        program="Tistory",
        base_url=home if home.startswith("http") else "",
        articles=articles,
        left=(*left, *(SkippedItem(what="", why=_LEFT[name]) for name in beside)),
        problems=(*(one for _, lost in read.values() for one in lost), *problems),
    )
    return export_readings(within, export, config)


def _attached(post: ET.Element) -> Iterator[tuple[str, bytes]]:
    for child in post:
        if local(child.tag) == "attachment":
            said = texts_of(child)
            try:
                yield said.get("name", "").strip(), base64.b64decode(said.get("content", ""))
            except (binascii.Error, ValueError):
                continue


def _post(post: ET.Element, kind: str, zone: ZoneInfo) -> Exported | SkippedItem:
    texts = {name: said.strip() for name, said in texts_of(post).items()}
    title = plain(texts.get("title", ""))
    held = tuple(_held(texts))
    html = _with_pictures(texts.get("content", ""), post)
    if held and not shows_something(html):
        return SkippedItem(what=title, why=EMPTY)
    slogan, number = unescape(post.get("slogan", "")).strip(), texts.get("id", "")
    prefix = "" if kind == "post" else f"/{kind}"
    paths = [f"{prefix or '/entry'}/{slogan}"] if slogan else []
    paths += [f"{prefix}/{number}"] if number else []
    paths = paths if not held else []
    return Exported(
        title=title,
        html=html,
        date=moment_of(texts.get("published") or texts.get("created"), zone),
        updated=moment_of(texts.get("modified"), zone) if not held else None,
        tags=tuple(dict.fromkeys(_terms(post))),
        old=Old(
            address=paths[0] if paths else "",
            held=held,
            page=kind == "page",
            name=slogan,
            entry=f"Tistory {kind} {number or slogan or title}",
        ),
        aliases=tuple(paths[1:]),
    )


def _held(texts: Mapping[str, str]) -> Iterator[Words]:
    visibility = texts.get("visibility", "").lower()
    if visibility not in ("public", "syndicated"):
        yield say("held.tistory-visibility", value=visibility[:40] or say("not-given"))
    if texts.get("password"):
        yield say("held.tistory-password")
    if texts.get("appointed") or texts.get("draft", "0") not in ("", "0", "false"):
        yield say("held.tistory-draft")


def _terms(post: ET.Element) -> Iterator[str]:
    """Yield the category, of the nested ones each, and the tags."""
    for child in post:
        if local(child.tag) == "category":
            yield from (part.strip() for part in (child.text or "").split("/") if part.strip())
        elif local(child.tag) == "tag" and (child.text or "").strip():
            yield (child.text or "").strip()


def _with_pictures(html: str, post: ET.Element) -> str:
    """Return a text with the pictures that its marks name: ``[##_1C|pier.jpg|width="300"|caption_##]``."""
    labels = {
        texts_of(child).get("name", ""): texts_of(child).get("label", "")
        for child in post
        if local(child.tag) == "attachment"
    }

    def shown(found: re.Match[str]) -> str:
        parts = found["said"].split("|")
        if parts[0] == "ATTACH_PATH":
            return ""
        if parts[0].lower() in ("image", "imagegrid"):
            name = parts[1].rpartition("/")[2] if len(parts) > 1 else ""
            caption = re.search(r'"caption":"((?:[^"\\]|\\.)*)"', found["said"])
            return figure(_address(parts[1:2]), plain(caption[1]) if caption else "", labels.get(name, ""))
        pictures = [
            figure(parts[at], plain(parts[at + 2]) if at + 2 < len(parts) else "")
            for at in range(1, len(parts), 3)
            if re.search(r"\.(?:jpe?g|png|gif|webp|svg|avif)$", parts[at], re.IGNORECASE)
        ]
        files = [part for part in parts[1:] if re.search(r"\.\w{2,5}$", part)]
        return "".join(pictures) or f"<p>[{', '.join(labels.get(name) or name for name in files)}]</p>"

    return re.sub(r"(?:https?://[^\"'\s]*/attach/\d+/|\.?/?attach/\d+/)", "", _PICTURE.sub(shown, html))


def _address(parts: list[str]) -> str:
    """Return where a picture of today's editor is: ``kage@abc/def/img.png`` is kept by Daum."""
    said = parts[0] if parts else ""
    return f"https://blog.kakaocdn.net/dn/{said[5:]}" if said.startswith("kage@") else said


# --- the backup of folders --------------------------------------------------------------------------


def is_tistory(text: str) -> bool:
    """Tell whether a page is a post of a backup of Tistory."""
    signs = ("contents_style", "article-view", "title-article", "tt-body", "tistory", "box-info", "tt_article")
    return sum(sign in text for sign in signs) >= 2


def tistory_posts(within: Original, zone: ZoneInfo) -> Export:
    """Return the posts of a backup; whether it says of any who may see it decides about those without a mark."""
    names = [name for name in within.names if POST.search(name)]
    pages, failed = each(
        names,
        lambda name: (name, tree(file_text(within.find(name) or b""))),
        lambda name, error: entry_failed(within.given, name, error),
    )
    marks = {name: status_marks(page, page.select_one(_BODIES)) for name, page in pages}
    says = any(marks.values())
    articles, left, problems = sorted_out(
        pages, lambda one: _page(one[0], one[1], zone, marks[one[0]], says), within.given, lambda one: one[0]
    )
    return Export(program="Tistory", articles=articles, left=left, problems=(*failed, *problems))


def _page(name: str, page: Tag, zone: ZoneInfo, marks: tuple[str, ...], says: bool) -> Exported | SkippedItem:  # noqa: FBT001
    body = page.select_one(_BODIES)
    headline = next((found for found in page.select(_TITLES) if body is None or body not in found.parents), None)
    title = words_of(headline) or words_of(page.find("title"))
    place = POST.search(name)
    number = place["folder"] if place else ""
    held: tuple[Words, ...] = tuple(
        say("held.tistory", mark=mark) for mark in marks if mark not in ("공개", "전체공개", "public")
    )
    if not marks and not says:
        held = (say("held.tistory-unknown"),)
    for part in body.select(_FURNITURE) if body else ():
        part.decompose()
    html = _beside(body, str(PurePosixPath(name).parent)) if body else ""
    if not shows_something(html):
        return SkippedItem(what=title, why=EMPTY if held else say("left.post-without-text"))
    date = words_of(page.select_one(".date, .txt_date, time, .box-info .txt_detail"))
    category = words_of(page.select_one(".category, .txt_cate, .box-info .tit_category"))
    tags = [words_of(tag) for tag in page.select(".tags a, .tag_label a, .box-tag a, .list_tag a")]
    tags = tags or re.split(r"[\s,]*#|,", words_of(page.select_one(".tags, .tag_label, .box-tag, .list_tag")))
    terms = [*category.split("/"), *tags]
    return Exported(
        title=title,
        html=html,
        date=moment_of(date, zone),
        tags=tuple(
            dict.fromkeys(term for tag in terms if (term := tag.strip().lstrip("#").strip()) and term not in _NO)
        ),
        old=Old(
            address=f"/{number}" if not held else "",
            held=held,
            name=_stem(name, number),
            entry=f"Tistory post {number}",
        ),
    )


_NO = ("카테고리 없음", "분류없음", "분류 전체보기", "태그")


def _stem(name: str, number: str) -> str:
    stem = re.sub(rf"^{number}[-_ .]*", "", PurePosixPath(name).stem)
    return stem if stem not in ("index", "") else ""


def _beside(body: Tag, folder: str) -> str:
    """Return a text whose pictures are named from the folder of the whole backup."""
    for image in body.find_all("img", src=True):
        source = re.sub(r"^(?:\./)+", "", str(image["src"]))
        image["src"] = source if re.match(r"[a-z]+:|/", source) else f"{folder}/{source}"
    return body.decode_contents()
