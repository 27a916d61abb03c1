"""What in a text is probably not what its writer means: reported with its line, and left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.html_names import begins_unknown_tag
from yoyak.readers.markdown.nodes import CELLS, HIDDEN, REFUSED, UNCLOSED, UNUSED, append_text, take_out, with_parents

_COMPONENT = re.compile(
    r"<[A-Z][a-z][\w.]{0,60}"
    r"(?:(?:\s+[\w:-]{1,60}=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\{[^{}\n]{0,300}\})){1,20}\s*/?|\s*/)>"
    r"|</[A-Z][a-z][\w.]{0,60}>"
)
_MARKS = (
    ("hugo", re.compile(r"\{\{[<%].{0,200}?[>%]\}\}", re.DOTALL)),
    ("liquid", re.compile(r"(?<!\{)\{%.{0,200}?%\}", re.DOTALL)),
    ("template", re.compile(r"\{\{.{0,200}?\}\}", re.DOTALL)),
    ("box", re.compile(r"^:{3,}[ \t]*(?:[\w{\[].*)?$", re.MULTILINE)),
    (
        "contents",
        re.compile(r"^\s*(?:\[TOC\]|\[\[_?TOC_?\]\])\s*$", re.IGNORECASE | re.MULTILINE),
    ),
    (
        "wordpress",
        re.compile(
            r"\[/?(?:caption|gallery|embed|video|audio|playlist|youtube|contact-form-7|su_\w+|vc_\w+)\b[^\]\n]*\]"
            r"|\[[a-z][\w-]{1,40}(?:\s+[\w-]{1,40}=(?:\"[^\"\]\n]{0,300}\"|'[^'\]\n]{0,300}')){1,20}\s*/?\]"
        ),
    ),
    ("directive", re.compile(r"^\.\. [\w-]+::", re.MULTILINE)),
    ("component", _COMPONENT),
    ("import", re.compile(r"^import\s+[\w{*].*\s+from\s+['\"].+['\"];?\s*$", re.MULTILINE)),
)
_NO_HEADING = re.compile(r"^(#{2,6})([^\s#].*)$", re.MULTILINE)
_LINE_ENDS = frozenset("br p div ul ol dl pre table blockquote details figure section hr h1 h2 h3 h4 h5 h6".split())
_NO_LINE_START = "\0"
"""What stands before text behind a mark, so that no pattern takes it for the beginning of a line."""
_MOST = 100
"""Marks of one kind that are reported of one text."""
_NOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")


def report_doubts(root: Element, body: Body) -> None:
    """Report fences without an end, other programs' marks, tags that are none, and marks for notes that are missing."""
    for code in root.iter("code"):
        if UNCLOSED in code.attrib:
            _report_unclosed(code, body)
    for parent in {parent: None for parent, node in with_parents(root) if HIDDEN in node.attrib}:
        _take_hidden(parent, body)
    for parent, node in with_parents(root):
        if node.tag == "span" and (definition := node.get(UNUSED)):
            _report_unused(definition, node, body)
            take_out(parent, node)
        elif node.tag == "span" and (label := node.get(REFUSED)):
            _report_refused(label, node, body)
            take_out(parent, node)
    found = list(_texts(root))
    found.sort(key=lambda piece: piece[1])
    for name, pattern in _MARKS:
        _report_mark(name, pattern, found, body)
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


def _report_unclosed(code: Element, body: Body) -> None:
    lines = (code.text or "").count("\n")
    body.report(
        "unclosed-fence",
        say("unclosed-fence", count=lines),
        line=getattr(code, "line", 0),
        hint=say("unclosed-fence.hint"),
    )


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
        _report_cells(words, getattr(node, "line", 0), body)
        return
    shown = " ".join(words.split())[:40]
    body.report(
        "left-out",
        say("left-out.obsidian", words=shown),
        words.partition("\n")[0],
        line=getattr(node, "line", 0),
        hint=say("left-out.obsidian.hint"),
    )


def _report_unused(definition: str, node: Element, body: Body) -> None:
    body.report(
        "unused-address",
        say("unused-address", definition=definition[:200]),
        line=getattr(node, "line", 0),
        hint=say("unused-address.hint"),
    )


def _report_refused(label: str, node: Element, body: Body) -> None:
    body.report(
        "too-many",
        say("too-many.label", label=label[:40].lower()),
        line=getattr(node, "line", 0),
        hint=say("too-many.label.hint"),
    )


def _report_cells(words: str, line: int, body: Body) -> None:
    body.report("left-out", say("left-out.cells", words=words[:200]), line=line, hint=say("left-out.cells.hint"))


def _report_mark(name: str, pattern: re.Pattern[str], texts: list[tuple[str, int]], body: Body) -> None:
    marks = [(match[0], line) for text, line in texts for match in pattern.finditer(text)]
    if name == "template":
        marks = [mark for mark in marks if mark[0][2:3] not in "<%"]
    begun = {match[1] for mark, _ in marks if (match := re.match(r"<([A-Z][\w.]*)[^<]*(?<!/)>$", mark))}
    marks = [mark for mark in marks if not (mark[0].startswith("</") and mark[0][2:-1].strip() in begun)]
    for mark, line in marks[:_MOST]:
        body.report(
            "foreign-mark",
            say("foreign-mark", mark=" ".join(mark.split())[:60], kind=say(f"mark.{name}")),
            mark.partition("\n")[0].strip(),
            line=line,
            hint=say("foreign-mark.hint"),
        )


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
    tags = [(tag, line) for tag, line in tags if begins_unknown_tag(tag) and not _COMPONENT.fullmatch(tag)]
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
