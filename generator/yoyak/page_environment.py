"""A Jinja environment that is quick at many pages. The pages are the same, byte for byte.

Two things cost most when thousands of pages are rendered: an object made for each escaped text, only to be joined, and
the pieces of included templates, each handed up through every frame. Both are left out by Jinja's own hooks: a code
generator, and the function that it writes for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape


class _PageCode(CodeGenerator):
    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 (the library's name)
        """Join what an included template gives before it is handed on."""
        plain = node.with_context and not node.ignore_missing and isinstance(node.template, nodes.Const)
        if not plain or frame.buffer is not None:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.writeline(f"yield concat(template.root_render_func({context}))")


class PageEnvironment(Environment):
    """See the module; made and used like Jinja's own."""

    code_generator_class = _PageCode

    def _generate(self, *args: Any, **options: Any) -> str:
        """Return a template's code, in which escaping gives plain text: it is only ever joined."""
        first, _, rest = super()._generate(*args, **options).partition("\n")
        return f"{first}; escape = environment.escaped\n{rest}"

    @staticmethod
    def escaped(value: object) -> str:
        """Return what a page has for a value: text with its marks escaped, what is declared to be safe as it is."""
        return _escape_text(value) if type(value) is str else escape(value)


def _quick_escape() -> Callable[[str], str]:
    """Return the library's own escape without its object around it, where there is one."""
    try:
        from markupsafe._speedups import _escape_inner
    except ImportError:
        return escape
    quick: Callable[[str], str] = _escape_inner
    return quick


_escape_text = _quick_escape()
