"""The reader of Markdown articles."""

from __future__ import annotations

import re
from html import unescape

from yoyak.model.message import problem_of
from yoyak.model.sources import Evidence, Field, Reading
from yoyak.model.types import Record
from yoyak.readers.around import Surroundings
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import FORMULA, SIGNS, escaped
from yoyak.readers.markdown.nodes import attributes as as_written
from yoyak.text.headings import levels


def read_markdown(text: str, around: Surroundings) -> Reading:
    """Return what a Markdown text says: its title (a first heading of level 1) and its body."""
    body = Body(text, around)
    html = quick_html(text, body)
    if body.problems or (not html and text.strip()):  # the engine knows the line of each
        # Imported here: 50 ms, which a site of plain texts can do without.
        from yoyak.readers.markdown.engine import TooDeepError, html_of

        body = Body(text, around)
        try:
            html = html_of(text, body)
        except (TooDeepError, RecursionError):
            problem = problem_of("too-deep", around.path)
            return Reading(kind="markdown", fields={}, html="", problems=(problem,))
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
        problems=tuple(body.problems),
    )


# --- the short way for plain Markdown ----------------------------------------------------------------------------
# Most articles are paragraphs with a few headings, lists, quotes, tables, links, pictures and strong words, each
# written in the one usual way. This module knows these and nothing else; a text with anything more is left to the
# library whole.


_UNPLAIN = r"\\`<\x02\x03~\t\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What only the library knows: escapes, code, HTML, white space but spaces and line ends."""
_SIMPLE = re.compile(
    rf"(?!\d+[.)])[^\s#>*+\-=:_!\[\]&|ㅡ—–―─━－ー{_UNPLAIN}][^\n*\[\]_&>|{_UNPLAIN}]*(?<! )",
)
"""A paragraph of one line without a mark in it, which is its own HTML: most are."""
_PLAIN = re.compile(rf"[^{_UNPLAIN}]*(?<! )")
_ENTITY = re.compile(r"&(?:#|\w+;)")
_MORE = ("***", "[^", " \n", "\n ", "{", "%%", "==", "@", "www.", "\n.. ", "\nimport ", "((", "'''", "::", "^")
"""What the engine knows besides: strong in emphasis, notes, line breaks, indented lines, other programs' marks, bare
addresses. They are looked for in the whole text at once."""
_FOREIGN = (".. ", "import ")
_NAME = re.compile(r":(?:[a-z0-9][\w+-]*|[+-]1):")
_FIRST = rf"(?!\d+[.)]|[{SIGNS}]|ㅇ\s)(?:[^\s#>*+\-=:_!\[ㅡ—–―─━－ー]|\*\*[^\s*]|!?\[)"
_PARAGRAPH = re.compile(rf"{_FIRST}.*(?:\n{_FIRST}.*)*")
_HEADING = re.compile(r"(#{1,6}) ([^\s#*\[\]!_][^#*\[\]_\n]*)")
_LIST = re.compile(rf"- {_FIRST}.*(?:\n- {_FIRST}.*)*")
_NUMBERED = re.compile(rf"1\. {_FIRST}.*(?:\n[0-9]{{1,9}}\. {_FIRST}.*)*")
_QUOTE = re.compile(rf"> {_FIRST}.*(?:\n> {_FIRST}.*)*")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^\W_](?:[^*\[\]!_\n]*[^\W_])?)\*\*"
    r"|(?<!!)\[(?P<text>[^*\[\]!_\n]+)\]\((?P<href>[^\s()<>\"'*\[\]]+)\)"
)
_IMAGE = re.compile(r'!\[([^*\[\]_\n]*)\]\(([^\s()<>"\'*\[\]]+)(?: "([^"*&\n()\[\]_]+)")?\)')
_LEFT = re.compile(r"[*\[\]_]")
_BORDERED = re.compile(r"\|.*\|")
_RULE = re.compile(r"(:?)-+(:?)")
_SIDES = {("", ""): "", (":", ""): ' class="left"', ("", ":"): ' class="right"', (":", ":"): ' class="center"'}


