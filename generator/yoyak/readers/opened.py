"""The text of a source file, everything that is odd about its bytes and characters, and which reader it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from yoyak.model.message import Problem, joined, say, warning
from yoyak.model.types import Kind, Record
from yoyak.readers.capture.pasted import signs_of_paste
from yoyak.text.characters import garbled_part
from yoyak.text.decoding import Decoded, StrayCharacter, UndecodableError, clean_text, decode


class Opened(Record, kw_only=True):
    """A file that could be decoded."""

    text: str
    encoding: str
    problems: tuple[Problem, ...]
    """Warnings only."""


def open_source(path: str, data: bytes) -> Opened | Problem:
    """Return the clean text of a file, or the error that keeps it from being read."""
    try:
        decoded = decode(data)
    except UndecodableError as error:
        return Problem(code="undecodable", path=path, message=error.words, hint=say("not-utf-8.hint"))
    text, strays = clean_text(decoded.text)
    if strays or "\u2028" in text or "\u2029" in text:  # most odd line ends are stray characters
        from yoyak.front_matter.odd_line_ends import odd_line_end  # here, for a text that may have some

        if hidden := odd_line_end(decoded.text):
            return structs.replace(hidden, path=path)
    problems = (*_doubts(path, decoded), *_stray_characters(path, strays), *_garbled(path, decoded.text))
    return Opened(text=text, encoding=decoded.encoding, problems=problems)


def _doubts(path: str, decoded: Decoded) -> Iterator[Problem]:
    if decoded.doubt:
        message = joined(say("encoding-unsure"), decoded.doubt)
        hint = say("encoding-unsure.hint")
        yield Problem(code="encoding-unsure", message=message, hint=hint, severity="warning", path=path)


def _stray_characters(path: str, strays: tuple[StrayCharacter, ...]) -> Iterator[Problem]:
    """Yield one warning for the characters that were left out, and one for those that say that text was lost before."""
    removed = [stray for stray in strays if not stray.kept]
    if removed:
        hint, at = say("control-characters.hint", count=len(removed)), removed[0]
        yield warning("control-characters", path, at.line, at.column, hint=hint, count=len(removed))
    lost = [stray for stray in strays if stray.kept]
    if lost:
        yield warning("lost-text", path, lost[0].line, lost[0].column, count=len(lost))


def _garbled(path: str, text: str) -> Iterator[Problem]:
    at, meant = garbled_part(text)
    if at >= 0:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        yield warning("garbled-text", path, line, column, hint=say("lost-text.hint"), meant=meant[:20])


# --- which reader a file is for: what stands in it counts for more than its ending -------------------------------


_BEFORE = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->)", re.DOTALL)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKDOWN = (
    re.compile(r"\n#{1,6} \S"),
    re.compile(r"\[[^\[\]\n]+\]\([^)\s]{1,2000}\)"),
    re.compile(r"\n[^\S\n]*(?:[-*+]|\d+\.) \S.*\n\s*(?:[-*+]|\d+\.) \S"),
    re.compile(r"\*\*\S[^*\n]*\*\*"),
    re.compile(r"\n(?:```|~~~)"),
    re.compile(r"\n\|.+\|\s*\n\|[ :|-]+\|"),
)
"""Each begins with one character, with which a search is quick; a line feed is put above the text."""


def kind_of(path: str, text: str) -> Kind:
    """Return the kind of the file `path`, whose text behind its front matter is `text`."""
    if _begins_as_page(text):
        return "saved_page"
    ending = path.lower().rpartition(".")[2]
    if ending in ("html", "htm"):
        return "saved_page"
    if ending == "txt":
        return "markdown" if _is_plainly_markdown(text) and not signs_of_paste(text) else "capture"
    return "markdown"


def _begins_as_page(text: str) -> bool:
    """Tell whether a text begins as web pages do, after what browsers write above: a declaration, comments."""
    at = 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    return _PAGE.match(text, at) is not None


def _is_plainly_markdown(text: str) -> bool:
    """Tell whether two different marks of Markdown stand in a text; one alone can be a page's furniture."""
    below = f"\n{text}"
    return sum(1 for mark in _MARKDOWN if mark.search(below)) >= 2
