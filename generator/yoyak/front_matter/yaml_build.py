"""From PyYAML's events to nodes, in which every value is still text, with its place.

Only the events are used: they are flat, so that 64 KiB of brackets cost a sentence, where composing them would overflow
the stack of the process. What YAML can do beyond text, lists and mappings is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from unicodedata import normalize

import yaml
from msgspec import Struct

from yoyak.front_matter.yaml_shadow import Shadow
from yoyak.front_matter.yaml_values import DEPTH
from yoyak.front_matter.yaml_words import MANY, syntax_words
from yoyak.model.message import Problem, Words, advised, problem_of, say


class Scalar(Struct, frozen=True, gc=False):
    """A value as written, without its quotes."""

    text: str
    line: int
    """1-based, in the file."""
    column: int
    """1-based, in characters."""
    plain: bool
    """It was written without quotes."""
    refused: bool = False
    """There is a problem for it already; its text is not to be used."""


class Sequence(Struct, frozen=True):
    items: tuple[Node, ...]
    line: int
    column: int
    source: str = ""
    """The rest of its first line as written, when the list stands between brackets."""


class Mapping(Struct, frozen=True):
    entries: tuple[tuple[Scalar, Node], ...]
    """Keys are distinct, compared in NFC."""
    line: int
    column: int
    source: str = ""
    """The rest of its first line as written, when the mapping stands between braces."""
    broken: tuple[Scalar, ...] = ()
    """Keys whose values could not be read; there is a problem for each."""


Node = Scalar | Sequence | Mapping


class Composed(NamedTuple):
    node: Node | None
    """None when there is nothing, or nothing readable; incomplete when there are problems."""
    problems: tuple[Problem, ...]


class Refusal(Exception):
    """YAML that cannot be read, or is understood and not wanted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Open:
    """A list or a mapping whose end has not come yet."""

    __slots__ = ("column", "flow", "line", "mapping", "nodes")

    def __init__(self, event: yaml.CollectionStartEvent) -> None:
        self.mapping = type(event) is yaml.MappingStartEvent
        self.flow = bool(event.flow_style)
        self.line, self.column = _place(event)
        self.nodes: list[Node] = []


