"""The body of a capture: blocks in reading order, and the same as HTML. A capture is never run through Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from yoyak.model.sources import Block
from yoyak.model.types import Record
from yoyak.readers.capture.context import VIEW
from yoyak.readers.capture.lines import BODY_LENGTH, ROW, CaptureLine, ends_a_sentence
from yoyak.readers.capture.rules import folded
from yoyak.readers.capture.span import Span
from yoyak.readers.word_lists import words

_MARKER = re.compile(r"^[◇◆■□●○◎※◈▣▲△▼◀▶▷]+\s*")
_SPEAKS = re.compile(r"[“\"‘'<\[(-]|[QA문답]\s?[.:)]|[①-⑳]|\d{1,2}[.)]\s?|[가-힣]{2,8}\s?[:：]")
_CREDIT_WORD = re.compile(
    r"^(?:사진|그래픽|출처|자료|이미지|일러스트|사진\s?제공|사진\s?출처|자료\s?제공"
    r"|Photographs?|Photos?|Pictures?|Image source|Image|Credit|Illustration|Fotos?|Bild|Quelle|Crédits?|写真)"
    r"\s?[=:：,/]\s?(?:by\s)?"
)
_ITEM = re.compile(r"(?:(?P<sign>[-–*•∙▪◦‣])\s+|(?P<number>\d{1,2})[.)]\s+)(?P<text>\S.*)")
_CAPTIONS_BEHIND = 3
_HEADING_LENGTH = 40
_FIRST = words("first-heads")
_WORD_OR_SIGN = re.compile(r"\w+|\S")
_CREDITED = 250
"""Characters of a caption whose credit stands on the very next line, below an empty one."""


class CaptureBlock(Record, kw_only=True):
    """A block, and the indices of the lines that it was made of."""

    indices: tuple[int, ...]
    block: Block


def body_pieces(lines: Sequence[CaptureLine], span: Span, title: int | None) -> tuple[CaptureBlock, ...]:
    """Return the body in order; captions may stand around the span."""
    singles = list(_singles(lines, span, title))
    found: list[CaptureBlock] = []
    at = 0
    while at < len(singles):
        if found and _is_same_caption(found[-1].block, singles[at].block):
            found[-1] = CaptureBlock(indices=(*found[-1].indices, *singles[at].indices), block=found[-1].block)
            at += 1
        elif _is_credited(lines, singles, at):
            found.append(_credited(singles[at], singles[at + 1]))
            at += 2
        elif size := _items(singles, at):
            found.append(_list(singles[at : at + size]))
            at += size
        elif size := _rows(lines, singles, at):
            found.append(_table(lines, singles[at : at + size]))
            at += size
        else:
            found.append(singles[at])
            at += 1
    return tuple(found)


def _is_same_caption(before: Block, block: Block) -> bool:
    """Tell whether a caption stands twice: pages have it as a picture's description too."""
    return block.kind == before.kind == "caption" and (before.text, before.credit) == (block.text, block.credit)


def blocks_html(blocks: Sequence[Block]) -> str:
    """Return the blocks as HTML: every character of the capture is text."""
    return "\n".join(_html(block) for block in blocks)


