"""Lines of a _redirects file, in the part of its language that Netlify and Cloudflare Pages share.

One line is "from to status". Cloudflare takes 2,000 lines without patterns, of 1,000 characters at most, and no "!";
with "!" Netlify redirects although a page is at the old address, without it shows that page, which leads on, too.
Netlify also answers with another status, such as 410; Cloudflare with none but those of redirects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from yoyak.model.types import Record

MOST_LINES = 2_000
"""Lines that Cloudflare Pages reads. Netlify advises against more than 10,000."""
MOST_CHARACTERS = 1_000
_PATTERN = re.compile(r"\*|:[A-Za-z]|[\s#]|^(?!/)|^//")
"""What would make more of an address than an address: a wildcard, a name of a part, a comment, another host."""


class RedirectLines(Record, kw_only=True):
    """The lines for a mapping of addresses."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]
    """Old addresses that a line cannot say; the pages at them still lead on."""


def redirect_lines(redirects: Mapping[str, str], *, force: bool = False, gone: Iterable[str] = ()) -> RedirectLines:
    """Return a line for each old address, in their order.

    `redirects` have percent-encoded paths as keys, and paths or whole addresses as values. `force` is for Netlify only,
    and so is a line for each of the addresses at which a page says that it is `gone`.
    """
    status = "301!" if force else "301"
    pages = {old: f"{old}index.html" if old.endswith("/") else old for old in gone if force}
    lines = {old: f"{old} {new} {status}" for old, new in sorted(redirects.items()) if old != new}
    lines |= {old: f"{old} {page} 410!" for old, page in sorted(pages.items())}
    redirects = {**redirects, **pages}
    left_out = tuple(
        old
        for old, line in lines.items()
        if len(line) > MOST_CHARACTERS or _PATTERN.search(old) or re.search(r"\s|:[A-Za-z]", redirects[old][8:])
    )
    return RedirectLines(lines=tuple(lines[old] for old in lines if old not in left_out), left_out=left_out)
