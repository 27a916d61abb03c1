"""Addresses without what only their owner may know: user names, passwords, tokens.

An address is cut where its parts end and not where a pattern fits: whatever stands before its last @ is left out,
and so is everything behind a ? or a #. Where a part could be either, the more is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from urllib.parse import quote, unquote

CUT = "…"
LEAST = 4
"""A shorter secret is not looked for in other texts: it would be found in every word."""
_LONGEST = 1000
"""Parts of a secret are looked for in so many of its characters."""
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*")
_PARAMETERS = re.compile(r"[?#]|;(?=[\w.~%-]+=)")
_PAIR = re.compile(r"[?&#;][\w.~%-]*=([^&#;\s]*)")
_REST = re.compile(r"[?#][\w.~%-]*=(.*)$")
_CLOSING = "'\" \t}],:"
"""What may stand behind a value of a site.yaml."""
_REMOTE = re.compile(r"(?i)\bremote\b\W{0,3}?:\s*(.*)@")
_QUERY = re.compile(r"(://[^\s?#]*)[?#]\S*")


def shown_address(address: str) -> str:
    """Return an address for a message: scheme, host and path.

    >>> shown_address("https://desk:s3cret@git.example.org/digest.git?token=x")
    'https://git.example.org/digest.git?…'
    >>> shown_address("git@git.example.org:desk/digest.git")
    'git.example.org:desk/digest.git'
    >>> shown_address("https://desk:a/b@git.example.org/digest.git")
    'https://…@git.example.org/digest.git'
    """
    scheme, separator, rest = address.partition("://")
    if not separator or ("@" in rest and not _SCHEME.fullmatch(scheme)):
        scheme, separator, rest = "", "", address
    before, query = _parted(rest)
    if "@" in query:  # a password with a ? in it, or a token with an @
        return f"{scheme}{separator}{CUT}"
    secret, at, plain = before.rpartition("@")
    mark = f"{CUT}@" if at and "/" in secret else ""
    return f"{scheme}{separator}{mark}{plain}{query[:1]}{CUT if query else ''}"


def _parted(rest: str) -> tuple[str, str]:
    """Return what stands before the first ? or #, or before parameters of the path, and the rest with that sign."""
    found = _PARAMETERS.search(rest)
    end = found.start() if found else len(rest)
    return rest[:end], rest[end:]


def secrets_of(address: str) -> tuple[str, ...]:
    """Return what is secret in an address, in each spelling in which a program may print it."""
    rest = address.partition("://")[2] or address
    before, query = _parted(rest)
    userinfo, _, behind = (rest if "@" in query else before).rpartition("@")
    user, _, password = userinfo.partition(":")
    # With an @ behind a ? either side of it may be the secret.
    return spelled((userinfo, user, password, behind if "@" in query else query[1:], *_PAIR.findall(query)))


def spelled(secrets: Iterable[str]) -> tuple[str, ...]:
    """Return the secrets as they are, percent-encoded and decoded, the longest first."""
    forms = {form for text in secrets for form in (text, unquote(text), quote(text, safe=""), quote(unquote(text)))}
    return tuple(sorted((form for form in forms if len(form) >= LEAST), key=lambda form: (-len(form), form)))


def without_secrets(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a text of another program, such as git, without the secrets and without those of any address in it."""
    text = _without_whole(text, secrets)
    return "\n".join(_line_without(line) for line in text.split("\n"))


def _line_without(line: str) -> str:
    """Cut from the first address of a line to the line's last @: a password may have spaces and quotes in it."""
    before, separator, rest = line.partition("://")
    if separator and "@" in rest:
        line = f"{before}://{CUT}@{rest.rpartition('@')[2]}"
    return _QUERY.sub(rf"\1?{CUT}", line)


def words_without_secrets(text: str) -> str:
    """Return a person's text with each address in it cut as in messages; an address ends at a space."""
    return re.sub(r"\S+://\S+", lambda found: _cut_word(found[0]), text)


def _cut_word(word: str) -> str:
    before, _, rest = word.partition("://")
    scheme = (re.search(r"[a-zA-Z][a-zA-Z0-9+.-]*$", before) or [""])[0]
    lead = before[: len(before) - len(scheme)]
    return lead + shown_address(f"{scheme}://{rest}") if "@" in rest or _PAIR.search(rest) else word


def secrets_in(settings: str) -> tuple[str, ...]:
    """Return what looks secret in the text of a site.yaml, whether or not it can be read as YAML."""
    lines = settings.splitlines()
    parts = [found.strip() for line in lines for found in _secret_parts(line)]
    parts += [found.strip() for number, line in enumerate(lines) for found in _on_next_lines(line, lines[number + 1 :])]
    return spelled(value for part in parts for value in (part, *_as_yaml(part)))


def _on_next_lines(line: str, following: list[str]) -> Iterator[str]:
    """Yield the parts of an address that goes on behind its line, since the quotes around it are open."""
    _, separator, rest = line.partition("://")
    if not separator or "@" in rest or not any(line.count(sign) % 2 for sign in "\"'"):
        return
    yield rest.rstrip("\\ ")
    for other in following[:3]:
        yield other.rpartition("@")[0] or other
        if "@" in other:
            return


def _as_yaml(part: str) -> Iterator[str]:
    """Yield what a part means between quotes, where messages show values."""
    yield part.replace("''", "'")
    with suppress(ValueError):
        yield str(json.loads(f'"{part}"', strict=False))


def _secret_parts(line: str) -> Iterator[str]:
    _, separator, rest = line.partition("://")
    if separator:
        ambiguous = "@" in _parted(rest)[1]
        yield rest.rstrip(_CLOSING) if ambiguous else rest.rpartition("@")[0]
        yield from _PAIR.findall(rest)
        yield from (found.rstrip(_CLOSING) for found in _REST.findall(rest))
    remote = _REMOTE.search(line)
    if remote and not separator:
        yield remote[1].strip(" '\"")


def settings_without_secrets(text: str) -> str:
    """Return lines of a site.yaml for a person to look at."""
    return _without_whole(text, secrets_in(text))


def hidden(text: str, secrets: Iterable[str]) -> str:
    """Return a text without the secrets, and without any longer part of one of them."""
    known = tuple(secrets)
    text = _without_whole(text, known)
    for secret in known:
        text = _without_parts(text, secret[:_LONGEST])
    return text


def _without_whole(text: str, secrets: Iterable[str]) -> str:
    """Cut each secret where it begins first: one may be a part of another."""
    pattern = "|".join(map(re.escape, secrets))
    return re.sub(pattern, CUT, text) if pattern else text


def _without_parts(text: str, secret: str) -> str:
    while True:
        found = SequenceMatcher(None, text, secret, autojunk=False).find_longest_match()
        if found.size < LEAST:
            return text
        text = f"{text[: found.a]}{CUT}{text[found.a + found.size :]}"
