"""Markdown articles: CommonMark and GitHub's extensions, read as editors, GitHub and Obsidian show them.

`engine` turns text into a tree with source lines and says what is then done to the tree, in order; `reader` makes a
`Reading` of it, and does the same for plain texts in a tenth of the time.
"""

from yoyak.readers.markdown.reader import read_markdown

__all__ = ["read_markdown"]
