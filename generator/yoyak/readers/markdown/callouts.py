"""Callouts: boxes that GitHub, Obsidian and Docusaurus make of a quotation or of a pair of ``:::`` lines.

MkDocs makes them of a ``!!!`` or ``???`` line and what is indented below it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import append_text, new
from yoyak.templating.language import message, words_for

_KINDS = {
    "note": "note info information todo abstract summary tldr example question help faq quote cite seealso details",
    "tip": "tip hint success check done",
    "important": "important",
    "warning": "warning attention warn",
    "caution": "caution danger error failure fail missing bug",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_QUOTES = ("quote", "cite")
_FIRST_LINE = re.compile(r"\s*\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")
_PARAMS = re.compile(r"\s*\{?\.?([A-Za-z][\w-]*)\}?\s*(?:\[([^\]]*)\]|(.*))$")


def is_callout(params: str) -> bool:
    """Tell whether what stands behind ``:::`` names a kind of callout."""
    match = _PARAMS.match(params)
    return match is not None and match[1].lower() in _KIND_OF


def callout_of_fence(params: str, mark: str, language: str, line: int) -> Element:
    """Return the box that a ``:::``, ``!!!`` or ``???`` line begins, with its title in it."""
    match = _PARAMS.match(params)
    assert match
    word, title = match[1].lower(), (match[2] or match[3] or "").strip().strip("\"'")
    folded = {"???": "-", "???+": "+"}.get(mark, "-" if word == "details" else "")
    return _box(word, title or _title(word, language), line, folded)


def make_callouts(root: Element, body: Body) -> None:
    """Let quotations that begin with ``[!NOTE]`` be callouts, with titles in the article's language."""
    for quote in list(root.iter("blockquote")):
        first = quote[0] if len(quote) and quote[0].tag == "p" else None
        match = _FIRST_LINE.match(first.text or "") if first is not None else None
        if first is None or match is None or match[1].lower() not in _KIND_OF:
            continue
        written, rest = match[3].strip(), (first.text or "")[match.end() :]
        is_all_title = bool(written) and not rest and len(first)
        if is_all_title:  # the title goes on with a mark, which stays in the text: a title has none
            written, rest = "", f"{written} "
        word = match[1].lower()
        first.text = rest
        box = _box(word, written or _title(word, body.around.language), getattr(quote, "line", 0), folded=match[2])
        _become(quote, box, without=None if rest or len(first) else first)


def _become(quote: Element, box: Element, without: Element | None) -> None:
    """Let a quotation be the box, with what stands in it but its first line."""
    inner = [child for child in quote if child is not without]
    tail, behind = quote.tail, without.tail if without is not None else None
    quote.clear()
    quote.tag, quote.tail, quote.text = box.tag, tail, box.text
    quote.attrib.update(box.attrib)
    quote.extend(box)
    append_text(quote, behind)
    quote.extend(inner)


def _box(word: str, title: str, line: int, folded: str = "") -> Element:
    """Return an empty box; one that is folded opens and closes, and needs no script for it."""
    if word in _QUOTES:
        box = new("blockquote", line=line)
        box.append(new("div", {"class": "callout-title"}, text=title, line=line))
        return box
    kind = _KIND_OF[word]
    if folded:
        box = new("details", {"class": f"callout {kind}"} | ({"open": ""} if folded == "+" else {}), line=line)
        box.append(new("summary", {"class": "callout-title"}, text=title, line=line))
        return box
    box = new("div", {"class": f"callout {kind}", "role": "note"}, line=line)
    box.append(new("div", {"class": "callout-title"}, text=title, line=line))
    return box


def _title(word: str, language: str) -> str:
    words = words_for(language)
    return message(words, f"body.callout.{_KIND_OF[word]}")
