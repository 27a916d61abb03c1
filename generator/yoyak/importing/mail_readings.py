"""Mails as readings: the subject, the text for all readers, and what is left out; of mails passed on, theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec import structs

from yoyak.importing.embedded import with_parts
from yoyak.importing.failures import each, entry_failed, in_a_row, part_failed
from yoyak.importing.found import Member, NoTextError, Readings, around_of, made, placed, refusal, shelf_of
from yoyak.importing.fragments import fragment, with_kept_pieces
from yoyak.importing.messages import mail_fields, page_of, pictures_of, plain_text_of
from yoyak.importing.mime import Mime, Part, TooManyPartsError, read_mime
from yoyak.importing.one_reader import without_address, without_personal
from yoyak.importing.originals import Original
from yoyak.importing.passed_on import Left, Mail, left_words, passed_on
from yoyak.importing.personal import Reader, reader_of
from yoyak.importing.plain_mail import plain_mail
from yoyak.model.message import Problem, Words, say
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import UndecodableError

MOST = 2000
"""Mails of one mailbox."""


def mail_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the articles of a mail or a mailbox."""
    mails = tuple(islice(mails_of(original.data), MOST + 1))
    if len(mails) == 1:
        found, problems = _articles(original, mails[0], config)
        return Readings(found=found, problems=problems, origin=found[0].entry, kept_on_request=True)
    read, failed = each(
        mails[:MOST],
        lambda data: _of_box(original, data, config),
        lambda data, error: entry_failed(original.given, _subject(data), error, "mailbox"),
    )
    names = [one.entry for found, _ in read for one in found]
    again = (_twice(original, len(names) - len(set(names))),) if len(names) > len(set(names)) else ()
    problems = (*dict.fromkeys(problem for _, told in read for problem in told), *again)
    more = (_too_many(original),) if len(mails) > MOST else ()
    return Readings(
        found=tuple(one for found, _ in read for one in found),
        problems=(*failed, *problems, *more),
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
        found.append(structs.replace(one, entry=name, title=title, within="mail", stem=stem))
        problems += told
    if not found:
        raise NoTextError(say("mail-without-text"), say("save-as-text.hint"))
    return tuple(found), (*failed, *(note for _, notes in mails for note in notes), *problems)


def _unread(original: Original, mail: Mail, error: BaseException, *, alone: bool) -> Problem:
    if alone:
        raise error
    return entry_failed(original.given, mail.headers.get("subject", ""), error, "mail")


def _twice(original: Original, number: int) -> Problem:
    return original.doubt("left-behind.mails-twice", count=number)


def _too_many(original: Original) -> Problem:
    return original.warning("left-behind", say("left-behind.mailbox-cut", most=MOST), say("split-rest.hint"))


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
    problems = [_for_one_reader(original, said)] if (said := tuple(left_words(left))) else []
    failed = (structs.replace(problem, path=original.given) for problem in mime.failed)
    unread = html.count("\ufffd")
    problems += [_unreadable(original, unread)] if unread else []
    told = (*failed, *problems, *kept, *([_attachments(original, names)] if names else ()))
    return found, told


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


def _for_one_reader(original: Original, said: tuple[Words, ...]) -> Problem:
    return original.doubt("for-one-reader", said=in_a_row(said, "in-a-row.semicolon"))


def _unreadable(original: Original, number: int) -> Problem:
    return original.doubt("original-damaged.mail", count=number)


def _attachments(original: Original, names: list[str]) -> Problem:
    return original.doubt("left-behind.attachments", names=", ".join(names)[:200])


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
