"""The head of a press release: a table, or some lines, that say when, whose and what it is, before its text begins.

What is understood of it becomes front matter, and is not in the text; whom to ask comes to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from yoyak.importing.documents.blocks import rows_of
from yoyak.importing.pieces import tree
from yoyak.model.types import Record
from yoyak.text.date_forms import DAYS, calendar_day, written_day
from yoyak.text.embargo import embargo_lines
from yoyak.text.embargo_hints import may_hold_back
from yoyak.text.word_lists import word_lists

_KINDS = word_lists("importing/lists/release-labels")
_LABELS = {label: kind for kind, labels in _KINDS.items() for label in labels}
_NAMED = re.compile(r"(?P<label>[가-힣A-Za-z\s·()-]{2,14}?)\s*[:：|](?!//)\s*(?P<value>.+)", re.DOTALL)
_BARE = re.compile(r"(?P<label>[가-힣][가-힣\s]{0,8}?)\s+(?P<value>[\d즉].*)", re.DOTALL)
"""A label and a day that only spaces part, as in a PDF, where they stood in a table."""
_CALLED = re.compile(
    r"[\s<〈【\[\"“]*(?:[가-힣A-Za-z·() ]{0,25}\s)?"
    r"보\s?도\s?(?:참\s?고\s?|설\s?명\s?|해\s?명\s?)?자\s?료[\s>〉】\]\"”]*"
    r"|press release|news release",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\s*(?:보\s?도|배\s?포|배\s?부)\s?(?:시\s?점|일\s?시|일\s?자|일)?[\s:|]*[\d즉]|[\s\d.()년월일월화수목금토]+$"
)
_WHEN = sorted((*_KINDS["release"], *_KINDS["date"]), key=len, reverse=True)
_NEXT = re.compile(rf"(?<=\S)\s+(?=(?:{'|'.join(_WHEN)})\s*[:：|]?\s*\d)")
"""What stands before another label with its day on the same line."""
_LOOKS = 12
"""Blocks from the top among which a head is."""
_LONGEST_TITLE = 150
_LONGEST_SENDER = 30
"""Letters of what may stand beside "보도자료" in a banner."""


class Pair(NamedTuple):
    """A label with what it names."""

    kind: str
    label: str
    value: str


class ReleaseHead(Record, kw_only=True):
    """What a document says above its text."""

    pairs: tuple[Pair, ...] = ()
    loose: tuple[Pair, ...] = ()
    """What a table says of which not all is understood, so that it stays in the text."""
    is_release: bool = False
    body: tuple[str, ...]
    """The text without what is understood above it, and with whom to ask at its end."""

    def value(self, kind: str) -> str:
        return next((pair.value for pair in (*self.pairs, *self.loose) if pair.kind == kind and pair.value), "")

    def lines(self) -> tuple[str, ...]:
        """Return the pairs as lines, which is how embargoes are looked for."""
        return tuple(f"<p>{escape(pair.label)}: {escape(pair.value)}</p>" for pair in (*self.pairs, *self.loose))


def release_head(blocks: Sequence[str]) -> ReleaseHead:
    """Return the head of a document; one without rows that say when it may be published has none."""
    pairs: list[Pair] = []
    asked: list[str] = []
    taken: set[int] = set()
    loose: list[Pair] = []
    called = False
    for at, block in enumerate(blocks[:_LOOKS]):
        rows, left = _read(block)
        if rows or _is_called(block):
            called = called or _is_called(block)
            pairs += rows
            asked += left
            taken.add(at)
        elif block.startswith("<table"):
            loose += _loose(block)
        elif taken and block.startswith("<p>") and any(pair.kind in ("release", "date") for pair in pairs):
            break
    if not any(pair.kind in ("release", "date") for pair in pairs):
        return ReleaseHead(loose=tuple(loose), body=tuple(blocks), is_release=called or bool(loose))
    body = [block for at, block in enumerate(blocks) if at not in taken]
    is_release = called or any(pair.kind == "release" for pair in pairs)
    table = [f"<table><tbody>{''.join(asked)}</tbody></table>"] if asked else []
    return ReleaseHead(pairs=tuple(pairs), is_release=is_release, body=(*body, *table))


def _loose(block: str) -> list[Pair]:
    """Return what is understood of a table that says when it may be published."""
    table = tree(block).table
    rows = rows_of(table)[:15] if table is not None else []
    found = (_of_row([" ".join(_texts(str(cell))) for cell in row]) for row in rows)
    pairs = [pair for row in found for pair in row or () if pair.kind in ("release", "date", "title")]
    return pairs if any(pair.kind == "release" for pair in pairs) else []


def _is_called(block: str) -> bool:
    return len(block) < 400 and bool(_CALLED.fullmatch(" ".join(tree(block).get_text(" ").split())))


def _read(block: str) -> tuple[list[Pair], list[str]]:
    """Return the pairs of a block when it has nothing else, and its rows that say whom to ask."""
    if block.startswith("<p>") and len(block) < 600:
        lines = [part for line in _texts(block) for part in _apart(line)]
        named = (_named(line) or _dated(line) for line in lines)
        plain = [pair for pair in named if pair and pair.kind not in ("contact", "form", "source")]
        return (plain, []) if lines and len(plain) == len(lines) else ([], [])
    if not block.startswith("<table"):
        return [], []
    table = tree(block).table
    rows = rows_of(table) if table is not None else []
    texts = [[" ".join(_texts(str(cell))) for cell in row] for row in rows]
    if len(rows) > 15:
        return [], []
    if down := _by_columns(texts):
        return down, []
    pairs: list[Pair] = []
    asked: list[str] = []
    for row, cells in zip(rows, texts, strict=True):
        found = _of_row(cells)
        if found is None and not (asked and cells):
            return [], []
        kinds = {pair.kind for pair in found or ()}
        if found is None or "contact" in kinds:
            asked.append(f"<tr>{''.join(map(str, row))}</tr>")
        pairs += [pair for pair in found or () if pair.kind != "contact"]
    return pairs, asked


def _texts(html: str) -> Iterator[str]:
    for part in re.split(r"<br/?>", html):
        if text := " ".join(tree(part).get_text().split()):
            yield text


def _label(text: str) -> str:
    """Return the kind of a label, or an empty text."""
    return _LABELS.get(re.sub(r"[\s:：·ㆍ|□■○◦▪*<>\[\]【】]+", "", text).lower(), "")


def _named(text: str) -> Pair | None:
    """Return a pair that is written as one text: ``배포일시: 2026. 11. 26.``"""
    found = _NAMED.fullmatch(text.strip("□■○◦▪*-– "))
    kind = _label(found["label"]) if found else ""
    return Pair(kind, found["label"].strip(), found["value"].strip()) if found and kind else None


def _dated(text: str) -> Pair | None:
    """Return a pair of a day that only spaces part from its label."""
    found = _BARE.fullmatch(text.strip("□■○◦▪*-– "))
    kind = _label(found["label"]) if found else ""
    if not found or kind not in ("release", "date"):
        return None
    if not (day_in(found["value"]) or (kind == "release" and found["value"].startswith("즉시"))):
        return None
    return Pair(kind, found["label"].strip(), found["value"].strip())


def _apart(line: str) -> list[str]:
    """Return the pairs of a line that were the cells of a table."""
    return [part.strip() for part in _NEXT.split(line)]


def _of_row(cells: Sequence[str]) -> list[Pair] | None:
    """Return the pairs of a row; None when something in it is not understood."""
    pairs: list[Pair] = []
    for cell in (cell for cell in cells if cell.strip()):
        if kind := _label(cell):
            pairs.append(Pair(kind, " ".join(cell.split()).strip(" :："), ""))
        elif pair := _named(cell):
            pairs.append(pair)
        elif pairs:
            last = pairs[-1]
            pairs[-1] = last._replace(value=f"{last.value} {cell}".strip())
        elif not (any(map(_CALLED.fullmatch, cells)) and len(cell) <= _LONGEST_SENDER):
            return None
    return pairs


def _by_columns(texts: Sequence[Sequence[str]]) -> list[Pair]:
    """Return the pairs of a table whose first row has the labels, and whose second has what they name."""
    if len(texts) != 2 or len(texts[0]) != len(texts[1]) or len(texts[0]) < 2:
        return []
    kinds = [_label(cell) for cell in texts[0]]
    if not all(kinds) or any(_label(cell) for cell in texts[1]) or "contact" in kinds:
        return []
    return [Pair(kind, label, value) for kind, label, value in zip(kinds, texts[0], texts[1], strict=True)]


# --- what is read of it ---------------------------------------------------------------------------


def day_in(text: str) -> date | None:
    """Return the first day with a year that a text names; None when there is none, or it is impossible."""
    found = sorted(chain.from_iterable(form.finditer(text) for form in DAYS), key=lambda match: match.start())
    try:
        return calendar_day(written_day(found[0])) if found else None
    except ValueError:
        return None


def _says_when(text: str, zone: ZoneInfo) -> bool:
    """Tell whether a line only says when the text may be published, or a day."""
    return bool(_DATED.match(text) or (may_hold_back(text) and embargo_lines([(1, text)], zone, None)))


def title_at_top(body: Sequence[str], zone: ZoneInfo) -> tuple[str, int, str]:
    """Return the first short block of a text, where it is, and its look.

    That is ``heading``, ``bold`` or ``plain``.
    """
    for at, block in enumerate(body[:6]):
        if block.startswith(("<figure", "<table")) or _is_called(block) or _says_when(tree(block).get_text(), zone):
            continue
        found = tree(block).find(True)
        text = " ".join(found.get_text().split()) if found is not None else ""
        if found is None or not 2 < len(text) <= _LONGEST_TITLE or found.name not in ("p", "h2", "h3"):
            return "", 0, ""
        words = [node for node in found.contents if str(node).strip()]
        bold = all(getattr(node, "name", None) == "strong" for node in words)
        how = "heading" if found.name != "p" else "bold" if bold else "plain"
        return ("", 0, "") if how != "heading" and re.search(r"[다요]\.$", text) else (text, at, how)
    return "", 0, ""
