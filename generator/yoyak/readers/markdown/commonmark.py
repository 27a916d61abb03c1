"""The parser: markdown-it-py with GitHub's extensions, and what Korean desks and Obsidian write besides.

Why this library: docs/decisions/0045-a-commonmark-parser.md.
"""

from __future__ import annotations

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
from yoyak.readers.markdown.callouts import is_callout

DEEPEST = 100
"""Levels of lists and quotations inside each other. The parser reads nothing below them."""


DEEPEST_MARKS = 20
"""The same of marks in a line, as in the library: each level more makes a line of open brackets slower."""


def parse(text: str) -> tuple[list[Token], EnvType]:
    """Return the tokens of a text and what else was seen: notes under ``footnotes``, marks under ``marks``."""
    env: EnvType = {"references": Definitions(max(REPEATED, REPEATED_PER_CHARACTER * len(text)))}
    # With a line end: without it the library looks behind a text that ends in an empty line of a quotation.
    return _parser().parse(text if text.endswith("\n") else f"{text}\n", env), env


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
