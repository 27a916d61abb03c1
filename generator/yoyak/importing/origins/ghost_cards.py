"""Texts of Ghost that have no HTML: Lexical of 5.x and Mobiledoc of 1.x to 4.x, with their cards, as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from yoyak.importing.pieces import figure

_BITS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside ul ol li".split())
_MARKS = frozenset("strong b em i s u code sub sup a del mark".split())
_NEVER = frozenset(("email", "email-cta", "paywall", "signup", "card-email"))
"""Cards that pages do not show: what only mails have, and forms."""
_DEEPEST = 60

Markdown = Callable[[str], str]


def html_of(lexical: Any, mobiledoc: Any, markdown: Markdown) -> str:
    """Return a text as HTML; empty when neither form can be read."""
    for written, make in ((lexical, _lexical), (mobiledoc, _mobiledoc)):
        try:
            document = json.loads(written) if isinstance(written, str) and written.strip() else written
            if isinstance(document, dict) and (html := make(document, markdown)):
                return html
        except (ValueError, RecursionError):
            continue
    return ""


def _lexical(document: Mapping[str, Any], markdown: Markdown) -> str:
    return _nodes(_dict(document.get("root")).get("children"), markdown, 0)


def _nodes(nodes: Any, markdown: Markdown, depth: int) -> str:
    listed = nodes if isinstance(nodes, list) and depth < _DEEPEST else []
    return "".join(_node(node, markdown, depth) for node in listed if isinstance(node, dict))


def _node(node: Mapping[str, Any], markdown: Markdown, depth: int) -> str:
    kind = str(node.get("type", "")).removeprefix("extended-")
    if kind == "text" or (kind == "code-highlight" and "text" in node):
        return _text(node)
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else " "
    inner = _nodes(node.get("children"), markdown, depth + 1)
    if kind in ("link", "autolink"):
        return f'<a href="{escape(_said(node, "url"))}">{inner}</a>'
    if kind in ("paragraph", "heading", "quote", "aside", "list", "listitem"):
        default = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li", "heading": "h2"}
        tag = _said(node, "tag") if kind in ("heading", "list") else default[kind]
        tag = tag if tag in _TAGS else default.get(kind, "ol" if node.get("listType") == "number" else "ul")
        return f"<{tag}>{inner}</{tag}>"
    return card(kind, node, markdown) or inner


def _text(node: Mapping[str, Any]) -> str:
    html = escape(_said(node, "text"), quote=False)
    bits = node.get("format")
    for bit, tag in _BITS:
        html = f"<{tag}>{html}</{tag}>" if isinstance(bits, int) and bits & bit else html
    return html


def _mobiledoc(document: Mapping[str, Any], markdown: Markdown) -> str:
    return "".join(_sections(document, markdown))


def _sections(document: Mapping[str, Any], markdown: Markdown) -> Iterator[str]:
    markups, atoms, cards = (_list(document.get(name)) for name in ("markups", "atoms", "cards"))
    for section in _list(document.get("sections")):
        if not isinstance(section, list) or len(section) < 2:
            continue
        kind = section[0]
        if kind == 1 and len(section) > 2:
            tag = section[1] if section[1] in _TAGS else "p"
            yield f"<{tag}>{_markers(section[2], markups, atoms)}</{tag}>"
        elif kind == 2:
            yield figure(str(section[1]))
        elif kind == 3 and len(section) > 2:
            tag = section[1] if section[1] in ("ul", "ol") else "ul"
            yield (
                f"<{tag}>{''.join(f'<li>{_markers(item, markups, atoms)}</li>' for item in _list(section[2]))}</{tag}>"
            )
        elif kind == 10 and isinstance(section[1], int) and section[1] < len(cards):
            one = _list(cards[section[1]])
            yield card(str(one[0]), _dict(one[1] if len(one) > 1 else None), markdown) if one else ""


def _markers(markers: Any, markups: list[Any], atoms: list[Any]) -> str:
    html, open_tags = "", []
    for marker in _list(markers):
        if not isinstance(marker, list) or len(marker) < 4:
            continue
        kind, opened, closed, value = marker[:4]
        for number in _list(opened):
            markup = _list(markups[number]) if isinstance(number, int) and number < len(markups) else []
            tag = markup[0] if markup and markup[0] in _MARKS else "span"
            given = _list(markup[1]) if len(markup) > 1 else []
            pairs = dict(zip(given[::2], given[1::2], strict=False))
            html += f'<a href="{escape(str(pairs.get("href", "")))}">' if tag == "a" else f"<{tag}>"
            open_tags.append(tag)
        if kind == 1:
            atom = _list(atoms[value]) if isinstance(value, int) and value < len(atoms) else []
            html += "<br>" if atom and atom[0] == "soft-return" else escape(str(atom[1])) if len(atom) > 1 else ""
        else:
            html += escape(str(value), quote=False)
        for _ in range(min(closed if isinstance(closed, int) else 0, len(open_tags))):
            html += f"</{open_tags.pop()}>"
    return html + "".join(f"</{tag}>" for tag in reversed(open_tags))


# --- cards ----------------------------------------------------------------------------------------------


def card(kind: str, said: Mapping[str, Any], markdown: Markdown) -> str:
    """Return a card as HTML; empty for one of an unknown kind, which has nothing to show."""
    if kind in _NEVER:
        return ""
    if kind in ("markdown", "card-markdown"):
        return markdown(_said(said, "markdown"))
    return "".join(_shown(kind, said)) or _said(said, "html")


def _shown(kind: str, said: Mapping[str, Any]) -> Iterator[str]:
    caption = _said(said, "caption")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    address = _said(said, "url", "src", "buttonUrl", "productUrl", "fileSrc")
    link = f'<p><a href="{escape(address)}">{{}}</a></p>'.format
    if kind == "image" and address:
        source = f'<img src="{escape(address)}" alt="{escape(_said(said, "alt"))}">'
        yield f"<figure>{source}{below}</figure>"
    elif kind == "gallery":
        for picture in map(_dict, _list(said.get("images"))):
            yield figure(_said(picture, "src"), alt=_said(picture, "alt"))
        yield f"<p>{caption}</p>" if caption else ""
    elif kind in ("hr", "horizontalrule"):
        yield "<hr>"
    elif kind in ("code", "codeblock"):
        yield f"<pre><code>{escape(_said(said, 'code'), quote=False)}</code></pre>"
        yield f"<p>{caption}</p>" if caption else ""
    elif kind in ("embed", "video", "audio"):
        tag = "iframe" if kind == "embed" else kind
        yield f'<{tag} src="{escape(address)}"></{tag}>' if address else ""
        yield f"<p>{caption}</p>" if caption else ""
    elif kind in ("bookmark", "file", "button"):
        title = _said(_dict(said.get("metadata")), "title") or _said(said, "title", "fileTitle", "buttonText", "text")
        yield link(escape(title or address)) if address else ""
    else:
        yield from _words(said)
        button = _said(said, "buttonText", "productButton")
        yield link(escape(button)) if button and address else ""


def _words(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of callouts, toggles, headers and products."""
    for name in ("heading", "header", "productTitle"):
        yield f"<p><strong>{_said(said, name)}</strong></p>" if _said(said, name) else ""
    for name in ("subheading", "subheader", "content", "calloutText", "productDescription"):
        yield f"<div>{_said(said, name)}</div>" if _said(said, name) else ""
    if picture := _said(said, "productImageSrc"):
        yield figure(picture)


def _said(mapping: Mapping[str, Any], *names: str) -> str:
    return next((str(mapping[name]) for name in names if isinstance(mapping.get(name), str | int | float)), "")


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
