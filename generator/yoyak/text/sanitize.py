"""The one door from content to HTML.

Everything that a reader made passes here, and nothing is edited afterwards. The allow-list is static: a rule that
runs code can fail open. SVG, MathML, forms, styles and event handlers have no place in an article; a frame has one only
when the site names its host.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import unquote, urljoin

import nh3

from yoyak.model.addresses import Loads, asked_host, is_below
from yoyak.model.types import SafeHtml
from yoyak.text.characters import FORBIDDEN

_TAGS = set(
    """a abbr b bdi bdo blockquote br cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i
    img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td
    tfoot th thead time tr u ul var wbr""".split()
)

_ATTRIBUTES = {
    "*": {"lang", "dir", "title", "id"},
    "a": {"href", "role", "aria-label"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "details": {"open"},
    "div": {"role"},
    "del": {"cite", "datetime"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "aria-label"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "section": {"role", "aria-labelledby"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}

_CALLOUT = {"callout", "note", "tip", "important", "warning", "caution"}
_CODE = set(
    """bp c c1 ch cm cp cpf cs dl err esc fm g gd ge ges gh gi go gp gr gs gt gu il k kc kd kn kp kr kt l ld m mb
    mf mh mi mo na nb nc nd ne nf ni nl nn no nt nv nx o ow p pm py s s1 s2 sa sb sc sd se sh si sr ss sx vc
    vg vi vm""".split()
)
"""Pygments' names for what stands in code."""
_CLASSES = {
    "details": _CALLOUT,
    "div": _CALLOUT | {"callout-title", "embed"},
    "section": {"footnote"},
    "summary": {"callout-title"},
    "a": {"footnote-ref", "footnote-backref", "picture-link"},
    "sup": {"footnote-ref"},
    "span": {"credit"} | _CODE,
    "figure": {"linked-picture", "code", "embed"},
    "ul": {"tasks"},
    "li": {"task"},
    "th": {"left", "right", "center"},
    "td": {"left", "right", "center"},
}

CLASSES = frozenset().union(*_CLASSES.values())
"""All classes that some element may have."""
CODE_TAGS = frozenset(
    ("script", "style", "template", "svg", "math", "title", "xmp", "plaintext", "noembed", "noframes")
)
"""Tags whose text is code, not words: it goes with them."""
_WITH_TEXT = CODE_TAGS | {"iframe", "object", "embed", "noscript", "textarea", "select"}

_CONTROLS = re.compile(f"[{FORBIDDEN}]")
_NO_CONTROLS = re.compile(f"[^{FORBIDDEN}]*")
"""To match all of a text takes less time than to look for the one character that may not stand in it."""


def without_controls(text: str) -> str:
    """Return `text` without the characters that XML 1.0 §2.2 and HTML forbid."""
    return text if _NO_CONTROLS.fullmatch(text) else _CONTROLS.sub("", text)


_FOCUSABLE = {"tabindex": "0"}
_RULES: dict[str, Any] = {
    "tags": _TAGS,
    "clean_content_tags": set(_WITH_TEXT),
    "attributes": _ATTRIBUTES,
    "allowed_classes": _CLASSES,
    # One for each tag: nh3 puts several in an order of chance; a box of ours has both already. A wide table or a long
    # line scrolls sideways, and what scrolls must be reachable with the keyboard; the script takes the stop away where
    # nothing scrolls.
    "set_tag_attribute_values": {
        "img": {"loading": "lazy"},
        "input": {"type": "checkbox", "disabled": ""},  # nothing to type into, whoever wrote it
        "pre": _FOCUSABLE,
        "table": _FOCUSABLE,
    },
    "url_schemes": {"http", "https", "mailto", "tel"},
    "link_rel": None,
    "strip_comments": True,
}
_CLEANER = nh3.Cleaner(**_RULES)

_ASKED_OF_EMBEDS = {"src", "data", "data-src", "poster", "title", "aria-label", "value"}
_EMBEDS = ("iframe", "frame", "embed", "object", "video", "audio", "source", "param")
_CANONICAL = nh3.Cleaner(
    tags=_TAGS.union(
        _EMBEDS,
        "article aside footer h1 header hgroup main nav noscript picture address center font strike big tt".split(),
        "button fieldset form label legend optgroup option select textarea caption colgroup col".split(),
    ),
    clean_content_tags=set(CODE_TAGS),
    attributes={
        **_ATTRIBUTES,
        "*": {"lang", "dir", "title", "id", "class", "hidden", "style"},
        "a": {"href", "name", "role", "aria-label"},
        "form": {"action"},
        "img": {"src", "alt", "width", "height", "srcset"},
        "input": {"type", "checked", "disabled"},
        **{tag: _ASKED_OF_EMBEDS | {"srcset"} for tag in _EMBEDS},
    },
    generic_attribute_prefixes={"data-"},
    # Addresses of every kind stay: who resolves them says what it drops.
    url_schemes=set("http https mailto tel javascript data vbscript file ftp about blob".split()),
    link_rel=None,
    strip_comments=True,
)


