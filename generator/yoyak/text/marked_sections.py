"""Declarations in HTML that Python's parser refuses: ``<![>``, ``<![foo[``. A browser takes each for a comment."""

from __future__ import annotations

import re

_COMMENT_OR_SECTION = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![-_.a-zA-Z0-9]))(?P<words>[^>]*)>?",
    re.DOTALL | re.IGNORECASE,
)


def without_odd_sections(html: str) -> str:
    """Return HTML that `html.parser` takes: a marked section of no known name is a comment (WHATWG HTML 13.2.5.42).

    >>> without_odd_sections("x<![>y")
    'x<!--[-->y'
    """
    return _COMMENT_OR_SECTION.sub(_commented, html) if "<![" in html else html


def _commented(match: re.Match[str]) -> str:
    words = match["words"]
    if words is None:  # in a comment, whose end the parser may see elsewhere
        return match[0].replace("<![", "<! [")
    return f"<!--[{words.replace('--', '- -').rstrip('-')}-->"
