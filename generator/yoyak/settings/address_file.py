"""content/_urls.yaml: one line for each address that was ever deployed, sorted, so that git merges it.

    /articles/ferry/: article 1f3a9c2e content/2024/07/ferry.md
    /tags/ai/: tag AI
    /articles/old/: to /articles/ferry/

Each line is YAML, but the file is read line by line: it may have a line for each page of a large site. An address may
stand in two lines, as after a merge: an answer counts first, then the later line.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote

from yoyak.files.site_files import read_below, unread
from yoyak.model.addresses import ANSWERS, OF_FILES, URLS_FILE, AddressKind, Remembered
from yoyak.model.message import Message, Problem, Words, say
from yoyak.text.names import unfit_for_windows
from yoyak.text.urls import is_web_address, old_address, quote_path

LIMIT = 64_000_000
"""Bytes: half a million addresses."""
_TOP = (
    "# Every address of this site that was ever online, and what is there. yoyak deploy adds to it; keep it in git.\n"
    "# An address that nothing is at any more may be answered here: to /new/address/, gone, or keep.\n"
)
_QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''
_LINE = re.compile(rf"(?P<address>{_QUOTED}|/\S*?):\s+(?P<value>{_QUOTED}|[^\"'#\s](?:.*?\S)??)(?P<end>\s+#.*)?\s*")
_WRONG = {
    "merge": re.compile(r"<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|"),
    "whole": re.compile(r"[\"']?https?://", re.IGNORECASE),
}
_OF_FILE = re.compile(r"(?P<mark>[0-9a-f]{8}) (?:(?P<first>/\S*) )?(?P<name>content/.+)")
_ODD = re.compile(r":(?=\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^[^\w/]|^\s|\s$")
"""What in a text makes YAML read another one, without quotes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_KINDS = frozenset[str](AddressKind.__args__)  # type: ignore[attr-defined] # a Literal has them


class AddressFile(NamedTuple):
    """What content/_urls.yaml says."""

    remembered: Mapping[str, Remembered] = {}
    comments: Mapping[str, tuple[str, ...]] = {}
    """By the address below them; those at the end by an empty text."""
    ends: Mapping[str, str] = {}
    """The comment behind an address, on its line."""
    problems: tuple[Problem, ...] = ()
    data: bytes | None = None
    """Its bytes; None when there is no such file."""


