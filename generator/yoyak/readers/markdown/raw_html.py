"""HTML inside Markdown: the whole text is made canonical by the sanitizer, and only then is it a tree again.

No parser of ours reads what an author typed: two parsers that read the same bytes differently are how a picture of
another host gets past the one that should have seen it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from itertools import count
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import MARK, RAW, LocatedElement, append_text, to_html
from yoyak.text.sanitize import CLASSES, CODE_TAGS, canonical
from yoyak.text.urls import has_scheme

_MARK = re.compile(MARK, re.IGNORECASE)
_COMMENT = r"<!--(?:-?>|[\s\S]*?--!?>|[\s\S]*$)"
_WHOLE = r"</?[A-Za-z](?:[^<>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+>|<!doctype[^>]*>"
# Alone, the last is the ``<`` of a tag without an end or of an instruction, which are text.
_PIECE = re.compile(rf"{_COMMENT}|{_WHOLE}|<(?=[A-Za-z/!?])", re.IGNORECASE)
_NAME = re.compile(r"<[A-Za-z][^\s/>]*")
_UNENDED = re.compile(r"<!--(?!-?>)(?!.*--!?>)", re.DOTALL)
_FRAME = re.compile(r"<iframe\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_CODE = re.compile(rf"<(/?)({'|'.join(sorted(CODE_TAGS | {'textarea'}))})(?=[\s/>]|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"[\s\"'/](href|src|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_EMPTY = re.compile(r"<(?:svg|math)[^<>]*/>", re.IGNORECASE)
_DROPPED = re.compile(rf"<({'|'.join(sorted(CODE_TAGS))})(?=[\s/>])", re.IGNORECASE)


def make_canonical(root: Element, body: Body) -> Element | None:
    """Return the tree that a browser would make of the text; nothing when it holds no HTML of its author's."""
    raw = list(root.iter(RAW))
    if not raw:
        return None
    for node in raw:
        typed = _without_open_comment(node.text or "")
        node.text = _PIECE.sub(lambda piece: "&lt;" if piece[0] == "<" else piece[0], typed)
    for parent in list(root.iter()):
        _end_code([child for child in parent if child.tag == RAW], body)
    for node in raw:
        _report_dropped(node, body)
        if _UNENDED.match((node.text or "").lstrip()):  # a block goes to the end of what it stands in
            node.text = f"{node.text}-->"
        node.text = _with_ended_frames(_with_lines(_MARK.sub("data-", node.text or ""), getattr(node, "line", 0)))
    return _tree(canonical(to_html(root, with_lines=True)))


def _without_open_comment(text: str) -> str:
    """Let a comment without an end inside a piece of HTML be text; one that begins the piece goes to its end."""
    ended = text.rfind("-->") + 1
    if text.lstrip().startswith("<!--") and not ended:
        return text
    return text[:ended] + text[ended:].replace("<!--", "&lt;!--")


def _end_code(pieces: list[Element], body: Body) -> None:
    """Let a tag whose text is code be text itself when it has no end beside it: it would take in the rest of the text.

    A block that begins with it goes to the end of what it stands in, as in CommonMark, and is ended there.
    """
    ends: Counter[str] = Counter()
    for node in reversed(pieces):
        text = node.text or ""
        for tag in reversed(list(_CODE.finditer(text))):
            name = tag[2].lower()
            if tag[1]:
                ends[name] += 1
            elif ends[name]:
                ends[name] -= 1
            elif _EMPTY.match(text, tag.start()):
                continue
            elif "\n" in text and not text[: tag.start()].strip() and name in ("script", "style", "textarea"):
                text += f"</{name}>"
            else:
                _report_unended(tag[2], getattr(node, "line", 0) + text.count("\n", 0, tag.start()), body)
                text = f"{text[: tag.start()]}&lt;{text[tag.start() + 1 :]}"
        node.text = text


def _report_unended(name: str, line: int, body: Body) -> None:
    body.warning("unknown-tag.no-end", f"<{name}", near=line, hint=say("unknown-tag.hint"), tag=f"<{name}>")


def _with_lines(text: str, first_line: int) -> str:
    """Give each tag its line."""

    def written(piece: re.Match[str]) -> str:
        name = _NAME.match(piece[0])
        if name is None:
            return piece[0]
        line = first_line + text.count("\n", 0, piece.start())
        return f'{name[0]} {MARK}typed="{line}"{piece[0][name.end() :]}'

    return _PIECE.sub(written, text)


def _with_ended_frames(text: str) -> str:
    """End a frame that has no end in its piece of HTML: ``<iframe … />`` would take in the rest of the text."""
    ends = len(re.findall("</iframe", text, re.IGNORECASE))
    number = count()
    return _FRAME.sub(lambda frame: frame[0] if next(number) < ends else f"{frame[0]}</iframe>", text)


def _report_dropped(node: Element, body: Body) -> None:
    """Report what the sanitizer takes away with all that stands in it."""
    text = node.text or ""
    line = getattr(node, "line", 0)
    comment = next((piece for piece in _PIECE.finditer(text) if _UNENDED.match(piece[0])), None)
    if comment:
        body.warning("left-out.comment", comment[0][:40].partition("\n")[0], near=line)
    dropped = [(match[1].lower(), line + text.count("\n", 0, match.start())) for match in _DROPPED.finditer(text)]
    _report_addresses(text, line, body)
    for name, line in dict.fromkeys(dropped):
        body.warning("left-out.element", f"<{name}", near=line, tag=f"<{name}>")


def _report_addresses(text: str, first_line: int, body: Body) -> None:
    """Report each address that the sanitizer takes for none, such as ``http://a.example:99999999/``."""
    for match in (found for piece in _PIECE.finditer(text) for found in _ADDRESS.finditer(text, *piece.span())):
        written = unescape(match[2] or match[3] or match[4] or "").strip()
        if has_scheme(written) and "href" not in canonical(f'<a href="{escape(written)}">x</a>'):
            line = first_line + text.count("\n", 0, match.start())
            body.warning("unsafe-link.html", match[0][1:], near=line, address=written[:80])


def _tree(html: str) -> Element:
    """Return the tree of canonical HTML, without recursion."""
    parser = LexborHTMLParser(f"<body>{html}")
    root = LocatedElement("div")
    if parser.body is None:
        return root
    waiting: list[tuple[Iterator[LexborNode], LocatedElement]] = [(_below(parser.body), root)]
    while waiting:
        children, parent = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            continue
        tag = child.tag or ""
        if tag == "-text":
            append_text(parent, child.text_content)
        elif not tag.startswith("-"):
            node = _node(child)
            node.line = node.line or parent.line
            parent.append(node)
            waiting.append((_below(child), node))
    return root


def _below(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _node(source: LexborNode) -> LocatedElement:
    values = {name: value or "" for name, value in source.attributes.items()}
    node = LocatedElement(source.tag or "", values)
    if "class" in values and not CLASSES.intersection(values["class"].split()):
        del node.attrib["class"]  # it is of another style sheet
    typed = node.attrib.pop(f"{MARK}typed", "")
    line = node.attrib.pop(f"{MARK}line", "") or typed
    node.typed = bool(typed)
    node.line = int(line) if line.isascii() and line.isdigit() and len(line) < 9 else 0
    return node
