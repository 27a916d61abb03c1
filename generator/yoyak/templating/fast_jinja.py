"""A Jinja environment that is quick at many pages. The pages are the same, byte for byte.

What costs most when thousands of pages are rendered is left out by Jinja's own hook, a code generator: an object made
for each escaped text, only to be joined; each piece of a page handed up through every frame; a context of its own for
every included partial; a search for each attribute, through functions. What this environment cannot do, or does with
an error, `yoyak.pipeline.render` gives to an environment of Jinja's own: that one names the template and the line.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from keyword import iskeyword
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape


class _PageCode(CodeGenerator):
    """Writes a template's code. The names of the library are its hooks."""

    def enter_frame(self, frame: Frame) -> None:
        """Collect what a template, or a block of it, shows: it is handed on once, as a whole."""
        super().enter_frame(frame)
        if frame.parent is None and frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        """Take what a block gives without a loop."""
        if node.required or (frame.toplevel and self.extends_so_far):
            super().visit_Block(node, frame)
            return
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Take what an included template gives without a loop."""
        plain = node.with_context and not node.ignore_missing and isinstance(node.template, nodes.Const)
        if not plain:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_or_select_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.writeline(f"{frame.buffer}.extend(template.root_render_func({context}))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Ask an object for its attribute at once. It fails where it is an item, or not there at all."""
        of_blocks = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if of_blocks or not _is_name(node.attr):
            super().visit_Getattr(node, frame)
            return
        if isinstance(node.node, nodes.Name):
            self.write(f"{frame.symbols.ref(node.node.name)}.{node.attr}")
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Call a function of the environment at once: none of them wants to know from where it is called."""
        simple = node.dyn_args is None and node.dyn_kwargs is None and all(_is_name(pair.key) for pair in node.kwargs)
        known = isinstance(node.node, nodes.Name) and node.node.name in self.environment.globals
        if forward_caller or not simple or not known:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        for place, argument in enumerate((*node.args, *node.kwargs)):
            self.write(", " if place else "(")
            self.visit(argument, frame)
        self.write(")" if node.args or node.kwargs else "()")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _escapes(frame, finalize):
            self.write("(quick(shown) if (kind := type(shown := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _escapes(frame, finalize):
            self.write(")) is str else shown if kind is safe else escape(shown))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_name(word: str) -> bool:
    """Say whether Python takes a word for the same name as Jinja does; letters beyond ASCII it reads in its own way."""
    return word.isascii() and word.isidentifier() and not iskeyword(word) and not word.startswith("_")


def _escapes(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None


def _quick_escape() -> Callable[[str], str]:
    """Return the library's own escape without its object around it, where there is one."""
    try:
        from markupsafe._speedups import _escape_inner
    except ImportError:
        return escape
    quick: Callable[[str], str] = _escape_inner
    return quick


class PageEnvironment(Environment):
    """See the module; made and used like Jinja's own."""

    code_generator_class = _PageCode
    escape_text = staticmethod(_quick_escape())
    safe = type(escape(""))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._partials: dict[str, Partial | None] = {}
        self.parsed: Callable[[str, nodes.Template], None] | None = None
        """Is given the text and the tree of each template, before anything is put into that."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self.parsed:
            self.parsed(source, tree)
        return tree

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Return a template's code, in which escaping gives plain text: it is only ever joined."""
        first, _, rest = (
            super()._generate(with_includes(source, self, self._partials), *args, **options).partition("\n")
        )
        return f"{first}; escape, quick, safe = environment.escape, environment.escape_text, environment.safe\n{rest}"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what all templates share: a plain dict, when a template has nothing of its own, is copied faster."""
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def escape(value: object) -> str:
        """Return what a page has for a value that is neither text nor declared to be safe."""
        return str(value) if type(value) is int else escape(value)


# --- the partials that a template includes, put into it before it is compiled ------------------------------------
# An included template costs a context of its own on every page. Put in as a scope, what it sets stays in it as
# before, and its names mean what they meant. Where they might not, the include stays an include.


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
    parts = everything(template)
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
    if not all(map(_is_simple, everything(template))):
        return None
    parts = everything(with_includes(template, environment, partials))
    asked = frozenset(part.name for part in parts if isinstance(part, nodes.Name) and part.ctx == "load")
    return Partial(template.body, asked, _assigned(parts)) if len(parts) <= _LARGEST else None


def _is_simple(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name not in _BOUND
    return isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)) and not (isinstance(node, nodes.For) and node.recursive)


def everything(node: nodes.Node) -> list[nodes.Node]:
    """Return what a node is made of, the outer before the inner. Jinja's own walk takes four times as long."""
    found = [node]
    for one in found:
        for field in one.fields:
            value = getattr(one, field, None)
            if isinstance(value, nodes.Node):
                found.append(value)
            elif isinstance(value, list):
                found += [child for child in value if isinstance(child, nodes.Node)]
    return found[1:]


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
            found |= _named((part.target, *everything(part.target)))
    return frozenset(found)
