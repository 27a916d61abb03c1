"""Patterns of addresses, which another program fills in for each page; here they would be addresses word for word."""

from __future__ import annotations

import re

_PATTERN = re.compile(
    r"""\{\{.*?(?:\}\}|$) | \{%.*?(?:%\}|$) | <%.*?(?:%>|$) | \$\{.*?(?:\}|$)   # a template's own marks
    | \{[ ]*[A-Za-z_][\w.:-]*[ ]*\}                      # {slug}
    | \[[A-Za-z_.][\w.]*\]                               # [slug], [...path]
    | <[A-Za-z_][\w:-]*>                                 # <slug>
    | (?<![^/])[:$@][A-Za-z_]\w*                         # /:year/:title/
    | (?<=[-_.]):[A-Za-z_]\w*                            # /:year-:month/
    | %[A-Za-z_]{3,}%                                    # /%year%/%postname%/
    | (?<![^/])%[YmdHMSyjb](?![0-9A-Fa-f])               # /%Y/%m/
    | (?<![^/])(?:YYYY|yyyy)(?=[-/_])                    # /YYYY/MM/
    """,
    re.VERBOSE,
)


def pattern_in(address: str) -> str:
    """Return the first part of an address that stands for something else, as written; empty when it is plain.

    >>> pattern_in("/:year/:title/"), pattern_in("/2024/ferry/")
    (':year', '')
    """
    found = _PATTERN.search(address)
    return found[0] if found else ""
