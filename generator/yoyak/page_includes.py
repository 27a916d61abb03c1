"""The partials that a template includes, put into it before it is compiled.

An included template costs a context of its own on every page. Put in as a scope, what it sets stays in it as before,
and its names mean what they meant. Where they might not, the include stays an include.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
_DEEPEST = 8
"""Partials inside partials: each level may multiply the code."""


def with_includes(template: nodes.Template, environment: Environment, above: tuple[str, ...] = ()) -> nodes.Template:
    """Return a template with the partials in it that can be put into it. `above` are those that it is put into."""
    if any(template.find_all(_MODES)):
        return template
    assigned = _assigned(template)
    named = {node.name for node in template.find_all(nodes.Name)} | {ref.name for ref in template.find_all(nodes.NSRef)}

    def put_in(node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Include):
            found = _partial(node, environment, above)
            # Where a name is set, it decides for the whole template what it means before.
            return node if not found or assigned & _loaded(found) or _assigned(found) & named else found
        if isinstance(node, _OPEN):
            _change(node, put_in)
        return node

    # Beside its blocks, a template that extends another shows nothing, but for what it includes there.
    extends = any(template.find_all(nodes.Extends))
    for place in list(template.find_all(nodes.Block)) if extends else [template]:
        _change(place, put_in)
    return template


def _change(node: nodes.Node, put_in: Callable[[nodes.Node], nodes.Node]) -> None:
    for field, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, field, [put_in(child) for child in value])


def _partial(node: nodes.Include, environment: Environment, above: tuple[str, ...]) -> nodes.Scope | None:
    """Return what stands in an included template, or None when it has to have a context of its own."""
    name = node.template.value if isinstance(node.template, nodes.Const) else None
    if not isinstance(name, str) or not node.with_context or node.ignore_missing:
        return None
    if name in above or len(above) == _DEEPEST:
        return None
    assert environment.loader
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
        template = environment._parse(source, name, filename)
    except (TemplateNotFound, TemplateSyntaxError):
        return None
    if not all(map(_is_simple, _everything(template))):
        return None
    found = with_includes(template, environment, (*above, name))
    return nodes.Scope(found.body, lineno=node.lineno, environment=environment)


def _is_simple(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name not in _BOUND
    return isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)) and not (isinstance(node, nodes.For) and node.recursive)


def _everything(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what a node is made of."""
    for child in node.iter_child_nodes():
        yield child
        yield from _everything(child)


def _loaded(node: nodes.Node) -> frozenset[str]:
    """Return the names that something asks for."""
    return frozenset(name.name for name in node.find_all(nodes.Name) if name.ctx == "load")


def _assigned(template: nodes.Node) -> frozenset[str]:
    """Return the names that a template may set after it was asked for them, or never."""
    found = {node.name for node in template.find_all(nodes.Macro)}
    found |= {node.target for node in template.find_all(nodes.Import)}
    for imports in template.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in imports.names}
    targets = [node.target for node in template.find_all(nodes.Assign)]
    targets += [node.target for node in template.find_all(nodes.AssignBlock)]
    for target in targets:
        found |= {name.name for name in (target, *_everything(target)) if isinstance(name, nodes.Name)}
    return frozenset(found)
