"""Saved pages: HTML that a browser saved. BeautifulSoup gets decoded text only, and only its own parser is used.

Beautiful Soup is imported here and in the modules that only this one imports, so that a site without saved pages
does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bs4 import BeautifulSoup, Tag

from yoyak.problems import Problem
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_lines import CaptureLine, known_line, signed_by
from yoyak.readers.found import Candidate, FoundPicture, chosen
from yoyak.readers.page_body import body_blocks, with_levels
from yoyak.readers.page_data import page_data
from yoyak.readers.page_fields import page_address, page_fields
from yoyak.readers.page_figures import found_picture
from yoyak.readers.page_inline import Page, links_in
from yoyak.readers.page_main import article_element, flatten, strip_furniture
from yoyak.readers.page_scripts import json_objects, rendered_by_scripts, without_scripts
from yoyak.readers.people import merged
from yoyak.reading import Block, Evidence, Field, Reading

_LEAST_TEXT = 200
"""Characters of body below which a page without paragraphs was saved without its text."""


def read_saved_page(text: str, around: Surroundings) -> Reading:
    """Return what a saved page says: fields with evidence, and the article's body as clean blocks."""
    split = without_scripts(text)
    soup = BeautifulSoup(split.markup, "html.parser")
    flatten(soup)
    data = page_data(soup, json_objects(split.data))
    address = page_address(data, split.saved_from)
    page = Page(around=around, address=address)
    fields = page_fields(data, address, around)
    strip_furniture(soup)
    root = article_element(soup)
    found = body_blocks(root, page)
    if _length(found) < _LEAST_TEXT:
        root, found = _from_data(root, found, split.code, data.article.get("articleBody"), page)
    blocks, signed = _without_furniture(found, fields)
    fields |= _from_body(signed, root, fields)
    links = links_in([root], page)
    return Reading(
        kind="saved_page",
        fields=fields,
        html="\n".join(block.html for block in blocks),
        blocks=blocks,
        links=tuple(link for link, _ in links),
        wants=tuple(sorted({wants for _, wants in links if wants})),
        problems=_problems(blocks, around),
    )


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.kind not in ("figure", "caption"))


def _from_data(
    root: Tag, found: tuple[Block, ...], code: tuple[str, ...], written: object, page: Page
) -> tuple[Tag, tuple[Block, ...]]:
    """Return the body that the page's scripts or its JSON-LD carry, when it is longer than the one on the page."""
    sources = [rendered_by_scripts(code)]
    if isinstance(written, str):
        sources.append(written if "<p" in written else "".join(_paragraph(line) for line in written.splitlines()))
    for source in sources:
        soup = BeautifulSoup(source, "html.parser")
        blocks = body_blocks(soup, page)
        if _length(blocks) > _length(found):
            return soup, blocks
    return root, found


def _paragraph(line: str) -> str:
    return f"<p>{escape(line)}</p>"


# --- what the body still has that is no text of it --------------------------------------------------


def _without_furniture(
    blocks: Sequence[Block], fields: Mapping[str, Field]
) -> tuple[tuple[Block, ...], tuple[CaptureLine, ...]]:
    """Return the blocks that are the article's, and the lines among them that are known to be something else."""
    kept: list[Block] = []
    other: list[CaptureLine] = []
    title = fields["title"].value if "title" in fields else ""
    for block in blocks:
        line = (
            known_line(0, block.text) if block.kind in ("paragraph", "heading") and "<img" not in block.html else None
        )
        if line and line.look in ("ui", "rights", "promo", "byline"):
            other.append(line)
        elif not (block.kind == "heading" and block.text == title):
            kept.append(block)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return with_levels(kept), tuple(other)


def _from_body(lines: Sequence[CaptureLine], root: Tag, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields that only the body gives: a byline, a rights notice, the first picture."""
    found: dict[str, Field] = {}
    people = merged(person for line in lines if line.look == "byline" for person in signed_by(line))
    if people and "authors" not in fields:
        found["authors"] = Field(value=people, confidence=0.75, evidence=(Evidence(rule="byline", selector=root.name),))
    notice = next((line for line in lines if line.look == "rights"), None)
    if notice:
        found["rights_notice"] = Field(value=notice.text, confidence=0.9, evidence=(Evidence(rule=notice.rule),))
    if picture := _lead_picture(root, fields):
        found["image"] = picture
    return found


def _lead_picture(root: Tag, fields: Mapping[str, Field]) -> Field | None:
    """Return the first picture of the body as the article's; the one that the page's data names is the runner-up."""
    for image in root.find_all("img"):
        figure = image.find_parent("figure") or image
        picture = found_picture(figure, image)
        if picture:
            evidence = Evidence(rule="first-picture", selector="img")
            here = Candidate(value=picture, confidence=0.86, evidence=evidence)
            return chosen([here, *_as_candidates(fields.get("image"))])
    return None


def _as_candidates(field: Field | None) -> list[Candidate]:
    if field is None or not isinstance(field.value, FoundPicture):
        return []
    return [Candidate(value=field.value, confidence=field.confidence, evidence=field.evidence[0])]


def _problems(blocks: Sequence[Block], around: Surroundings) -> tuple[Problem, ...]:
    paragraphs = [block for block in blocks if block.kind in ("paragraph", "quote", "list") and len(block.text) >= 40]
    if _length(blocks) >= _LEAST_TEXT or paragraphs:
        return ()
    return (
        Problem(
            code="page-without-text",
            path=around.path,
            message="This page was saved without its text: no paragraphs of an article were found in it.",
            hint='Save it again as "web page, complete" once it has loaded, or paste the text into a .txt file.',
        ),
    )
