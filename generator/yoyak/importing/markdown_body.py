"""A body as Markdown: from the clean HTML that a reader made, block by block.

Every block is read back with the site's own Markdown reader. One that would not come back the same is written as
HTML, which Markdown takes as it is; so no text can be lost to a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape, unescape

from bs4.element import Comment, NavigableString, PageElement, Tag

from yoyak.front_matter.read import split
from yoyak.importing.pieces import pieces, tree

Read = Callable[[str], str]
"""From a body of Markdown to the HTML that the site would make of it."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MERGING = {("ul", "ul"), ("ol", "ol"), ("blockquote", "blockquote"), ("ul", "ol"), ("ol", "ul")}
_BLANK_LINE = re.compile(r"\n(?=\s*(?:\n|$))")
_ABSOLUTE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
"""Where a link may lead; one into the page's own site leads nowhere from here, and only its words stay."""
_SAME = {"b": "strong", "i": "em"}
_LIKE_A_KEY = re.compile(r"^((?:<\w[^<>]*>|[^\n<:：﹕=]){1,60}?)([:：﹕=])(?!//)", re.MULTILINE)
_APART = "<!-- -->"
"""Between two lists or quotations, which would be one."""


def body_as_markdown(html: str, pictures: Mapping[str, str], read: Read) -> str:
    """Return a reader's HTML as Markdown; `pictures` says how the article's file calls each picture's address."""
    elements = _elements(html, pictures)
    blocks = [_checked(element, read) for element in elements]
    body = _joined(elements, blocks)
    if pieces(read(body)) != pieces("\n".join(map(str, elements))):
        body = _joined(elements, [_raw(element) for element in elements])
    if split(f"---\ntitle: x\n---\n\n{body}").problem:  # "status: draft" of somebody's page is text, and stops no build
        written = [_raw(one) if one.name == "pre" else block for one, block in zip(elements, blocks, strict=True)]
        body = _LIKE_A_KEY.sub(lambda found: f"{found[1]}&#{ord(found[2])};", _joined(elements, written))
    return body


def _elements(html: str, pictures: Mapping[str, str]) -> list[Tag]:
    """Return the blocks of a body, with pictures called as the article's file calls them."""
    soup = tree(html)
    for link in soup.find_all("a"):
        address = str(link.get("href", ""))
        if address in pictures:
            link["href"] = pictures[address]
        elif not _ABSOLUTE.match(address):
            link.unwrap()
    for mark in soup.find_all(tuple(_SAME)):
        mark.name = _SAME[mark.name]
    for image in soup.find_all("img"):
        image["src"] = pictures.get(str(image.get("src", "")), str(image.get("src", "")))
    found: list[Tag] = []
    for node in list(soup.children):
        if isinstance(node, Tag):
            found.append(node)
        elif type(node) is NavigableString and node.strip():
            found.append(tree(f"<p>{escape(str(node).strip(), quote=False)}</p>").contents[0])  # type: ignore[arg-type]
    return found


def _checked(element: Tag, read: Read) -> str:
    written = _block(element)
    if written is None:
        return _raw(element)
    same = pieces(read(f"{written}\n")) == pieces(str(element))
    return written if same else _raw(element)


def _joined(elements: Sequence[Tag], blocks: Sequence[str]) -> str:
    lines: list[str] = []
    before = ""
    for element, block in zip(elements, blocks, strict=True):
        if not block:
            continue
        if (before, element.name) in _MERGING and not block.startswith("<"):
            lines.append(_APART)
        lines.append(block)
        before = element.name
    return "\n\n".join(lines)


def _block(element: Tag) -> str | None:
    """Return a block as Markdown; None when Markdown has no form for it."""
    name = element.name
    if name == "p":
        return paragraph(element.children)
    if name in _HEADINGS:
        text = running(element.children).replace("#", r"\#")
        return f"{'#' * int(name[1])} {text}"
    if name == "blockquote":
        return _quotation(element)
    if name in ("ul", "ol"):
        return "\n".join(_list(element, ""))
    if name == "figure":
        return _figure(element)
    if name == "table":
        return _table(element)
    if name == "pre":
        return _preformatted(element.get_text())
    return None


