"""Which addresses and links of a mail are for the one reader who got it, by its headers and by what links say."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from email.utils import getaddresses
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from yoyak.model.types import Record
from yoyak.text.tracking import without_tracking
from yoyak.text.urls import is_web_address

_TO = (
    "to", "cc", "bcc", "delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to",
    "apparently-to", "resent-to", "x-forwarded-to", "x-apparently-to",
)  # fmt: skip
_FROM = ("from", "reply-to", "sender", "list-post", "list-owner", "list-help")
_BOUNCE = re.compile(r"([\w.+%-]+)=([\w-]+(?:\.[\w-]+)+)@")
"""``bounce-7-reader=example.net@list.example``: whom a mail was sent to, in where it bounces to."""
_ROLES = (
    r"unsubscribe|un-subscribe|opt[- ]?out|forward (?:this|to a friend)|preference cent(?:er|re)",
    r"(?:email|communication|mailing) preferences|(?:web|browser|online) ?version|in (?:your|a|the) (?:web )?browser",
    r"(?:view|read|open|see)\b.{0,25}\b(?:browser|online|on the web|web ?(?:version|page))",
    r"(?:manage|update|change|edit|adjust)\b.{0,20}\b(?:preferences?|subscriptions?|profile|settings|emails?)",
    r"(?:수신|구독)\S{0,2}\s?(?:거부|취소|해지|중단|철회|설정|변경|관리)|(?:구독|회원)\s?정보|발송\s?중단",
    r"(?:웹|브라우저|인터넷|온라인)\S{0,4}\s?(?:에서|으로|로)?\s?\S{0,5}\s?(?:보기|보세요|읽기|열기|확인)",
    r"(?:친구|지인)에게\s?(?:전달|추천|공유)|配信停止|配信解除|ブラウザ|退订|取消订阅",
    r"abmelden|abbestellen|im browser|désabonner|désinscri|navigateur|darse de baja|cancelar (?:la )?suscripci",
    r"en (?:el|tu) navegador|disiscriv|annulla iscrizione",
)
ROLE = re.compile("|".join(_ROLES), re.IGNORECASE)
"""What links say that belong to the letter and not to its text."""
_ROLE_PATH = re.compile(
    r"unsub|optout|opt-out|opt_out|preferences|manage[-_]?subscription|/subscription|webview|view[-_]?in", re.IGNORECASE
)
_SHORTEST = 3
"""Characters of a mailbox's name by which a letter may greet its reader."""
_OFFICES = re.compile(
    r"desk|news\w*|info|press|editor\w*|team|admin|contact|office|staff|mail|hello|everyone|subscribers?"
)
"""Mailboxes of no one person."""
_WORDS = re.compile(r"[a-z]+(?:[-_][a-z]+)*")
_TRACKER = re.compile(
    r"^(?:[\w-]+\.)*(?:clicks?|track\w*|trk\w*|lnk|links?|e?mails?\d*|mailing|mailer|em\d*|url\d+|ct|list|lists|news)\d*\.|list-manage\.com|sendgrid"
    r"|mailchimp|stibee|hubspot|mandrill|exacttarget|substack\.com\.|beehiiv|convertkit|klaviyo",
    re.IGNORECASE,
)
_OWN_BOX = re.compile(r"mailto:(?:[^?@]*\+[^?@]+|(?:un-?sub|leave|signoff|opt-?out|bounce)[^?@]*)@", re.IGNORECASE)
"""A mailbox made for one reader, or for leaving."""
_OBJECT = re.compile(r"[/=]eyJ[\w-]{8,}")
"""An object in base64, as tokens begin."""
_OPAQUE = re.compile(r"(?=[^/]*[A-Z])(?=[^/]*[a-z])(?=[^/]*\d)[\w%=~-]{20,}|[0-9a-f]{24,}|[0-9a-f-]{36}")


class Reader(Record, kw_only=True):
    """Whom a mail was sent to."""

    addresses: frozenset[str]
    """In small letters."""
    names: frozenset[str]
    tokens: frozenset[str]
    """Parts of links by which a list knows its reader."""
    unsubscribe: frozenset[str]
    """Links that end the subscription."""


