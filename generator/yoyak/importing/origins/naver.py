"""Naver blog: pages that their author saved. One that somebody else wrote is a saved page like any other; but what its
owner's marks say about who may see it holds everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from bs4.element import Tag

from yoyak.importing.embedded import files_of, frames_of
from yoyak.importing.exports import Export, Exported
from yoyak.importing.originals import Old, Original
from yoyak.importing.origins.values import moment_of, status_marks
from yoyak.importing.pieces import figures, tree, words_of
from yoyak.model.message import Words, say
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import file_text

_BODIES = (
    ".se-main-container, .se_component_wrap.sect_dsc, #postViewArea, .post-view, .post_ct, .se_doc_viewer"
    ", #viewTypeSelector"
)
_TITLES = (
    ".se-title-text, .se_title .se_textarea, .htitle .itemSubjectBoldfont, .itemSubjectBoldfont, .htitle, .tit_h3"
    ", .pcol1"
)
_DATES = ".se_publishDate, ._postAddDate, .blog_date, .blog_author .date, p.date, .se_date, .fil5"
_CATEGORIES = ".blog2_series a, .blog_category a, .se_series, .cate a, .blog2_series"
_TAGS = ".post_tag a, [id^=tagList] a, .wrap_tag a, .tag_lst a, .post_footer_contents .item"
_FURNITURE = (
    ".se-sticker, .se_sticker, .se-module-sticker, .ssp-adcontent, .adsbygoogle, .ad_wrap, [id^=ssp-ad]"
    ", .se-placesMap-static, .se-imageStrip-edit, .blind, .u_likeit_list_module, script, style, .se-documentTitle"
    ", .post_footer_contents, .revenue_unit_wrap"
)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)\s*(\S+)")
_PUBLIC = ("공개", "전체공개", "전체 공개", "public")


def naver_page(original: Original) -> tuple[Tag, str, str]:
    """Return the page with the text, which may be in a frame; the folder that it is in, and its address."""
    text = file_text(original.data)
    page, folder = tree(text), ""
    if page.select_one(_BODIES) is None:
        for frame in frames_of(text):
            for name in files_of(frame):
                data = original.find(name)
                inner = tree(file_text(data)) if data else None
                if inner is not None and inner.select_one(_BODIES) is not None:
                    return inner, name.rpartition("/")[0], _address(page, text) or _address(inner, text)
    return page, folder, _address(page, text)


def naver_held(page: Tag) -> tuple[Words, ...]:
    """Return why a post is not for everybody."""
    marks = status_marks(page, page.select_one(_BODIES))
    return tuple(say("held.naver", mark=mark) for mark in marks if mark not in _PUBLIC)


def _address(page: Tag, text: str) -> str:
    named = page.select_one('meta[property="og:url"]') or page.select_one('link[rel="canonical"]')
    written = str(named.get("content") or named.get("href") or "") if named else ""
    saved = _SAVED_FROM.search(text[:4000])
    address = written or (saved[1] if saved else "")
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    if "blogId" in query and "logNo" in query:
        return f"https://blog.naver.com/{query['blogId'][0]}/{query['logNo'][0]}"
    return address if re.search(r"blog\.naver\.com/[^/]+/\d+", address) else ""


def naver_export(original: Original, config: SiteConfig) -> Export:
    """Return the one post of a page that its author saved."""
    page, folder, address = naver_page(original)
    body = page.select_one(_BODIES)
    if body is None:
        return Export(program="Naver")
    held = naver_held(page)
    title = _first(page, _TITLES) or _meta(page, "og:title").removesuffix(" : 네이버 블로그")
    tags = [*_texts(page, _CATEGORIES)[:1], *_texts(page, _TAGS), *_texts(body, ".__se-hash-tag")]
    date = re.search(r"\d{4}\.\s*\d{1,2}\.\s*\d{1,2}\.?(?:\s*(?:오전|오후)?\s*\d{1,2}:\d{2})?", _first(page, _DATES))
    one = Exported(
        title=title,
        html=_html(body, folder),
        address=re.sub(r"^https?://m\.", "https://", address) if not held else "",
        date=moment_of(date[0] if date else _meta(page, "article:published_time"), ZoneInfo(config.timezone)),
        tags=tuple(dict.fromkeys(tag for name in tags if (tag := name.lstrip("#").strip()) not in ("", "전체보기"))),
        old=Old(held=held, entry=address),
    )
    return Export(program="Naver", base_url="https://blog.naver.com/" if address else "", articles=(one,))


def _first(page: Tag, choice: str) -> str:
    return next(iter(_texts(page, choice)), "")


def _texts(page: Tag, choice: str) -> list[str]:
    found = (words_of(tag) for one in choice.split(",") for tag in page.select(one.strip()))
    return [words for words in found if words]


def _meta(page: Tag, name: str) -> str:
    found = page.select_one(f'meta[property="{name}"]')
    return str(found.get("content", "")).strip() if found else ""


# --- the text ---------------------------------------------------------------------------------------


def _html(body: Tag, folder: str) -> str:
    """Return a text of any of Naver's editors as plain HTML."""
    for part in body.select(_FURNITURE):
        part.decompose()
    for part in body.select(".se-oglink, .se-module-oglink, .se_oglink, .se_og_wrap, .og"):
        _card(part)
    for part in body.select(".se-video, .se-oembed, .se_video, .se-module-video, .se-module-oembed"):
        _film(part)
    for image in body.find_all("img"):
        source = str(image.get("data-lazy-src") or image.get("src") or "")
        image["src"] = f"{folder}/{source.removeprefix('./')}" if folder and _is_beside(source) else source
        image.attrs.pop("data-lazy-src", None)
    for part in list(_outermost(body.select(".se-image, .se_image, .se-module-image, .se_component.se_image"))):
        _picture(part)
    for quote in _outermost(body.select(".se-quotation, .se_quotation, .se-section-quotation")):
        quote.name = "blockquote"
        for cite in quote.select(".se-cite, .se_cite"):
            cite.name = "p"
    for code in body.select(".se-code-source, .__se_code_view"):
        code.name = "pre"
    for title in body.select(".se-section-sectionTitle .se-text-paragraph, .se-module-text.se-title-text p"):
        title.name = "h2"
    return body.decode_contents()


