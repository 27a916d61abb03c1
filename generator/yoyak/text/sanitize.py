"""The one door from content to HTML.

Everything that a reader made passes here, and nothing is edited afterwards. The allow-list is static: a rule that
runs code can fail open. SVG, MathML, iframes, forms, styles and event handlers have no place in an article.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import urljoin

import nh3

from yoyak.model import SafeHtml
from yoyak.text.characters import FORBIDDEN

_TAGS = set(
    """a abbr b bdi bdo blockquote br cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i
    img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th
    thead time tr u ul var wbr""".split()
)

_ATTRIBUTES = {
    "*": {"lang", "dir", "title", "id"},
    "a": {"href"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "details": {"open"},
    "del": {"cite", "datetime"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}

_CLASSES = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref", "picture-link"},
    "sup": {"footnote-ref"},
    "span": {"credit"},
    "figure": {"linked-picture"},
    "th": {"left", "right", "center"},
    "td": {"left", "right", "center"},
}

# Tags whose text is code, not words: it goes with them.
_WITH_TEXT = {
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "embed",
    "noscript",
    "svg",
    "math",
    "title",
    "textarea",
    "select",
}

_CONTROLS = re.compile(f"[{FORBIDDEN}]")
_NO_CONTROLS = re.compile(f"[^{FORBIDDEN}]*")
"""To match all of a text takes less time than to look for the one character that may not stand in it."""


def without_controls(text: str) -> str:
    """Return `text` without the characters that XML 1.0 §2.2 and HTML forbid."""
    return text if _NO_CONTROLS.fullmatch(text) else _CONTROLS.sub("", text)


_FOCUSABLE = {"tabindex": "0"}
_RULES: dict[str, Any] = {
    "tags": _TAGS,
    "clean_content_tags": _WITH_TEXT,
    "attributes": _ATTRIBUTES,
    "allowed_classes": _CLASSES,
    # One for each tag: nh3 puts several in an order of chance. A wide table or a long line scrolls sideways, and what
    # scrolls must be reachable with the keyboard; the script takes the stop away where nothing scrolls.
    "set_tag_attribute_values": {"img": {"loading": "lazy"}, "pre": _FOCUSABLE, "table": _FOCUSABLE},
    "url_schemes": {"http", "https", "mailto", "tel"},
    "link_rel": None,
    "strip_comments": True,
}
_CLEANER = nh3.Cleaner(**_RULES)


def sanitize(html: str) -> SafeHtml:
    """Return `html` with nothing in it that could run, load from an unknown scheme or restyle the page.

    Control characters go first: taken out afterwards, ``java\\x03script:`` would come alive.
    """
    return SafeHtml(_CLEANER.clean(without_controls(html)))


def digest_of(html: SafeHtml) -> str:
    """Return the key of a body in `Bodies`; empty for no body."""
    return hashlib.sha256(html.encode()).hexdigest() if html else ""


def with_absolute_addresses(html: SafeHtml, base_url: str) -> SafeHtml:
    """Send clean HTML through the door again with every address made absolute: a feed has no place of its own."""

    def absolute(_tag: str, name: str, value: str) -> str:
        return urljoin(base_url, value) if name in ("href", "src") else value

    return SafeHtml(nh3.Cleaner(**_RULES, attribute_filter=absolute).clean(html))