def reader_of(headers: Mapping[str, str]) -> Reader:
    """Return whom a mail was sent to, and by what its list knows that reader."""
    senders = {address for _, address in _people(headers, _FROM)}
    found = [(name, address) for name, address in _people(headers, _TO) if address not in senders]
    bounced = {f"{user}@{host}".lower() for user, host in _BOUNCE.findall(headers.get("return-path", ""))}
    links = re.findall(r"<?((?:https?://|mailto:)[^\s<>,]+)", headers.get("list-unsubscribe", ""))
    return Reader(
        addresses=frozenset(address for _, address in found) | bounced,
        names=frozenset(name for name, _ in found if len(name) > 1 and "@" not in name)
        | {
            name
            for name in (address.partition("@")[0] for _, address in found)
            if len(name) > _SHORTEST and not _OFFICES.fullmatch(name)
        },
        tokens=frozenset(token for link in links for token in tokens_of(link)),
        unsubscribe=frozenset(links),
    )


def reader_of_inner(headers: Mapping[str, str], outer: Mapping[str, str], reader: Reader) -> Reader:
    """Return whom a mail was sent to that came inside another one: whoever passed it on got it first."""
    inner = reader_of(headers)
    senders = {address for _, address in _people(headers, _FROM)}
    by = [person for person in _people(outer, ("from", "sender", "reply-to")) if person[1] not in senders]
    names = {name for name, _ in _people(headers, _FROM)}
    return Reader(
        addresses=(inner.addresses | reader.addresses | {address for _, address in by}) - senders,
        names=(inner.names | reader.names | {name for name, _ in by if len(name) > 1 and "@" not in name}) - names,
        tokens=inner.tokens | reader.tokens,
        unsubscribe=inner.unsubscribe | reader.unsubscribe,
    )


def _people(headers: Mapping[str, str], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        try:
            found = getaddresses([headers.get(name, "").replace("mailto:", "")])
        except RecursionError:  # brackets inside brackets
            continue
        yield from ((words.strip(), address.lower()) for words, address in found if "@" in address)


def tokens_of(link: str) -> Iterator[str]:
    """Yield the parts of a link that may be a reader's name in a list: no words, no short numbers."""
    try:
        parts = urlsplit(link)
        values = [value for _, value in parse_qsl(parts.query)]
    except ValueError:
        return
    pieces = [piece for piece in re.split(r"[/+@;,:]", unquote(parts.path)) if piece]
    for piece in (*values, *pieces, parts.fragment):
        plain = _WORDS.fullmatch(piece) or re.fullmatch(r"\d{1,5}", piece) or "." in piece
        if len(piece) >= 5 and not (plain and len(piece) < 20):
            yield piece


def is_role(words: str, link: str, reader: Reader) -> bool:
    """Tell whether a link belongs to the letter: it ends the subscription, shows it in a browser, or the like."""
    if link in reader.unsubscribe:
        return True
    short = len(words) <= 80
    return bool(short and ROLE.search(words)) or (is_personal(link, reader) and bool(_ROLE_PATH.search(_path(link))))


def _path(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}"


def is_personal(link: str, reader: Reader) -> bool:
    """Tell whether a link says who clicks it."""
    plain = unquote(unquote(link))
    if any(token in plain or token in link for token in reader.tokens) or link in reader.unsubscribe:
        return True
    if any(sign in plain.lower() for address in reader.addresses for sign in _signs(address)):
        return True
    if any(_base64(address) in link for address in reader.addresses) or _OWN_BOX.match(plain) or _OBJECT.search(link):
        return True
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return False
    tracked = bool(_TRACKER.search(f"{host}."))
    return tracked and any(_OPAQUE.fullmatch(piece) for piece in re.split(r"[/?&=.]", f"{parts.path}?{parts.query}"))


@lru_cache(maxsize=64)
def _signs(address: str) -> tuple[str, ...]:
    """Return an address, and what lists make of it so that it cannot be read: hashes in small letters."""
    data = address.encode()
    hashes = (hashlib.md5(data, usedforsecurity=False), hashlib.sha1(data, usedforsecurity=False), hashlib.sha256(data))
    return (address, address.replace("@", "="), *(made.hexdigest() for made in hashes))


def _base64(address: str) -> str:
    return base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")[:-1]


def target_of(link: str, reader: Reader) -> str:
    """Return where a link that counts its clicks leads to, when it says so itself; else an empty text."""
    try:
        parts = urlsplit(link)
        values = [value for _, value in parse_qsl(parts.query)]
    except ValueError:
        return ""
    for piece in (*values, *parts.path.split("/")):
        for found in (unquote(piece), _decoded(piece)):
            target = without_tracking(found.strip())
            if is_web_address(target) and not is_personal(target, reader):
                return target
    return ""


def _decoded(piece: str) -> str:
    if len(piece) < 12 or not re.fullmatch(r"[\w+/=-]+", piece):
        return ""
    plain = piece.replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