def _singles(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Iterator[CaptureBlock]:
    """Yield each line that is a piece of the body by itself."""
    first = title + 1 if title is not None else max(0, span.start - _CAPTIONS_BEHIND)
    promoted = False
    for index in range(first, min(len(lines), span.end + _CAPTIONS_BEHIND)):
        line = lines[index]
        if index >= span.end and line.look in ("rights", "promo"):
            return
        promoted = line.look == "promo" or (promoted and _may_be_teaser(line))
        if line.look == "caption":
            text = _MARKER.sub("", line.parts.get("text", ""))
            yield CaptureBlock(
                indices=(index,), block=Block(kind="caption", text=text, line=line.n, credit=_credit_of(line))
            )
        elif _is_first_caption(lines, index, span, title):
            text = _MARKER.sub("", line.text)
            yield CaptureBlock(indices=(index,), block=Block(kind="caption", text=text, line=line.n))
        elif _is_between_buttons(lines, index):
            continue
        elif index in span and line.look in ("body", "long", "short") and not promoted:
            yield CaptureBlock(indices=(index,), block=_prose(lines, index, span))


def _is_first_caption(lines: Sequence[CaptureLine], index: int, span: Span, title: int | None) -> bool:
    """Tell whether a line stands between the outlet's name and the first paragraph, as a picture's caption does."""
    line = lines[index]
    if title is None or not title < index - 1 or index + 1 != span.start or lines[index - 1].look != "name":
        return False
    return line.look in ("short", "long") and len(line.text) <= 120 and not ends_a_sentence(line.text)


def _is_between_buttons(lines: Sequence[CaptureLine], index: int) -> bool:
    """Tell whether a line is a field of a form: a few words that end no sentence, and buttons above and below."""
    line = lines[index]
    if line.look != "short" or ends_a_sentence(line.prose) or not 0 < index < len(lines) - 1:
        return False
    return all(beside.look == "ui" and beside.text for beside in (lines[index - 1], lines[index + 1]))


def _may_be_teaser(line: CaptureLine) -> bool:
    """Tell whether a line below ``관련기사`` or ``Read more`` can be the headline of another story."""
    return line.look in ("ui", "name", "date") or (line.look in ("short", "long") and not ends_a_sentence(line.prose))


def _prose(lines: Sequence[CaptureLine], index: int, span: Span) -> Block:
    line = lines[index]
    if _is_heading(lines, index, span):
        return Block(kind="heading", text=_MARKER.sub("", line.prose), line=line.n)
    return Block(kind="paragraph", text=line.prose, line=line.n)


def _credit_of(line: CaptureLine) -> str | None:
    return _CREDIT_WORD.sub("", line.parts.get("credit", "")).strip(" =:") or None


# --- a caption and its credit on two lines -----------------------------------------------------------


def _is_credited(lines: Sequence[CaptureLine], singles: Sequence[CaptureBlock], at: int) -> bool:
    """Tell whether a line is a caption because the next line is nothing but a credit."""
    if at + 1 == len(singles):
        return False
    block, credit = singles[at].block, singles[at + 1].block
    if lines[singles[at + 1].indices[0]].rule == "image-caption" and not block.text and block.credit:
        return True
    adjoin = singles[at].indices[-1] + 1 == singles[at + 1].indices[0]
    if not adjoin or credit.kind != "caption" or credit.text or not credit.credit or block.credit:
        return False
    index = singles[at].indices[0]
    line, below = lines[index], lines[index + 1]
    parted = index > 0 and lines[index - 1].n + 1 < line.n == below.n - 1
    return (
        block.kind == "caption"
        or (parted and below.rule == "photograph" and len(block.text) <= _CREDITED)
        or (line.look in ("short", "long") and not ends_a_sentence(line.text))
        or (VIEW.search(line.text[-12:]) is not None)
    )


def _credited(caption: CaptureBlock, credit: CaptureBlock) -> CaptureBlock:
    text = _MARKER.sub("", caption.block.text or credit.block.text)
    written = caption.block.credit or credit.block.credit
    block = Block(kind="caption", text=text, line=caption.block.line, credit=written)
    return CaptureBlock(indices=(*caption.indices, *credit.indices), block=block)


# --- lists --------------------------------------------------------------------------------------------


def _items(singles: Sequence[CaptureBlock], at: int) -> int:
    """Return how many lines from one on are the items of one list: signs, or numbers from 1 on."""
    first = _item(singles[at])
    if first is None or (first["number"] and first["number"] != "1"):
        return 0
    size = 1
    while at + size < len(singles) and (item := _item(singles[at + size])):
        wanted = str(size + 1) if first["number"] else None
        if item["sign"] != first["sign"] or item["number"] != wanted:
            break
        size += 1
    return size if size > 1 else 0


def _item(piece: CaptureBlock) -> re.Match[str] | None:
    return _ITEM.fullmatch(piece.block.text) if piece.block.kind in ("paragraph", "heading") else None


def _list(pieces: Sequence[CaptureBlock]) -> CaptureBlock:
    items = [match for piece in pieces if (match := _item(piece))]
    tag = "ol" if items[0]["number"] else "ul"
    inner = "".join(f"<li>{escape(item['text'], quote=False)}</li>" for item in items)
    text = "\n".join(item["text"] for item in items)
    block = Block(kind="list", text=text, line=pieces[0].block.line, html=f"<{tag}>{inner}</{tag}>")
    return CaptureBlock(indices=tuple(index for piece in pieces for index in piece.indices), block=block)


def _rows(lines: Sequence[CaptureLine], singles: Sequence[CaptureBlock], at: int) -> int:
    """Return how many lines from one on are the rows of one table."""
    size = 0
    while at + size < len(singles) and lines[singles[at + size].indices[0]].rule == ROW:
        size += 1
    return size if size > 1 else 0


def _table(lines: Sequence[CaptureLine], pieces: Sequence[CaptureBlock]) -> CaptureBlock:
    rows = [lines[piece.indices[0]].parts["cells"].split("\t") for piece in pieces]
    inner = "".join(
        f"<tr>{''.join(f'<td>{escape(cell.strip(), quote=False)}</td>' for cell in row)}</tr>" for row in rows
    )
    text = "\n".join("\t".join(map(str.strip, row)) for row in rows)
    block = Block(kind="table", text=text, line=pieces[0].block.line, html=f"<table>{inner}</table>")
    return CaptureBlock(indices=tuple(index for piece in pieces for index in piece.indices), block=block)


# --- headings -----------------------------------------------------------------------------------------


def _is_heading(lines: Sequence[CaptureLine], index: int, span: Span) -> bool:
    """Tell whether a short line inside of the body heads what follows it."""
    line = lines[index]
    prose = _MARKER.sub("", line.prose)
    if line.look == "body" or not prose or len(prose) > BODY_LENGTH or ends_a_sentence(prose) or "@" in prose:
        return False
    if (_SPEAKS.match(prose) and prose == line.prose) or not index + 1 < span.end:
        return False
    return len(prose) <= _HEADING_LENGTH and _heads(lines[index + 1])


def with_first_heading(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Span:
    """Return the span with the line right above it, if that is a heading as others of the text are."""
    at = span.start - 1
    if title is None or at <= title + 1 or not span.sure or (lines[at].look, lines[at].rule) != ("short", "plain"):
        return span
    wider = Span(start=at, end=span.end, weight=span.weight)
    return wider if at + 1 < span.end and _is_first(lines, wider) else span


def _is_first(lines: Sequence[CaptureLine], span: Span) -> bool:
    """Tell whether the first line is a heading: number 1, a word for it, or begun or ended as all below are."""
    prose, below = lines[span.start].prose, range(span.start + 1, span.end)
    if prose.startswith(("1.", "1)")):
        second = f"2{prose[1]}"
        return _heads(lines[below[0]]) and any(
            lines[at].look == "short" and lines[at].prose.startswith(second) for at in below
        )
    heads = [lines[at].prose for at in below if _is_heading(lines, at, span)]
    if prose in heads or not _is_heading(lines, span.start, span):
        return False
    if folded(_MARKER.sub("", prose)) in _FIRST:
        return bool(heads)
    firsts, lasts = zip(*map(_ends_of, [prose, *heads]), strict=True)
    return len(heads) > 1 and 1 in (len(set(firsts)), len(set(lasts)))


def _ends_of(prose: str) -> tuple[str, str]:
    """Return the first and the last word or sign of a heading."""
    signs = _WORD_OR_SIGN.findall(prose)
    return signs[0], signs[-1]


def _heads(following: CaptureLine) -> bool:
    return following.look in ("body", "caption") or (
        following.look in ("long", "short") and ends_a_sentence(following.prose)
    )


def _html(block: Block) -> str:
    if block.html:
        return block.html
    text = escape(block.text, quote=False)
    if block.kind == "heading":
        return f"<h2>{text}</h2>"
    if block.kind == "caption":
        credit = f'<span class="credit">{escape(block.credit, quote=False)}</span>' if block.credit else ""
        return f"<figure><figcaption>{' '.join(part for part in (text, credit) if part)}</figcaption></figure>"
    return f"<p>{text}</p>"
