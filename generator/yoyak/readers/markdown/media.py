"""What cannot stand in an article, in HTML inside Markdown: each film, frame or form becomes a link to what it was.

Nothing that a reader was to see goes without a word: there is a link, or a warning with its line.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.model.addresses import Loads, asked_host, is_below
from yoyak.model.message import say
from yoyak.readers.around import Surroundings
from yoyak.readers.links import host_of
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import LocatedElement, new, put_in_place, take_out, unwrap, with_parents, words_of
from yoyak.templating.language import message, words_for
from yoyak.text.embeds import kind_of_embed, page_of_player
from yoyak.text.urls import has_scheme, is_web_address, path_on_this_site

_MEDIA = ("iframe", "frame", "embed", "object", "video", "audio")
_CONTROLS = ("input", "select", "textarea", "button", "label", "fieldset", "legend", "option", "optgroup", "datalist")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"data:|about:|.*(?:blank|spacer|pixel|placeholder|lazy|loading|transparent|1x1)[^/]*$", re.IGNORECASE
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OF_MEDIA = (*_MEDIA, "source", "param", "track")
_LONGEST_FALLBACK = 300
_FALLBACK = re.compile(r"browser|support|브라우저|지원", re.IGNORECASE)
_INLINE = frozenset("p li td th dt dd h1 h2 h3 h4 h5 h6 a span em strong figcaption summary".split())


def replace_media(root: Element, body: Body) -> None:
    """Replace films, sounds and frames by links, find pictures that are loaded late, take forms apart."""
    for parent, node in with_parents(root):
        if "hidden" in node.attrib or _UNSEEN.search(node.get("style", "")):
            _leave_out_unseen(parent, node, body)
        elif node.tag == "img":
            _find_picture(parent, node)
        elif node.tag == "a" and (name := node.attrib.pop("name", None)):
            node.attrib.setdefault("id", name)
    for parent, node in reversed(with_parents(root)):  # those inside others first
        if node.tag in _MEDIA:
            _to_link(parent, node, body)
    for parent, node in with_parents(root):
        if node.tag == "form":
            _open_form(parent, node, body)
    for parent, node in reversed(with_parents(root)):
        if node.tag in _CONTROLS and not (node.tag == "input" and node.get("type") == "checkbox"):
            unwrap(parent, node)
    _drop_repeated_pictures(root)


def _leave_out_unseen(parent: Element, node: Element, body: Body) -> None:
    words = words_of(node)
    if words:
        body.warning("left-out.hidden", words[:20], near=node, words=words[:40])
    if node in list(parent):
        take_out(parent, node)


# --- pictures --------------------------------------------------------------------------------------


def _find_picture(parent: Element, picture: Element) -> None:
    """Give a picture the address that its page's script would have given it."""
    src = picture.get("src", "")
    late = next((found for name in _LAZY if (found := _first_of(picture.get(name, "")))), "")
    if not src and not late:
        source = next((s for s in parent.findall("source") if s.get("srcset")), None)
        late = _first_of(source.get("srcset", "")) if source is not None else ""
    if late and (not src or _PLACEHOLDER.match(src)):
        picture.set("src", late)


def _first_of(written: str) -> str:
    """Return the first address of a ``srcset``, or the address that it is."""
    return written.strip().partition(",")[0].split(" ")[0].strip() if written else ""


def _drop_repeated_pictures(root: Element) -> None:
    """Drop a picture that stands twice in a row: once for browsers with scripts, once for those without."""
    for holder in list(root.iter("noscript")):
        for picture in list(holder.iter("img")):
            same = [
                other for other in root.iter("img") if other is not picture and other.get("src") == picture.get("src")
            ]
            if same:
                parent = next(p for p, child in with_parents(holder) if child is picture)
                take_out(parent, picture)
    for parent, holder in with_parents(root):
        if holder.tag in ("noscript", "picture"):
            unwrap(parent, holder)


# --- films, sounds, frames -------------------------------------------------------------------------


def _to_link(parent: Element, node: Element, body: Body) -> None:
    """Let a link stand for a film, a sound or a frame; what stood in it was for browsers that cannot show it."""
    address = address_of(node)
    if not address:
        if not words_of(node) and node.find(".//a") is None:
            body.warning("left-out.no-address", f"<{node.tag}", near=node, tag=f"<{node.tag}>")
        unwrap(parent, node)
        return
    title = (node.get("title") or node.get("aria-label") or "").strip()
    page = page_of_player(address)
    words = words_for(body.around.language)
    title = title or message(words, f"body.embed.{kind_of_embed(node.tag, page)}")
    shown = embed_of(page, address, title, node.get("poster", ""), body.around)
    shown.line = getattr(node, "line", 0)
    in_a_line = parent.tag in _INLINE and shown.tag == "div"
    link = shown[0] if in_a_line else shown
    if _is_fallback(node):
        put_in_place(parent, node, link)
    else:
        parent.insert(list(parent).index(node), link)
        link.tail = " "
        unwrap(parent, node)