def _is_beside(source: str) -> bool:
    return bool(source) and re.match(r"[a-z]+:|/", source, re.IGNORECASE) is None


def _outermost(parts: list[Tag]) -> Iterator[Tag]:
    seen: list[Tag] = []
    for part in parts:
        if part.decomposed or any(above in seen for above in part.parents):
            continue
        seen.append(part)
        yield part


def _card(part: Tag) -> None:
    if part.decomposed:
        return
    link = part.find("a", href=True) if part.name != "a" else part
    title = part.select_one(".se-oglink-title, .se_og_tit, .tit")
    words = words_of(title)
    if isinstance(link, Tag) and str(link["href"]).startswith("http"):
        address = str(link["href"])
        part.replace_with(tree(f'<p><a href="{escape(address)}">{escape(words or address)}</a></p>'))


def _film(part: Tag) -> None:
    """Put a link where a film stands, of what its script says when there is no frame."""
    if part.decomposed or part.find("iframe"):
        return
    for script in part.select("[data-module]"):
        try:
            said = json.loads(str(script["data-module"])).get("data", {})
        except (ValueError, AttributeError):
            continue
        address = said.get("inputUrl") or said.get("originalUrl") or "" if isinstance(said, dict) else ""
        if str(address).startswith("http"):
            part.replace_with(tree(f'<iframe src="{escape(str(address))}"></iframe>'))
            return
    words = words_of(part)
    part.replace_with(tree(f"<p>[{escape(words) or '동영상'}]</p>"))


def _picture(part: Tag) -> None:
    """Let a picture be a figure with its caption."""
    caption = part.select_one(".se-caption, .se_caption, .se-image-caption, .se_mediaCaption")
    shown = "".join(figures(part.find_all("img"), words_of(caption)))
    if shown:
        part.replace_with(tree(f"<div>{shown}</div>"))
