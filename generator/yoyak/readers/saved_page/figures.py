"""Pictures of a saved page: the files that the browser saved beside it, or links to where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from posixpath import basename
from urllib.parse import unquote, urlsplit

from yoyak.model.sources import Block
from yoyak.readers.around import FoundPicture
from yoyak.readers.links import ResolvedPicture, host_of, resolve_picture
from yoyak.readers.saved_page.data import plain
from yoyak.readers.saved_page.inline import LinkContext, urljoined
from yoyak.readers.saved_page.lazy import LAZY, PLACEHOLDER, SETS
from yoyak.readers.saved_page.tree import Node
from yoyak.readers.word_lists import alternatives

_ICON = re.compile(rf"{alternatives('icons')}", re.IGNORECASE)
_CREDIT = re.compile(
    rf"\s*(?:[\[(/（|]\s*)?(?P<credit>(?:{alternatives('credit-words')})s?\s?"
    r"(?:by|courtesy of|[=:：/])\s?[^\])）]{2,80}"
    r"|(?:©|ⓒ|\(c\))\s?[^\])）]{2,60}|[^\[\]().]{1,25}(?:제공|자료\s?사진))\s*[\])）]?\.?$",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credit|copyright|source|byline|photographer|rights", re.IGNORECASE)
_BESIDE = re.compile(r"^[^/]*(?:_files|\.files|_파일)/", re.IGNORECASE)
_LONG_DATA = 3_000
"""Characters of a picture inside of the page; shorter ones keep the place of a picture that is loaded later."""


def figure_block(tag: Node, page: LinkContext) -> Iterator[Block]:
    """Yield a figure with its caption and credit; nothing for icons and for pictures that are nowhere."""
    image = tag if tag.name in ("img", "amp-img") else next(tag.below("img", "amp-img"), None)
    if image and not sources(image) and len(image.get("src")) > _LONG_DATA:
        page.inside.append(image.get("src")[:40])
    picture = found_picture(tag, image) if image else None
    shown = _shown(image, page) if image and picture else None
    if picture is None or shown is None or not shown.url:
        yield from _caption_alone(tag)
        return
    caption = _caption_html(picture)
    yield Block(
        kind="figure",
        text=picture.caption or picture.alt,
        credit=picture.credit or None,
        html=_figure(picture, shown, caption),
    )


def found_picture(tag: Node, image: Node) -> FoundPicture | None:
    """Return the picture of a figure as its page writes it, or nothing for an icon."""
    written = sources(image)
    if not written or _is_icon(image, written[0]):
        return None
    caption, credit = caption_and_credit(tag)
    return FoundPicture(src=written[0], alt=plain(image.get("alt")), caption=caption, credit=credit)


def sources(image: Node) -> tuple[str, ...]:
    """Return where a picture may be: lazy-loading attributes first, since `src` is then a placeholder."""
    found = [image.get(name).strip() for name in LAZY]
    sets = [image.get(name) for name in SETS]
    if image.parent and image.parent.name == "picture":
        sets += [source.get(name) for source in image.parent.below("source") for name in SETS]
    largest = [_largest(written) for written in sets if written]
    usable = [s for s in dict.fromkeys([*found, *largest]) if s and not s.startswith(("data:", "blob:", "about:"))]
    shown = [s for s in usable if not PLACEHOLDER.search(basename(urlsplit_path(s)))]
    return tuple(shown or usable)


def _largest(srcset: str) -> str:
    """Return the address of the widest picture in a ``srcset``."""
    sized = [(float(size or 1), address) for address, size in _IN_SET.findall(srcset)]
    return max(sized, key=lambda one: one[0], default=(0.0, ""))[1]


_IN_SET = re.compile(r"([^\s,]\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,|$)")


def caption_and_credit(tag: Node) -> tuple[str, str]:
    """Return the words below a picture, the credit apart."""
    if tag.name != "figure":
        return "", ""
    cited = (cite for caption in tag.below("figcaption") for cite in caption.below("cite"))
    named = next((node for node in tag.elements() if _CREDIT_CLASS.search(node.get("class"))), None) or next(
        cited, None
    )
    whole = plain(" ".join(tag.text(" ").split()))
    if named and (credit := plain(named.text(" "))) and credit != whole:
        return whole.replace(credit, "").strip(), credit.strip("()[] ") if named.name == "cite" else credit
    found = _CREDIT.search(whole)
    return (whole[: found.start()].strip(), found["credit"].strip()) if found else (whole, "")


def _shown(image: Node, page: LinkContext) -> ResolvedPicture | None:
    """Return the first of a picture's places that can be shown or linked to: a file beside the page before the web."""
    written = sources(image)
    for source in sorted(written, key=lambda source: source.startswith(("http:", "https:", "//"))):
        picture = resolve_picture(source, page.around)
        if picture.url:
            return picture
    saved = [source for source in written if _BESIDE.match(source.removeprefix("./"))]
    for source in (source for source in written if source not in saved):
        picture = resolve_picture(urljoined(page.address or "https:", source), page.around)
        if picture.url:
            return picture
    page.missing.extend(saved[:1])
    return None


def is_beside(written: str) -> bool:
    """Tell whether an address is a file that the browser saved beside the page."""
    return _BESIDE.match(unquote(written).removeprefix("./")) is not None


def _is_icon(image: Node, source: str) -> bool:
    sizes = [image.get(name).removesuffix("px") for name in ("width", "height")]
    small = any(size.isdigit() and int(size) < 80 for size in sizes)
    return small or bool(_ICON.search(basename(urlsplit_path(source)) + " " + image.get("class")))


def urlsplit_path(address: str) -> str:
    """Return the path of an address, decoded; an empty text when it is none."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _figure(picture: FoundPicture, shown: ResolvedPicture, caption: str) -> str:
    if shown.remote:
        host = host_of(shown.url)
        words = escape(f"{picture.alt or picture.caption or host} ({host})", quote=False)
        link = f'<a class="picture-link" href="{escape(shown.url)}">{words}</a>'
        return f'<figure class="linked-picture">{link}{caption}</figure>'
    size = f' width="{shown.width}" height="{shown.height}"' if shown.width and shown.height else ""
    return f'<figure><img src="{escape(shown.url)}" alt="{escape(picture.alt)}"{size}>{caption}</figure>'


def _caption_html(picture: FoundPicture) -> str:
    credit = f'<span class="credit">{escape(picture.credit, quote=False)}</span>' if picture.credit else ""
    inner = " ".join(part for part in (escape(picture.caption, quote=False), credit) if part)
    return f"<figcaption>{inner}</figcaption>" if inner else ""


def _caption_alone(tag: Node) -> Iterator[Block]:
    """Yield the caption of a picture that cannot be shown, so that its words are not lost."""
    caption, credit = caption_and_credit(tag)
    if caption or credit:
        html = f"<figure>{_caption_html(FoundPicture(src='', caption=caption, credit=credit))}</figure>"
        yield Block(kind="caption", text=caption, credit=credit or None, html=html)