def canonical(html: str) -> str:
    """Return the HTML that a browser makes of `html`, without scripts and styles, for one more reader of it.

    It is not clean: its addresses are as they were written, and it has not been through the door.
    """
    return _CANONICAL.clean(without_controls(html))


_NOT_LOCAL = re.compile(r' src="(?!/[^/\\\s"])')
"""What may load from another host, in HTML that was cleaned already; text that looks so is only cleaned again."""


def sanitize(html: str, frames: tuple[str, ...] = (), loads: Loads | None = None) -> SafeHtml:
    """Return `html` with nothing in it that could run, load from an unknown scheme or restyle the page.

    `frames` are the hosts whose pages may be shown in a frame; without them there is none. `loads` is what pages may
    load: with it no address of another host stays, whatever a reader let through. Control characters go first:
    taken out afterwards, ``java\\x03script:`` would come alive.
    """
    cleaner = _CLEANER
    if (frames and "<iframe" in html) or 'class="language-' in html:
        cleaner = _cleaner_with(frames, None)
    clean = cleaner.clean(without_controls(html))
    if loads and _NOT_LOCAL.search(clean):
        clean = _cleaner_with(frames, loads).clean(clean)
    return SafeHtml(clean)


def passes(address: str) -> bool:
    """Tell whether the door lets a link to an address through: it reads addresses more strictly than urllib."""
    return 'href="' in _CLEANER.clean(f'<a href="{escape(address)}">')


_LANGUAGE = re.compile(r"language-[a-z0-9_+#.-]{1,40}")


def _with_frames_and_languages(frames: tuple[str, ...], loads: Loads | None) -> dict[str, Any]:
    """Return the rules with frames of some hosts, and with the names of languages of code, which are without number."""

    def kept(tag: str, name: str, value: str) -> str | None:
        if tag == "code":
            return value if name != "class" or _LANGUAGE.fullmatch(value) else None
        if tag == "iframe" and name == "src":
            return value if _is_of(value, frames) else None
        if name == "src" and loads and not loads.allows(value, picture=True):
            return None
        return value

    return {
        **_RULES,
        "tags": _TAGS | {"iframe"} if frames else _TAGS,
        "clean_content_tags": set(_WITH_TEXT) - ({"iframe"} if frames else set()),
        "attributes": {**_ATTRIBUTES, "code": {"class"}, **({"iframe": {"src", "title"}} if frames else {})},
        "set_tag_attribute_values": {
            **_RULES["set_tag_attribute_values"],
            **({"iframe": {"loading": "lazy"}} if frames else {}),
        },
        "attribute_filter": kept,
    }


@lru_cache(maxsize=8)
def _cleaner_with(frames: tuple[str, ...], loads: Loads | None) -> nh3.Cleaner:
    return nh3.Cleaner(**_with_frames_and_languages(frames, loads))


def _is_of(address: str, hosts: tuple[str, ...]) -> bool:
    host = asked_host(address)
    return address[:8].lower() == "https://" and any(is_below(host, one) for one in hosts)


def digest_of(html: SafeHtml) -> str:
    """Return the key of a body in `Bodies`; empty for no body."""
    return hashlib.sha256(html.encode()).hexdigest() if html else ""


def with_absolute_addresses(html: SafeHtml, base_url: str, loads: Loads | None = None) -> SafeHtml:
    """Send clean HTML through the door again with every address made absolute: a feed has no place of its own.

    Links from the text to its notes and back stay inside the entry: a reader program shows both there.
    """

    def absolute(tag: str, name: str, value: str) -> str | None:
        if name in ("href", "src") and not (value.startswith("#") and f'id="{unquote(value[1:])}"' in html):
            try:
                value = urljoin(base_url, value)
            except ValueError:  # no address at all, such as ``//[x``
                return None
        return kept(tag, name, value)

    rules = _with_frames_and_languages((), loads)
    kept: Callable[[str, str, str], str | None] = rules["attribute_filter"]
    return SafeHtml(nh3.Cleaner(**{**rules, "attribute_filter": absolute}).clean(html))
