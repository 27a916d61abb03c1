"""Mails that were passed on, attached to another or in its text: which of them are meant to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten
from zoneinfo import ZoneInfo

from bs4.element import NavigableString, PageElement, Tag
from msgspec import structs

from yoyak.importing.fragments import fragment
from yoyak.importing.mime import Mime, page_of, plain_text_of
from yoyak.importing.originals import Original
from yoyak.importing.personal import Reader, reader_of_inner
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem
from yoyak.model.types import Record
from yoyak.readers.saved_page.data import moment_of
from yoyak.text.mail_dates import MailMoment, mail_moment

_DEEPEST = 5
_LETTER = 600
"""Characters above an attached mail that are no note, but a letter of their own."""


class Mail(Record, kw_only=True):
    """A mail, or what another one passes on of it."""

    mime: Mime
    headers: dict[str, str]
    reader: Reader
    html: str = ""
    """What another mail has of its page, and of its plain text."""
    plain: str = ""
    in_text: bool = False
    """It stands in the text of another mail."""


def passed_on(original: Original, mail: Mail, depth: int) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield the mails that are meant to be read, and what is left out above them."""
    inner_mails = mail.mime.inner if not mail.in_text else ()
    if inner_mails and depth < _DEEPEST:
        yield from _attached(original, mail, depth)
        return
    inner_mail, above = _in_text(mail)
    if inner_mail is None or depth >= _DEEPEST:
        too_deep = original.warning("left-behind.mails-too-deep", count=len(inner_mails), depth=_DEEPEST)
        yield mail, (too_deep,) if inner_mails else ()
        return
    yield from _with_note(passed_on(original, inner_mail, depth + 1), _notes(original, above))


def _attached(original: Original, mail: Mail, depth: int) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield the mails that are attached to another; a long letter above them is one too."""
    note = _words_of(mail.mime)
    if len(note) > _LETTER:
        yield mail, ()
        note = ""
    readers = (reader_of_inner(inner.headers, mail.headers, mail.reader) for inner in mail.mime.inner)
    inners = [
        Mail(mime=inner, headers=inner.headers, reader=reader)
        for inner, reader in zip(mail.mime.inner, readers, strict=True)
    ]
    below = (one for inner in inners for one in passed_on(original, inner, depth + 1))
    yield from _with_note(below, _notes(original, note))


def _with_note(
    mails: Iterator[tuple[Mail, tuple[Problem, ...]]], notes: tuple[Problem, ...]
) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield mails, the first with what is said of the words above all of them."""
    for number, (one, said) in enumerate(mails):
        yield one, said if number else (*notes, *said)


def _notes(original: Original, words: str) -> tuple[Problem, ...]:
    said = shorten(words, 100, placeholder=" …")
    return (original.warning("left-behind.note-above", said=said),) if words.strip() else ()


def _words_of(mime: Mime) -> str:
    page, plain = page_of(mime), plain_text_of(mime)
    try:
        text = re.sub(r"<[^>]*>", " ", fragment(page.text())) if page else ""
    except Exception:  # noqa: BLE001 - the mail below is read all the same
        text = re.sub(r"<[^>]*>", " ", page.text()) if page else ""
    return " ".join((text if text.strip() or plain is None else plain.text()).split())


def _in_text(mail: Mail) -> tuple[Mail | None, str]:
    """Return the mail that stands in the text of another, and the words above it."""
    page, plain = page_of(mail.mime), plain_text_of(mail.mime)
    subject = mail.headers.get("subject", "")
    html = (mail.html or (page.text() if page else "")) if not (mail.in_text and not mail.html) else ""
    if html:
        found = forward_in_page(html, subject)
    else:
        text = mail.plain if mail.in_text else plain.text() if plain else ""
        found = forward_in_text(text, subject)
    if found is None or not found[0].strip():
        return None, ""
    rest, above, headers = found
    headers = {"date": "", "subject": subject, **headers}
    reader = reader_of_inner(headers, mail.headers, mail.reader)
    return structs.replace(
        mail, headers=headers, reader=reader, html=rest if html else "", plain="" if html else rest, in_text=True
    ), above


