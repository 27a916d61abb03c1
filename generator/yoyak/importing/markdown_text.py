"""Running text as Markdown: every character that Markdown would take for a mark is written so that it stays text.

`yoyak.readers.markdown` is what reads it back: CommonMark, GitHub's extensions, and what else that reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from bs4.element import Comment, PageElement, Tag

_MARKS = re.compile(r"[\\`*\[\]{$]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|=(?==)|%(?=%)")
_MARKED_ADDRESS = re.compile(r"(?<=(?:http|ttps)):(?=//\S*[\\&])")
"""Where an address begins that would take the escapes in it for its own."""
_REFERENCE = re.compile(r"&(?=#|\w+;)")
_STARTS = (
    (re.compile(r"^(\s*)(\d+)([.)])(?=\s|$)", re.MULTILINE), r"\1\2\\\3"),
    (re.compile(r"^(\s*)(:)", re.MULTILINE), r"\1\\\2"),
    (re.compile(r"^(\s*)([#>])", re.MULTILINE), r"\1\\\2"),
    (re.compile(r"^(\s*)([-+])(?=\s|$|[-=])", re.MULTILINE), r"\1\\\2"),
    (re.compile(r"^(\s*)~(?=~)", re.MULTILINE), r"\1&#126;"),
    (re.compile(r"^(\s*)=(?==*\s*$)", re.MULTILINE), r"\1&#61;"),
    (re.compile(r"^(\s*)\|", re.MULTILINE), r"\1&#124;"),
)
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_AS_HTML = frozenset("sub sup q s del ins u mark small abbr kbd samp var cite ruby rt rp time dfn bdi bdo".split())
BREAK = "  \n"


def text_as_markdown(text: str) -> str:
    """Return plain text as Markdown that says the same, without regard to where its line begins."""
    marked = _MARKS.sub(r"\\\g<0>", _REFERENCE.sub("&amp;", text)).replace("<", "&lt;")
    return _MARKED_ADDRESS.sub(r"\\\g<0>", marked) if "://" in marked else marked


def at_line_starts(markdown: str) -> str:
    """Return running Markdown whose lines begin no list, heading, quotation, rule or table."""
    for pattern, replacement in _STARTS:
        markdown = pattern.sub(replacement, markdown)
    return markdown


def running(nodes: Iterable[PageElement]) -> str:
    """Return running HTML as Markdown; lines end where the text has a ``<br>``."""
    return _tidy("".join(_inline(node) for node in nodes))


def paragraph(nodes: Iterable[PageElement]) -> str:
    """Return running HTML as a paragraph of Markdown."""
    return at_line_starts(running(nodes))


def _tidy(markdown: str) -> str:
    lines = re.sub(r"[ \t]*\x1e[ \t]*", "\x1e", re.sub(r"[\t\n\r]+", " ", markdown)).strip(" \x1e")
    return lines.replace("\x1e", BREAK)


def _inline(node: PageElement) -> str:
    if isinstance(node, Comment):
        return ""
    if not isinstance(node, Tag):
        return text_as_markdown(str(node))
    inner = "".join(_inline(child) for child in node.children)
    if node.name == "br":
        return "\x1e"  # becomes a line break when everything else is on one line
    if not inner.strip(" \x1e"):
        return inner
    if node.name == "a" and node.get("href"):
        return f"[{inner}]({_address(str(node['href']))})"
    if node.name == "code":
        return _code(node.get_text())
    if mark := _EMPHASIS.get(node.name):
        return _emphasised(inner, mark)
    return f"<{node.name}>{inner}</{node.name}>" if node.name in _AS_HTML else inner


def _emphasised(inner: str, mark: str) -> str:
    text = inner.strip(" ")
    before, _, behind = inner.partition(text)
    return f"{before}{mark}{text}{mark}{behind}"


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(url: str) -> str:
    written = url.replace("&", "&amp;") if unescape(url) != url else url
    return f"<{written}>" if re.search(r"[()\s]", written) else written


def as_html(nodes: Iterable[PageElement]) -> str:
    """Return running HTML as it stands, for a place where Markdown has no form for it."""
    return "".join(_html(nodes)).replace("\n", " ").strip()


def _html(nodes: Iterable[PageElement]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Comment):
            continue
        yield str(node) if isinstance(node, Tag) else escape(str(node), quote=False)
