"""Mails as readings: the subject, the text for all readers, and what is left out; of mails passed on, theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parseaddr
from html import escape
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.importing.embedded import with_parts
from yoyak.importing.failures import each, entry_failed, in_a_row, part_failed
from yoyak.importing.found import Member, NoTextError, Readings, around_of, made, placed, refusal, shelf_of, stated
from yoyak.importing.fragments import fragment, with_kept_pieces
from yoyak.importing.head import first_words
from yoyak.importing.mime import Mime, Part, TooManyPartsError, page_of, pictures_of, plain_text_of, read_mime
from yoyak.importing.one_reader import Left, left_words, without_address, without_personal
from yoyak.importing.originals import Old, Original
from yoyak.importing.passed_on import Mail, moment_below, passed_on
from yoyak.importing.personal import Reader, reader_of
from yoyak.model.message import Problem, say
from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Person
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import UndecodableError
from yoyak.text.mail_dates import mail_moment

MOST = 2000
"""Mails of one mailbox."""


def mail_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the articles of a mail or a mailbox."""
    mails = tuple(islice(mails_of(original.data), MOST + 1))
    if len(mails) == 1:
        found, problems = _articles(original, mails[0], config)
        return Readings(found=found, problems=problems, origin=found[0].old.entry, kept_on_request=True)
    read, failed = each(
        mails[:MOST],
        lambda data: _of_box(original, data, config),
        lambda data, error: entry_failed(original.given, _subject(data), error, "mailbox"),
    )
    names = [one.old.entry for found, _ in read for one in found]
    said = list(dict.fromkeys(problem for _, told in read for problem in told))
    if twice := len(names) - len(set(names)):
        said.append(original.warning("left-behind.mails-twice", count=twice))
    if len(mails) > MOST:
        said.append(original.warning("left-behind.mailbox-cut", hint=say("split-rest.hint"), most=MOST))
    return Readings(
        found=tuple(one for found, _ in read for one in found),
        problems=(*failed, *said),
        origin=f"mailbox {original.name}",
        kept_on_request=True,
    )


def _of_box(original: Original, data: bytes, config: SiteConfig) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    try:
        found, problems = _articles(original, data, config)
    except (NoTextError, TooManyPartsError, UndecodableError) as error:
        message = say("not-importable.mail", subject=_subject(data)[:80], why=error.words)
        hint = error.hint if isinstance(error, NoTextError) else say("save-by-itself.hint")
        return (), (refusal(original, message, hint),)
    return tuple(structs.replace(one, stem="", within="mailbox") for one in found), problems


def _subject(data: bytes) -> str:
    try:
        return read_mime(re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]).headers.get("subject", "")
    except Exception:  # noqa: BLE001 - it is asked after another failure
        return ""


def _articles(original: Original, data: bytes, config: SiteConfig) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    mime = read_mime(data)
    if mime.type == "multipart/report" and "delivery-status" in mime.headers.get("content-type", ""):
        raise NoTextError(say("mail-report"), say("mail-report.hint"))
    outer = Mail(mime=mime, headers=mime.headers, reader=reader_of(mime.headers))
    found: list[Member] = []
    problems: list[Problem] = []
    mails = list(passed_on(original, outer, 0))
    read, failed = each(
        (mail for mail, _ in mails),
        lambda mail: _article(original, mail, config),
        lambda mail, error: _unread(original, mail, error, alone=len(mails) == 1),
    )
    for number, (one, told) in enumerate(read):
        name = mail_name(mime.headers, data, outer.reader) + (f" {number + 1}" if number else "")
        title = str(one.source.fields["title"].value)
        stem = "" if len(mails) > 1 else one.stem
        found.append(structs.replace(one, old=Old(entry=name), title=title, within="mail", stem=stem))
        problems += told
    if not found:
        raise NoTextError(say("mail-without-text"), say("save-as-text.hint"))
    return tuple(found), (*failed, *(note for _, notes in mails for note in notes), *problems)


def _unread(original: Original, mail: Mail, error: BaseException, *, alone: bool) -> Problem:
    if alone:
        raise error
    return entry_failed(original.given, mail.headers.get("subject", ""), error, "mail")


def _article(original: Original, mail: Mail, config: SiteConfig) -> tuple[Member, tuple[Problem, ...]]:
    mime = mail.mime
    inside, called = pictures_of(mime)
    shelf = shelf_of(original, inside)
    around = around_of(config, original.path, shelf)
    html, left, kept = _body(original, mail, called, around.language)
    words = re.sub(r"<[^>]*>", " ", html)
    if not words.strip() and "<img" not in html:
        raise NoTextError(say("mail-without-text"), say("save-as-text.hint"))
    subject = without_address(mail.headers.get("subject", ""), mail.reader)
    zone = around.zone if mail.in_text else None
    fields = mail_fields({**mail.headers, "subject": subject}, words or original.stem, zone)
    found = made(original.path, fields, placed(html, around, _base(mime)), around, shelf, stem=original.stem)
    names = [part.filename or part.type for part in mime.parts if _is_attached(part)]
    problems = [structs.replace(problem, path=original.given) for problem in mime.failed]
    if said := tuple(left_words(left)):
        problems.append(original.warning("for-one-reader", said=in_a_row(said, "in-a-row.semicolon")))
    if unread := html.count("\ufffd"):
        problems.append(original.warning("original-damaged.mail", count=unread))
    problems += kept
    if names:
        problems.append(original.warning("left-behind.attachments", names=", ".join(names)[:200]))
    return found, tuple(problems)