# --- mails in the text of another: where they begin, and what stands above them of their headers ---------------------


_PASSED_ON = (
    r"(?:begin )?forwarded (?:message|mail|by\b.{0,80})|전달된?\s?(?:메시지|메세지|메일|편지)(?:의 시작)?"
    r"|weitergeleitete nachricht"
    r"|(?:début du )?message (?:transféré|réexpédié)|mensaje reenviado|mensagem encaminhada"
    r"|転送(?:された)?メッセージ|转发(?:的)?(?:邮件|信息)"
)
_OF_ANSWERS = (
    r"original (?:message|e?-?mail|appointment)|원본\s?(?:메시지|메세지|메일|편지)|ursprüngliche nachricht"
    r"|message d.origine|mensaje original|mensagem original|元のメッセージ|原始邮件"
)
_RULE = r"[-_=*~─━>\s]*"
_MARK = re.compile(rf"{_RULE}(?:(?P<on>{_PASSED_ON})|{_OF_ANSWERS})\s*[:：]?{_RULE}", re.IGNORECASE)
_LABELS = {
    "from": r"from|보낸\s?(?:사람|이|분)|발신(?:자|인)?|von|de|expéditeur|差出人|发件人|發件人",
    "date": r"date|sent"
    r"|보낸\s?(?:날짜|시간|시각|일시|날)|발송\s?(?:일시|일자|일|시간)|받은\s?날짜|날짜|일시"
    r"|datum|gesendet|envoyé|fecha|enviado"
    r"|日付|日時|送信日時|发送时间|日期",
    "subject": r"subject|제목|betreff|objet|asunto|assunto|件名|主题|主旨",
    "to": r"to|받는\s?(?:사람|이|분)|수신(?:자|인)?|an|à|para|宛先|收件人",
    "cc": r"b?cc|(?:숨은\s?)?참조|reply-to|답장\s?받는\s?사람|kopie|抄送",
}
_NAMES = "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
_HEADER = re.compile(rf"[>\s*]*(?:{_NAMES})\s*\*?\s*[:：]\s*\*?(?P<value>.*)", re.IGNORECASE)
_LETTERS = re.compile(r"<[^<>\s]+@[^<>\s]+>|^\S+@\S+$")
_BLOCKS = frozenset(
    "p div tr table tbody li ul ol dl dd dt h1 h2 h3 h4 h5 h6 body html center blockquote pre hr br".split()
)
_ABOVE = 300
"""Characters of a note above a mail that is passed on; a longer text is a letter of its own."""


class Forward(Record, kw_only=True):
    """A mail in the text of another."""

    headers: dict[str, str]
    begins: int
    """The line that announces it."""
    text: int
    """The first line of its text."""
    passed_on: bool
    """It says so; else it may be what somebody answers."""


def forward_in(lines: Sequence[str]) -> Forward | None:
    """Return the first mail that stands below its headers in the lines of another."""
    for number, line in enumerate(lines):
        mark = _MARK.fullmatch(line.strip()) if line.strip() else None
        if not mark and not _is_from(line):
            continue
        headers, end = _headers(lines, number + bool(mark))
        if len(headers) >= (2 if mark else 3) and headers.keys() & {"from", "subject"}:
            passed_on = bool(mark and mark["on"])
            return Forward(headers=headers, begins=number, text=end, passed_on=passed_on)
    return None


def _is_from(line: str) -> bool:
    found = _HEADER.fullmatch(line.strip())
    return bool(found and found["from"])


