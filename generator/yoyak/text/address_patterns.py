"""Patterns of addresses, which another program fills in for each page; here they would be addresses word for word."""

from __future__ import annotations

import re

_FILLED_IN = "year|month|day|date|slug|title|name|id|category|categories|path|section|lang|locale|author|number|page"
_PATTERN = re.compile(
    rf"""\{{\{{.*?(?:\}}\}}|$) | \{{%.*?(?:%\}}|$) | <%.*?(?:%>|$) | \$\{{[\w. ]+\}}   # a template's own marks
    | \{{[ ]*[A-Za-z_][\w.:%-]*[ ]*\}}                      # {{slug}}
    | \[(?:\.\.\.)?(?:{_FILLED_IN})\] | <(?:\w+:)?(?:{_FILLED_IN})> # [slug], <int:year>
    | (?<![^/])[:$@](?:i_|short_)?(?:{_FILLED_IN})          # /:year/:title/
    | (?<![^/]):[A-Za-z_]\w*(?=[/.-]|$)                    # /:anything/
    | (?<=[-_.]):(?:{_FILLED_IN})                          # /:year-:month/
    | %[A-Za-z_]{{3,}}%                                    # /%year%/%postname%/
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
