"""Guests: people who look at the preview over the network, each by a secret link that says who one is.

The link puts its secret into a cookie of the browser's session. Secrets are kept as digests, and only in memory: links
end with the preview.
"""

from __future__ import annotations

import hmac
import secrets
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from html import escape
from ipaddress import ip_address

from yoyak.messages.catalogue import speak
from yoyak.model.message import Words, say
from yoyak.model.types import Person, Record

SHARE = "/_share/"
"""The address of the links, before their secrets."""
GUEST = "yoyak.guest"
"""Where the guard notes in a request's scope which guest asks."""


class Guest(Record, kw_only=True):
    person: Person
    digest: bytes
    """Of the secret."""
    may_approve: bool = False


def guest_of(guests: Iterable[Guest], secret: str) -> Guest | None:
    """Return the guest whose secret this is. Every guest is compared, whoever it is."""
    given = digest_of(secret)
    found = [guest for guest in guests if hmac.compare_digest(guest.digest, given)]
    return found[0] if found else None


def secret_in(path: str, cookies: str, port: int) -> str:
    """Return the secret that a request brings: of its path if that is a link, else of the preview's cookie."""
    if path.startswith(SHARE):
        return path.removeprefix(SHARE)
    pairs = (one.strip().partition("=") for one in cookies.split(";"))
    return next((value for name, _, value in pairs if name == _cookie(port)), "")


def cookie_of(path: str, port: int) -> str:
    """Return the cookie that a link sets. Another site's pages do not make a browser send it."""
    return f"{_cookie(port)}={path.removeprefix(SHARE)}; Path=/; HttpOnly; SameSite=Strict"


def welcome(language: str) -> str:
    """Return the page of a link. It leads on by itself: a browser does not send a strict cookie after a redirect that
    began at a page of another site, such as a mail in the browser."""
    words = escape(speak(say("preview.share.open"), language))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>yoyak</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0; url=/_desk/">'
        f'<main><h1>yoyak</h1><p><a href="/_desk/">{words}</a></p></main></html>'
    )


def host_at(address: str, port: int) -> tuple[str, ...]:
    """Return the values of Host that mean an address of this machine."""
    name = f"[{address}]" if ":" in address else address
    return (f"{name}:{port}", *((name,) if port == 80 else ()))


def _cookie(port: int) -> str:
    """Return the name of the cookie: browsers do not tell ports apart."""
    return f"yoyak-{port}"


def digest_of(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


# --- The links for guests, and what the terminal says of them ----------------------------------------------------


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
