"""The parser: markdown-it-py with GitHub's extensions, and what Korean desks and Obsidian write besides.

Why this library: docs/decisions/0045-a-commonmark-parser.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from yoyak.readers.markdown import block_rules, inline_rules
from yoyak.readers.markdown.callouts import callout_of_fence, is_callout
from yoyak.readers.markdown.nodes import (
    CELLS,
    CODE,
    HIDDEN,
    NAME,
    NOTE,
    NOTE_TEXT,
    RAW,
    SIGNS,
    UNCLOSED,
    LocatedElement,
    append_text,
    new,
)

DEEPEST = 100
"""Levels of lists and quotations inside each other. The parser reads nothing below them."""


DEEPEST_MARKS = 20
"""The same of marks in a line, as in the library: each level more makes a line of open brackets slower."""


def parse(text: str) -> tuple[list[Token], EnvType]:
    """Return the tokens of a text and what else was seen: notes under ``footnotes``, marks under ``marks``."""
    env: EnvType = {"references": Definitions(max(REPEATED, REPEATED_PER_CHARACTER * len(text)))}
    # With a line end: without it the library looks behind a text that ends in an empty line of a quotation.
    text = inline_rules.with_labels(text if text.endswith("\n") else f"{text}\n")
    return _parser().parse(text, env), env


REPEATED, REPEATED_PER_CHARACTER = 100_000, 5
"""Characters of addresses that links by ``[label]`` may repeat, at least and for each of the text (cmark has 1)."""


class Definitions(dict[str, Any]):
    """The addresses that links name by ``[label]``, and the labels that no link has named.

    Links repeat at most `most` characters of addresses and titles; those behind are words. ``[a]`` is three characters
    and its address may be thousands, so that a small file could become any number of bytes.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.left = most
        self.refused: dict[str, int] = {}
        """The line of each definition that links named too often."""

    def get(self, label: str, default: Any = None) -> Any:
        self.used.add(label)
        found = super().get(label, default)
        if found is default:
            return default
        size = len(found["href"]) + len(found.get("title") or "")
        if size > self.left:
            self.refused[label] = found["map"][0]
            return default
        self.left -= size
        return found

    def unused(self) -> list[tuple[int, int]]:
        """Return the lines of each definition that no link has named, from the first, counted from 0, to the one below.

        ``[//]: # (words)`` is how people write comments.
        """
        alone = [one for label, one in self.items() if label not in self.used and one["href"] != "#"]
        return [(first, last) for one in alone for first, last in [one["map"]]]


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark")
    md.inline = _Inline()
    md.configure("commonmark", {"tasklists": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    # Addresses stay as they are written: yoyak.readers.links decides, and says what it drops.
    md.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    md.use(gfm_autolink_plugin)
    md.use(footnote_plugin, move_to_end=False)
    md.use(deflist_plugin)
    md.use(container_plugin, "callout", validate=lambda params, *_: is_callout(params))
    block_rules.add(md)
    inline_rules.add(md)
    return md


class _Inline(ParserInline):
    """The inline parser, with a state that knows where Korean, Chinese and Japanese marks open and close."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _CjkState(src, md, env, tokens)
        state.level = state.pendingLevel = DEEPEST - DEEPEST_MARKS
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _CjkState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (the library's names)
        """Tell whether a run of marks may open and may close, as CommonMark does, but that a letter of Chinese,
        Japanese or Korean beside it counts as a border of words: these are written without spaces or with particles,
        so that ``**“섬”**을`` is strong (github.com/tats-u/markdown-cjk-friendly, its amendment to CommonMark)."""
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start else " "
        behind = self.src[end] if end < self.posMax else " "
        space_before, space_behind = isWhiteSpace(ord(before)), isWhiteSpace(ord(behind))
        sign_before, sign_behind = _is_sign(before), _is_sign(behind)
        left = not space_behind and (not sign_behind or space_before or sign_before or _is_cjk(before))
        right = not space_before and (not sign_before or space_behind or sign_behind or _is_cjk(behind))
        return Scanned(
            left and (canSplitWord or not right or sign_before),
            right and (canSplitWord or not left or sign_behind),
            end - start,
        )


def _is_cjk(character: str) -> bool:
    return east_asian_width(character) in "WFH"


def _is_sign(character: str) -> bool:
    return (isMdAsciiPunct(ord(character)) or isPunctChar(character)) and not _is_cjk(character)


# --- from the parser's tokens to a tree ------------------------------------------------------------------------------


_SIDES = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
_KEPT = ("href", "start", "title")


def tree_of(tokens: Sequence[Token], env: EnvType, language: str) -> LocatedElement:
    """Return the tree of a text. Its root is a ``div``."""
    builder = _Builder(language)
    builder.add(tokens)
    notes = _Builder(language)
    for key, note in env.get("footnotes", {}).get("list", {}).items():
        if "tokens" in note:
            notes.begin(LocatedElement("section", {NOTE_TEXT: f"^{key}"}))
            notes.begin(LocatedElement("p"))
            notes.add_inline(note["tokens"])
            notes.end()
            notes.end()
    builder.flush()
    builder.root[:0] = notes.root  # before the text: in it may be HTML that takes in all that follows
    return builder.root


class _Builder:
    """A tree under way: the elements that are open, and text that stands nowhere yet."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.root = LocatedElement("div")
        self.open_nodes: list[LocatedElement] = [self.root]
        self.text: list[str] = []
        self.line = 0

    def flush(self) -> None:
        """Put the text behind everything that stands in the innermost open element."""
        if self.text:
            append_text(self.open_nodes[-1], "".join(self.text))
            self.text = []

    def put(self, node: LocatedElement) -> LocatedElement:
        self.flush()
        node.line = node.line or self.line
        self.open_nodes[-1].append(node)
        return node

    def begin(self, node: LocatedElement) -> LocatedElement:
        self.put(node)
        self.open_nodes.append(node)
        return node

    def end(self) -> None:
        self.flush()
        self.open_nodes.pop()

    # --- blocks -----------------------------------------------------------------------------------

    def add(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if token.map:
                self.line = token.map[0] + 1
            if token.type == "inline":
                self.add_inline(token.children or ())
            elif token.hidden:
                continue
            elif token.nesting == 1:
                self.begin(self._opened(token))
            elif token.nesting == -1:
                self.end()
            else:
                self._add_whole(token)

    def _opened(self, token: Token) -> LocatedElement:
        if token.type == "footnote_reference_open":
            return LocatedElement("section", {NOTE_TEXT: token.meta["label"]})
        if token.type == "container_callout_open":
            box = callout_of_fence(token.info, token.markup, self.language, self.line)
            assert isinstance(box, LocatedElement)
            return box
        values = {name: str(value) for name, value in token.attrs.items() if name in _KEPT}
        if side := _SIDES.get(str(token.attrs.get("style", ""))):
            values["class"] = side
        node = LocatedElement(token.tag, values)
        if token.type == "bullet_list_open" and "contains-task-list" in str(token.attrs.get("class", "")):
            node.set("class", "tasks")
        if token.type == "list_item_open":
            self._begin_item(token, node)
        return node

    def _begin_item(self, token: Token, node: LocatedElement) -> None:
        """Number an item as it is written when the number is not the next; begin a task with its box."""
        items = self.open_nodes[-1]
        if token.info:
            before = items[-1] if len(items) else None
            expected = before.number + 1 if isinstance(before, LocatedElement) else int(items.get("start", "1"))
            node.number = max(int(token.info), expected)
            if node.number > expected:
                node.set("value", str(node.number))
        if "checked" in token.meta:
            node.set("class", "task")
            box = new(
                "input", {"type": "checkbox", "disabled": ""} | ({"checked": ""} if token.meta["checked"] else {})
            )
            box.tail = " "
            node.append(box)

    def _add_whole(self, token: Token) -> None:
        if token.type in ("fence", "code_block"):
            self._add_code(token)
        elif token.type == "html_block":
            self.put(new(RAW, text=token.content)).tail = "\n"
        elif token.type == "hidden":
            self.put(_hidden(token))
        else:
            self.put(LocatedElement(token.tag))

    def _add_code(self, token: Token) -> None:
        block = self.put(LocatedElement("pre"))
        code = new("code", {CODE: token.info.strip()} if token.info.strip() else {}, text=token.content)
        code.line = block.line
        if token.type == "fence" and token.map and token.map[1] - token.map[0] - 1 == _lines(token.content):
            code.set(UNCLOSED, "")
        block.append(code)

    # --- what stands in a line ----------------------------------------------------------------------

    def add_inline(self, tokens: Iterable[Token]) -> None:
        tokens = list(tokens)
        for token, behind in zip(tokens, [*tokens[1:], None], strict=False):
            if token.type in ("text", "text_special"):
                self.text.append(token.content)
            elif token.type == "softbreak":
                if behind and _SIGN.match(behind.content):
                    self.put(LocatedElement("br"))
                self.text.append("\n")
                self.line += 1
            elif token.nesting == 1:
                self.begin(self._opened(token))
            elif token.nesting == -1:
                self.end()
            elif make := _IN_A_LINE.get(token.type):
                self.put(make(token))
                self.text.extend("\n" if token.type == "hardbreak" else "")
                self.line += (token.type == "hardbreak") + token.content.count("\n")
            else:
                self.text.append(token.content)


def _lines(content: str) -> int:
    return content.count("\n") + (0 if content.endswith("\n") or not content else 1)


def _picture(token: Token) -> LocatedElement:
    words = "".join(_plain(token.children or ()))
    sized = _SIZE.search(words)
    values = {"src": str(token.attrs.get("src", "")), "alt": words[: sized.start()] if sized else words}
    values |= {"width": sized[1]} if sized else {}
    if title := token.attrs.get("title"):
        values["title"] = str(title)
    return LocatedElement("img", values)


def _plain(tokens: Iterable[Token]) -> Iterable[str]:
    """Yield the words of inline tokens: an alternative text has no marks."""
    for token in tokens:
        if token.type == "image":
            yield from _plain(token.children or ())
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "name":
            yield token.meta["words"] or token.meta["target"]
        elif token.nesting == 0 and token.type not in ("html_inline", "footnote_ref", "hidden"):
            yield token.content


def _hidden(token: Token) -> LocatedElement:
    return LocatedElement("span", {HIDDEN: token.content} | ({CELLS: ""} if token.info == "cells" else {}))


def _named(token: Token) -> LocatedElement:
    target, words = token.meta["target"], token.meta["words"]
    if token.markup:
        return LocatedElement("img", {"src": target, "alt": words, NAME: target})
    return new("a", {"href": "", NAME: target}, text=words or target.lstrip("#"))


_SIZE = re.compile(r"\|[ \t]*(\d{2,4})(?:x\d{2,4})?[ \t]*$")
_SIGN = re.compile(rf"[{SIGNS}]|ㅇ\s")
_IN_A_LINE: dict[str, Callable[[Token], LocatedElement]] = {
    "hardbreak": lambda _: LocatedElement("br"),
    "code_inline": lambda token: new("code", text=token.content),
    "html_inline": lambda token: new(RAW, text=token.content),
    "image": _picture,
    "footnote_ref": lambda token: LocatedElement("sup", {NOTE: token.meta.get("label") or f"^{token.meta['id']}"}),
    "name": _named,
    "hidden": _hidden,
}
