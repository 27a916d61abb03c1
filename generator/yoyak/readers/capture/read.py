"""Captures: text that an editor selected on a web page and pasted into a file, menus, bylines, promotions and all.

Every line gets a look by itself (`capture_lines`), the body is the run of lines with the greatest weight
(`capture_span`), and what stands around it is then judged by its place. No line is lost: each has one label, a rule
and a confidence, and the kept and the left-out ones together are the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from yoyak.model.sources import Block, Evidence, Field, LineLabel, Reading
from yoyak.readers.around import Surroundings
from yoyak.readers.capture.authors import find_authors, signing_desk, without_biographies
from yoyak.readers.capture.body import CaptureBlock, blocks_html, body_pieces, with_first_heading
from yoyak.readers.capture.boxes import without_boxes
from yoyak.readers.capture.context import in_context
from yoyak.readers.capture.dates import by_its_page, dated_lines, find_date, find_updated, or_of_address
from yoyak.readers.capture.decks import find_subtitle, with_decks
from yoyak.readers.capture.fields import Finding, find_label, find_tags
from yoyak.readers.capture.lines import CaptureLine, capture_lines
from yoyak.readers.capture.outlet import find_address, find_publisher, find_rights
from yoyak.readers.capture.problems import capture_problems
from yoyak.readers.capture.repeats import without_repeats
from yoyak.readers.capture.span import Span, body_spans, span_below
from yoyak.readers.capture.stamps import stamped
from yoyak.readers.capture.title import TitleCandidate, body_and_title, title_field
from yoyak.readers.capture.zones import below_services, without_zones
from yoyak.readers.letters import language_of

_LABELS = {
    "date": "date", "updated": "date", "authors": "byline", "source": "publisher", "source_url": "address",
    "rights_notice": "rights", "label": "theme", "tags": "tags", "title": "title", "subtitle": "subtitle",
}  # fmt: skip


def read_capture(text: str, around: Surroundings) -> Reading:
    """Return what a pasted page says: fields with evidence, the body, and a label for every line that is not blank."""
    around = by_its_page(around, text)
    lines = without_boxes(without_repeats(in_context(stamped(with_decks(capture_lines(text, around)), around))))
    spans = [below_services(lines, span) for span in body_spans(lines)]
    span, candidates = body_and_title(lines, spans)
    title = candidates[0].index if candidates else None
    whole = below_services(lines, span_below(lines, span, title))
    span = without_zones(lines, whole)
    authors = find_authors(lines, span, title)
    lines, told = without_biographies(lines, span, authors)
    span = without_zones(lines, told) if told != span else span
    span = with_first_heading(lines, span, title)
    findings = _findings(lines, span, candidates, authors, around)
    pieces = body_pieces(lines, span, title)
    blocks = tuple(piece.block for piece in pieces)
    if language := _language(blocks):
        findings["lang"] = language
    return Reading(
        kind="capture",
        fields={name: finding.field for name, finding in findings.items()},
        html=blocks_html(blocks),
        blocks=blocks,
        lines=tuple(_labels(lines, span, findings, pieces)),
        problems=capture_problems(lines, span, findings, around),
    )


def _findings(
    lines: Sequence[CaptureLine],
    span: Span,
    candidates: Sequence[TitleCandidate],
    authors: Finding | None,
    around: Surroundings,
) -> dict[str, Finding]:
    """Return the fields by name."""
    title = candidates[0].index if candidates else None
    dated = dated_lines(lines, span)
    date = find_date(dated, title, lines, span, around)
    publisher, address = find_publisher(lines), find_address(lines, range(title or 0, span.start))
    headline = title_field(candidates, lines, publisher.field.value if publisher else "")
    found = {
        "title": Finding(field=headline, taken=(title,)) if headline and title is not None else None,
        "subtitle": find_subtitle(lines, span, title),
        "date": or_of_address(date, address, around.zone),
        "updated": find_updated(dated, date, lines),
        "authors": authors or signing_desk(lines, span, title, publisher),
        "source": publisher,
        "source_url": address,
        "label": find_label(lines, span),
        "tags": find_tags(lines, span),
        "rights_notice": find_rights(lines),
        "dateline": _dateline(lines, span),
    }
    return {name: finding for name, finding in found.items() if finding}


def _dateline(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the place that the first paragraph opens with."""
    for index in range(span.start, span.end):
        if place := lines[index].parts.get("place"):
            evidence = (Evidence(rule="dateline", line=lines[index].n),)
            return Finding(field=Field(value=place, confidence=0.9, evidence=evidence), taken=())
    return None


def _language(blocks: Iterable[Block]) -> Finding | None:
    """Return the language when the letters of the body, or its small words, leave no doubt."""
    language = language_of("\n".join(block.text for block in blocks))
    if not language:
        return None
    return Finding(field=Field(value=language, confidence=0.95, evidence=(Evidence(rule="letters"),)), taken=())


# --- every line has a label -----------------------------------------------------------------------


def _labels(
    lines: Sequence[CaptureLine], span: Span, findings: Mapping[str, Finding], pieces: Iterable[CaptureBlock]
) -> Iterator[LineLabel]:
    """Yield one label for each line of the file that is not blank, also for those that were joined."""
    taken = {i: (name, finding.field) for name, finding in reversed(list(findings.items())) for i in finding.taken}
    blocks = {index: piece.block for piece in pieces for index in piece.indices}
    for index, line in enumerate(lines):
        label = _label(line, index, span, taken.get(index), blocks.get(index))
        yield label
        yield from (structs.replace(label, n=n, rule="wrapped-line") for n in line.more)


def _label(
    line: CaptureLine, index: int, span: Span, taken: tuple[str, Field] | None, block: Block | None
) -> LineLabel:
    if block:
        sure = 0.95 if line.look in ("body", "caption") and span.sure else 0.6
        return LineLabel(n=line.n, label=block.kind, rule=line.rule, confidence=sure, kept=True)
    if taken:
        name, field = taken
        rule = field.evidence[0].rule if name in ("title", "subtitle") else line.rule
        return LineLabel(n=line.n, label=_LABELS[name], rule=rule, confidence=field.confidence, kept=True)
    return _left_out(line, index, span)


def _left_out(line: CaptureLine, index: int, span: Span) -> LineLabel:
    """Return the label of a line that gives nothing to the article: what it looks like, else where it stands."""
    if line.look in ("body", "long", "short"):
        place = "before-body" if index < span.start else "after-body" if index >= span.end else "in-body"
        return LineLabel(n=line.n, label="other", rule=place, confidence=0.6, kept=False)
    label = "other" if line.look == "name" else line.look
    return LineLabel(n=line.n, label=label, rule=line.rule, confidence=line.confidence, kept=False)
