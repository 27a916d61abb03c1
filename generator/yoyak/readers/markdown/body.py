"""The body under way: what is found in a text besides its HTML, and what its links and pictures mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from msgspec import structs

from yoyak.model.message import Problem, Words, say, warning
from yoyak.model.types import BodyLink
from yoyak.readers.around import FoundPicture, Surroundings
from yoyak.readers.links import host_of, resolve_link, resolve_picture
from yoyak.readers.markdown.nodes import HEADINGS, NAME, NOTE, NOTE_TEXT, new, take_out, words_of
from yoyak.text.headings import levels
from yoyak.text.names import fold, slugify


class Body:
    """One text under way. Steps read and fill it; `yoyak.readers.markdown.reader` makes a `Reading` of it."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self.text = text
        self.around = around
        self.title = ""
        self.notes_of_title: set[str] = set()
        """Labels of footnotes whose marks stood in the title, and went with it."""
        self.first_picture: FoundPicture | None = None
        self.links: list[BodyLink] = []
        self.problems: list[Problem] = []
        self._starts: list[int] = []
        self.ids: dict[str, int] = {}
        """Those of the page so far, as `anchor` takes them."""
        self._headings: list[tuple[str, str]] = []

    def id_of_heading(self, words: str, own: str = "") -> str:
        """Return the id of the next heading, which may have one of its own."""
        self._headings.append((words, own or anchor(words, self.ids)))
        return self._headings[-1][1]

    def _place(self, written: str) -> str:
        """Return the address of a place in this text; a heading may go by the id that another program makes of it."""
        name = normalize("NFC", unquote(written[1:]))
        if not written.startswith("#") or name in self.ids or not name:
            return written
        return f"#{places_elsewhere([(self.title, ''), *self._headings]).get(name.lower(), written[1:])}"

    def takes_title(self, words: str) -> bool:
        """Take a first heading for the title and tell so; not when the article has another, or it would be lost."""
        words = " ".join(words.split())
        if self.around.title and fold(self.around.title) != fold(words):
            return False
        self.title = words
        return True

    def resolve_link_of(self, attributes: dict[str, str], written: str, line: int = 0) -> None:
        """Put the resolved address into a link's attributes, or take the address away."""
        found = resolve_link(self._place(written), self.around)
        attributes.pop("href")
        if found.gone:
            self.links.append(BodyLink(written=written, url=found.gone))
        elif not found.url:
            self.warning("unsafe-link", written, near=line, hint="", written=written[:80])
        else:
            attributes["href"] = found.url
            if found.internal:
                self.links.append(BodyLink(written=written, url=found.url))

    def address_of(self, written: str) -> str:
        """Return the address that a quotation names as its source, or an empty text."""
        found = resolve_link(written, self.around)
        if found.internal:
            self.links.append(BodyLink(written=written, url=found.gone or found.url))
        return found.url

    def picture_element(self, written: str, alt: str, caption: str, line: int = 0) -> Element | None:
        """Return what stands for a picture: an ``img``, a link to another host, or nothing with a problem."""
        found = resolve_picture(written, self.around)
        if found.gone:
            self.links.append(BodyLink(written=written, url=found.gone))
            return new("a", {}, text=alt or caption)
        if found.problem:
            hint = say("missing-picture.hint")
            self.add(Problem(code="missing-picture", message=found.problem, hint=hint), written, line)
            return None
        self.first_picture = self.first_picture or FoundPicture(src=written, alt=alt, caption=caption)
        if found.remote:
            host = host_of(found.url)
            return new("a", {"class": "picture-link", "href": found.url}, text=f"{alt or caption or host} ({host})")
        if not alt:
            self.warning("missing-alt", written, near=line)
        size = {"width": str(found.width), "height": str(found.height)} if found.width and found.height else {}
        return new("img", {"src": found.url, "alt": alt, **size})

    def warning(
        self, key: str, written: str = "", /, *, near: Element | int = 0, hint: Words | None = None, **values: Any
    ) -> None:
        """Add the warning that a key names (`yoyak.model.message.warning`), as `add` does."""
        self.add(warning(key, "", hint=hint, **values), written, near)

    def add(self, problem: Problem, written: str, near: Element | int) -> None:
        """Add a problem at the line where `written` stands in the text, looked for from an element or a line on."""
        line = self._line_of(written, near if isinstance(near, int) else getattr(near, "line", 0))
        self.problems.append(structs.replace(problem, path=self.around.path, line=line))

    def _line_of(self, written: str, line: int) -> int:
        """Return the line of the file on which `written` stands at `line` or below it, else above it; 0 for nowhere."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        begin = self._starts[min(max(line - 1, 0), len(self._starts) - 1)]
        at = self.text.find(written, begin) if written else -1
        if at < 0 and written:
            at = self.text.find(written)
        if at < 0 and written and not line:  # a tag in it was taken out: by its first words
            at = self.text.find(" ".join(written.split()[:2]))
        if at < 0:
            return self.around.first_line + line - 1 if line else 0
        return self.around.first_line + bisect_right(self._starts, at) - 1


Step = Callable[[Element, Body], Element | None]
"""What is done to a tree, in place; the tree that takes its place, if any."""


# --- headings: the one that is the title, and the levels and ids of the others -----------------------------------


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
        body.warning("left-out.headline", address, near=heading, what=shown)


def level_headings(root: Element, body: Body) -> None:
    """Put headings below the page's headline, without a jump, and give each an id.

    Ids of the author's own stay where they are, so that links to them keep working; no two are the same, and none is
    one that the templates need.
    """
    taken = body.ids
    for element in root.iter():
        if written := element.get("id"):
            if written in taken or not _ID.fullmatch(written) or _TEMPLATE_IDS.fullmatch(written):
                del element.attrib["id"]
                if written in taken:
                    body.warning("unused-address.twice", near=element, name=written[:80])
            else:
                taken[written] = 1
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    for heading, level in zip(headings, levels(int(heading.tag[1]) for heading in headings), strict=True):
        heading.tag = f"h{level}"
        heading.set("id", body.id_of_heading("".join(heading.itertext()), heading.get("id", "")))


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


def places_elsewhere(headings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the ids of headings, each a pair of words and id, by those that GitHub, GitLab and MkDocs give them.

    >>> places_elsewhere([("Fares & times", "a"), ("배편", "b"), ("배편", "c")])
    {'fares--times': 'a', 'fares-times': 'a', '배편': 'b', '_1': 'b', '배편-1': 'c', '_2': 'c'}
    """
    found: dict[str, str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for words, own in headings:
        github = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        plain = re.sub(r"[^\w\s-]", "", normalize("NFKD", words).encode("ascii", "ignore").decode()).strip().lower()
        forms = (github, "-"), (re.sub("-{2,}", "-", github).strip("-"), "-"), (re.sub(r"[-\s]+", "-", plain), "_")
        for form in dict.fromkeys(forms) if words else ():
            number = times[form] + (form == ("", "_"))
            times[form] += 1
            found.setdefault(f"{form[0]}{form[1]}{number}" if number else form[0], own)
    return found
