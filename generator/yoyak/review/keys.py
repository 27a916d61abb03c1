"""One key of an article's front matter set to another value: its lines change, and no other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from yoyak.front_matter import yaml_nodes as nodes
from yoyak.front_matter.read import split, text_keys
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_text import flow, scalar
from yoyak.model.message import Message, Problem, Words, errors, say
from yoyak.model.schema import FrontMatter
from yoyak.model.targets import Keys
from yoyak.text.byte_lines import Edit, Lines, edited, lines_of
from yoyak.text.decoding import UndecodableError, clean_text, decode

Value = str | tuple[str, ...]
"""A text, or a list of texts."""
_COMMENT = re.compile(r"(?:^|[ \t])[ \t]*#(?:[ \t].*)?$")
_QUOTED = re.compile(r"""(?<![^\s\[{,:])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_ITEM = re.compile(r"(?P<dash>[ ]*-[ \t]+)")
_BLOCK_MARK = re.compile(r"[^:]*:[ \t]+[|>]")
_ZONE = ZoneInfo("UTC")
"""Times are only compared with themselves here."""
_FIRST = ("title", "subtitle")
"""Keys that stand at the top when they are added; others are added at the end."""


class _Head(NamedTuple):
    """The front matter of a file, as it was read."""

    fenced: bool
    first: int
    """The number of the line behind the first fence."""
    last: int
    """The number of the line of the second fence."""
    body: str
    entries: dict[str, tuple[nodes.Scalar, nodes.Node]]
    problems: tuple[Problem, ...]
    """Errors."""
    refusal: Words
    """Why nothing can be set here; empty when it can."""


def with_key(source: bytes, key: str, value: Value | None, keys: type[Keys] = FrontMatter) -> bytes | Message:
    """Return a file in which `key` has this value, or why it has to be done by hand.

    None, or an empty value, takes the key out. A key that is not there is added, also to a file without front matter.
    Comments and every other line stay. What is returned was read again: the key says this, all others what they said,
    and the body is the same.
    """
    try:
        lines = lines_of(source)
        codec = decode(source).encoding
    except UndecodableError as error:
        return say("edit.undecodable", why=error.words)
    head = _head(lines, keys)
    if head.refusal:
        return say("edit.front-matter", why=head.refusal)
    wanted = _normal(value)
    if _says(head, key, wanted):
        return source
    refused: Words = ""
    for edit in _edits(lines, head, key, wanted, keys):
        try:
            after = edited(lines, [edit])
        except UnicodeEncodeError as error:
            return say("edit.encoding", letter=error.object[error.start], codec=lines.codec)
        found = _refusal(after, head, key, wanted, keys, codec)
        if not found:
            return after.data
        refused = refused or found
    return say("edit.key", key=key, why=refused or say("edit.key.other-way"))


def _normal(value: Value | None) -> Value | None:
    """Return a value without what no file keeps; None for an empty one."""
    if isinstance(value, str):
        text = normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(line.rstrip() for line in text.split("\n")).strip() or None
    return None if not value else tuple(" ".join(normalize("NFC", item).split()) for item in value)


def _head(lines: Lines, keys: type[Keys]) -> _Head:
    text = clean_text("".join(line.text + ("\n" if line.end else "") for line in lines.lines))[0]
    parts = split(text)
    refusal: Words = parts.problem.message if parts.problem else ""
    if parts.language != "yaml":
        refusal = say("edit.other-language", language=parts.language.upper())
    if refusal:
        return _Head(False, 1, 1, parts.body, {}, (), refusal)
    composed = nodes.compose(parts.head or "", "", parts.head_line, text_keys(keys))
    node = composed.node
    if errors(composed.problems):
        refusal = errors(composed.problems)[0].message
    elif isinstance(node, nodes.Mapping) and node.source:
        refusal = say("edit.braces")
    elif node is not None and not isinstance(node, nodes.Mapping):
        refusal = say("edit.no-keys")
    entries = node.entries if isinstance(node, nodes.Mapping) else ()
    problems = (*composed.problems, *convert(node, keys, "", _ZONE).problems)
    fenced = parts.head is not None
    last = parts.head_line + (parts.head or "").count("\n") if fenced else 1
    named = {normalize("NFC", name.text): (name, found) for name, found in entries}
    return _Head(fenced, parts.head_line, last, parts.body, named, tuple(errors(problems)), refusal)


# --- the edits that may do it ----------------------------------------------------------------------


def _edits(lines: Lines, head: _Head, key: str, value: Value | None, keys: type[Keys]) -> Iterator[Edit]:
    """Yield the edits that set a key, the plainest first."""
    if key not in head.entries:
        if value is not None:
            yield from _added(lines, head, key, value, keys)
        return
    name, node = head.entries[key]
    start, end = name.line, _entry_end(lines, head, name.line)
    above, behind = _comments(lines, node, start, end)
    count = end - start + 1
    if value is None:
        yield Edit(line=start, count=count, texts=(*above, *([behind.strip()] if behind else [])))
        return
    if isinstance(value, tuple) and isinstance(node, nodes.Sequence) and node.source and _with_more_than_names(node):
        return
    if isinstance(value, tuple) and isinstance(node, nodes.Sequence) and not node.source:
        yield from _items(lines, node, start, end, value)
    for written in _written(lines.text(start).partition(":")[0], value, keys, key, old=lines.text(start)):
        if behind:
            yield Edit(line=start, count=count, texts=(*above, written[0] + behind, *written[1:]))
        yield Edit(line=start, count=count, texts=(*above, *([behind.strip()] if behind else []), *written))


def _added(lines: Lines, head: _Head, key: str, value: Value, keys: type[Keys]) -> Iterator[Edit]:
    """Yield the edits that put a key in: the title first, what else is new at the end."""
    before = _FIRST[: _FIRST.index(key)] if key in _FIRST else head.entries
    starts = [head.entries[other][0].line for other in before if other in head.entries]
    at = _entry_end(lines, head, max(starts)) + 1 if starts else head.first
    indent = " " * (min(name.column for name, _ in head.entries.values()) - 1) if head.entries else ""
    for rows in _written(key, value, keys, key):
        written = [f"{indent}{row}" if row else row for row in rows]
        texts = written if head.fenced else ["---", *written, "---"]
        yield Edit(line=at if head.fenced else 1, count=0, texts=tuple(texts))


def _written(lead: str, value: Value, keys: type[Keys], key: str, *, old: str = "") -> Iterator[list[str]]:
    """Yield the lines of a key: first as the old value was written, then as every reader of YAML understands it."""
    if isinstance(value, tuple):
        yield [f"{lead}: {flow(value)}"]
        return
    if "\n" in value:
        rows = value.split("\n")
        mark = "|" if rows[0] == rows[0].lstrip() else "|2"
        yield [f"{lead}: {mark}", *(f"  {row}" if row else "" for row in rows)]
    else:
        quote = old.partition(":")[2].strip()[:1]
        if quote == '"' and not set(value) & {'"', "\\"}:
            yield [f'{lead}: "{value}"']
        if quote == "'":
            yield [f"{lead}: '{value.replace(chr(39), chr(39) * 2)}'"]
        if key not in text_keys(keys) and value:
            yield [f"{lead}: {value}"]
    yield [f"{lead}: {scalar(value)}"]


def _items(lines: Lines, node: nodes.Sequence, start: int, end: int, value: tuple[str, ...]) -> Iterator[Edit]:
    """Yield the edit of a list with an item a line: one that stays keeps its line, and the comments above it."""
    starts = [item.line for item in node.items]
    if len(set(starts)) < len(starts) or starts[0] == start:
        return
    ends = [_item_end(lines, at, after - 1) for at, after in zip(starts, [*starts[1:], end + 1], strict=True)]
    borders = [start + 1, *(last + 1 for last in ends)]
    kept: dict[str, list[list[str]]] = {}
    for item, (first, after) in zip(node.items, pairwise(borders), strict=True):
        kept.setdefault(_name(item), []).append([lines.text(number) for number in range(first, after)])
    dash = _ITEM.match(lines.text(starts[0]))
    texts: list[str] = []
    for item_text in value:
        chunk = kept.get(item_text)
        texts += chunk.pop(0) if chunk else [f"{dash['dash'] if dash else '  - '}{scalar(item_text)}"]
    left = [text for chunks in kept.values() for chunk in chunks for text in chunk if text.lstrip().startswith("#")]
    rest = [*left, *(lines.text(number) for number in range(borders[-1], end + 1))]
    yield Edit(line=start + 1, count=end - start, texts=(*texts, *rest))


def _item_end(lines: Lines, at: int, last: int) -> int:
    """Return the last line of an item: the comments below it belong to the next one."""
    while last > at and (not lines.text(last).strip() or lines.text(last).lstrip().startswith("#")):
        last -= 1
    return last


def _entry_end(lines: Lines, head: _Head, start: int) -> int:
    """Return the last line of the entry that begins on a line, without the comments and empty lines below it."""
    following = [name.line for name, _ in head.entries.values() if name.line > start]
    end = min([*following, head.last]) - 1
    block = _BLOCK_MARK.match(lines.text(start))
    while end > start:
        text = lines.text(end)
        comment = text.startswith("#") or (text.lstrip().startswith("#") and not block)
        if text.strip() and not comment:
            break
        end -= 1
    return end


def _comments(lines: Lines, node: nodes.Node, start: int, end: int) -> tuple[list[str], str]:
    """Return the comments of an entry: those for lines of their own, and the one behind a value on one line."""
    texts = [lines.text(number) for number in range(start, end + 1)]
    if isinstance(node, nodes.Scalar):
        found = _tail(texts[0]) if start == end or _BLOCK_MARK.match(texts[0]) else ""
        behind = "" if found.strip() in node.text else found
    elif start == end:
        behind = _behind_list(texts[0])
    else:
        return [tail.strip() for tail in map(_tail, texts) if tail], ""
    return ([behind.strip()], "") if behind and start < end else ([], behind)


def _tail(text: str) -> str:
    """Return what begins with a comment's sign in a line, with the space before it; quoted texts have none."""
    found = _COMMENT.search(_QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text))
    return text[found.start() :] if found else ""


def _behind_list(text: str) -> str:
    """Return what stands behind the last bracket of a list on one line, if it is a comment."""
    plain = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text)
    depth = 0
    for at, sign in enumerate(plain):
        depth += (sign in "[{") - (sign in "]}")
        if sign in "]}" and depth == 0:
            return text[at + 1 :] if _COMMENT.match(plain, at + 1) else ""
    return ""


