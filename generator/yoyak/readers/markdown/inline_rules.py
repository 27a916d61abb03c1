"""Marks inside a line that CommonMark does not know: names of notes, other programs' marks, highlighted words."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.helpers import parseLinkDestination
from markdown_it.rules_inline import StateInline, html_inline

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
    md.helpers = _HELPERS  # type: ignore[assignment]
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


# --- footnotes ---------------------------------------------------------------------------------------------------


_NOTE_BELOW = re.compile(r"^ {0,3}\[\^([^\]\n]{1,80})\]:", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\n]{1,80})\]")


def with_labels(text: str) -> str:
    """Let a mark mean the note whose label differs by case only, as on GitHub, and let labels have spaces in them."""
    known = _NOTE_BELOW.findall(text) if "[^" in text else []
    if not known:
        return text
    meant = {label.lower(): label for label in known} | dict(zip(known, known, strict=True))
    found = {label: meant.get(label, meant.get(label.lower(), label)) for label in set(_NOTE_MARK.findall(text))}
    changed = {label: new.replace(" ", "\u00a0") for label, new in found.items() if new != label or " " in label}
    if not changed:
        return text
    return _NOTE_MARK.sub(lambda mark: f"[^{changed.get(mark[1], mark[1])}]", text)


# --- where a link leads: the name of a file may have spaces in it, as people type it, and a size behind it ----------


_FILE = re.compile(
    r"(?:[^(){}<>\n\"\\]|\([^(){}<>\n]*\)){1,300}?"
    r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|heic|tiff?|pdf|md|markdown|txt|html?|csv|docx?|hwpx?|pptx?|xlsx?|epub|zip"
    r"|mp[34]|m4a|mov|wav|webm)(?:#[^()<>\n\"]*?)?(?=[ \t]*(?:[ \t][=\"']|\)))",
    re.IGNORECASE,
)
_TYPED_SIZE = re.compile(r"[ \t]+=\d*x?\d*(?=[ \t]*[)\"'])")
_TITLE = re.compile(r"\s*(?:[)\"']|\([^()\n]*\)\s*\))")


def _destination(text: str, at: int, end: int) -> Any:
    found = parseLinkDestination(text, at, end)
    if found.ok and text[found.pos : found.pos + 1] in (" ", "\t") and not _TITLE.match(text, found.pos, end):
        if file := _FILE.match(text, at, end):
            found.str, found.pos = unescapeAll(file[0]), file.end()
        if size := _TYPED_SIZE.match(text, found.pos, end):
            found.pos = size.end()
    return found


_HELPERS = SimpleNamespace(**vars(helpers) | {"parseLinkDestination": _destination})


# --- bare addresses, and where they end: before a particle, a full-width sign, a sentence's own sign -----------------


_PROTOCOL = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?|mailto)$", re.IGNORECASE)
_MAIL = re.compile(r":[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]+")
_ADDRESS = re.compile(
    r"://(?:(?:[\w-]+\.)+[^\W_][\w-]*|[A-Za-z0-9][A-Za-z0-9-]*(?![\w-]))(?::\d{1,5})?(?:[/?#][^\s<>]*)?"
)
_WITHOUT_PROTOCOL = re.compile(r"www\.(?:[\w-]+\.)*[^\W_][\w-]*(?::\d{1,5})?(?:[/?#][^\s<>]*)?")
_TAIL = re.compile(r"(?:[?!.,:;*_~'\"\]}]|&[A-Za-z0-9]+;)$")
_KOREAN_BEHIND = re.compile(r"^(.*[!-~])([가-힣]+)$", re.DOTALL)
_PARTICLES = frozenset(
    """은 는 이 가 을 를 의 에 로 와 과 도 만 나 랑 께 서 에서 에게 한테 으로 부터 까지 마다 조차
    밖에 처럼 보다 이나 이랑 에는 에도 에만 에서는 에서도 에서의 에서만 으로는 으로도 로는 로도 로서
    로써 으로서 으로써 와는 과는 와의 과의 이다 이며 이고 인데 입니다 이에요 예요 라는 이라는 라고
    이라고 라며 이라며 란 이란 인 였다 이었다 에게서 부터는 까지는 등 및""".split()
)
_WIDE_SIGNS = re.compile(r"[、。，．：；！？「」『』（）〈〉《》【】〔〕“”‘’…·ㆍ]")


def bare_address(state: StateInline, silent: bool) -> bool:
    """Take a bare address for a link, as GitHub does (GFM, "Autolinks (extension)"), and also one that a letter of
    Hangul or a quotation mark stands before. The library's own rule takes the square of the text's length."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    protocol = _PROTOCOL.search(state.pending[-7:])
    pattern = _MAIL if protocol and protocol[1].lower() == "mailto" else _ADDRESS
    match = pattern.match(state.src, state.pos, state.posMax) if protocol else None
    if protocol is None or match is None:
        return False
    address = protocol[1] + end_of_address(match[0])
    state.pending = state.pending[: -len(protocol[1])]
    _push(state, address, address)
    state.pos += len(address) - len(protocol[1])
    return True


def www_address(state: StateInline, silent: bool) -> bool:
    """Take ``www.example.org`` for a link."""
    if silent or state.linkLevel or not state.src.startswith("www.", state.pos):
        return False
    match = _WITHOUT_PROTOCOL.match(state.src, state.pos, state.posMax)
    if match is None or (state.pos and state.src[state.pos - 1].isascii() and state.src[state.pos - 1].isalnum()):
        return False
    address = end_of_address(match[0])
    _push(state, f"http://{address}", address)
    state.pos += len(address)
    return True


def _push(state: StateInline, address: str, words: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def end_of_address(address: str) -> str:
    """Return an address without what stands right behind it and belongs to the sentence.

    >>> end_of_address("https://gaon.example/fares)에서")
    'https://gaon.example/fares'
    """
    if sign := _WIDE_SIGNS.search(address):
        address = address[: sign.start()]
    while True:
        korean = _KOREAN_BEHIND.match(address)
        if korean and korean[2] in _PARTICLES:
            address = korean[1]
        elif tail := _TAIL.search(address[-12:]):
            address = address[: len(address) - len(tail[0])]
        elif address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        else:
            return address
