"""The body of a capture: blocks in reading order, and the same as HTML. A capture is never run through Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from yoyak.readers.capture_lines import BODY_LENGTH, CaptureLine, ends_a_sentence
from yoyak.readers.capture_span import Span
from yoyak.reading import Block, BlockKind

_MARKER = re.compile(r"^[◇◆■□●○◎※◈▣▲△▼]\s*")
_CAPTIONS_BEHIND = 3
_HEADING_LENGTH = 40


def body_blocks(lines: Sequence[CaptureLine], span: Span, title: int | None) -> Mapping[int, Block]:
    """Return the blocks of the body by the index of their line, in order; captions may stand around the span."""
    found: dict[int, Block] = {}
    for index in range(_first(span, title), min(len(lines), span.end + _CAPTIONS_BEHIND)):
        block = _block(lines, index, span)
        if block:
            found[index] = block
    return found


def blocks_html(blocks: Sequence[Block]) -> str:
    """Return the blocks as HTML: every character of the capture is text."""
    return "\n".join(_html(block) for block in blocks)


def _first(span: Span, title: int | None) -> int:
    """Return where captions may begin: behind the title, else right above the body."""
    return title + 1 if title is not None else max(0, span.start - _CAPTIONS_BEHIND)


def _block(lines: Sequence[CaptureLine], index: int, span: Span) -> Block | None:
    line = lines[index]
    if line.look == "caption":
        return Block(kind="caption", text=line.parts.get("text", ""), line=line.n, credit=_credit(line))
    if index not in span or line.look not in ("body", "long", "short"):
        return None
    kind: BlockKind = "heading" if _is_heading(lines, index, span) else "paragraph"
    text = _MARKER.sub("", line.prose) if kind == "heading" else line.prose
    return Block(kind=kind, text=text, line=line.n)


def _credit(line: CaptureLine) -> str | None:
    credit = re.sub(
        r"^(?:사진|Photographs?|Photos?|Pictures?|Image source|Credit)\s?[=:,]\s?", "", line.parts.get("credit", "")
    )
    return credit.strip() or None


def _is_heading(lines: Sequence[CaptureLine], index: int, span: Span) -> bool:
    """Tell whether a short line inside of the body heads what follows it."""
    line = lines[index]
    prose = _MARKER.sub("", line.prose)
    if line.look == "body" or not prose or len(prose) > BODY_LENGTH or ends_a_sentence(prose) or "@" in prose:
        return False
    if prose[0] in "“\"‘'-•*" or not index + 1 < span.end:
        return False
    return lines[index + 1].look in ("body", "long", "short", "caption") and len(prose) <= _HEADING_LENGTH


def _html(block: Block) -> str:
    text = escape(block.text, quote=False)
    if block.kind == "heading":
        return f"<h2>{text}</h2>"
    if block.kind == "caption":
        credit = f'<span class="credit">{escape(block.credit, quote=False)}</span>' if block.credit else ""
        return f"<figure><figcaption>{' '.join(part for part in (text, credit) if part)}</figcaption></figure>"
    return f"<p>{text}</p>"
