"""Mails and MHTML files: the parts of a MIME message, decoded, within bounds (RFC 2045 to 2047, RFC 2557).

The standard library takes messages apart. It is given the older of its policies: the newer one fails on broken
headers, and calls the Korean of most mails by a charset in which rarer syllables are lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from yoyak.importing.embedded import with_parts
from yoyak.importing.failures import each, part_failed
from yoyak.importing.found import mostly_decoded
from yoyak.importing.originals import is_tiny, kind_of_picture
from yoyak.model.message import Problem, say
from yoyak.model.types import Record
from yoyak.text.decoding import Decoded, UndecodableError, clean_text, decode
from yoyak.text.sanitize import without_controls

_DEEPEST, _MOST_PARTS = 50, 2000
_CONTAINER = re.compile(rb"(?im)^content-type:\s*(?:multipart/|message/)")
_PART = re.compile(rb"(?im)^content-type:")
_STATEFUL = frozenset(("iso-2022-jp", "iso-2022-kr", "iso-2022-jp-2", "hz-gb-2312", "utf-7"))
"""Charsets whose bytes look like ASCII, so that only their label tells them."""


class TooManyPartsError(ValueError):
    """A message that is built to exhaust its reader."""

    words = say("too-many-parts")


class Part(Record, kw_only=True):
    """One part of a message that holds no others."""

    type: str
    """``text/html``; small letters."""
    charset: str
    data: bytes
    """Decoded from base64 or quoted-printable."""
    location: str
    content_id: str
    filename: str
    attached: bool

    def text(self) -> str:
        """Return the text of the part.

        Raises:
            UndecodableError: more than a few of its bytes are in no charset that can be told.
        """
        try:
            return clean_text(decoded(self.data, self.charset).text)[0]
        except UndecodableError:
            return mostly_decoded(self.data, self.charset.lower())[0]


class Mime(Record, kw_only=True):
    """A message taken apart."""

    headers: dict[str, str]
    """The first of each, decoded, by its name in small letters."""
    parts: tuple[Part, ...]
    inner: tuple[Mime, ...] = ()
    """Mails that are attached to this one (``message/rfc822``)."""
    type: str = ""
    failed: tuple[Problem, ...] = ()
    """A problem for each part that cannot be read, without the path of the mail."""


def read_mime(data: bytes) -> Mime:
    """Return the headers and the parts of a message.

    Raises:
        TooManyPartsError: it has more parts, or parts inside each other, than any program writes.
    """
    deep = sum(1 for _ in _CONTAINER.finditer(data))
    if deep > _DEEPEST or sum(1 for _ in _PART.finditer(data)) > _MOST_PARTS:
        raise TooManyPartsError
    return _mime(BytesParser(policy=compat32).parsebytes(data.removeprefix(b"\xef\xbb\xbf").lstrip()))


def _mime(message: Message[str, str]) -> Mime:
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), header_text(value))
    parts, failed = each(
        (part for part in _leaves(message) if not _is_mail(part)),
        _part,
        lambda part, error: part_failed("", str(part.get("content-type", "")), error),
    )
    inner, lost = each(
        (mail for part in _leaves(message) if _is_mail(part) for mail in _mails(part)),
        _mime,
        lambda _, error: part_failed("", "message/rfc822", error),
    )
    return Mime(
        headers=headers,
        parts=tuple(parts),
        inner=tuple(inner),
        type=message.get_content_type(),
        failed=(*failed, *lost),
    )


def _leaves(message: Message[str, str]) -> Iterator[Message[str, str]]:
    """Yield the parts that hold no others, but for mails, which are parts as they are."""
    if not message.is_multipart() or _is_mail(message):
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _is_mail(part: Message[str, str]) -> bool:
    """Tell whether a part is a mail: by its type, or a file of its name that a program calls unknown data."""
    if part.get_content_type() in ("message/rfc822", "message/global"):
        return True
    unknown = part.get_content_type() in ("application/octet-stream", "application/eml", "text/plain")
    return unknown and _filename(part).lower().endswith(".eml")


def _mails(part: Message[str, str]) -> Iterator[Message[str, str]]:
    inner = part.get_payload()
    coded = str(part.get("content-transfer-encoding", "")).lower().strip()
    if isinstance(inner, list) and coded not in ("base64", "quoted-printable"):
        yield from (mail for mail in inner if isinstance(mail, Message))
        return
    if isinstance(inner, list):  # RFC 2046 §5.2.1 forbids it, and programs do it
        holder: Message[str, str] = Message()
        holder["content-transfer-encoding"] = coded
        holder.set_payload(inner[0].as_string() if isinstance(inner[0], Message) else "")
        part = holder
    data = part.get_payload(decode=True)
    if isinstance(data, bytes) and data.strip():
        yield BytesParser(policy=compat32).parsebytes(data.lstrip())


def _part(part: Message[str, str]) -> Part:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if _told_by(lambda: part.get_param("format")).lower() == "flowed":
        joint = b"" if _told_by(lambda: part.get_param("delsp")).lower() == "yes" else b" "
        data = _SOFT_END.sub(joint, re.sub(rb"(?m)^ ", b"", data))
    return Part(
        type=part.get_content_type().lower(),
        charset=_parameter(_told_by(part.get_content_charset)),
        data=data,
        location=_header(part, "content-location").replace(" ", ""),
        content_id=_header(part, "content-id").strip("<> "),
        filename=header_text(_filename(part)),
        attached="attachment" in _header(part, "content-disposition").lower(),
    )


_SOFT_END = re.compile(rb"(?<!\n--)(?<!^--) \r?\n(?![>\s]|-- \r?\n)")  # RFC 3676


def _header(part: Message[str, str], name: str) -> str:
    return next((header_text(value) for known, value in part.raw_items() if known.lower() == name), "")


def _filename(part: Message[str, str]) -> str:
    return _told_by(part.get_filename)


def _told_by(ask: Callable[[], object]) -> str:
    try:
        return str(ask() or "")
    except (ValueError, LookupError, TypeError):  # RFC 2231 written wrongly
        return ""


def _parameter(text: str) -> str:
    return re.sub(r"[^\w.:-]", "", text)[:40]


def header_text(written: object) -> str:
    """Return a header as text: encoded words (RFC 2047), and bytes that nobody encoded."""
    text = str(written).replace("\r", "").replace("\n", "")
    try:
        pieces = decode_header(text)
    except (ValueError, LookupError, HeaderParseError):
        pieces = [(text, None)]
    found = "".join(_word(piece, charset) for piece, charset in pieces)
    return " ".join(without_controls(clean_text(found)[0]).split())


def _word(piece: bytes | str, charset: str | None) -> str:
    data = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    try:
        return decoded(data, _parameter(charset or "")).text
    except UndecodableError:
        return data.decode("ascii", "replace")


def decoded(data: bytes, charset: str) -> Decoded:
    """Return bytes as text in the charset that a message names, else in the one that they are in.

    Raises:
        UndecodableError: they are in neither.
    """
    label = charset.lower()
    if label in _STATEFUL:
        try:
            return Decoded(text=data.decode(label), encoding=label)
        except (UnicodeDecodeError, LookupError):
            return decode(data)
    if label and not data.isascii():
        declaration = f'<?xml encoding="{label}"?>'
        try:
            found = decode(declaration.encode() + data)
        except UndecodableError:
            return decode(data)
        return Decoded(text=found.text.removeprefix(declaration), encoding=found.encoding)
    return decode(data)


# --- the page of a message, its plain text, its pictures -------------------------------------------------------------


_PAGES = ("text/html", "application/xhtml+xml")


def page_of(mime: Mime) -> Part | None:
    """Return the part of a message that is its page: the first HTML that is not attached."""
    return next((part for part in mime.parts if part.type in _PAGES and not part.attached), None)


def plain_text_of(mime: Mime) -> Part | None:
    """Return the part of a mail that is its plain text."""
    texts = (part for part in mime.parts if part.type == "text/plain" and not part.attached)
    return next((part for part in texts if part.data.strip()), None)


def pictures_of(mime: Mime) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the pictures of a message by a name, and their names by ``cid:`` and by address."""
    found: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for part in mime.parts:
        if not part.type.startswith("image/") and not kind_of_picture(part.data[:100])[0]:
            continue
        if is_tiny(part.data):
            continue
        own = re.sub(r"[^\w.-]+", "-", part.filename or part.location.rpartition("/")[2].partition("?")[0])[-60:]
        name = f"parts/{len(found) + 1}/{own or 'picture'}"
        found[name] = part.data
        names |= {key: name for key in (part.location, f"cid:{part.content_id}") if key not in ("", "cid:")}
    return found, names


def page_text(mime: Mime, page: Part, names: Mapping[str, str]) -> str:
    """Return the page of an MHTML file as a browser would have saved it, with its address.

    Raises:
        UndecodableError: as `Part.text`.
    """
    address = mime.headers.get("snapshot-content-location", "") or page.location
    html = with_parts(page.text(), names, address)
    known = re.fullmatch(r"https?://[^\s<>\"]+", address)
    return f"<!-- saved from url=({len(address):04}){address} -->\n{html}" if known else html
