"""Headings: the one that is the title, and the levels and ids of the others."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.model.message import say
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import HEADINGS, NAME, NOTE, NOTE_TEXT, take_out, words_of
from yoyak.text.headings import levels
from yoyak.text.slugs import slugify

_TEMPLATE_IDS = re.compile(r"main|lead-story|edition-title|footnotes|section-\d+|group-\d+|chart-.*|fn(?:ref)?:.*")
_ID = re.compile(r"[^\s\"'<>&#]{1,200}")


def take_title(root: Element, body: Body) -> None:
    """Take a first heading of level 1 for the title, unless the article has another: nothing is said twice."""
    first = next((block for block in root if NOTE_TEXT not in block.attrib), None)
    if first is None or first.tag != "h1" or (root.text or "").strip():
        return
    if body.takes_title(words_of(first)):
        _report_links(first, body)
        body.notes_of_title = {label for mark in first.iter("sup") if (label := mark.get(NOTE))}
        take_out(root, first)


def _report_links(heading: Element, body: Body) -> None:
    """Report what a headline has besides words."""
    for node in heading.iter():
        address = node.get("href") or node.get("src") or node.get(NAME)
        if node.tag not in ("a", "img") or address is None or address.endswith(words_of(node) or "\0"):
            continue
        words = " ".join(filter(None, (node.get("alt"), node.get("title"))))
        shown = f'"{address[:80]}" ("{words}")' if words else f'"{address[:80]}"'
        body.problem(
            "left-out",
            say("left-out.headline", what=shown),
            address,
            line=getattr(heading, "line", 0),
            severity="warning",
            hint=say("left-out.headline.hint"),
        )


def level_headings(root: Element, body: Body) -> None:
    """Put headings below the page's headline, without a jump, and give each an id.

    Ids of the author's own stay where they are, so that links to them keep working; no two are the same, and none is
    one that the templates need.
    """
    taken: dict[str, int] = {}
    for element in root.iter():
        if written := element.get("id"):
            if written in taken or not _ID.fullmatch(written) or _TEMPLATE_IDS.fullmatch(written):
                del element.attrib["id"]
            else:
                taken[written] = 1
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    for heading, level in zip(headings, levels(int(heading.tag[1]) for heading in headings), strict=True):
        heading.tag = f"h{level}"
        if not heading.get("id"):
            heading.set("id", anchor("".join(heading.itertext()), taken))


def anchor(words: str, taken: dict[str, int]) -> str:
    """Return an id made of a heading's words that neither another heading nor a template has.

    `taken` are the ids so far, each with the number that the last heading of the same words got.
    """
    wanted = slugify(words) or "part"
    if _TEMPLATE_IDS.fullmatch(f"{wanted}-2"):  # no number would end it: chart-1
        wanted = f"part-{wanted}"
    found, number = wanted, taken.get(wanted, 1)
    while found in taken or _TEMPLATE_IDS.fullmatch(found):
        number += 1
        found = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(found, 1)
    return found
