"""Marks inside a line that CommonMark does not know: names of notes, other programs' marks, highlighted words."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, html_inline

from yoyak.readers.markdown.bare_addresses import bare_address, www_address
from yoyak.readers.markdown.html_names import begins_unknown_tag
from yoyak.readers.markdown.nodes import FORMULA

_NAME = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_TEMPLATE = re.compile(r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{#.{0,1000}?#\}|\{/\*.{0,1000}?\*/\}", re.DOTALL)
_SCRIPTLET = re.compile(r"<%.{0,1000}?%>", re.DOTALL)
_BRACKETS = re.compile(r"\[##_.{0,1000}?_##\]|\[\[_?toc_?\]\]", re.DOTALL | re.IGNORECASE)
_VERBATIM = {"{": _TEMPLATE, "$": FORMULA, "<": _SCRIPTLET, "[": _BRACKETS}
_MARKED = re.compile(r"==(?=[^\s=])([^\n]{0,1000}?[^\s=])==(?!=)")
_HIDDEN = re.compile(r"%%(.{1,2000}?)%%(?!\S)", re.DOTALL)


def add(md: MarkdownIt) -> None:
    """Add the rules to a parser."""
    ruler = md.inline.ruler
    ruler.before("escape", "verbatim", _verbatim)
    ruler.before("link", "name", _name)
    ruler.before("emphasis", "marked", _marked)
    ruler.before("emphasis", "hidden", _hidden)
    ruler.at("html_inline", _html_inline)
    ruler.at("gfm_autolink_protocol", bare_address)
    ruler.at("gfm_autolink_www", www_address)


def _name(state: StateInline, silent: bool) -> bool:
    """Take ``[[note]]``, ``[[note#part|words]]`` and ``![[picture.png]]`` as what Obsidian takes them for."""
    if state.src[state.pos] not in "[!":
        return False
    match = _NAME.match(state.src, state.pos, state.posMax)
    if (
        match is None
        or state.src.startswith("[", max(state.pos - 1, 0), state.pos)
        or state.src.startswith(("]", "("), match.end())
    ):
        return False
    if state.linkLevel or _is_reference(state, match):
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


def _verbatim(state: StateInline, silent: bool) -> bool:
    """Keep what is between a template's marks, and a formula, as it is: no mark of Markdown is found in it."""
    pattern = _VERBATIM.get(state.src[state.pos])
    match = pattern.match(state.src, state.pos, state.posMax) if pattern else None
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