def _is_fallback(node: Element) -> bool:
    """Tell whether what stands in a film or frame is for browsers that cannot show it. It is not where an end is
    missing: then it is the rest of the text, or what Markdown made of it."""
    words, waiting = node.text or "", [*reversed(node)]
    while waiting and len(words) < _LONGEST_FALLBACK:
        inner = waiting.pop()
        is_embed = inner.get("class") == "embed" or inner.tag in _OF_MEDIA
        if getattr(inner, "line", 0) and not getattr(inner, "typed", False) and not is_embed:
            return False
        words += (inner.tail or "") if is_embed else (inner.text or "") + (inner.tail or "")
        waiting.extend([] if is_embed else reversed(inner))
    return not words.strip() or (len(words) < _LONGEST_FALLBACK and _FALLBACK.search(words) is not None)


def address_of(node: Element) -> str:
    """Return what a film, a sound or a frame loads; empty when it says nothing of it."""
    own = [node.get(name, "") for name in ("src", "data", "data-src", "data-lazy-src")]
    inner = [child.get(name, "") for child in node if child.tag in ("source", "param") for name in ("src", "value")]
    written = [value.strip() for value in (*own, *inner)]
    kinds = ("about:", "data:", "blob:", "javascript:")
    return next((value for value in written if "/" in value or "." in value if not value.lower().startswith(kinds)), "")


# --- forms ------------------------------------------------------------------------------------------


def _open_form(parent: Element, form: Element, body: Body) -> None:
    """Let a form's words stay, with a link to where it would have been sent."""
    action = form.get("action", "").strip()
    key = "left-out.form-link" if action else "left-out.form"
    body.warning(key, "<form", near=form, hint=say("left-out.form.hint"))
    for inner in list(form.iter()):
        if inner.tag in ("input", "select", "textarea") and inner.get("type") != "checkbox":
            inner.tail = " " + (inner.tail or "")
    if action:
        host = host_of(action) if "//" in action else action
        line = new("div", {"class": "embed"})
        words = words_for(body.around.language)
        line.append(named_link(action, message(words, "body.embed.form"), host))
        form.append(line)
    if form in list(parent):
        unwrap(parent, form)


# --- films, sounds and frames of other pages: what stands for them in an article -------------------------------------


_PICTURE = re.compile(r"https://www\.youtube\.com/watch\?v=([\w-]+)")


def embed_of(page: str, address: str, title: str, poster: str, around: Surroundings) -> LocatedElement:
    """Return what stands for an embed: a link; with a picture or as a frame where the site allows its host."""
    host = host_of(page) if is_web_address(page) else ""
    link = named_link(page, title, host or page.rpartition("/")[2] or page)
    if path_on_this_site(page, around.base_url) is not None:
        host = ""
    allowed = next((one for one in around.embeds if host and is_below(host, one.host)), None)
    frame = f"https:{address}" if address.startswith("//") else address
    if allowed and allowed.frame and is_below(host_of(frame), allowed.host) and frame.startswith("https://"):
        return _figure(new("iframe", {"src": frame, "title": title}), link)
    if allowed and (picture := _picture_of(page, poster, around.loads)):
        shown = new("img", {"src": picture, "alt": title})
        shown.allowed = bool(asked_host(picture))
        around_picture = new("a", {"href": page})
        around_picture.append(shown)
        return _figure(around_picture, link)
    paragraph = new("div", {"class": "embed"})
    paragraph.append(link)
    return paragraph


def named_link(address: str, words: str, name: str) -> LocatedElement:
    """Return a link whose words end with a name for its address."""
    link = new("a", {"href": address}, text=f"{words} ({name})")
    link.added = f" ({name})"
    return link


def _figure(shown: LocatedElement, link: LocatedElement) -> LocatedElement:
    figure, caption = new("figure", {"class": "embed"}), new("figcaption")
    caption.append(link)
    figure.extend([shown, caption])
    return figure


def _picture_of(page: str, poster: str, loads: Loads) -> str:
    """Return the picture of a film: a file beside the article, or one of a host that the site allows."""
    if match := _PICTURE.match(page):
        return f"https://i.ytimg.com/vi/{match[1]}/hqdefault.jpg"
    secure = not has_scheme(poster) or poster[:8].lower() == "https://"
    return poster if secure and loads.allows(poster, picture=True) else ""
