"""Links, pictures and names of notes in the tree get the addresses that they mean."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.model.message import Problem, joined, say
from yoyak.readers.links import beside_or_anywhere, name_key, resolve_picture
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import NAME, new, put_in_place, replace_with_text, take_out, with_parents
from yoyak.text.names import slugify

_PICTURE_NAME = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic|tiff?)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")


def resolve_names(root: Element, body: Body) -> None:
    """Let ``[[note]]`` be a link to the article of that name, and ``![[picture.png]]`` the picture."""
    for parent, node in with_parents(root):
        name = node.attrib.pop(NAME, None)
        if name is None:
            continue
        if node.tag == "img" and _PICTURE_NAME.search(name):
            _name_to_picture(parent, node, name, body)
            continue
        if node.tag == "img":
            link = new("a", {"href": ""}, text=node.get("alt") or name, line=getattr(node, "line", 0))
            put_in_place(parent, node, link)
            _name_to_link(parent, link, name, body)
        else:
            _name_to_link(parent, node, name, body)


def _name_to_picture(parent: Element, picture: Element, name: str, body: Body) -> None:
    """Let ``![[picture.png|300]]`` be the picture: what stands behind the bar may be its size, which is ours to set."""
    if _SIZE.fullmatch(picture.get("alt", "")):
        picture.set("alt", "")
    if resolve_picture(name, body.around).problem:
        picture.set("src", beside_or_anywhere(name, body.around))
    if missing := resolve_picture(picture.get("src", ""), body.around).problem:
        message, hint = joined(missing, say("unknown-name.words")), say("unknown-name.picture.hint")
        problem = Problem(code="unknown-name", message=message, hint=hint, severity="warning")
        body.add(problem, f"[[{name}", picture)
        replace_with_text(parent, picture, picture.get("alt") or name)


def _name_to_link(parent: Element, link: Element, name: str, body: Body) -> None:
    note, _, part = name.partition("#")
    part = part.lstrip("#^").rpartition("#")[2]
    fragment = f"#{slugify(part)}" if part and not name.startswith("#^") else ""
    addresses = body.around.addresses
    url = addresses.get(name_key(note), "") or addresses.get(name_key(note.rpartition("/")[2]), "") if note else ""
    if (note and url) or (not note and fragment):
        link.set("href", f"{url}{fragment}")
        return
    body.warning("unknown-name", f"[[{name}", near=link, name=note[:80])
    replace_with_text(parent, link, link.text or name)


def resolve_links(root: Element, body: Body) -> None:
    """Give each link, and each quotation that names its source, the address that it means on the page."""
    for quoted in list(root.iter()):
        if (cite := quoted.attrib.pop("cite", None)) and (url := body.address_of(cite)):
            quoted.set("cite", url)
    for link in list(root.iter("a")):
        if (href := link.get("href")) is None:
            continue
        if href.startswith("#fn") and (link.get("class") or "").startswith("footnote-"):
            continue
        body.resolve_link_of(link.attrib, href, getattr(link, "line", 0))
        if "href" not in link.attrib and (added := getattr(link, "added", "")):
            link.text = (link.text or "").removesuffix(added)


def resolve_pictures(root: Element, body: Body) -> None:
    """Give each picture the address and the size of its file; a figure gets its caption."""
    around = with_parents(root)
    above = {child: parent for parent, child in around}
    for parent, picture in around:
        if picture.tag == "img" and not getattr(picture, "allowed", False):
            figure = parent if parent.tag == "figure" else above.get(parent) if parent.tag == "a" else None
            _place(parent, picture, figure if figure is not None and figure.tag == "figure" else None, body)


def _keep_width(picture: Element, shown: Element) -> None:
    """Let a picture be as narrow as its author typed it, in the proportions of its file."""
    wanted, width, height = picture.get("width", ""), shown.get("width", ""), shown.get("height", "")
    if wanted.isdecimal() and width and 0 < int(wanted) < int(width):
        shown.set("width", str(int(wanted)))
        shown.set("height", str(max(1, round(int(height) * int(wanted) / int(width)))))


def _place(parent: Element, picture: Element, figure: Element | None, body: Body) -> None:
    caption = picture.get("title", "")
    shown = body.picture_element(picture.get("src", ""), picture.get("alt", ""), caption, getattr(picture, "line", 0))
    if shown is None:
        take_out(parent, picture)
    elif shown.tag == "a" and parent.tag == "a":
        replace_with_text(parent, picture, shown.text or "")
    else:
        put_in_place(parent, picture, shown)
        _keep_width(picture, shown)
        if name := picture.get("id"):
            shown.set("id", name)
        if figure is None and caption:
            shown.set("title", caption)
    if figure is not None:
        if shown is not None and shown.tag == "a":
            figure.set("class", "linked-picture")
        if shown is not None and caption and figure.find("figcaption") is None:
            figure.append(new("figcaption", text=caption))
