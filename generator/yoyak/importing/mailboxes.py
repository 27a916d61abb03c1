"""Files of mails: one mail, one behind the ``From `` line of a mailbox, or many of them (mbox; RFC 4155)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from yoyak.importing.personal import Reader

_BEGIN = re.compile(rb"\A\s*From [^\r\n]*\r?\n")
_NEXT = re.compile(rb"\r?\n(?=From [^\r\n]*\d:\d\d[^\r\n]*\r?\n[!-9;-~]+:)")
"""A line of the text that begins with "From" has no time, or no header below it."""
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_COUNTED = re.compile(rb"\A\d+[ \t]*\r?\n(?=[!-9;-~]+:)")
"""What Apple's program writes above a mail: how many bytes it has."""
_NAMED = re.compile(r"<([^<>\s]{3,200})>")


def is_mailbox(data: bytes) -> bool:
    """Tell whether a file has the form of a mailbox, be it with one mail."""
    return _BEGIN.match(data) is not None


def mails_of(data: bytes) -> Iterator[bytes]:
    """Yield the mails of a file, each as it was sent."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not is_mailbox(data):
        yield from _bare(data)
        return
    for mail in _NEXT.split(data):
        if (text := _QUOTED.sub(rb"\1", _BEGIN.sub(b"", mail, count=1))).strip():
            yield text


def _bare(data: bytes) -> Iterator[bytes]:
    if counted := _COUNTED.match(data):
        yield data[counted.end() : counted.end() + int(counted[0][:12])]
    else:
        yield data


def mail_name(headers: dict[str, str], data: bytes, reader: Reader) -> str:
    """Return by what name a mail is known again: its Message-ID, unless that says who got it; else its digest."""
    found = _NAMED.search(headers.get("message-id", ""))
    named = found[1] if found else ""
    personal = any(sign in named.lower() for sign in (*reader.addresses, *map(str.lower, reader.tokens)))
    mailboxes = (address.partition("@")[0] for address in reader.addresses)
    if named and not personal and not any(f"{name}=" in named.lower() for name in mailboxes):
        return f"mail <{named}>"
    return f"mail {hashlib.sha256(named.encode() or data).hexdigest()[:24]}"
