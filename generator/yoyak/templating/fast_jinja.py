"""A Jinja environment that is quick at many pages. The pages are the same, byte for byte.

What costs most when thousands of pages are rendered is left out by Jinja's own hook, a code generator: an object made
for each escaped text, only to be joined; each piece of a page handed up through every frame; a context of its own for
every included partial; a search for each attribute, through functions. What this environment cannot do, or does with
an error, `yoyak.pipeline.render` gives to an environment of Jinja's own: that one names the template and the line.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from yoyak.templating.inline_partials import Partial, with_includes


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
