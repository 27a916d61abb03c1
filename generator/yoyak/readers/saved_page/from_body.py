"""What only the text of a saved page gives: the line below its headline, dates, bylines, a notice, a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from yoyak.model.sources import Block, Evidence, Field
from yoyak.model.types import Record
from yoyak.readers.around import Candidate, FoundPicture, Surroundings, chosen, surer
from yoyak.readers.capture.lines import CaptureLine, known_line, signed_by
from yoyak.readers.capture.rules import Rules
from yoyak.readers.people import merged
from yoyak.readers.saved_page.body import with_levels
from yoyak.readers.saved_page.figures import found_picture
from yoyak.readers.saved_page.main import Main
from yoyak.readers.saved_page.names import Names
from yoyak.readers.saved_page.near import (
    before_promotion,
    byline_candidates,
    date_candidates,
    is_date_line,
    notice_candidates,
    says_ago,
)
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.saved_page.signatures import signature_candidates
from yoyak.readers.saved_page.tree import Node


class Text(Record, kw_only=True):
    """The text of a page and what it was found in."""

    pieces: Sequence[Piece]
    main: Main
    root: Node
    """The article's markup."""
    names: Names


class Sorted(Record, kw_only=True):
    """The blocks of a body, sorted."""

    blocks: tuple[Block, ...]
    """The article's own."""
    other: tuple[CaptureLine, ...]
    """Lines that are known to be something else."""
    subtitle: str = ""
    """A heading that stood before the first paragraph."""


def sort_blocks(blocks: Sequence[Block], fields: Mapping[str, Field], rules: Rules, lang: str) -> Sorted:
    """Return the blocks that are the article's, apart from bylines, notices and buttons that stood among them."""
    kept: list[Block] = []
    other: list[CaptureLine] = []
    names = [person.name for person in fields["authors"].value] if "authors" in fields else []
    title, subtitle = fields["title"].value if "title" in fields else "", ""
    for block in blocks:
        words = block.kind in ("paragraph", "heading") and "<img" not in block.html
        line = known_line(0, block.text, rules) if words else None
        begins = not any(one.kind not in ("figure", "caption") for one in kept)
        if line and line.look in ("ui", "rights", "promo", "byline"):
            other.append(line)
        elif begins and _is_below_headline(block, blocks, title):
            if block.text.endswith((".", "。", "!", "?", "…")):
                kept.append(_as_paragraph(block))
            else:
                subtitle = subtitle or block.text
        elif not _is_said_already(block, (title, subtitle), names, lang, begins=len(kept) < 4):
            kept.append(block)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return Sorted(blocks=with_levels(kept), other=tuple(other), subtitle=subtitle)


def _is_below_headline(block: Block, blocks: Sequence[Block], title: str) -> bool:
    """Tell whether a heading before the text is the line below the headline: no section has a heading like it."""
    alike = [one for one in blocks if one.kind == "heading" and one.html[:4] == block.html[:4]]
    return block.kind == "heading" and block.text != title and len(alike) == 1


def _as_paragraph(heading: Block) -> Block:
    inner = heading.html[heading.html.index(">") + 1 : heading.html.rindex("</")]
    return Block(kind="paragraph", text=heading.text, html=f"<p>{inner}</p>")


def _is_said_already(block: Block, heads: Sequence[str], names: Sequence[str], lang: str, *, begins: bool) -> bool:
    """Tell whether a block only says what a field says: the headline, who wrote it, or when."""
    if block.kind == "heading":
        return block.text in heads
    return block.kind == "paragraph" and (_signs(block.text, names) or (begins and is_date_line(block.text, lang)))


def _signs(text: str, names: Sequence[str]) -> bool:
    """Tell whether a short line of the text does nothing but name its authors."""
    if len(text) > 100 or not any(name in text for name in names):
        return False
    for name in names:
        text = text.replace(name, "")
    return len(text) <= 25 and not text.rstrip().endswith((".", "。", "!", "?"))


def fields_of_body(
    found: Sorted, text: Text, fields: Mapping[str, Field], around: Surroundings, rules: Rules
) -> dict[str, Field | None]:
    """Return the fields that the body and the lines right beside it add or make better."""
    main = text.main
    lang = str(fields["lang"].value) if "lang" in fields else around.language
    behind = () if any(map(says_ago, (*main.before, *main.pieces[:3]))) else main.behind[:5]
    moments = list(date_candidates((*main.before, *main.pieces[:3], *behind), lang, around))
    published = surer(fields.get("date"), [moment for name, moment in moments if name == "date"])
    updated = surer(fields.get("updated"), [moment for name, moment in moments if name == "updated"])
    if updated and published and updated.value.value <= published.value.value:
        updated = None
    if published is None and updated:  # ``Stand: 4.3.2025`` is all that many pages say
        published, updated = structs.replace(updated, confidence=min(updated.confidence, 0.5)), None
    below = Candidate(value=found.subtitle, confidence=0.6, evidence=Evidence(rule="below-headline"))
    return {
        "date": published,
        "updated": updated,
        "authors": _authors(found.other, text, fields, rules),
        "rights_notice": chosen([*_notices(found.other), *notice_candidates(main.behind)]),
        "subtitle": surer(fields.get("subtitle"), [below]),
        "image": _lead_picture(text.root, fields),
    }


def _authors(other: Sequence[CaptureLine], text: Text, fields: Mapping[str, Field], rules: Rules) -> Field | None:
    """Return the authors; a byline gives them where the data names nobody, and else the addresses of those it names."""
    people = merged(person for line in other if line.look == "byline" for person in signed_by(line))
    signed = [Candidate(value=people, confidence=0.75, evidence=Evidence(rule="byline"))] if people else []
    known = fields.get("authors")
    if known is None or known.confidence < 0.6:
        behind = before_promotion(text.main.behind, rules)
        lines = (*text.main.before[::-1], *behind)
        title = str(fields["title"].value) if "title" in fields else ""
        signing = signature_candidates(text.pieces, structs.replace(text.main, behind=behind), title, text.names)
        return surer(known, [*signed, *byline_candidates(lines, rules), *signing])
    mails = {person.name: person for one in signed for person in one.value if person.email}
    named = tuple(mails.get(person.name, person) if person.email is None else person for person in known.value)
    return Field(value=named, confidence=known.confidence, evidence=known.evidence, alternatives=known.alternatives)


def _notices(other: Sequence[CaptureLine]) -> list[Candidate]:
    return [
        Candidate(value=line.text, confidence=0.9, evidence=Evidence(rule=line.rule))
        for line in other
        if line.look == "rights"
    ]


def _lead_picture(root: Node, fields: Mapping[str, Field]) -> Field | None:
    """Return the first picture of the body as the article's; the one that the page's data names is the runner-up."""
    known = fields.get("image")
    for image in root.below("img", "amp-img"):
        picture = found_picture(next((node for node in image.above() if node.name == "figure"), image), image)
        if picture:
            evidence = Evidence(rule="first-picture", selector="img")
            here = Candidate(value=picture, confidence=0.86, evidence=evidence)
            return chosen([here, *_as_candidates(known)])
    return known


def _as_candidates(field: Field | None) -> list[Candidate]:
    if field is None or not isinstance(field.value, FoundPicture):
        return []
    return [Candidate(value=field.value, confidence=field.confidence, evidence=field.evidence[0])]
