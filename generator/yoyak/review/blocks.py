"""The blocks of a rendered text: what notes are fastened to, and what a verdict saw, line by line.

`blocks.js` walks the same tree in the browser. Each run of words that no other block divides is a block: of ``<li>one
<ul><li>two</li></ul></li>`` "one" and "two".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from unicodedata import normalize
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.model.review import TextBlock

BLOCKS = frozenset(
    """blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tbody td
    tfoot th thead tr ul""".split()
)
_WHOLE = frozenset(("tr",))
"""Blocks whose own blocks are read together: a row of a table is one line."""
_EMPTY = frozenset(("img", "br", "hr", "input", "wbr"))
_KEPT = frozenset(
    """href src alt title lang dir cite datetime start value reversed checked colspan rowspan open role
    aria-label""".split()
)
"""Attributes that a reader sees or hears. Ids, classes and sizes come with the template."""
_OF_BLOCKS = _KEPT - {"role"}
_IN_PATH = re.compile(r"\[[^]]*\]")
"""An attribute of a block in a line: ``ol[start=5]/li: words``."""
_DIGEST = re.compile(r"^.*\.([0-9a-f]{10,64})(\.[a-z0-9]+)$")
_ESCAPED = re.compile(r"\\\\|\\n")
_DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""What browsers drop of an address."""
_SPACES = re.compile(r"\s+")


def blocks_of(html: str, base_path: str = "/") -> tuple[TextBlock, ...]:
    """Return the blocks of clean HTML in their order."""
    body = LexborHTMLParser(f"<body>{html}").body if html else None
    if body is None:
        return ()
    found = ((_plain(path), text, f"{path}: {line}") for path, text, line in _walked(body, (), base_path))
    return _numbered(found)


def read_blocks(lines: Iterable[str]) -> tuple[TextBlock, ...]:
    """Return the blocks of which these are the lines."""
    return _numbered(map(_read, lines))


def _numbered(found: Iterable[tuple[str, str, str]]) -> tuple[TextBlock, ...]:
    counts = Counter[str]()
    blocks = []
    for path, text, line in found:
        digest = sha256(text.encode()).hexdigest()[:8]
        counts[digest] += 1
        blocks.append(TextBlock(id=f"{digest}-{counts[digest]}", path=path, text=text, line=line))
    return tuple(blocks)


def _read(line: str) -> tuple[str, str, str]:
    path, _, html = line.partition(": ")
    path = _plain(path)
    if "pre" in path.split("/"):
        html = _ESCAPED.sub(lambda found: "\n" if found[0] == "\\n" else "\\", html)
    if path.endswith("tr"):
        html = f"<table><tr>{html}</tr></table>"
    body = LexborHTMLParser(f"<body>{html}").body
    text = "".join(map(_text, _children(body))) if body else ""
    return path, normalize("NFC", text).strip("\n") if "pre" in path.split("/") else folded(text), line


def _plain(path: str) -> str:
    """Return a path without the attributes of its blocks."""
    return _IN_PATH.sub("", path)


def folded(text: str) -> str:
    """Return a text as it is compared: NFC, white space as one space."""
    return _SPACES.sub(" ", normalize("NFC", text)).strip()


def _walked(node: LexborNode, above: tuple[str, ...], base_path: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, text and line of each block below an element."""
    run: list[LexborNode] = []
    path = "/".join(above) or "p"
    for child in _children(node):
        tag = child.tag or ""
        if tag not in BLOCKS and not _holds_block(child):
            run.append(child)
            continue
        yield from _block(run, path, base_path, code=_is_code(above))
        run = []
        below = (*above, f"{tag}{_attributes(child)}") if tag in BLOCKS else above
        if tag in _WHOLE:
            yield from _block(list(_children(child)), "/".join(below), base_path)
        elif tag == "hr":
            yield "/".join(below), "", ""
        else:
            yield from _walked(child, below, base_path)
    yield from _block(run, path, base_path, code=_is_code(above))


def _block(run: list[LexborNode], path: str, base_path: str, *, code: bool = False) -> Iterator[tuple[str, str, str]]:
    """Yield a run of inline nodes as a block, unless there is nothing to see in it."""
    written = "".join(_line(node, base_path) for node in run)
    text = "".join(_text(node) for node in run)
    if code:
        text = normalize("NFC", text).strip("\n")
        line = normalize("NFC", written).strip("\n").replace("\\", "\\\\").replace("\n", "\\n")
    else:
        text, line = folded(text), folded(written)
    if line:
        yield path, text, line


def _is_code(above: Iterable[str]) -> bool:
    return any(_plain(tag) == "pre" for tag in above)


def _attributes(node: LexborNode) -> str:
    """Return what a reader sees of a block beside its words, such as the number at which a list begins."""
    found = ((name, value or "") for name, value in sorted(node.attributes.items()) if name in _OF_BLOCKS)
    return "".join(f"[{name}={quote(folded(value), safe='')}]" for name, value in found)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _holds_block(node: LexborNode) -> bool:
    return any(child.tag in BLOCKS or _holds_block(child) for child in _children(node))


def _text(node: LexborNode) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return node.text(deep=False)
    if tag == "br":
        return "\n"
    inner = "".join(_text(child) for child in _children(node))
    return f" {inner} " if tag in BLOCKS else inner


def _line(node: LexborNode, base_path: str) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return escape(node.text(deep=False), quote=False)
    if tag.startswith("-"):
        return ""
    inner = "".join(_line(child, base_path) for child in _children(node))
    attributes = "".join(
        f' {name}="{escape(_shown(name, value or "", base_path))}"'
        for name, value in sorted(node.attributes.items())
        if name in _KEPT
    )
    if (tag == "span" and not attributes) or (tag == "a" and _is_inside(node.attributes.get("href") or "", base_path)):
        return inner
    return f"<{tag}{attributes}>" if tag in _EMPTY else f"<{tag}{attributes}>{inner}</{tag}>"


def _is_inside(url: str, base_path: str) -> bool:
    """Tell whether a link leads to a page of the site. Whether it is one decides what else is published, not this text:
    a production build has only its words as long as the other page waits, and an address may be renamed."""
    as_browsers = _DROPPED.sub("", url).replace("\\", "/")  # which take /\\host, too, for another site
    return as_browsers.startswith(base_path) and not as_browsers.startswith(("//", f"{base_path}assets/"))


def _shown(name: str, value: str, base_path: str) -> str:
    """Return an attribute without what only the place of the site decides; a picture by the digest in its name."""
    return picture(value, base_path) if name in ("href", "src") else folded(value)


def picture(url: str, base_path: str) -> str:
    """Return a picture of the site as the digest of its bytes, another one as its address."""
    found = _DIGEST.match(url)
    return f"{found[1]}{found[2]}" if found and url.startswith(f"{base_path}assets/") else url