class Builder:
    """Builds the nodes of some lines of a shadow, and gathers the problems that do not stop the reading."""

    def __init__(self, shadow: Shadow, path: str, first_line: int) -> None:
        self.shadow = shadow
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.start = 0
        self.documents = 0

    def build(self, start: int, end: int) -> Node | None:
        """Return the node of the lines from `start` to `end`.

        Raises:
            Refusal: with the problem that ends the reading.
        """
        self.start = start
        next_event = _events("\n".join(self.shadow.lines[start:end]) + "\n")
        opened: list[_Open] = []
        root: Node | None = None
        while True:
            try:
                event = next_event()
            except yaml.MarkedYAMLError as error:
                raise self._syntax(error, opened) from None
            except (yaml.YAMLError, ValueError, RecursionError):
                raise self._refusal("yaml-syntax", say("yaml-syntax"), (0, 0)) from None
            if event is None:
                return root
            node: Node
            if isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                opened.append(self._open(event, len(opened)))
                continue
            elif isinstance(event, yaml.CollectionEndEvent):
                node = self._collection(opened.pop(), event, within=bool(opened and opened[-1].flow))
            else:
                self._check(event)
                continue
            if opened:
                opened[-1].nodes.append(node)
            else:
                root = node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            raise self._feature(event)
        line, column = _place(event)
        line += self.start
        text, style = event.value, event.style
        if style in ("|", ">"):
            text = text.rstrip("\n")  # the break that ends the block is not part of its text
        plain = not style or (line, column) in self.shadow.taken
        return Scalar(text, self.first_line + line, column + 1, plain, (line, column) in self.shadow.refused)

    def _open(self, event: yaml.CollectionStartEvent, depth: int) -> _Open:
        if depth >= DEPTH:
            raise self._refusal("too-deep", say("too-deep.yaml", most=DEPTH), _place(event), say("too-deep.yaml.hint"))
        if event.anchor is not None or event.tag is not None:
            raise self._feature(event)
        return _Open(event)

    def _collection(self, opened: _Open, event: yaml.Event, *, within: bool) -> Sequence | Mapping:
        at = self.start + opened.line
        line, column = self.first_line + at, opened.column + 1
        source = self._source(opened, event, within=within) if opened.flow else ""
        if not opened.mapping:
            return Sequence(tuple(opened.nodes), line, column, source)
        entries: list[tuple[Scalar, Node]] = []
        for key, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
            if isinstance(key, Scalar):
                entries.append((key, value))
            else:
                self.problems.append(problem_of("bad-key", self.path, key.line, key.column))
        kept, repeated = distinct(entries, self.path)
        self.problems += repeated
        return Mapping(kept, line, column, source)

    def _source(self, opened: _Open, event: yaml.Event, *, within: bool) -> str:
        """Return what was written between brackets, and the rest of the line unless an outer bracket is open."""
        line = self.shadow.written[self.start + opened.line]
        end = event.end_mark if within else None
        if end is None:
            return line[opened.column :].rstrip()
        return line[opened.column : end.column] if end.line == opened.line else ""

    def _check(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._feature(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1 or event.version or event.tags:
                message, hint = advised("yaml-feature.document")
                raise self._refusal("yaml-feature", message, _place(event), hint)

    def _feature(self, event: yaml.NodeEvent) -> Refusal:
        """Return the refusal of an alias, of an anchor or of a tag."""
        alias = isinstance(event, yaml.AliasEvent)
        of_node = "yaml-feature.tag" if event.anchor is None else "yaml-feature.anchor"
        what = say("yaml-feature.alias" if alias else of_node)
        return self._refusal("yaml-feature", what, _place(event), say("yaml-feature.hint"))

    def _syntax(self, error: yaml.MarkedYAMLError, opened: Iterable[_Open]) -> Refusal:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line = min(self.start + line, len(self.shadow.lines) - 1)
        if self.shadow.lines[line].lstrip().startswith("- "):  # the next item, where a bracket was not closed
            bracket = next((one for one in opened if one.flow and self.start + one.line < line), None)
            line, column = (self.start + bracket.line, bracket.column) if bracket else (line, column)
        words = syntax_words(error.problem or "", self.shadow.written, line, column, self.shadow.entry_above(line))
        return self._refusal("yaml-syntax", words.message, (words.line - self.start, words.column), words.hint)

    def _refusal(self, code: str, message: Words, place: tuple[int, int], hint: Words = "") -> Refusal:
        line = self.first_line + self.start + place[0]
        column = place[1] + 1
        return Refusal(Problem(code=code, message=message, hint=hint, path=self.path, line=line, column=column))


def distinct(
    entries: list[tuple[Scalar, Node]], path: str
) -> tuple[tuple[tuple[Scalar, Node], ...], tuple[Problem, ...]]:
    """Return the entries without those whose key was there before, and a problem for each of these."""
    seen: dict[str, Scalar] = {}
    problems: list[Problem] = []
    kept: list[tuple[Scalar, Node]] = []
    for entry in entries:
        key = entry[0]
        before = seen.setdefault(key.text if key.text.isascii() else normalize("NFC", key.text), key)
        if before is key:
            kept.append(entry)
        elif len(problems) < MANY:
            problems.append(_repeated(before, key, path))
    return tuple(kept), tuple(problems)


def _repeated(before: Scalar, key: Scalar, path: str) -> Problem:
    place, hint = (path, key.line, key.column), say("duplicate-key.hint")
    if before.line == key.line:
        return problem_of("duplicate-key.line", *place, hint=hint, key=key.text)
    first, second = str(before.line), str(key.line)
    return problem_of("duplicate-key.lines", *place, hint=hint, key=key.text, first=first, second=second)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _events(text: str) -> Callable[[], yaml.Event | None]:
    """Return a function that gives PyYAML's events one by one; libyaml takes a tenth of the time."""
    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text).get_event
    return yaml.SafeLoader(text).get_event
