"""Where a git target is: what git is told, what a person reads, and what neither may show.

git prints the address that it was given, and every user of the machine sees the arguments of its processes. So it is
given one without password; see `yoyak.publish.repository` for the way of the password.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, joined, say
from yoyak.model.types import Record
from yoyak.text.secrets import CUT, secrets_of, shown_address

PROTOCOLS = ("file", "git", "http", "https", "ssh")


class Remote(Record, frozen=True, kw_only=True):
    """A repository to deploy to."""

    address: str
    """What git is told: no user name and no password, but for the name of an account of ssh."""
    shown: str
    """What messages, plans and reports say."""
    host: str
    """The machine that is asked; the repository's path when it is this one."""
    server: str = ""
    """Scheme, host and port of an address with http; git's settings for a server are named by it."""
    user: str = ""
    password: str | None = None
    secrets: tuple[str, ...] = ()
    """What git's own words may not show."""


def remote_at(address: str, site: Path) -> Remote:
    """Return the repository at an address or a path; a relative path is below the site folder.

    Raises:
        YoyakError: it is neither, or git could take it for an option or a command.
    """
    if not address.strip() or not address.isprintable() or address.startswith("-"):
        raise _bad_remote(address)
    if re.match(r"[\w+.-]*::", address):
        raise _bad_remote(address)
    scheme, is_url, place = address.partition("://")
    if is_url:
        return _at_url(f"{scheme.lower()}://{place}", scheme.lower(), place)
    host, is_scp, path = address.partition(":")
    if is_scp and "/" not in host:
        if "@" in path and "@" not in host:
            raise _bad_remote(address, _NO_PASSWORD)
        return _with_ssh(address, host)
    return _at_path(address, site)


_NO_PASSWORD = say("deploy.bad-remote.ssh")
_ENCODE = say("deploy.bad-remote.encode")


def _at_url(address: str, scheme: str, place: str) -> Remote:
    if scheme not in PROTOCOLS:
        raise _bad_remote(address)
    authority = re.split(r"[/?#]", place, maxsplit=1)[0]
    userinfo, _, host = authority.rpartition("@")
    if host.startswith("-"):
        raise _bad_remote(address)
    if scheme == "file":
        return Remote(address=address, shown=shown_address(address), host=shown_address(place))
    if not _plain_port(address) or "@" in place[len(authority) :]:
        raise _bad_remote(address, _ENCODE)
    if scheme in ("http", "https"):
        return _with_http(address, userinfo, host)
    if ":" in userinfo:
        raise _bad_remote(address, _NO_PASSWORD)
    return _with_ssh(address, authority)


def _plain_port(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port is None or parts.port >= 0)
    except ValueError:
        return False


def _with_http(address: str, userinfo: str, host: str) -> Remote:
    scheme, _, place = address.partition("://")
    user, colon, password = userinfo.partition(":")
    decoded = [os.fsdecode(unquote_to_bytes(text)) for text in (user, password)]
    if any(sign in text for text in decoded for sign in "\0\n\r"):
        raise _bad_remote(address, say("deploy.bad-remote.line-break"))
    return Remote(
        address=f"{scheme}://{place.removeprefix(f'{userinfo}@')}",
        shown=shown_address(address),
        host=host,
        server=f"{scheme}://{host}",
        user=decoded[0],
        password=decoded[1] if colon else None,
        secrets=secrets_of(address),
    )


def _with_ssh(address: str, authority: str) -> Remote:
    host = authority.rpartition("@")[2]
    if host.startswith("-"):
        raise _bad_remote(address)
    return Remote(address=address, shown=shown_address(address), host=host, secrets=secrets_of(address))


def _at_path(address: str, site: Path) -> Remote:
    """A path that leads to nothing may be an address with a slip in it, such as one without its scheme."""
    path = (site / Path(address).expanduser()).resolve()
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if there or not re.search(r"[@?#]", address):
        return Remote(address=str(path), shown=str(path), host=str(path))
    shown = shown_address(address)
    return Remote(address=str(path), shown=shown, host=shown, secrets=secrets_of(address))


def _bad_remote(address: str, advice: Message | None = None) -> YoyakError:
    # `ascii` would spell the sign that something was left out.
    shown = CUT.join(ascii(part)[1:-1] for part in shown_address(address).split(CUT))
    return YoyakError(joined(say("deploy.bad-remote", remote=shown), advice or say("deploy.bad-remote.hint")))
