"""Where addresses stand in a page: every attribute, style and import in its tree, each of which may be changed there.

A page is parsed, changed as a tree and serialized: no text of HTML is edited. Lexbor's serializer escapes every
attribute and every text (HTML §13.3, with ``<`` and ``>`` in attributes), so that what was words before stays words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.text.asset_addresses import Address, css_addresses, js_addresses, put_css, put_js

Change = Callable[[LexborNode, str], str]
"""Gives the address to write in an element for one that is written there."""

_ONE = frozenset("href src poster action formaction cite background longdesc lowsrc manifest xlink:href".split())
LISTS = frozenset(("srcset", "imagesrcset"))
_SPACED = frozenset(("ping", "attributionsrc"))
_STYLED = frozenset(
    """style mask mask-image filter fill stroke clip-path marker marker-start marker-mid marker-end cursor""".split()
)
"""Attributes that hold CSS: those after the first are of drawings."""
_REFRESH = re.compile(r"[^;,]*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_CANDIDATE = re.compile(r"[ \t\n\r\f,]*([^ \t\n\r\f,][^ \t\n\r\f]*)")
_LOSES_A_LINE = frozenset(("pre", "textarea", "listing"))


def elements(root: LexborNode) -> Iterator[LexborNode]:
    """Yield every element of a tree, also those in templates. It may be removed before the next one is asked for."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = list(node.iter(include_text=False))
        if node.tag == "template":
            inside = [child for fragment in node.template_fragments() for child in fragment.iter(include_text=False)]
        waiting += reversed(inside)
        yield node


def html_of(tree: LexborHTMLParser) -> str:
    keep_lines(tree)
    return f"{tree.html}\n"


def keep_lines(tree: LexborHTMLParser) -> None:
    """Put back the line break that parsing takes away at the beginning of some elements."""
    for node in tree.css(",".join(sorted(_LOSES_A_LINE))):
        first = node.first_child
        if first is not None and first.is_text_node and (text := first.text_content or "").startswith("\n"):
            first.replace_with(f"\n{text}")


def refresh_in(node: LexborNode) -> str:
    """Return where a ``<meta http-equiv="refresh">`` leads; empty for every other element."""
    if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
        return ""
    match = _REFRESH.match(node.attributes.get("content") or "")
    return match[1] if match else ""


def change_addresses(root: LexborNode, change: Change) -> None:
    """Change every address below an element."""
    for node in list(elements(root)):
        for name, value in node.attributes.items():
            if value and (new := _changed(node, name.lower(), value, change)) != value:
                node.attrs[name] = new
        if node.tag in ("style", "script") and node.first_child is not None:
            _change_text(node, change)


def _changed(node: LexborNode, name: str, value: str, change: Change) -> str:
    if name in _ONE or (name == "data" and node.tag == "object"):
        return change(node, value)
    if name in LISTS:
        found = [(change(node, address), size) for address, size in candidates(value)]
        return ", ".join(f"{address} {size}".rstrip() for address, size in found)
    if name in _SPACED:
        return " ".join(change(node, address) for address in value.split())
    if name in _STYLED:
        return _put(value, css_addresses(value), put_css, lambda written: change(node, written))
    if name == "content" and (node.attributes.get("http-equiv") or "").strip().lower() == "refresh":
        match = _REFRESH.match(value)
        return f"{value[: match.start(1)]}{change(node, match[1])}{value[match.end(1) :]}" if match else value
    if name == "srcdoc":
        inner = LexborHTMLParser(value)
        if inner.root is not None:
            change_addresses(inner.root, change)
        return html_of(inner)
    return value


def _change_text(node: LexborNode, change: Change) -> None:
    """Change the addresses in a style sheet, or in what a script imports."""
    text = node.text(deep=True)
    if node.tag == "style":
        new = changed_css(text, lambda written: change(node, written))
    elif "json" in (node.attributes.get("type") or "").lower():
        return
    else:
        new = changed_js(text, lambda written: change(node, written))
    if new != text and node.first_child is not None:
        node.first_child.replace_with(new)


def changed_css(text: str, change: Callable[[str], str]) -> str:
    """Return a style sheet with other addresses."""
    return _put(text, css_addresses(text), put_css, change)


def changed_js(text: str, change: Callable[[str], str]) -> str:
    """Return a script that imports from other addresses. A bare name is one of an import map and stays."""

    def relative(written: str) -> str:
        if not written.startswith(("/", "./", "../", "http:", "https:")):
            return written
        new = change(written)
        return new if new == written or new.startswith(("../", "http:", "https:")) else f"./{new.removeprefix('./')}"

    return _put(text, js_addresses(text), lambda _, address: put_js(address), relative)


def _put(text: str, found: Iterable[Address], put: Callable[[Address, str], str], change: Callable[[str], str]) -> str:
    pieces, at = list[str](), 0
    for one in found:
        if (new := change(one.written)) != one.written:
            pieces += (text[at : one.start], put(one, new.replace("<", "%3C")))  # what may end the element of the text
            at = one.end
    return "".join((*pieces, text[at:]))


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a ``srcset``, each with its size (HTML §4.8.4.2.1). A comma may be part of an address."""
    rest = srcset
    while match := _CANDIDATE.match(rest):
        address, rest = match[1], rest[match.end() :]
        if address.endswith(","):
            yield address.rstrip(","), ""
            continue
        size, _, rest = rest.partition(",")
        yield address, size.strip()