def read_addresses(folder: Path) -> AddressFile:
    """Return what the file of a site folder says; nothing when there is none."""
    root = os.path.realpath(folder / "content")
    try:
        data = read_below(root, f"{root}{os.sep}{URLS_FILE.rpartition('/')[2]}", LIMIT)
    except FileNotFoundError:
        return AddressFile()
    except OSError as error:
        return AddressFile(problems=(_problem(0, say("bad-address-file.unread", why=unread(error))),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        return AddressFile(problems=(_problem(line, say("bad-address-file.encoding")),), data=data)
    return parse_addresses(text)._replace(data=data)


@lru_cache(maxsize=1)  # a deploy asks four times, of a megabyte where a site is large
def parse_addresses(text: str) -> AddressFile:
    """Return what the text of the file says; each line that is not understood is an error."""
    found: dict[str, Remembered] = {}
    above: dict[str, tuple[str, ...]] = {}
    ends: dict[str, str] = {}
    problems: list[Problem] = []
    comments: tuple[str, ...] = ()
    for number, line in enumerate(text.removeprefix(_TOP).splitlines(), text.startswith(_TOP) * 2 + 1):
        plain = line.strip()
        if not plain or plain.startswith("#") or plain == "---":
            comments += (plain,) if plain.startswith("#") and f"{plain}\n" not in _TOP else ()
            continue
        one, end = _read(line, number)
        if isinstance(one, Problem):
            problems.append(one)
            continue
        if one.kind in ANSWERS or one.address not in found or found[one.address].kind not in ANSWERS:
            found[one.address] = one
        before = above.get(one.address, ())
        above[one.address] = (*before, *(comment for comment in comments if comment not in before))
        comments = ()
        if end:
            ends[one.address] = end
    return AddressFile(found, above | ({"": comments} if comments else {}), ends, tuple(problems))


def written_addresses(remembered: Iterable[Remembered], file: AddressFile) -> bytes:
    """Return the file with these addresses, sorted, and with the comments that it had."""
    lines = list[str]()
    for one in sorted(remembered, key=lambda one: one.address):
        lines += file.comments.get(one.address, ())
        lines.append(_line(one) + (f"  {file.ends[one.address]}" if one.address in file.ends else ""))
    lines += file.comments.get("", ())
    return (_TOP + "".join(f"{line}\n" for line in lines)).encode()


def _line(one: Remembered) -> str:
    first = re.sub(r"\s", lambda space: quote(space[0]), _escaped(one.first))
    words = (one.kind, one.mark, first, one.name)
    return f"{_scalar(_escaped(one.address))}: {_scalar(' '.join(filter(None, words)))}"


def _escaped(address: str) -> str:
    return address.replace("%", "%25")


def _scalar(text: str) -> str:
    odd = _ODD.search(text) or (text.startswith("/") and re.search(r"\s", text))
    return json.dumps(text, ensure_ascii=False) if odd else text


def _read(line: str, number: int) -> tuple[Remembered | Problem, str]:
    if wrong := next((key for key, beginning in _WRONG.items() if beginning.match(line)), ""):
        return _problem(number, say(f"bad-address-file.{wrong}")), ""
    match = _LINE.fullmatch(line)
    if not match:
        return _problem(number, say("bad-address-file.line")), ""
    try:
        address, value = _decoded(_text(match["address"])), _text(match["value"])
    except ValueError:
        return _problem(number, say("bad-address-file.line")), ""
    if why := _bad_address(address):
        return _problem(number, say("bad-address-file.address", address=address[:100], why=why)), ""
    one = _value(normalize("NFC", address), value, number)
    wrong = "to" if _leads(value) else "value"
    return one or _problem(number, say(f"bad-address-file.{wrong}", value=value[:100])), (match["end"] or "").strip()


def _text(written: str) -> str:
    if written.startswith('"'):
        return str(json.loads(written))
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


def _decoded(address: str) -> str:
    """Return an address as it is read, also when it was copied from a browser: percent-encoded."""
    return unquote(address, errors="strict") if "%" in address else address


def _bad_address(address: str) -> Words:
    """Return why no page can be at an address, or nothing."""
    if address == "/":
        return ""
    parts = old_address(quote_path(address), "/") if address.startswith("/") else None
    if parts is None or "/" + "/".join(parts) != normalize("NFC", address).rstrip("/"):
        return say("bad-address-file.address.why")
    return next((why for part in parts if (why := unfit_for_windows(part))), "")


def _value(address: str, value: str, line: int) -> Remembered | None:
    kind, _, rest = value.partition(" ")
    kind, rest = kind.lower(), rest.strip()
    if _CONTROL.search(value) or kind not in _KINDS or (kind in ("gone", "keep", "list")) == bool(rest):
        return None
    if kind in OF_FILES:
        match = _OF_FILE.fullmatch(rest)
        first = unquote(match["first"] or "") if match else ""
        return match and Remembered(
            address=address, kind=kind, name=match["name"], mark=match["mark"], first=first, line=line
        )
    if kind == "to" and not _leads(rest):
        return None
    return Remembered(address=address, kind=kind, name=rest, line=line)  # type: ignore[arg-type] # as above


def _leads(target: str) -> bool:
    """Tell whether an answer names a place: an address of the site or of another one, or a file of content/."""
    here = target.startswith(("/", "content/")) and not target.startswith("//")
    return here or is_web_address(target)


def _problem(line: int, message: Message) -> Problem:
    hint = say("bad-address-file.hint")
    return Problem(code="bad-address-file", path=URLS_FILE, line=line, message=message, hint=hint)
