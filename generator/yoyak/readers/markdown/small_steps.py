"""Steps of a few lines: tables, boxes of tasks, callouts."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.callouts import make_callouts
from yoyak.readers.markdown.nodes import words_of
from yoyak.templating.language import message, words_for


def box_callouts(root: Element, body: Body) -> None:
    """Make boxes of quotations that begin with ``[!NOTE]``, with titles in the article's language."""
    make_callouts(root, body.around.language)


def mend_tables(root: Element, body: Body) -> None:
    """Let an empty corner of a table be no heading: it would head nothing (WCAG 1.3.1)."""
    for cell in [cell for cell in root.iter("th") if not words_of(cell) and not len(cell)]:
        cell.tag = "td"


def name_tasks(root: Element, body: Body) -> None:
    """Say to those who hear the page whether a task is done."""
    words = words_for(body.around.language)
    for box in root.iter("input"):
        box.set("aria-label", message(words, "body.task.done" if "checked" in box.attrib else "body.task.open"))
