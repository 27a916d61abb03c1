"""A document as a reading: its text, its pictures, and what its head says when it is a press release."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.importing.documents.blocks import plain_blocks
from yoyak.importing.documents.document import Document
from yoyak.importing.documents.hangul import read_hangul
from yoyak.importing.documents.hangul_binary import read_hangul_binary
from yoyak.importing.documents.kinds import PASTE, document_of
from yoyak.importing.documents.open_document import read_open_document
from yoyak.importing.documents.pdf import read_pdf
from yoyak.importing.documents.release_head import ReleaseHead, day_in, release_head, title_at_top
from yoyak.importing.documents.word import read_word
from yoyak.importing.failures import each, in_a_row, why
from yoyak.importing.found import Member, NoTextError, Readings, around_of, made, placed, refusal, shelf_of, stated
from yoyak.importing.originals import Original
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem, say
from yoyak.model.sources import Field
from yoyak.readers.capture.pasted import signs_of_paste
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Moment
from yoyak.text.html_lines import lines_of_html
from yoyak.text.press_release import press_release

_READ: Mapping[str, Callable[[bytes], Document]] = {
    "docx": read_word,
    "hwpx": read_hangul,
    "hwp": read_hangul_binary,
    "odt": read_open_document,
    "pdf": read_pdf,
}
_UNSURE = 0.65
_OF_DAYS = re.compile(r"\([월화수목금토일](?:요일)?\)|[년월일]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_BARS = re.compile(r"\s*\|[\s|]*")
_KEPT = say("check-original.hint")

_SHOWN = 20
"""Kinds of what is lost."""


def document_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the article of a document."""
    kind = document_of(original.data)
    found, problems = each([original.data], _READ[str(kind)], lambda _, error: _failed(original, error))
    if not found:
        return Readings(problems=tuple(problems))
    return _of(found[0], original, config)


def _failed(original: Original, error: BaseException) -> Problem:
    if isinstance(error, NoTextError):
        return refusal(original, error.words, error.hint)
    return refusal(original, say("document.unreadable", why=why(error)), PASTE)


def _of(document: Document, original: Original, config: SiteConfig) -> Readings:
    title, blocks = plain_blocks(document.html)
    if not blocks and not title:
        raise NoTextError(say("document.without-text"), say("document.without-text.hint"))
    head = release_head(blocks)
    shelf = shelf_of(original, document.pictures)
    around = around_of(config, original.path, shelf)
    fields, body = _fields(document, original, head, title, around.zone)
    view = [_on_one_line(block) for block in (*head.lines(), *blocks)]
    found = made(original.path, fields, placed("\n".join(view), around), around, shelf, stem=original.stem)
    if "status" in found.source.fields and head.pairs:
        body = blocks  # whoever deletes the status has the line still
        head = ReleaseHead(body=tuple(blocks), is_release=head.is_release)
    found = _with(found, placed("\n".join(body), around), head)
    return Readings(found=(found,), problems=tuple(_told(document, original, head)))


def _on_one_line(block: str) -> str:
    return re.sub(r"<br/?>", " ", block) if block.startswith("<table") else block


def _with(found: Member, html: str, head: ReleaseHead) -> Member:
    """Return a reading with the text that is the article's, and with the rights of a press release if it is one."""
    source = found.source
    assert source.reading is not None
    fields = dict(source.fields)
    lines = [(n, _BARS.sub(" | ", text)) for n, text in lines_of_html(source.reading.html)]
    if release := press_release([*([(0, "보도자료")] if head.is_release else []), *lines]):
        fields.setdefault("press_release", stated(True, 0.9, "press release"))
        if release.sender and "source" not in fields:
            fields["source"] = stated(release.sender, 0.75, "press release")
    signs = signs_of_paste("\n\n".join(text for _, text in lines))
    if "press_release" not in fields and signs and signs.notice:
        fields["rights_notice"] = stated(signs.notice, 0.95, "copying-forbidden")
    reading = structs.replace(source.reading, html=html)
    return structs.replace(found, source=structs.replace(source, fields=fields, reading=reading))


# --- what it says of itself -----------------------------------------------------------------------


def _fields(
    document: Document, original: Original, head: ReleaseHead, title: str, zone: ZoneInfo
) -> tuple[dict[str, Field], Sequence[str]]:
    """Return the fields of a document, and its text without its title."""
    fields: dict[str, Field] = {}
    body: Sequence[str] = head.body
    if named := head.value("title"):
        fields["title"] = stated(named, 0.9, "제목 of the press release")
        body = _without_first(body, named)
    elif title:
        fields["title"] = stated(title, 0.9, "the document's title")
    else:
        named, at, how = title_at_top(body, zone)
        sure = 0.8 if how == "heading" else 0.75 if how == "bold" or (how and head.pairs) else 0.55
        if named:
            fields["title"] = stated(named, sure, f"the first line, {how}")
            body = (*body[:at], *body[at + 1 :])
        else:
            fields["title"] = stated(original.stem, 0.4, "the file's name")
    if document.guessed:
        fields["title"] = structs.replace(fields["title"], confidence=min(fields["title"].confidence, _UNSURE))
    if subtitle := head.value("subtitle"):
        fields["subtitle"] = stated(subtitle, 0.9, "부제 of the press release")
    if source := head.value("source"):
        fields["source"] = stated(source, 0.8, "the press release's head")
    if dated := _date(document, original, head, zone):
        fields["date"] = dated
    return fields, body


def _without_first(body: Sequence[str], title: str) -> Sequence[str]:
    """Return a text without its first lines that say the title again."""
    first = next((at for at, block in enumerate(body[:3]) if tree(block).get_text().split() == title.split()), None)
    return body if first is None else (*body[:first], *body[first + 1 :])


def _date(document: Document, original: Original, head: ReleaseHead, zone: ZoneInfo) -> Field | None:
    for kind, sure in (("date", 0.9), ("release", 0.8)):
        if day := day_in(head.value(kind)):
            return stated(_moment(datetime.combine(day, time(), zone)), sure, f"{kind} of the head")
    for block in (*head.body[:6], *head.body[-6:]):
        text = " ".join(tree(block).get_text().split()) if len(block) < 200 else ""
        if (day := day_in(text)) and not _WORDS.search(_OF_DAYS.sub("", text)):
            return stated(_moment(datetime.combine(day, time(), zone)), 0.75, "a line of its own")
    for moment, sure, rule in (
        (document.made, 0.5, "the day on which the document was made"),
        (original.changed, 0.3, "the day on which the file was changed"),
    ):
        if moment and 1980 < moment.year < 2200:
            day_of = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
            return stated(_moment(day_of), sure, rule)
    return None


def _moment(value: datetime) -> Moment:
    return Moment(value=value, day_only=True)


# --- what is lost ---------------------------------------------------------------------------------


def _told(document: Document, original: Original, head: ReleaseHead) -> Iterator[Problem]:
    if document.guessed:
        yield original.warning("left-behind.pdf", hint=_KEPT)
    if document.lost:
        yield original.warning("left-behind.document", hint=_KEPT, lost=in_a_row(document.lost[:_SHOWN]))
    if head.pairs:
        said = "; ".join(f"{pair.label} {pair.value}" for pair in head.pairs)
        yield original.warning("left-behind.release-head", head=said[:250])
    for doubt in document.doubts:
        hint = say("left-behind.cropped.hint")
        yield Problem(code="left-behind", message=doubt, hint=hint, severity="warning", path=original.given)
