"""Which servers this machine knows: the lines of known_hosts, as OpenSSH reads them.

paramiko's own reader fails at one bad line, and takes neither patterns nor revoked keys.
"""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_MOST = 10 << 20


class HostKey(NamedTuple):
    """One line of known_hosts."""

    kind: str
    data: str
    """The key in base64."""
    revoked: bool


def known_keys(files: Iterable[Path], name: str) -> list[HostKey]:
    """Return the keys that the files have for a server; `name` is ``[host]:port`` unless the port is 22."""
    return [key for file in files for line in _lines(file) for key in _key_for(line, name)]


def fingerprint(key: bytes) -> str:
    """Return a key's fingerprint as ssh prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _key_for(line: str, name: str) -> Iterator[HostKey]:
    parts = line.split()
    marker = parts.pop(0) if parts and parts[0].startswith("@") else ""
    if len(parts) < 3 or parts[0].startswith("#") or marker not in ("", "@revoked"):
        return  # a @cert-authority signs keys, but is none
    if _names(parts[0].split(","), name):
        yield HostKey(parts[1], parts[2], bool(marker))


def _names(patterns: Iterable[str], name: str) -> bool:
    found = False
    for pattern in patterns:
        if pattern.startswith("!") and _fits(pattern[1:], name):
            return False
        found = found or _fits(pattern, name)
    return found


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("|1|"):
        try:
            salt, digest = (base64.b64decode(part) for part in pattern[3:].split("|"))
        except ValueError:
            return False
        return hmac.compare_digest(hmac.new(salt, name.encode(), "sha1").digest(), digest)
    escaped = pattern.replace("[", "[[]")  # only * and ? are signs here
    return fnmatch.fnmatchcase(name.lower(), escaped.lower())
