"""The reader of Markdown articles: Python-Markdown, then links and pictures resolved in its tree.

Raw HTML inside Markdown never reaches that tree, so a body that has some is resolved once more in
`yoyak.readers.raw_html`. Both end in the same door.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from yoyak.model import BodyLink
from yoyak.problems import Problem, Severity
from yoyak.readers.around import Surroundings
from yoyak.readers.found import FoundPicture
from yoyak.readers.links import host_of, resolve_link, resolve_picture
from yoyak.readers.markdown_brackets import MANY_TAGS, line_of_unclosed_tags, match_brackets_once
from yoyak.readers.markdown_tree import append_text, level_headings, mend_tables, pictures, written_address
from yoyak.readers.quick_markdown import quick_html
from yoyak.reading import Evidence, Field, Reading

_BACKLINK = {"ko": "본문의 각주 {}번 자리로", "en": "Back to note {} in the text"}


def read_markdown(text: str, around: Surroundings) -> Reading:
    """Return what a Markdown text says: its title (a first heading of level 1) and its body."""
    if line := line_of_unclosed_tags(text):
        return _too_many_tags(around, line)
    converter = _converter(around.language)
    body = _body_of(converter)
    body.begin(text, around)
    try:
        html = quick_html(text, body) or converter.reset().convert(text)
    except RecursionError:
        _converter.cache_clear()  # it is left in the middle of its work
        return _too_deep(around)
    if body.has_raw_html:
        from yoyak.readers.raw_html import resolve_raw_html

        html = resolve_raw_html(html, body)
    fields = {}
    if body.title:
        fields["title"] = Field(
            value=body.title, confidence=1.0, evidence=(Evidence(rule="first heading", line=around.first_line),)
        )
    if body.first_picture is not None:
        fields["image"] = Field(
            value=body.first_picture, confidence=1.0, evidence=(Evidence(rule="first picture of the body"),)
        )
    return Reading(
        kind="markdown",
        fields=fields,
        html=html,
        links=tuple(body.links),
        wants=tuple(body.wants),
        problems=tuple(body.problems),
    )


def _too_deep(around: Surroundings) -> Reading:
    message = "Lists, quotations or marks stand too deep inside each other in this text."
    problem = Problem(code="too-deep", message=message, hint="Make it plainer.", path=around.path)
    return Reading(kind="markdown", fields={}, html="", problems=(problem,))


def _too_many_tags(around: Surroundings, line: int) -> Reading:
    problem = Problem(
        code="runaway-file",
        message=f"More than {MANY_TAGS:,} tags begin here and never end.",
        hint='Close them with ">", or write "&lt;" where the sign is meant.',
        path=around.path,
        line=around.first_line + line - 1,
    )
    return Reading(kind="markdown", fields={}, html="", problems=(problem,))


@cache
def _converter(language: str) -> Markdown:
    """Return the converter of this process: making one costs as much as reading an article."""
    return Markdown(
        extensions=["tables", "fenced_code", "footnotes", "sane_lists", _BodyExtension()],
        extension_configs={
            "tables": {"use_align_attribute": True},
            "footnotes": {"BACKLINK_TITLE": _BACKLINK.get(language, _BACKLINK["en"])},
        },
        output_format="html",
    )


def _body_of(converter: Markdown) -> Body:
    processor = converter.treeprocessors["body"]
    assert isinstance(processor, Body)
    return processor


class _BodyExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        match_brackets_once(md)
        md.treeprocessors.register(_QuickInline(md), "inline", 20)
        # After "inline", so that links and pictures are elements.
        md.treeprocessors.register(Body(md), "body", 8)


_MARKS = re.compile(r"[\\`*_!\[\]<>&\x02]|  \n")


class _QuickInline(InlineProcessor):
    """Looks for inline marks only in text that has a sign of one: half of a newspaper's paragraphs have none.

    Should the library rename the method, nothing is lost but the time that this saves.
    """

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if not _MARKS.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc, no-any-return]


class Body(Treeprocessor):
    """The body under way and what was found in it. There is one in a converter, begun anew for each text."""

    def begin(self, text: str, around: Surroundings) -> None:
        self.text = text
        self.around = around
        self.title = ""
        self.first_picture: FoundPicture | None = None
        self.links: list[BodyLink] = []
        self.wants: list[str] = []
        self.problems: list[Problem] = []
        self.has_raw_html = False

    def run(self, root: Element) -> None:
        stash = self.md.htmlStash.rawHtmlBlocks
        self.has_raw_html = any(not str(item).startswith("<pre><code") for item in stash)
        self._take_title(root)
        level_headings(root)
        mend_tables(root)
        if not self.has_raw_html:
            self._resolve(root)

    def _take_title(self, root: Element) -> None:
        if len(root) and root[0].tag == "h1":
            self.title = " ".join("".join(root[0].itertext()).split())
            root.remove(root[0])

    def _resolve(self, root: Element) -> None:
        for link in root.iter("a"):
            if "footnote" not in (link.get("class") or "") and (href := link.get("href")) is not None:
                self.resolve_link_of(link.attrib, written_address(href))
        for parent, picture in pictures(root):
            self._place_picture(parent, picture)

    def resolve_link_of(self, attributes: dict[str, str], written: str) -> None:
        """Put the resolved address into a link's attributes, or take the address away."""
        found = resolve_link(written, self.around)
        attributes.pop("href")
        if not found.url:
            self.problem(
                "unsafe-link",
                f'The link "{written[:80]}" cannot stand on a page; its text stays.',
                written,
                severity="warning",
            )
            return
        attributes["href"] = found.url
        if found.internal:
            self.links.append(BodyLink(written=written, url=found.url))
        if found.wants:
            self.wants.append(found.wants)

    def _place_picture(self, parent: Element, picture: Element) -> None:
        alone = (
            parent.tag == "p"
            and len(parent) == 1
            and not (parent.text or "").strip()
            and not (picture.tail or "").strip()
        )
        caption = picture.get("title", "")
        shown = self.picture_element(picture.get("src", ""), picture.get("alt", ""), caption)
        tail, index = picture.tail, list(parent).index(picture)
        parent.remove(picture)
        if shown is None:
            append_text(parent, index, tail)
            return
        shown.tail = tail
        parent.insert(index, shown)
        if alone:
            parent.tag, parent.text = "figure", None
            if shown.tag == "a":
                parent.set("class", "linked-picture")
            if caption:
                SubElement(parent, "figcaption").text = caption

    def picture_element(self, written: str, alt: str, caption: str) -> Element | None:
        """Return what stands for a picture: an ``img``, a link to another host, or nothing with a problem."""
        found = resolve_picture(written, self.around)
        if found.problem:
            self.problem("missing-picture", found.problem, written, hint="Save the picture there, or mend the address.")
            return None
        self.first_picture = self.first_picture or FoundPicture(src=written, alt=alt, caption=caption)
        if found.remote:
            link = Element("a", {"class": "picture-link", "href": found.url})
            host = host_of(found.url)
            link.text = f"{alt or caption or host} ({host})"
            return link
        if not alt:
            self.problem(
                "missing-alt",
                "This picture has no text for those who cannot see it.",
                written,
                severity="warning",
                hint="Write it between the brackets: ![a harbour at dawn](…).",
            )
        size = {"width": str(found.width), "height": str(found.height)} if found.width and found.height else {}
        return Element("img", {"src": found.url, "alt": alt, **size})

    def problem(self, code: str, message: str, written: str, *, severity: Severity = "error", hint: str = "") -> None:
        """Add a problem at the line where `written` stands in the text."""
        before, found, _ = self.text.partition(written) if written else ("", "", "")
        line = self.around.first_line + before.count("\n") if found else 0
        self.problems.append(
            Problem(code=code, message=message, hint=hint, severity=severity, path=self.around.path, line=line)
        )
