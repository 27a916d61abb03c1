"""The pieces of a body in reading order, of its clean HTML: for who wants to look at an article piece by piece."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from yoyak.model.sources import Block, BlockKind
from yoyak.model.types import SafeHtml
from yoyak.text.marked_sections import without_odd_sections

_KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "pre": "paragraph", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "blockquote": "quote", "ul": "list", "ol": "list", "dl": "list", "table": "table",
    "figure": "figure", "figcaption": "caption", "summary": "paragraph",
}  # fmt: skip
_ROWS = {"li", "tr", "dt", "dd", "br", "p", "h2", "h3", "h4", "h5", "h6"}
"""Where a new line begins inside a piece."""
_CELLS = {"td", "th"}
_FOOTNOTE_MARKS = {"footnote-ref", "footnote-backref"}


def body_pieces(html: SafeHtml, source: str, first_line: int) -> tuple[Block, ...]:
    """Return the pieces of a body made of the Markdown text `source`, whose first line has that number in its file.

    A list has one line for each item, a table one for each row with `` | `` between cells, a figure says what its
    picture shows, its caption is a piece of its own. The line of a piece is found by its words, in order; a piece whose
    words stand differently in the source has none.
    """
    reader = _Pieces()
    reader.feed(without_odd_sections(html))
    reader.close()
    reader.end_piece()
    return tuple(_with_lines(reader.found, source.split("\n"), first_line))


class _Pieces(HTMLParser):
    """Collects the pieces. What stands inside a quotation, a list or a table belongs to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.kind: BlockKind | None = None
        self.tag = ""
        self.depth = 0
        self.text: list[str] = []
        self.credit: list[str] = []
        self.in_credit = self.in_footnote_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = _KINDS.get(tag)
        if kind and (self.kind in (None, "figure") or not self.tag):
            self.end_piece()
            self.kind, self.tag, self.depth = kind, tag, 0
        elif tag == self.tag:
            self.depth += 1
        if tag == "a" and dict(attrs).get("class") in _FOOTNOTE_MARKS:
            self.in_footnote_mark = True
        elif tag == "img":
            self._picture(dict(attrs))
        elif tag == "span" and ("class", "credit") in attrs:
            self.in_credit = True
        elif tag in _ROWS:
            self.text.append("\n")
        elif tag in _CELLS:
            self.text.append("\t")

    def handle_endtag(self, tag: str) -> None:
        self.in_credit = self.in_credit and tag != "span"
        self.in_footnote_mark = self.in_footnote_mark and tag != "a"
        if tag == self.tag:
            self.depth -= 1
            if self.depth < 0:
                self.end_piece()

    def handle_data(self, data: str) -> None:
        if self.in_footnote_mark:
            return
        (self.credit if self.in_credit else self.text).append(data if self.tag == "pre" else data.replace("\n", " "))

    def _picture(self, attributes: dict[str, str | None]) -> None:
        """A picture in a paragraph of words is a word of it; one by itself is a figure."""
        shown = attributes.get("alt") or attributes.get("src") or ""
        if self.kind is None:
            self.found.append(Block(kind="figure", text=shown))
        else:
            self.text.append(shown)

    def end_piece(self) -> None:
        """Put the piece under way to the others, if it has any words."""
        rows = [" | ".join(filter(None, map(_one_line, row.split("\t")))) for row in "".join(self.text).split("\n")]
        text = "\n".join(filter(None, rows)) if self.tag != "pre" else "".join(self.text).strip("\n")
        credit = _one_line("".join(self.credit)).strip()
        if text or credit:
            self.found.append(Block(kind=self.kind or "paragraph", text=text, credit=credit or None))
        self.kind, self.tag, self.text, self.credit, self.in_credit = None, "", [], [], False


def _one_line(text: str) -> str:
    return " ".join(text.split())


# --- where a piece stands -------------------------------------------------------------------------

_NO_WORDS = re.compile(r"\]\([^)\s]*|^\s*\d+[.)]\s|\[\^[^\]]*\]:?|<[^>]*>|&#?\w+;")
_SIGNS = re.compile(r"[\W_]+")
_ENOUGH = 16
"""Letters by which a line is known."""
_FEWEST = 2
_MOST = 100
"""Lines that are looked at for one piece."""


def _with_lines(blocks: Sequence[Block], lines: Sequence[str], first_line: int) -> Iterator[Block]:
    known = [_letters(_NO_WORDS.sub("", line)) for line in lines]
    alike: dict[str, list[int]] = defaultdict(list)
    for number, letters in enumerate(known):
        alike[letters[:_FEWEST]].append(number)
    start = 0
    for block in blocks:
        wanted = _letters(_NO_WORDS.sub("", block.text.partition("\n")[0]))[:_ENOUGH]
        numbers = alike.get(wanted[:_FEWEST], []) if wanted else []
        begin = bisect_left(numbers, start)
        at = next((n for n in numbers[begin : begin + _MOST] if _begins(known[n], wanted)), None)
        if at is None:
            yield block
            continue
        start = at if block.kind == "figure" else at + 1
        yield Block(kind=block.kind, text=block.text, credit=block.credit, line=first_line + at)


def _begins(line: str, wanted: str) -> bool:
    """Tell whether a line of the source is the first one of a piece: it may be shorter than what is wanted."""
    return line.startswith(wanted) or (len(line) >= _FEWEST and wanted.startswith(line))


def _letters(text: str) -> str:
    return _SIGNS.sub("", text)
