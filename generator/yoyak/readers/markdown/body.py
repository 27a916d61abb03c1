"""The body under way: what is found in a text besides its HTML, and what its links and pictures mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from xml.etree.ElementTree import Element

from yoyak.model.message import Problem, Severity, Words, say
from yoyak.model.types import BodyLink
from yoyak.readers.around import Surroundings
from yoyak.readers.found import FoundPicture
from yoyak.readers.links import host_of, resolve_link, resolve_picture
from yoyak.readers.markdown.nodes import new
from yoyak.text.slugs import fold


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
        self.wants: list[str] = []
        self.problems: list[Problem] = []
        self._starts: list[int] = []

    def takes_title(self, words: str) -> bool:
        """Take a first heading for the title and tell so; not when the article has another, or it would be lost."""
        words = " ".join(words.split())
        if self.around.title and fold(self.around.title) != fold(words):
            return False
        self.title = words
        return True

    def resolve_link_of(self, attributes: dict[str, str], written: str, line: int = 0) -> None:
        """Put the resolved address into a link's attributes, or take the address away."""
        found = resolve_link(written, self.around)
        attributes.pop("href")
        if found.gone:
            self.links.append(BodyLink(written=written, url=found.gone))
        elif not found.url:
            self.problem(
                "unsafe-link",
                say("unsafe-link", written=written[:80]),
                written,
                line=line,
                severity="warning",
            )
        else:
            attributes["href"] = found.url
            if found.internal:
                self.links.append(BodyLink(written=written, url=found.url))
        if found.wants:
            self.wants.append(found.wants)

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
            self.problem(
                "missing-picture",
                found.problem,
                written,
                line=line,
                hint=say("missing-picture.hint"),
            )
            return None
        self.first_picture = self.first_picture or FoundPicture(src=written, alt=alt, caption=caption)
        if found.remote:
            host = host_of(found.url)
            return new("a", {"class": "picture-link", "href": found.url}, text=f"{alt or caption or host} ({host})")
        if not alt:
            self.problem(
                "missing-alt",
                say("missing-alt"),
                written,
                line=line,
                severity="warning",
                hint=say("missing-alt.hint"),
            )
        size = {"width": str(found.width), "height": str(found.height)} if found.width and found.height else {}
        return new("img", {"src": found.url, "alt": alt, **size})

    def problem(
        self,
        code: str,
        message: Words,
        written: str = "",
        *,
        line: int = 0,
        severity: Severity = "error",
        hint: Words = "",
    ) -> None:
        """Add a problem at the line where `written` stands in the text, looked for from `line` on."""
        self.problems.append(
            Problem(
                code=code,
                message=message,
                hint=hint,
                severity=severity,
                path=self.around.path,
                line=self._line_of(written, line),
            )
        )

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
