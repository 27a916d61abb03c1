"""From the parser's tokens to a tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

from yoyak.readers.markdown.callouts import callout_of_fence
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
    values = {"src": str(token.attrs.get("src", "")), "alt": "".join(_plain(token.children or ()))}
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
