"""_headers and _redirects, read as the hosts read them: Cloudflare's rules, which are the narrower ones."""

from __future__ import annotations

import re
from typing import NamedTuple

LINES, CHARACTERS, RULES, HEADER_CHARACTERS = 2_000, 1_000, 100, 2_000


class Redirect(NamedTuple):
    old: str
    new: str
    status: int


def headers_in(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return the headers by the paths of rules. What a host would pass over fails the test."""
    rules: dict[str, list[tuple[str, str]]] = {}
    path = ""
    for line in text.split("\n"):
        assert len(line) <= HEADER_CHARACTERS
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        if re.match(r"\S+://|/", written):
            path = written
            assert path not in rules, "a path twice"
            assert path.count("*") <= 1
            rules[path] = []
            continue
        assert path, "a header before the first path"
        name, colon, value = written.partition(":")
        assert colon
        assert re.fullmatch(r"[\w-]+", name.strip())
        assert value.strip()
        assert line[0].isspace()
        rules[path].append((name.strip(), value.strip()))
    assert len(rules) <= RULES
    return rules


def headers_at(text: str, path: str) -> dict[str, str]:
    """Return what is sent for a path: all rules that match count, and values of one header are joined."""
    sent: dict[str, str] = {}
    for pattern, headers in headers_in(text).items():
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for name, value in headers:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


def redirects_in(text: str) -> list[Redirect]:
    """Return the redirects that Cloudflare takes, as its parser does; a line that it would ignore fails the test."""
    found: list[Redirect] = []
    for line in text.split("\n"):
        written = re.sub(r"(^|\s+)#.*$", "", line.strip())
        if not written:
            continue
        assert len(written) <= CHARACTERS
        old, new, status = written.split()
        assert old.startswith("/")
        assert not re.search(r"\*|:[A-Za-z]\w*", old), "counts as a dynamic rule"
        assert int(status) in {200, 301, 302, 303, 307, 308}
        assert old not in {one.old for one in found}
        found.append(Redirect(old, new, int(status)))
    return found
