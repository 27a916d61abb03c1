"""The partials that a template includes, put into it before it is compiled.

An included template costs a context of its own on every page. Put in as a scope, what it sets stays in it as before,
and its names mean what they meant. Where they might not, the include stays an include.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

# What a name of these means depends on the template that it stands in.
_BOUND = {"loop", "self", "super", "caller", "varargs", "kwargs"}
_STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.For, nodes.With, nodes.Assign, nodes.Include, nodes.Scope)
_EXPRESSIONS = (
    *(nodes.Name, nodes.TemplateData, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword),
    *(nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Call, nodes.Filter, nodes.Test, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.Concat, nodes.BinExpr, nodes.UnaryExpr),
)
# What stands in one of these is rendered where it stands; in others an include stays what it is.
_OPEN = (nodes.Block, nodes.If, nodes.For, nodes.With)
_MODES = (nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)
_LARGEST = 3000
"""Nodes of a partial with those inside it: each level of them may multiply the code."""


class Partial(NamedTuple):
    """What can be put into a template in the place of an include."""

    body: list[nodes.Node]
    asked: frozenset[str]
    """The names that it asks for."""
    assigned: frozenset[str]
    """The names that it sets, if only somewhere."""


def with_includes(
    template: nodes.Template, environment: Environment, partials: dict[str, Partial | None]
) -> nodes.Template:
    """Return a template with the partials in it that can be put into it. `partials` remembers them by name."""
    parts = tuple(_everything(template))
    if any(isinstance(part, _MODES) for part in parts):
        return template
    assigned, named = _assigned(parts), _named(parts)

    def put_in(node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Include):
            found = _partial(node, environment, partials)
            # Where a name is set, it decides for the whole template what it means before.
            if found and not assigned & found.asked and not found.assigned & named:
                return nodes.Scope(found.body, lineno=node.lineno, environment=environment)
        elif isinstance(node, _OPEN):
            _change(node, put_in)
        return node

    # Beside its blocks, a template that extends another shows nothing, but for what it includes there.
    extends = any(isinstance(part, nodes.Extends) for part in parts)
    for place in [part for part in parts if isinstance(part, nodes.Block)] if extends else [template]:
        _change(place, put_in)
    return template


def _change(node: nodes.Node, put_in: Callable[[nodes.Node], nodes.Node]) -> None:
    for field, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, field, [put_in(child) for child in value])


def _partial(node: nodes.Include, environment: Environment, partials: dict[str, Partial | None]) -> Partial | None:
    """Return what stands in an included template, or None when it has to have a context of its own."""
    name = node.template.value if isinstance(node.template, nodes.Const) else None
    if not isinstance(name, str) or not node.with_context or node.ignore_missing:
        return None
    if name not in partials:
        partials[name] = None  # Inside itself it stays an include.
        partials[name] = _read(name, environment, partials)
    return partials[name]


def _read(name: str, environment: Environment, partials: dict[str, Partial | None]) -> Partial | None:
    assert environment.loader
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
        template = environment._parse(source, name, filename)
    except (TemplateNotFound, TemplateSyntaxError):
        return None
    if not all(map(_is_simple, _everything(template))):
        return None
    parts = tuple(_everything(with_includes(template, environment, partials)))
    asked = frozenset(part.name for part in parts if isinstance(part, nodes.Name) and part.ctx == "load")
    return Partial(template.body, asked, _assigned(parts)) if len(parts) <= _LARGEST else None


def _is_simple(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name not in _BOUND
    return isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)) and not (isinstance(node, nodes.For) and node.recursive)


def _everything(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what a node is made of."""
    for child in node.iter_child_nodes():
        yield child
        yield from _everything(child)


def _named(parts: Sequence[nodes.Node]) -> frozenset[str]:
    return frozenset(part.name for part in parts if isinstance(part, nodes.Name | nodes.NSRef))


def _assigned(parts: Sequence[nodes.Node]) -> frozenset[str]:
    """Return the names that a template may set after it was asked for them, or never."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, nodes.Macro):
            found.add(part.name)
        elif isinstance(part, nodes.Import):
            found.add(part.target)
        elif isinstance(part, nodes.FromImport):
            found.update(name if isinstance(name, str) else name[1] for name in part.names)
        elif isinstance(part, nodes.Assign | nodes.AssignBlock):
            found |= _named((part.target, *_everything(part.target)))
    return frozenset(found)
