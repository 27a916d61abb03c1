"""What the elements of a page call themselves: menus, related stories, share bars, advertisements, comments."""

from __future__ import annotations

import re
from functools import lru_cache

from yoyak.readers.saved_page.tree import Node
from yoyak.readers.word_lists import alternatives, words

_NAMES = frozenset(("nav", "aside", "footer", "menu", "amp-social-share", "amp-sticky-ad"))
_ROLES = words("roles-of-furniture")
_NEVER = frozenset(("html", "body", "article", "main", "p", "h1"))
_NEVER_HIDDEN = frozenset(("html", "body", "article", "main"))
"""Pages hide the whole of themselves until their scripts have run."""

_WORD = re.compile(
    rf"(?:^|[\s_-])(?:{alternatives('furniture')}|u_likeit|sr[_-]only|visually[_-]?hidden|screen[_-]reader|most[_-]?(?:read|viewed|popular|shared)"
    r"|more[_-]?(?:news|stories|on|from)|read[_-]?(?:more|next|also)|see[_-]also|also[_-]?(?:like|read)|sign[_-]up"
    r"|baca[_-]juga|lire[_-]aussi|a[_-]lire|leia[_-](?:mais|tambem)|lien[_-]quan|quang[_-]cao|binh[_-]luan|mehr[_-]zum[_-]thema)"
    r"(?:$|[\s_-])"
)
_INSIDE = re.compile(rf"(?:{alternatives('furniture-begins')})(?:{alternatives('furniture-ends')})")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(rf"{alternatives('hidden-styles')}", re.IGNORECASE)
_STANDFIRST = re.compile(rf"(?:^|[\s_-])(?:{alternatives('standfirsts')})(?:$|[\s_-])")


def is_furniture(node: Node) -> bool:
    """Tell whether an element says of itself that it holds no text of the article, or that nobody sees it."""
    if node.name in _NAMES:
        return True
    attrs = node.attrs
    if not attrs or node.name in _NEVER_HIDDEN:
        return False
    if ("hidden" in attrs and attrs.get("role") != "tabpanel") or (
        "style" in attrs and _HIDDEN.search(node.get("style"))
    ):
        return True
    if node.name in _NEVER:
        return False
    if attrs.get("role") in _ROLES:
        return True
    if "class" not in attrs and "id" not in attrs:
        return False
    return _names_furniture(attrs.get("class") or "", attrs.get("id") or "")


def is_standfirst(node: Node) -> bool:
    """Tell whether an element says of itself that it is the sentence below a headline."""
    attrs = node.attrs
    return ("class" in attrs or "itemprop" in attrs) and _names_standfirst(attrs.get("class"), attrs.get("itemprop"))


_SAYS_HOW = re.compile(r"(?<![^\W_])(?:no|without|has|with)[-_]\S*", re.IGNORECASE)
"""``mod-no-footer``, ``has-sidebar``: how an element is laid out, not what it holds."""
_POST = re.compile(r"(?:^|\s)(?:hentry|type-\w+|post-\d+)(?:\s|$)")
"""WordPress lists the tags of a post in its classes."""


@lru_cache(8192)
def _names_furniture(classes: str, own: str) -> bool:
    names = _SAYS_HOW.sub(" ", f"{classes} {own}")
    return not _POST.search(names) and bool(_WORD.search(_CAMEL.sub("-", names).lower()) or _INSIDE.search(names))


@lru_cache(4096)
def _names_standfirst(classes: str | None, means: str | None) -> bool:
    return _STANDFIRST.search(_CAMEL.sub("-", f"{classes or ''} {means or ''}").lower()) is not None