def _is_attached(part: Part) -> bool:
    """Tell whether a part is a file that belongs to a mail; many programs send one without saying so."""
    is_file = part.attached or part.type.startswith(("application/", "audio/", "video/"))
    return is_file and not part.type.startswith("image/") and not part.type.endswith("-signature")


def _base(mime: Mime) -> str:
    """Return from where the relative addresses of a mail are understood (RFC 2110, RFC 2557 §5)."""
    page = page_of(mime)
    headers = (
        mime.headers.get("content-base", ""),
        page.location if page else "",
        mime.headers.get("content-location", ""),
    )
    return next((address.strip() for address in headers if address.strip().lower().startswith("http")), "")


def _body(
    original: Original, mail: Mail, names: Mapping[str, str], language: str
) -> tuple[str, Left, tuple[Problem, ...]]:
    page, plain = page_of(mail.mime), plain_text_of(mail.mime)
    failed: list[Problem] = []
    if page and not (mail.in_text and not mail.html):
        read, failed = each(
            [page],
            lambda page: _page_body(page, original, mail, names, language),
            lambda page, error: part_failed(original.given, page.type, error),
        )
        for body, left, problems in read:
            if body:
                return body, left, problems
    if failed and not plain:
        raise NoTextError(failed[0].message, say("save-as-text.hint"))
    text = mail.plain if mail.in_text else plain.text() if plain else ""
    html, left = without_personal(plain_mail(text), mail.reader) if text.strip() else ("", Left())
    return html, left, tuple(failed)


def _page_body(
    page: Part, original: Original, mail: Mail, names: Mapping[str, str], language: str
) -> tuple[str, Left, tuple[Problem, ...]]:
    base = _base(mail.mime) or page.location
    html, left = without_personal(with_parts(mail.html or page.text(), names, base), mail.reader)
    html, problems = with_kept_pieces(html, base, language, original.given)
    return fragment(html), left, problems


# --- Files of mails: one mail, one behind the ``From `` line of a mailbox, or many of them (mbox; RFC 4155) ------

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


# --- mails without HTML: paragraphs and quotations, with the line ends undone that a program put in ------------------


_QUOTED_LINE = re.compile(r"^>[> ]*")
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_WRAPPED = range(50, 100)
"""Characters of a line that a mail program may have broken by itself."""


def plain_mail(text: str) -> str:
    """Return the text of a mail as HTML; what stands below the mark of a signature is left out."""
    body = _SIGNATURE.split(text, maxsplit=1)[0]
    parts = [part.strip("\n") for part in re.split(r"\n[ \t\u00a0]*\n", body)]
    return "\n".join(_block(part) for part in parts if part.strip())


def _block(part: str) -> str:
    lines = part.split("\n")
    quoted = all(line.startswith(">") for line in lines)
    words = _unwrapped([_QUOTED_LINE.sub("", line) for line in lines] if quoted else lines)
    html = f"<p>{escape(words, quote=False).replace(chr(10), '<br>')}</p>"
    return f"<blockquote>{html}</blockquote>" if quoted else html


def _unwrapped(lines: list[str]) -> str:
    """Return lines as one, where each but the last is as long as a mail program makes it."""
    if len(lines) > 1 and all(len(line.rstrip()) in _WRAPPED for line in lines[:-1]):
        return " ".join(line.strip() for line in lines)
    return "\n".join(line.strip() for line in lines)


# --- what the headers of a mail say about it -------------------------------------------------------------------------


_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|re|aw|wg|sv|전달|회신|답장)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)

_NO_SUBJECT = re.compile(
    r"[\W_]*(?:no subject|\(?no title\)?|제목\s?없음|무제|untitled|kein betreff|sans objet|件名なし|无主题)?[\W_]*",
    re.IGNORECASE,
)


def mail_fields(headers: Mapping[str, str], words: str = "", zone: ZoneInfo | None = None) -> dict[str, Field]:
    """Return what the headers of a mail say about it; `words` are its text, by which it is called without a subject.

    `zone` is given for the few headers that stand in the text of another mail.
    """
    return dict(_mail_fields(headers, words, zone))


def _mail_fields(headers: Mapping[str, str], words: str, zone: ZoneInfo | None) -> Iterator[tuple[str, Field]]:
    subject = headers.get("subject", "")
    title = _FORWARDED.sub("", subject).strip()
    if title and not _NO_SUBJECT.fullmatch(title):
        others = (subject,) if subject != title else ()
        yield "title", structs.replace(stated(title, 0.9, "Subject of the mail"), alternatives=others)
    else:
        title = subject
        yield from first_words(words, "first words of the mail")
    date = headers.get("date", "")
    if found := moment_below(date, zone) if zone else mail_moment(date, UTC):
        field = stated(found.moment, 0.6 if found.doubt else 0.95, "Date of the mail")
        doubt = (Evidence(rule=found.doubt),) if found.doubt else ()
        yield "date", structs.replace(field, evidence=(*field.evidence, *doubt))
    name, address = _sender(headers.get("from", ""))
    if not (name or "@" in address):
        return
    if "list-id" in headers or "list-unsubscribe" in headers:
        yield "source", stated(name or address.rpartition("@")[2], 0.75, "From of the mail")
    else:
        person = Person(name=name or address.partition("@")[0], email=address if "@" in address else None)
        forwarded = title != subject  # by somebody who may not have written it
        yield "authors", stated((person,), 0.4 if forwarded else 0.75, "From of the mail")


def _sender(written: str) -> tuple[str, str]:
    try:
        return parseaddr(written)
    except RecursionError:  # brackets inside brackets
        return "", ""
