"""The links for guests, and what the terminal says of them."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing
from ipaddress import ip_address

from yoyak.model.message import Words, say
from yoyak.model.types import Person
from yoyak.preview.guests import SHARE, Guest, digest_of, host_at

_BYTES = 24
"""Of a secret: 192 bits."""
_ELSEWHERE = "192.0.2.1"
"""An address of no machine (RFC 5737). Nothing is sent to it: the system only says from where it would be."""


def invited(person: Person, *, may_approve: bool) -> tuple[Guest, str]:
    """Return a guest and the path of the link."""
    secret = secrets.token_urlsafe(_BYTES)
    return Guest(person=person, digest=digest_of(secret), may_approve=may_approve), f"{SHARE}{secret}"


def invitations(guests: Sequence[tuple[Guest, str]], share_on: str, port: int) -> Iterator[Words]:
    """Yield a line for each guest with the link, and one that says who else can read it on the way."""
    for guest, path in guests:
        link = f"http://{host_at(_shown(share_on), port)[0]}{path}"
        key = "preview.share.link-approve" if guest.may_approve else "preview.share.link"
        yield say(key, name=guest.person.name, link=link)
    if guests:
        yield say("preview.share.plain")


def _shown(share_on: str) -> str:
    """Return the address that links name: the one that was asked for, else the one with which this machine goes out."""
    if share_on and not ip_address(share_on).is_unspecified:
        return share_on
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as way:
        try:
            way.connect((_ELSEWHERE, 9))
            return str(way.getsockname()[0])
        except OSError:
            return "127.0.0.2"  # without a network: still an address at which a link is needed
