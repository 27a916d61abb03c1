"""What in a text is probably not what its writer means: reported with its line, and left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.foreign_marks import COMPONENT, report_foreign_marks
from yoyak.readers.markdown.html_names import begins_unknown_tag
from yoyak.readers.markdown.nodes import CELLS, HIDDEN, REFUSED, UNCLOSED, UNUSED, append_text, take_out, with_parents

_NO_HEADING = re.compile(r"^(#{2,6})([^\s#].*)$", re.MULTILINE)
_LINE_ENDS = frozenset("br p div ul ol dl pre table blockquote details figure section hr h1 h2 h3 h4 h5 h6".split())
_NO_LINE_START = "\0"
"""What stands before text behind a mark, so that no pattern takes it for the beginning of a line."""
_NOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")


def report_doubts(root: Element, body: Body) -> None:
    """Report fences without an end, other programs' marks, tags that are none, and marks for notes that are missing."""
    for code in root.iter("code"):
        if UNCLOSED in code.attrib:
            body.doubt("unclosed-fence", code, count=(code.text or "").count("\n"))
    for parent in {parent: None for parent, node in with_parents(root) if HIDDEN in node.attrib}:
        _take_hidden(parent, body)
    for parent, node in with_parents(root):
        if node.tag == "span" and (definition := node.get(UNUSED)):
            body.doubt("unused-address", node, definition=definition[:200])
            take_out(parent, node)
        elif node.tag == "span" and (label := node.get(REFUSED)):
            body.doubt("too-many.label", node, label=label[:40].lower())
            take_out(parent, node)
    found = list(_texts(root))
    found.sort(key=lambda piece: piece[1])
    report_foreign_marks(found, body)
    _report_headings(found, body)
    _report_tags(found, body)
    _report_notes(found, body)


def _texts(root: Element) -> Iterator[tuple[str, int]]:
    """Yield each piece of text that is not code, with the line of the block that it stands in."""
    waiting: list[tuple[Element, int]] = [(root, 0)]
    while waiting:
        node, above = waiting.pop()
        line = getattr(node, "line", 0) or above
        if node.text:
            yield node.text, line
        for child in node:
            if child.tag not in ("pre", "code"):
                waiting.append((child, line))
            if child.tail:
                yield child.tail if child.tag in _LINE_ENDS else f"{_NO_LINE_START}{child.tail}", line


def _take_hidden(parent: Element, body: Body) -> None:
    """Take the hidden out of an element all at once: there may be thousands."""
    children = list(parent)
    parent[:] = []
    for node in children:
        if HIDDEN in node.attrib:
            _report_hidden(node, body)
            append_text(parent, node.tail)
        else:
            parent.append(node)


def _report_hidden(node: Element, body: Body) -> None:
    words = node.get(HIDDEN, "")
    if CELLS in node.attrib:
        body.doubt("left-out.cells", node, words=words[:200])
        return
    shown = " ".join(words.split())[:40]
    body.doubt("left-out.obsidian", node, words.partition("\n")[0], words=shown)


def _report_headings(texts: list[tuple[str, int]], body: Body) -> None:
    for text, line in texts:
        for match in _NO_HEADING.finditer(text):
            body.report(
                "no-heading",
                say("no-heading", written=match[0][:60]),
                match[0],
                line=line,
                hint=say("write", line=f"{match[1]} {match[2][:60]}"),
            )


def _report_tags(texts: list[tuple[str, int]], body: Body) -> None:
    typed = {match[0] for match in re.finditer(rf"(?<!\\){_TAG.pattern}", body.text)}  # neither \\<a> nor &lt;a&gt;
    tags = [(m[0], line) for text, line in texts for m in _TAG.finditer(text) if m[0] in typed]
    tags = [(tag, line) for tag, line in tags if begins_unknown_tag(tag) and not COMPONENT.fullmatch(tag)]
    if tags:
        tag, more = tags[0][0], len(tags) - 1
        body.report(
            "unknown-tag",
            say("unknown-tag.more", tag=tag, count=more) if more else say("unknown-tag", tag=tag),
            tags[0][0],
            line=tags[0][1],
            hint=say("unknown-tag.hint"),
        )


def _report_notes(texts: list[tuple[str, int]], body: Body) -> None:
    for label, line in {match[1]: line for text, line in texts for match in _NOTE.finditer(text)}.items():
        body.report(
            "lonely-note",
            say("lonely-note", mark=f"[^{label}]"),
            f"[^{label}]",
            line=line,
            hint=say("lonely-note.hint", line=f"[^{label}]: …"),
        )