def _raw(element: Tag) -> str:
    """Return a block as HTML without a blank line in it."""
    if element.name == "pre":
        text = escape(element.get_text(), quote=False).replace("\t", "&#9;")
        return f"<pre>{_BLANK_LINE.sub('&#10;', text)}</pre>"
    inner = as_html(element.children)
    attributes = "".join(_attribute(key, value) for key, value in element.attrs.items())
    return f"<{element.name}{attributes}>{inner}</{element.name}>"


def _attribute(key: str, value: str | list[str]) -> str:
    return f' {key}="{escape(" ".join(value) if isinstance(value, list) else value)}"'


def _quotation(element: Tag) -> str | None:
    inner = [_block(child) for child in element.children if isinstance(child, Tag)]
    if not inner or None in inner or any(isinstance(c, NavigableString) and c.strip() for c in element.children):
        inner = [paragraph(element.children)]
    text = "\n\n".join(block for block in inner if block)
    return "\n".join(f"> {line}".rstrip() if not line.endswith("  ") else f"> {line}" for line in text.split("\n"))


def _list(element: Tag, indent: str) -> Iterator[str]:
    for number, item in enumerate(element.find_all("li", recursive=False), 1):
        mark = f"{number}." if element.name == "ol" else "-"
        own = [node for node in item.children if not _is_list(node)]
        text = at_line_starts(running(own)).replace("\n", f"\n{indent}    ")
        yield f"{indent}{mark} {text}"
        for below in item.children:
            if isinstance(below, Tag) and _is_list(below):
                yield from _list(below, f"{indent}    ")


def _is_list(node: PageElement) -> bool:
    return isinstance(node, Tag) and node.name in ("ul", "ol")


def _figure(element: Tag) -> str | None:
    """Return a picture with its caption; one with a credit, or words without their picture, is HTML."""
    images, caption = element.find_all("img"), element.find("figcaption")
    if len(images) != 1 or (isinstance(caption, Tag) and caption.find(True)):
        return _figure_html(element)
    source, alt = str(images[0].get("src", "")), str(images[0].get("alt", ""))
    words = " ".join(caption.get_text().split()) if isinstance(caption, Tag) else ""
    if '"' in words or any(sign in source for sign in ' ()<>"'):
        return _figure_html(element)
    title = f' "{text_as_markdown(words)}"' if words else ""
    return f"![{text_as_markdown(alt)}]({source}{title})"


def _figure_html(element: Tag) -> str:
    lines = ["<figure>", *map(_image, element.find_all("img"))]
    if isinstance(caption := element.find("figcaption"), Tag):
        lines.append(f"<figcaption>{as_html(caption.children)}</figcaption>")
    return "\n".join([*lines, "</figure>"])


def _image(image: Tag) -> str:
    return f'<img src="{escape(str(image.get("src", "")))}" alt="{escape(str(image.get("alt", "")))}">'


def _table(element: Tag) -> str | None:
    """Return a table whose first row is all headings; others have no form in Markdown."""
    rows = [row.find_all(("td", "th"), recursive=False) for row in element.find_all("tr")]
    if (
        len(rows) < 2
        or element.find(("table", "caption", "br"))
        or any(cell.has_attr("colspan") or cell.has_attr("rowspan") for row in rows for cell in row)
        or any(cell.name != "th" for cell in rows[0])
        or any(cell.name != "td" or len(row) != len(rows[0]) for row in rows[1:] for cell in row)
    ):
        return None
    lines = ["| " + " | ".join(running(cell.children).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _preformatted(text: str) -> str | None:
    if "\t" in text or "```" in text or not text.strip():
        return None
    return f"```\n{text.strip(chr(10))}\n```"


# --- running text ------------------------------------------------------------------------------------------------
# Running text as Markdown: every character that Markdown would take for a mark is written so that it stays text.
# `yoyak.readers.markdown` is what reads it back: CommonMark, GitHub's extensions, and what else that reader knows.

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
