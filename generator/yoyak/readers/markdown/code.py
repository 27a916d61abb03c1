"""Code in colours: the words of a fenced block get Pygments' classes, which the style sheet has colours for."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import CODE, UNCLOSED, append_text, new, put_in_place, with_parents

LONGEST = 20_000
"""Characters of a block that is coloured; a longer one is data rather than code to read."""
_LANGUAGE = re.compile(r"\{?\.?\s*([A-Za-z][\w+#.-]{0,30})")
_TITLE = re.compile(r"\b(?:title|file|filename|name)=(?:\"([^\"]+)\"|'([^']+)'|([^\s}]+))")


def colour_code(root: Element, body: Body) -> None:
    """Colour the blocks that name their language: its name is the first word behind the fence."""
    for parent, block in with_parents(root):
        code = block[0] if block.tag == "pre" and len(block) else None
        if code is None or code.tag != "code":
            continue
        code.attrib.pop(UNCLOSED, None)
        info = code.attrib.pop(CODE, "")
        language = _LANGUAGE.match(info)
        if language:
            code.set("class", f"language-{language[1].lower().rstrip('.')}")
            _colour(code, language[1].lower())
        if title := _TITLE.search(info):
            figure = new("figure", {"class": "code"}, line=getattr(block, "line", 0))
            put_in_place(parent, block, figure)
            block.tail = None
            figure.append(new("figcaption", text=title[1] or title[2] or title[3]))
            figure.append(block)


def _colour(code: Element, language: str) -> None:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    text = code.text or ""
    if len(code) or len(text) > LONGEST:
        return
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    pieces: list[tuple[str, str]] = []
    for found, words in lexer.get_tokens(text):
        kind = found
        name = STANDARD_TYPES.get(kind) or next(
            (STANDARD_TYPES[k] for k in kind.split()[::-1] if k in STANDARD_TYPES), ""
        )
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + words)
        else:
            pieces.append((name, words))
    if "".join(words for _, words in pieces) != text:
        return  # a lexer that changes its text colours nothing: not a letter of it may be lost
    code.text = None
    for name, words in pieces:
        if name and name not in ("w", "n", "x"):
            code.append(new("span", {"class": name}, text=words))
        else:
            append_text(code, words)