# --- what was made, read again ---------------------------------------------------------------------


def _refusal(after: Lines, head: _Head, key: str, value: Value | None, keys: type[Keys], codec: str) -> Words:
    """Return why a file is not what was meant; empty when it is."""
    try:
        now = _head(lines_of(after.data), keys) if decode(after.data).encoding == codec else None
    except UndecodableError as error:
        return error.words
    if now is None or not after.are_lines:
        return say("edit.key.other-way")
    if now.refusal:
        return now.refusal
    if new := [problem for problem in now.problems if not _is_known(problem, head)]:
        return new[0].message
    others = {name: _plain(node) for name, (_, node) in head.entries.items() if name != key}
    if {
        name: _plain(node) for name, (_, node) in now.entries.items() if name != key
    } != others or now.body != head.body:
        return say("edit.key.other-way")
    return "" if _says(now, key, value) else say("edit.key.other-way")


def _is_known(problem: Problem, head: _Head) -> bool:
    return any((problem.code, problem.message) == (known.code, known.message) for known in head.problems)


def _says(head: _Head, key: str, value: Value | None) -> bool:
    if value is None or key not in head.entries:
        return value is None and key not in head.entries
    node = head.entries[key][1]
    return tuple(map(_name, node.items)) == value if isinstance(node, nodes.Sequence) else _plain(node) == value


def _name(item: nodes.Node) -> str:
    """Return what an item of a list is called: itself, or the name of a person with an address."""
    if isinstance(item, nodes.Scalar):
        return item.text
    entries = item.entries if isinstance(item, nodes.Mapping) else ()
    return next((value.text for key, value in entries if key.text == "name" and isinstance(value, nodes.Scalar)), "")


def _with_more_than_names(node: nodes.Sequence) -> bool:
    """Tell whether a list on one line says more of its items than they are called."""
    return any(not isinstance(item, nodes.Scalar) and _plain(item) != {"name": _name(item)} for item in node.items)


def _plain(node: nodes.Node) -> object:
    """Return a node without its place."""
    if isinstance(node, nodes.Scalar):
        return node.text
    if isinstance(node, nodes.Sequence):
        return tuple(map(_plain, node.items))
    return {key.text: _plain(value) for key, value in node.entries}
