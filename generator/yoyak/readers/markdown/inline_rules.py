"""Marks inside a line that CommonMark does not know: names of notes, other programs' marks, highlighted words."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, html_inline

from yoyak.readers.markdown.html_names import begins_unknown_tag

_NAME = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_TABLE_OF_CONTENTS = re.compile(r"_?toc_?", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{#.{0,1000}?#\}", re.DOTALL)
_MARKED = re.compile(r"==(?=[^\s=])([^\n]{0,1000}?[^\s=])==(?!=)")
_HIDDEN = re.compile(r"%%(.{1,2000}?)%%(?!\S)", re.DOTALL)


def add(md: MarkdownIt) -> None:
    """Add the rules to a parser."""
    ruler = md.inline.ruler
    ruler.before("link", "name", _name)
    ruler.before("escape", "template", _template)
    ruler.before("emphasis", "marked", _marked)
    ruler.before("emphasis", "hidden", _hidden)
    ruler.at("html_inline", _html_inline)
    ruler.at("gfm_autolink_protocol", _address)


def _name(state: StateInline, silent: bool) -> bool:
    """Take ``[[note]]``, ``[[note#part|words]]`` and ``![[picture.png]]`` as what Obsidian takes them for."""
    if state.src[state.pos] not in "[!":
        return False
    match = _NAME.match(state.src, state.pos, state.posMax)
    if (
        match is None
        or state.src.startswith("[", max(state.pos - 1, 0), state.pos)
        or state.src.startswith("]", match.end())
    ):
        return False
    if state.linkLevel or _TABLE_OF_CONTENTS.fullmatch(match[2]) or _is_reference(state, match):
        return False
    if not silent:
        token = state.push("name", "", 0)
        token.content, token.meta = match[0], {"target": match[2].strip(), "words": (match[3] or "").strip()}
        token.markup = match[1]
    state.pos = match.end()
    return True


def _is_reference(state: StateInline, match: re.Match[str]) -> bool:
    """Tell whether the inner brackets are a link that is defined below."""
    references: dict[str, Any] = state.env.get("references", {})
    return normalizeReference(match[2]) in references


def _template(state: StateInline, silent: bool) -> bool:
    """Keep what is between a template's marks as it is, so that no mark of Markdown is found in it."""
    if state.src[state.pos] != "{":
        return False
    match = _TEMPLATE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.append_pending(match[0])
    state.pos = match.end()
    return True


def _marked(state: StateInline, silent: bool) -> bool:
    """Take ``==words==`` as highlighted."""
    if state.src[state.pos] != "=":
        return False
    match = _MARKED.match(state.src, state.pos, state.posMax)
    if match is None or (state.pos and state.src[state.pos - 1] == "="):
        return False
    if not silent:
        end, state.posMax, state.pos = state.posMax, match.end(1), match.start(1)
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:
    """Leave out ``%%words%%``, which Obsidian shows to its writer only."""
    if state.src[state.pos] != "%":
        return False
    match = _HIDDEN.match(state.src, state.pos, state.posMax)
    if match is None or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    if not silent:
        token = state.push("hidden", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:
    is_tag = state.src[state.pos] == "<" and not begins_unknown_tag(state.src, state.pos)
    return is_tag and html_inline(state, silent)


_PROTOCOL = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?|mailto)$", re.IGNORECASE)
_MAIL = re.compile(r":[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]+")
_ADDRESS = re.compile(
    r"://(?:(?:[\w-]+\.)+[^\W_][\w-]*|[A-Za-z0-9][A-Za-z0-9-]*(?![\w-]))(?::\d{1,5})?(?:[/?#][^\s<>]*)?"
)
_TAIL = re.compile(r"(?:[?!.,:;*_~'\"\]}]|&[A-Za-z0-9]+;)$")


def _address(state: StateInline, silent: bool) -> bool:
    """Take a bare address for a link, as GitHub does (GFM, "Autolinks (extension)"), and also one that a letter of
    Hangul or a quotation mark stands before. The library's own rule takes the square of the text's length."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    protocol = _PROTOCOL.search(state.pending[-7:])
    pattern = _MAIL if protocol and protocol[1].lower() == "mailto" else _ADDRESS
    match = pattern.match(state.src, state.pos, state.posMax) if protocol else None
    if protocol is None or match is None:
        return False
    address = protocol[1] + trimmed(match[0])
    state.pending = state.pending[: -len(protocol[1])]
    link = state.push("link_open", "a", 1)
    link.attrs, link.info = {"href": address}, "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(address) - len(protocol[1])
    return True


def trimmed(address: str) -> str:
    """Return an address without the signs behind it that belong to the sentence."""
    while True:
        if tail := _TAIL.search(address[-12:]):
            address = address[: len(address) - len(tail[0])]
        elif address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        else:
            return address
