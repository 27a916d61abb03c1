"""From Markdown to HTML: all that knows Python-Markdown.

Python-Markdown gives the frame: a parser, then steps on the tree in order, then a serializer. The parser in it is a
CommonMark one (`yoyak.readers.markdown.commonmark`), and the steps are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from yoyak.readers.markdown.attribute_lists import take_attribute_lists
from yoyak.readers.markdown.body import Body, Step, level_headings, take_title
from yoyak.readers.markdown.callouts import make_callouts
from yoyak.readers.markdown.code import colour_code
from yoyak.readers.markdown.commonmark import DEEPEST, parse, tree_of
from yoyak.readers.markdown.doubts import report_doubts
from yoyak.readers.markdown.figures import make_figures
from yoyak.readers.markdown.links_in_tree import resolve_links, resolve_names, resolve_pictures
from yoyak.readers.markdown.media import replace_media
from yoyak.readers.markdown.nodes import REFUSED, UNUSED, LocatedElement, new, to_html, words_of
from yoyak.readers.markdown.notes import place_notes
from yoyak.readers.markdown.raw_html import make_canonical
from yoyak.templating.language import message, words_for


class TooDeepError(Exception):
    """Lists or quotations stand deeper inside each other than the parser reads."""


def html_of(text: str, body: Body) -> str:
    """Return a text's HTML, which has not been through the door yet; fill `body` with what else it says.

    Raises `TooDeepError`: what stands deeper would be missing.
    """
    _body.clear()
    _body.append(body)
    return _converter().convert(text)


_body: list[Body] = []
"""The one under way. Steps belong to a converter, and there is one converter for all texts."""


def markdown_tree(text: str, language: str) -> LocatedElement:
    """Return the tree of a text, whose elements know the line on which they begin.

    Raises `TooDeepError`: what stands deeper would be missing from the tree.
    """
    tokens, env = parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise TooDeepError
    root = tree_of(tokens, env, language)
    lines = text.split("\n")
    for first, last in env["references"].unused():
        root.append(new("span", {UNUSED: " ".join(lines[first:last])}, line=first + 1))
    for label, line in env["references"].refused.items():
        root.append(new("span", {REFUSED: label}, line=line + 1))
    return root


def mend_tables(root: Element, body: Body) -> None:
    """Let an empty corner of a table be no heading: it would head nothing (WCAG 1.3.1)."""
    for cell in [cell for cell in root.iter("th") if not words_of(cell) and not len(cell)]:
        cell.tag = "td"


def name_tasks(root: Element, body: Body) -> None:
    """Say to those who hear the page whether a task is done."""
    words = words_for(body.around.language)
    for box in root.iter("input"):
        box.set("aria-label", message(words, "body.task.done" if "checked" in box.attrib else "body.task.open"))


STEPS: tuple[Step, ...] = (
    make_canonical,
    replace_media,
    report_doubts,
    take_title,
    take_attribute_lists,
    level_headings,
    make_callouts,
    place_notes,
    resolve_names,
    make_figures,
    resolve_links,
    resolve_pictures,
    mend_tables,
    name_tasks,
    colour_code,
)
"""What is done to the tree of a text, in this order."""


@cache
def _converter() -> Markdown:
    converter = Markdown(extensions=[_CommonMark()])
    converter.serializer = _serialized
    return converter


class _CommonMark(Extension):
    """Python-Markdown with another parser, and with no step, mark or filter but ours."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.parser = _Parser(md)
        md.preprocessors, md.inlinePatterns, md.postprocessors = Registry(), Registry(), Registry()
        md.treeprocessors = Registry()
        for number, step in enumerate(STEPS):
            md.treeprocessors.register(_TreeStep(md, step), step.__name__, -number)


class _Parser(BlockParser):
    def parseDocument(self, lines: Sequence[str]) -> ElementTree:  # type: ignore[override] # noqa: N802
        (body,) = _body
        return ElementTree(markdown_tree("\n".join(lines), body.around.language))


class _TreeStep(Treeprocessor):
    def __init__(self, md: Markdown, step: Step) -> None:
        super().__init__(md)
        self.step = step

    def run(self, root: Element) -> Element | None:
        (body,) = _body
        return self.step(root, body)


def _serialized(root: Element) -> str:
    return f"<div>{to_html(root)}</div>"
