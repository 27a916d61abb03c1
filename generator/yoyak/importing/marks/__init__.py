"""Marks of other programs in a Markdown text, such as shortcodes and Liquid tags, as Markdown."""

from yoyak.importing.marks.convert import converted

__all__ = ["converted"]
