"""What FTP servers answer when they are asked what is there: MLSD says it in facts, LIST in lines for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yoyak.publish.file_host import AtHost

_UNIX = re.compile(
    r"(?P<kind>[-bcdlps])\S{9,11}\s+\d+\s+\S+(?:\s+\S+)?\s+(?P<size>\d+)\s+"
    r"(?:\S+\s+\d{1,2}\s+[\d:]{4,5}|\d{4}-\d\d-\d\d\s+\d\d:\d\d(?::\d\d)?)\s(?P<name>.+)"
)
_DOS = re.compile(r"\d\d-\d\d-\d\d(?:\d\d)?\s+\d\d:\d\d(?:[AP]M)?\s+(?:<(?P<kind>\w+)>|(?P<size>\d+))\s+(?P<name>.+)")
_FOLDERS = ("dir", "cdir", "pdir")


def of_facts(line: str) -> tuple[str, AtHost]:
    """Return the name and the kind that a line of MLSD or MLST says (RFC 3659 §7).

    >>> of_facts(" type=file;size=12;perm=r; a b.html")
    ('a b.html', AtHost(kind='file', size=12))
    """
    written, _, name = line.lstrip(" ").partition(" ")
    facts = dict(fact.lower().partition("=")[::2] for fact in written.split(";") if fact)
    kind, size = facts.get("type", "file"), facts.get("size", "")
    if kind == "file":
        return name, AtHost(kind="file", size=int(size) if size.isdecimal() else None)
    return name, AtHost(kind="folder" if kind in _FOLDERS else "other")


def mlsd(lines: Iterable[str]) -> dict[str, AtHost]:
    """Return what the lines of an MLSD say is in a folder, by name."""
    return {name: thing for name, thing in map(of_facts, lines) if name.rpartition("/")[2] not in ("", ".", "..")}


def unix_or_dos(lines: Iterable[str]) -> dict[str, AtHost]:
    """Return what the lines of a LIST say is in a folder, by name.

    A line that is not understood is something, too: it stands under its own text.
    """
    found = dict(filter(None, map(_of_line, lines)))
    return {name: thing for name, thing in found.items() if name not in (".", "..")}


def _of_line(line: str) -> tuple[str, AtHost] | None:
    if not line.strip() or re.fullmatch(r"(total|합계)\s+\d+\s*", line):
        return None
    if unix := _UNIX.fullmatch(line):
        name = unix["name"].partition(" -> ")[0] if unix["kind"] == "l" else unix["name"]
        return name, _thing({"-": "file", "d": "folder"}.get(unix["kind"], "other"), unix["size"])
    if dos := _DOS.fullmatch(line):
        kind = {"DIR": "folder", None: "file"}.get(dos["kind"], "other")
        return dos["name"], _thing(kind, dos["size"])
    return line, AtHost(kind="other")


def _thing(kind: str, size: str | None) -> AtHost:
    if kind == "file":
        return AtHost(kind="file", size=int(size) if size else None)
    return AtHost(kind="folder" if kind == "folder" else "other")