class _Draft(Record, kw_only=True):
    """The HTML of a text in pieces. Those of links, pictures and headings are empty until the whole text is known."""

    pieces: list[str]
    links: list[tuple[int, str, str]]
    """The number of the piece, the words and the address of each."""
    images: list[tuple[int, str, str, str]]
    """The same of the pictures, each all of its paragraph: alternative text, address and caption."""
    headings: list[tuple[int, int, str]]
    """Number, level and HTML of each."""

    def leave_piece(self) -> int:
        """Add an empty piece and return its number."""
        self.pieces.append("")
        return len(self.pieces) - 1


def quick_html(text: str, body: Body) -> str:
    """Return the HTML of a plain text, and tell `body` of its title, links and pictures; empty for any other text."""
    draft = _draft(text)
    if draft is None:
        return ""
    headings, pieces = draft.headings, draft.pieces
    if headings and headings[0][:2] == (0, 1) and body.takes_title(unescape(headings[0][2])):
        headings.pop(0)
    _set_headings(headings, pieces, body)
    # All links come before the first picture: in this order the library tells of them.
    for number, words, href in draft.links:
        pieces[number] = _link(words, href, body)
    for number, alt, src, caption in draft.images:
        pieces[number] = _image(src, alt, caption, body)
    return "".join(pieces)[:-1]


def _draft(text: str) -> _Draft | None:
    """Return the pieces of a plain text; None when it has anything that this module does not know."""
    if any(map(text.__contains__, _MORE)) or text.startswith(_FOREIGN) or _has_more_colons(text):
        return None
    if text.count("$") > 1 and FORMULA.search(text):
        return None
    draft = _Draft(pieces=[], links=[], images=[], headings=[])
    before = ""
    for part in text.strip("\n").split("\n\n"):
        first = part[:1]
        again = first == before and first in "->1"  # two lists or quotes in a row are one for the library
        if _SIMPLE.fullmatch(part):
            draft.pieces.append(f"<p>{part}</p>\n")
            first = "p"  # it may begin with a 1, and is no list
        elif again or not _is_plain(part) or not _ADD.get(first, _add_paragraph)(part, draft):
            return None
        before = first
    return draft


def _has_more_colons(text: str) -> bool:
    """Tell whether a ``://`` stands where no link's target begins, or a name between colons anywhere."""
    is_bare = text.count("://") != text.count("](https://") + text.count("](http://")
    return is_bare or (text.count(":") > 1 and _NAME.search(text) is not None)


def _is_plain(part: str) -> bool:
    """Tell whether a block has no sign of what only the library knows; a bar is one outside of tables."""
    return (
        _PLAIN.fullmatch(part) is not None
        and not ("|" in part and part[0] != "|")
        and not ("&" in part and _ENTITY.search(part))
    )


# --- blocks: each function adds one to a draft, and tells whether it understood all of it -------------------


def _add_paragraph(part: str, draft: _Draft) -> bool:
    return _PARAGRAPH.fullmatch(part) is not None and _add_text("<p>", part, "</p>\n", draft)


def _add_heading(part: str, draft: _Draft) -> bool:
    heading = _HEADING.fullmatch(part)
    if heading:
        draft.headings.append((draft.leave_piece(), len(heading[1]), escaped(heading[2])))
    return heading is not None


def _add_image(part: str, draft: _Draft) -> bool:
    image = _IMAGE.fullmatch(part)
    if image:
        draft.images.append((draft.leave_piece(), image[1], image[2], image[3] or ""))
        draft.pieces.append("\n")
    return image is not None


def _add_list(part: str, draft: _Draft) -> bool:
    return _LIST.fullmatch(part) is not None and _add_items("ul", part, draft)


def _add_numbered(part: str, draft: _Draft) -> bool:
    """Add a list that is numbered from 1 on, or a paragraph that begins with a 1."""
    if not _NUMBERED.fullmatch(part):
        return _add_paragraph(part, draft)
    numbers = (int(line.partition(".")[0]) for line in part.split("\n"))
    skips = any(number > expected for expected, number in enumerate(numbers, 1))
    return not skips and _add_items("ol", part, draft)