def _headers(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Return the headers that stand from a line on, and the line behind them."""
    found: dict[str, str] = {}
    end, last = start, ""
    for number in range(start, min(len(lines), start + 60)):
        line = lines[number].strip()
        if header := _HEADER.fullmatch(line):
            last = next(name for name in _LABELS if header[name])
            if last in found and last != "cc":
                break
            found[last] = f"{found.get(last, '')}, {header['value']}".strip(" ,*\t\u00a0")
            end = number + 1
        elif line.strip("> \u00a0") and last in ("to", "cc") and _LETTERS.search(line) and end == number:
            found[last] += f", {line}"
            end = number + 1
        elif line.strip("> \u00a0"):
            break
    return found, end


def is_article(forward: Forward, subject: str, above: str) -> bool:
    """Tell whether the mail in the text is what was meant to be read, and not what its sender answers."""
    if re.match(r"\s*(?:fwd?|wg|tr|rv|enc|전달)\s*[:：]", subject, re.IGNORECASE):
        return True
    answers = re.match(r"\s*(?:re|aw|sv|답장|회신)\s*(?:\[\d+\])?\s*[:：]", subject, re.IGNORECASE)
    return len(" ".join(above.split())) <= _ABOVE and (forward.passed_on or not answers)


def forward_in_text(text: str, subject: str) -> tuple[str, str, dict[str, str]] | None:
    """Return the mail in a plain text, what stands above it, and its headers."""
    lines = text.split("\n")
    found = forward_in(lines)
    above = "\n".join(lines[: found.begins]) if found else ""
    if found is None or not is_article(found, subject, above):
        return None
    below = lines[found.text :]
    while all(line.startswith(">") for line in below if line.strip()) and any(line.strip() for line in below):
        below = [re.sub(r"^> ?", "", line) for line in below]
    return "\n".join(below), above, found.headers


def forward_in_page(html: str, subject: str) -> tuple[str, str, dict[str, str]] | None:
    """Return the mail in HTML as HTML, the words above it, and its headers."""
    if not any(
        word in html.casefold() for word in ("from", "보낸", "발신", "원본", "전달", "subject", "제목", "von", "de")
    ):
        return None
    soup = tree(html)
    lines = _lines(soup)
    words = [" ".join("".join(line).split()) for line in lines]
    found = forward_in(words)
    above = " ".join(words[: found.begins]) if found else ""
    if found is None or not is_article(found, subject, above):
        return None
    _cut_until(soup, lines[found.text - 1][-1])
    for table in soup.find_all("table"):
        if not table.get_text().strip() and table.find("img") is None:
            table.decompose()
    for quote in soup.find_all("blockquote", attrs={"type": "cite"})[:1]:
        quote.unwrap()
    return str(soup), above, found.headers


def _lines(soup: Tag) -> list[list[NavigableString]]:
    """Return the texts of a page by the lines that a reader sees."""
    lines: list[list[NavigableString]] = [[]]
    ended = False
    for node in soup.descendants:
        if isinstance(node, Tag):
            ended = ended or node.name in _BLOCKS
        elif type(node) is NavigableString and node.parent is not None and node.parent.name not in ("style", "title"):
            if (ended or _block(node) is not _block(lines[-1][-1] if lines[-1] else node)) and lines[-1]:
                lines.append([])
            ended = False
            if str(node).strip():
                lines[-1].append(node)
    return [line for line in lines if line]


def _block(node: PageElement) -> Tag | None:
    return next((above for above in node.parents if above.name in _BLOCKS or above.name == "[document]"), None)


def _cut_until(soup: Tag, last: NavigableString) -> None:
    """Take away everything that stands before a text, and the text."""
    holding = {id(above) for above in last.parents}
    for node in list(soup.descendants):
        is_small = isinstance(node, NavigableString) or (
            isinstance(node, Tag) and node.name in ("img", "br", "hr", "input")
        )
        if is_small and id(node) not in holding:
            node.extract()
        if node is last:
            return


def moment_below(written: str, zone: ZoneInfo) -> MailMoment | None:
    """Return the moment of a date as mail programs write it for people: in their language, often without a zone."""
    offset = re.search(r"\(?(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?\)?\s*$", written)
    text = written
    if offset and re.search(r":|시|時", written[: offset.start()]):
        text = f"{written[: offset.start()].strip()} {offset[1]}{offset[2]:0>2}:{offset[3] or '00'}"
    if not re.search(r"\b[ap]\.?m\b|오[전후]|午[前后後]", text, re.IGNORECASE) and (found := mail_moment(text, zone)):
        return found
    moment = moment_of(text, zone)
    return MailMoment(moment=moment) if moment else None
