"""What in a text is probably not what its writer means: reported with its line, and left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.html_names import begins_unknown_tag
from yoyak.readers.markdown.nodes import (
    CELLS,
    FORMULA,
    HIDDEN,
    REFUSED,
    UNCLOSED,
    UNUSED,
    append_text,
    take_out,
    with_parents,
)
from yoyak.text.word_lists import data_of

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
            body.warning("unclosed-fence", near=code, count=(code.text or "").count("\n"))
    for parent in {parent: None for parent, node in with_parents(root) if HIDDEN in node.attrib}:
        _take_hidden(parent, body)
    for parent, node in with_parents(root):
        if node.tag == "span" and (definition := node.get(UNUSED)):
            body.warning("unused-address", near=node, definition=definition[:200])
            take_out(parent, node)
        elif node.tag == "span" and (label := node.get(REFUSED)):
            body.warning("too-many.label", near=node, label=label[:40].lower())
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
            words = node.get(HIDDEN, "")
            if CELLS in node.attrib:
                body.warning("left-out.cells", near=node, words=words[:200])
            else:
                shown = " ".join(words.split())[:40]
                body.warning("left-out.obsidian", words.partition("\n")[0], near=node, words=shown)
            append_text(parent, node.tail)
        else:
            parent.append(node)


def _report_headings(texts: list[tuple[str, int]], body: Body) -> None:
    for text, line in texts:
        for match in _NO_HEADING.finditer(text):
            hint = say("write", line=f"{match[1]} {match[2][:60]}")
            body.warning("no-heading", match[0], near=line, hint=hint, written=match[0][:60])


def _report_tags(texts: list[tuple[str, int]], body: Body) -> None:
    typed = {match[0] for match in re.finditer(rf"(?<!\\){_TAG.pattern}", body.text)}  # neither \\<a> nor &lt;a&gt;
    tags = [(m[0], line) for text, line in texts for m in _TAG.finditer(text) if m[0] in typed]
    tags = [(tag, line) for tag, line in tags if begins_unknown_tag(tag) and not _COMPONENT.fullmatch(tag)]
    if tags:
        (tag, line), more = tags[0], len(tags) - 1
        key, counted = ("unknown-tag.more", {"count": more}) if more else ("unknown-tag", {})
        body.warning(key, tag, near=line, hint=say("unknown-tag.hint"), tag=tag, **counted)


def _report_notes(texts: list[tuple[str, int]], body: Body) -> None:
    for label, line in {match[1]: line for text, line in texts for match in _NOTE.finditer(text)}.items():
        hint = say("lonely-note.hint", line=f"[^{label}]: …")
        body.warning("lonely-note", f"[^{label}]", near=line, hint=hint, mark=f"[^{label}]")


# --- marks of other programs, which readers see as they are typed: reported with whose they are ----------------------


_MARKS = {
    kind: (marks["signs"], re.compile("|".join(marks["patterns"]), re.MULTILINE))
    for kind, marks in data_of("readers/rules/foreign-marks", dict[str, dict[str, tuple[str, ...]]]).items()
} | {"formula": (("$", "\\("), FORMULA)}
_COMPONENT = _MARKS["component"][1]
_MOST = 100
"""Marks of one kind that are reported of one text."""


def report_foreign_marks(texts: list[tuple[str, int]], body: Body) -> None:
    """Report the marks in pieces of text, each with the line of the block that it stands in."""
    whole = "\n".join(text for text, _ in texts)
    for kind, (signs, pattern) in _MARKS.items():
        if any(sign in whole for sign in signs) and not (kind == "formula" and body.around.formulas):
            _report(kind, [(match[0], line) for text, line in texts for match in pattern.finditer(text)], body)


def _report(kind: str, marks: list[tuple[str, int]], body: Body) -> None:
    begun = {match[1] for mark, _ in marks if (match := re.match(r"<([A-Z][\w.]*)[^<]*(?<!/)>$", mark))}
    marks = [mark for mark in marks if not (mark[0].startswith("</") and mark[0][2:-1].strip() in begun)]
    for mark, line in marks[:_MOST]:
        first, shown = mark.partition("\n")[0].strip(), " ".join(mark.split())[:60]
        body.warning("foreign-mark", first, near=line, mark=shown, kind=say(f"mark.{kind}"))
