"""Links, pictures and names of notes in the tree get the addresses that they mean."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.readers.links import name_key
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.inline_rules import trimmed
from yoyak.readers.markdown.nodes import new, put_in_place, replace_with_text, take_out, with_parents, words_of
from yoyak.readers.markdown.tree import AUTO, NAME
from yoyak.text.slugs import slugify

_PICTURE_NAME = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic|tiff?)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_KOREAN_BEHIND = re.compile(r"^(.*[!-~])([가-힣]+)$", re.DOTALL)
_PARTICLES = frozenset(
    """은 는 이 가 을 를 의 에 로 와 과 도 만 나 랑 께 서 에서 에게 한테 으로 부터 까지 마다 조차
    밖에 처럼 보다 이나 이랑 에는 에도 에만 에서는 에서도 에서의 에서만 으로는 으로도 로는 로도 로서
    로써 으로서 으로써 와는 과는 와의 과의 이다 이며 이고 인데 입니다 이에요 예요 라는 이라는 라고
    이라고 라며 이라며 란 이란 인 였다 이었다 에게서 부터는 까지는 등 및""".split()
)
_WIDE_SIGNS = re.compile(r"[、。，．：；！？「」『』（）〈〉《》【】〔〕“”‘’…·ㆍ]")


def resolve_names(root: Element, body: Body) -> None:
    """Let ``[[note]]`` be a link to the article of that name, and ``![[picture.png]]`` the picture."""
    for parent, node in with_parents(root):
        name = node.attrib.pop(NAME, None)
        if name is None:
            continue
        if node.tag == "img" and _PICTURE_NAME.search(name):
            if _SIZE.fullmatch(node.get("alt", "")):
                node.set("alt", "")
            continue
        if node.tag == "img":
            link = new("a", {"href": ""}, text=node.get("alt") or name, line=getattr(node, "line", 0))
            put_in_place(parent, node, link)
            _name_to_link(parent, link, name, body)
        else:
            _name_to_link(parent, node, name, body)


def _name_to_link(parent: Element, link: Element, name: str, body: Body) -> None:
    note, _, part = name.partition("#")
    part = part.lstrip("#^").rpartition("#")[2]
    fragment = f"#{slugify(part)}" if part and not name.startswith("#^") else ""
    addresses = body.around.addresses
    url = addresses.get(name_key(note), "") or addresses.get(name_key(note.rpartition("/")[2]), "") if note else ""
    if (note and url) or (not note and fragment):
        link.set("href", f"{url}{fragment}")
        return
    body.problem(
        "unknown-name",
        f'No article is called "{note[:80]}": its name stands here as words.',
        f"[[{name}",
        line=getattr(link, "line", 0),
        severity="warning",
        hint="Write the name of its file or its headline, or a link: [words](file.md).",
    )
    replace_with_text(parent, link, link.text or name)


def resolve_links(root: Element, body: Body) -> None:
    """Give each link the address that it means on the page."""
    for link in list(root.iter("a")):
        if (href := link.get("href")) is None:
            continue
        if href.startswith("#fn") and (link.get("class") or "").startswith("footnote-"):
            continue
        if link.attrib.pop(AUTO, None) is not None:
            href = _without_particle(link, href)
        body.resolve_link_of(link.attrib, href, getattr(link, "line", 0))


def _without_particle(link: Element, href: str) -> str:
    """End a bare address before the particle or the full-width sign that is written right behind it."""
    words = words_of(link)
    cut = len(words)
    if sign := _WIDE_SIGNS.search(words):
        cut = sign.start()
    match = _KOREAN_BEHIND.match(words[:cut])
    if match and match[2] in _PARTICLES:
        cut = len(match[1])
    if cut < len(words):
        cut = len(trimmed(words[:cut]))
    rest = words[cut:]
    if not rest or not href.endswith(rest):
        return href
    link.text = words[:cut]
    link.tail = rest + (link.tail or "")
    return href.removesuffix(rest)


def resolve_pictures(root: Element, body: Body) -> None:
    """Give each picture the address and the size of its file; a figure gets its caption."""
    around = with_parents(root)
    above = {child: parent for parent, child in around}
    for parent, picture in around:
        if picture.tag == "img" and not getattr(picture, "allowed", False):
            figure = parent if parent.tag == "figure" else above.get(parent) if parent.tag == "a" else None
            _place(parent, picture, figure if figure is not None and figure.tag == "figure" else None, body)


def _place(parent: Element, picture: Element, figure: Element | None, body: Body) -> None:
    caption = picture.get("title", "")
    shown = body.picture_element(picture.get("src", ""), picture.get("alt", ""), caption, getattr(picture, "line", 0))
    if shown is None:
        take_out(parent, picture)
    elif shown.tag == "a" and parent.tag == "a":
        replace_with_text(parent, picture, shown.text or "")
    else:
        put_in_place(parent, picture, shown)
        if name := picture.get("id"):
            shown.set("id", name)
        if figure is None and caption:
            shown.set("title", caption)
    if figure is not None:
        if shown is not None and shown.tag == "a":
            figure.set("class", "linked-picture")
        if shown is not None and caption and figure.find("figcaption") is None:
            figure.append(new("figcaption", text=caption))