def _add_items(tag: str, part: str, draft: _Draft) -> bool:
    draft.pieces.append(f"<{tag}>\n")
    items = (line.partition(" ")[2] for line in part.split("\n"))
    understood = all(_add_text("<li>", item, "</li>\n", draft) for item in items)
    draft.pieces.append(f"</{tag}>\n")
    return understood


def _add_quote(part: str, draft: _Draft) -> bool:
    if not _QUOTE.fullmatch(part):
        return False
    words = part[2:].replace("\n> ", "\n")
    return _add_text("<blockquote>\n<p>", words, "</p>\n</blockquote>\n", draft)


def _add_table(part: str, draft: _Draft) -> bool:
    """Add a table of two columns or more, all with names, whose rows have bars at both ends and a cell for each."""
    lines = part.split("\n")
    if len(lines) < 3 or not all(map(_BORDERED.fullmatch, lines)):
        return False
    names, rule, *rows = ([cell.strip(" ") for cell in line[1:-1].split("|")] for line in lines)
    marks = [mark for cell in rule if (mark := _RULE.fullmatch(cell))]
    columns = [f"{_SIDES[mark[1], mark[2]]}>" for mark in marks]
    if len(names) < 2 or len(columns) != len(rule) or any(len(row) != len(names) for row in (rule, *rows)):
        return False
    if not all(names) or _LEFT.search(part, 0, len(lines[0])):
        return False
    draft.pieces.append("<table>\n<thead>\n")
    _add_row("th", names, columns, draft)
    draft.pieces.append("</thead>\n<tbody>\n")
    understood = all(_add_row("td", row, columns, draft) for row in rows)
    draft.pieces.append("</tbody>\n</table>\n")
    return understood


def _add_row(tag: str, cells: list[str], columns: list[str], draft: _Draft) -> bool:
    draft.pieces.append("<tr>\n")
    for cell, column in zip(cells, columns, strict=True):
        if not _add_text(f"<{tag}{column}", cell, f"</{tag}>\n", draft):
            return False
    draft.pieces.append("</tr>\n")
    return True


_ADD = {"#": _add_heading, "!": _add_image, "-": _add_list, "1": _add_numbered, ">": _add_quote, "|": _add_table}
"""By the first character of a block; what begins with any other is a paragraph."""


def _add_text(before: str, text: str, behind: str, draft: _Draft) -> bool:
    """Add running text between its tags, unless it has a mark that is not understood."""
    draft.pieces.append(before)
    at = 0
    if "*" in text or "[" in text or "]" in text or "_" in text:
        for match in _INLINE.finditer(text):
            if _LEFT.search(text, at, match.start()):
                return False
            draft.pieces.append(escaped(text[at : match.start()]))
            if strong := match["strong"]:
                draft.pieces.append(f"<strong>{escaped(strong)}</strong>")
            else:
                draft.links.append((draft.leave_piece(), match["text"], match["href"]))
            at = match.end()
        if _LEFT.search(text, at):
            return False
    draft.pieces.append(escaped(text[at:]) + behind)
    return True


# --- what a body has to be asked for, and headings -----------------------------------------------------------


def _set_headings(headings: list[tuple[int, int, str]], pieces: list[str], body: Body) -> None:
    """Write the headings, each with its level on the page and an id."""
    for (number, _, text), level in zip(headings, levels(written for _, written, _ in headings), strict=True):
        pieces[number] = f'<h{level} id="{body.id_of_heading(unescape(text))}">{text}</h{level}>\n'


def _link(words: str, href: str, body: Body) -> str:
    attributes = {"href": ""}
    body.resolve_link_of(attributes, href)
    return f"<a{as_written(attributes)}>{escaped(words)}</a>"


def _image(src: str, alt: str, caption: str, body: Body) -> str:
    shown = body.picture_element(src, alt, caption)
    if shown is None:
        return "<figure></figure>"
    kind, end = ("", "")
    if shown.tag == "a":
        kind, end = ' class="linked-picture"', f"{escaped(shown.text or '')}</a>"
    written = f"<figcaption>{escaped(caption)}</figcaption>" if caption else ""
    return f"<figure{kind}><{shown.tag}{as_written(shown.attrib)}>{end}{written}</figure>"
