"""Mails that somebody passed on: the article is theirs, with their subject, date and sender."""

# ruff: noqa: E501 - feeds and mails as they are

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from yoyak.importing.passed_on import forward_in_page, forward_in_text
from yoyak.messages.catalogue import printed

OUTER = "From: 이바다 <bada@inbox.example>\nTo: desk@digest.example\nDate: Fri, 5 Jul 2024 10:00:00 +0900\nMIME-Version: 1.0\n"
TEXT = "첫 배는 여섯 시에 떠난다. 표는 부두에서 판다."
INNER = f"From: 섬편지 <letter@isle.example>\nTo: 이바다 <bada@inbox.example>\nDate: Wed, 3 Jul 2024 07:00:00 +0900\nSubject: 배 시간\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
LABELS = {
    "gmail": ("---------- Forwarded message ---------", "From", "Date", "Subject", "To", "Wed, Jul 3, 2024 at 7:00 AM"),
    "gmail-ko": ("---------- 전달된 메시지 ----------", "발신", "날짜", "제목", "수신", "2024년 7월 3일 (수) 오전 7:00"),
    "naver": ("-----Original Message-----", "From", "Sent", "Subject", "To", "2024-07-03 (수) 07:00:00 (GMT+09:00)"),
    "daum": ("--------- 원본 메일 ---------", "보낸사람", "날짜", "제목", "받는사람", "24.07.03 07:00"),
    "outlook": ("-----원본 메시지-----", "보낸 사람", "보낸 날짜", "제목", "받는 사람", "2024년 7월 3일 수요일 오전 7:00"),
    "apple": ("Begin forwarded message:", "From", "Date", "Subject", "To", "July 3, 2024 at 7:00:00 AM GMT+9"),
    "thunderbird": ("-------- Forwarded Message --------", "From", "Date", "Subject", "To", "Wed, 3 Jul 2024 07:00:00 +0900"),
    "apple-ko": ("전달된 메시지의 시작:", "보낸 사람", "날짜", "제목", "받는 사람", "2024년 7월 3일 오전 7시 0분 0초 GMT+9"),
    "outlook-new": ("", "From", "Sent", "Subject", "To", "Wednesday, July 3, 2024 7:00 AM"),
}  # fmt: skip


def _headers(form: str) -> tuple[str, list[tuple[str, str]]]:
    mark, sender, date, subject, to, day = LABELS[form]
    letter = ("섬편지 <letter@isle.example>", day, "배 시간", "이바다 <bada@inbox.example>")
    return mark, list(zip((sender, date, subject, to), letter, strict=True))


def _check(article: str) -> None:
    assert "\ntitle: 배 시간\n" in article
    assert "\ndate: 2024-07-03" in article
    assert "섬편지" in article.partition("\n---\n\n")[0]
    assert article.partition("\n---\n\n")[2].strip() == TEXT
    assert "inbox.example" not in article


@pytest.mark.parametrize("form", LABELS)
@pytest.mark.parametrize("note", ["", "이것 좀 보세요."])
def test_a_mail_passed_on_in_plain_text_is_the_article(form: str, note: str, tmp_path: Path) -> None:
    mark, headers = _headers(form)
    body = "\n".join([note, "", mark, *(f"{name}: {value}" for name, value in headers), "", TEXT])
    site = new_site(tmp_path / "site")
    head = f"{OUTER}Subject: Fwd: 배 시간\nContent-Type: text/plain; charset=utf-8\n\n"
    report = run_import(site, written(tmp_path, "a.eml", head + body))
    _check(only_article(site))
    assert ("What is written above it is left out" in "".join(map(printed, report.problems))) is bool(note)


@pytest.mark.parametrize("shape", ["br", "div", "table"])
@pytest.mark.parametrize("form", LABELS)
def test_a_mail_passed_on_in_a_page_is_the_article(form: str, shape: str, tmp_path: Path) -> None:
    mark, headers = _headers(form)
    escaped = [(name, value.replace("<", "&lt;").replace(">", "&gt;")) for name, value in headers]
    rows = {
        "br": "<br>".join(f"<b>{name}:</b> {value}" for name, value in escaped),
        "div": "".join(f"<div><b>{name}: </b><span>{value}</span></div>" for name, value in escaped),
        "table": f"<table>{''.join(f'<tr><th>{name}: </th><td>{value}</td></tr>' for name, value in escaped)}</table>",
    }[shape]
    body = f"<div>보세요</div><div class='q'><div>{mark}<br>{rows}</div><br><br><p>{TEXT}</p></div>"
    site = new_site(tmp_path / "site")
    head = f"{OUTER}Subject: FW: 배 시간\nContent-Type: text/html; charset=utf-8\n\n"
    run_import(site, written(tmp_path, "a.eml", head + body))
    _check(only_article(site))


@pytest.mark.parametrize("coding", ["7bit", "base64"])
def test_an_attached_mail_is_the_article(coding: str, tmp_path: Path) -> None:
    import base64

    inner = base64.encodebytes(INNER.encode()).decode() if coding == "base64" else INNER
    body = f"--b\nContent-Type: text/plain; charset=utf-8\n\n보세요.\n--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: {coding}\n\n{inner}\n--b--\n"
    site = new_site(tmp_path / "site")
    report = run_import(
        site,
        written(tmp_path, "a.eml", f"{OUTER}Subject: Fwd: 편지\nContent-Type: multipart/mixed; boundary=b\n\n{body}"),
    )
    _check(only_article(site))
    assert 'left out: "보세요."' in "".join(map(printed, report.problems))


def test_each_mail_of_a_digest_is_an_article(tmp_path: Path) -> None:
    parts = "".join(f"--b\n\n{INNER.replace('배 시간', f'배 {n}')}\n" for n in range(3))
    site = new_site(tmp_path / "site")
    data = f"{OUTER}Subject: 모음\nContent-Type: multipart/digest; boundary=b\n\n{parts}--b--\n"
    report = run_import(site, place := written(tmp_path, "a.eml", data))
    assert [one.title for one in report.imported] == ["배 0", "배 1", "배 2"]
    assert run_import(site, place).imported == ()
    assert len(contents(site)) == 3


def test_a_long_letter_with_a_mail_attached_stays_an_article_too(tmp_path: Path) -> None:
    body = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{TEXT * 40}\n--b\nContent-Type: message/rfc822\n\n{INNER}\n--b--\n"
    site = new_site(tmp_path / "site")
    report = run_import(
        site, written(tmp_path, "a.eml", f"{OUTER}Subject: 편지\nContent-Type: multipart/mixed; boundary=b\n\n{body}")
    )
    assert [one.title for one in report.imported] == ["편지", "배 시간"]


def test_what_somebody_answers_is_not_passed_on() -> None:
    below = f"-----Original Message-----\nFrom: a@b.example\nSubject: 배\n\n{TEXT}"
    assert forward_in_text(f"네, 그렇게 하지요.\n\n{below}", "Re: 배") is None
    assert forward_in_text(f"보세요.\n\n{below}", "Fwd: 배") is not None
    assert forward_in_text("From: the pier\nTo: the isle\nsaid the sign.", "배") is None
    assert forward_in_page(f"<p>From: here</p><p>{TEXT}</p>", "배") is None


def test_a_picture_between_headers_and_text_stays(tmp_path: Path) -> None:
    html = "<p>Forwarded message</p><p>From: a@b.example<br>Subject: 배</p><img src='https://isle.example/a.jpg' alt='배'><p>글</p>"
    found = forward_in_page(html, "Fwd: 배")
    assert found is not None
    assert "a.jpg" in found[0]


def test_a_mail_passed_on_twice_is_the_innermost(tmp_path: Path) -> None:
    body = "---------- Forwarded message ---------\nFrom: 김하늘 <sky@inbox.example>\nDate: Thu, Jul 4, 2024 at 9:00 AM\nSubject: Fwd: 배 시간\nTo: <bada@inbox.example>\n\n"
    mark, headers = _headers("gmail")
    inner = "\n".join([mark, *(f"{name}: {value}" for name, value in headers), "", TEXT])
    site = new_site(tmp_path / "site")
    run_import(
        site,
        written(
            tmp_path,
            "a.eml",
            f"{OUTER}Subject: Fwd: Fwd: 배 시간\nContent-Type: text/plain; charset=utf-8\n\n{body}{inner}",
        ),
    )
    _check(only_article(site))


def _attached(note: str, inner: str, kind: str = "multipart/mixed", cut: str = "b") -> str:
    text = f"--{cut}\nContent-Type: text/plain; charset=utf-8\n\n{note}\n"
    body = f"{text}--{cut}\nContent-Type: message/rfc822\n\n{inner}\n--{cut}--\n"
    return f"{OUTER}Subject: Fwd: 편지\nContent-Type: {kind}; boundary={cut}\n\n{body}"


def _passed_on_in_text(note: str) -> str:
    mark, headers = _headers("gmail")
    body = "\n".join([note, "", mark, *(f"{name}: {value}" for name, value in headers), "", TEXT])
    return f"{OUTER}Subject: Fwd: 배 시간\nContent-Type: text/plain; charset=utf-8\n\n{body}"


@pytest.mark.parametrize(
    ("mail", "notes"),
    [
        (_attached("첫째 말.", _passed_on_in_text("둘째 말.")), ["첫째 말.", "둘째 말."]),
        (_attached("첫째 말.", INNER, "multipart/digest"), ["첫째 말."]),
        (_attached("첫째 말.", _attached("둘째 말.", INNER, cut="c")),
         ["첫째 말.", "둘째 말."]),
        (_passed_on_in_text("첫째 말.\n").replace(TEXT, _passed_on_in_text("둘째 말.").partition("\n\n")[2]),
         ["첫째 말.", "둘째 말."]),
    ],
    ids=["a text in an attachment", "a digest", "an attachment in an attachment", "a text in a text"],
)  # fmt: skip
def test_every_note_above_a_mail_is_in_its_article_or_reported(mail: str, notes: list[str], tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.eml", mail))
    said = "".join(map(printed, report.problems)) + b"".join(contents(site).values()).decode()
    assert [note for note in notes if note not in said] == []


def test_a_note_above_mails_that_are_unreadable_is_reported(tmp_path: Path) -> None:
    empty = INNER.replace(TEXT, "")
    two = _attached("첫째 말.", empty).replace("--b--", f"--b\nContent-Type: message/rfc822\n\n{INNER}\n--b--")
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.eml", two))
    assert "첫째 말." in "".join(map(printed, report.problems))


def test_mails_attached_deeper_than_any_program_does_are_reported(tmp_path: Path) -> None:
    mail = INNER
    for level in range(7):
        mail = _attached(f"말 {level}.", mail, cut=f"b{level}")
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.eml", mail))
    said = "".join(map(printed, report.problems)) + b"".join(contents(site).values()).decode()
    assert [level for level in range(7) if f"말 {level}." not in said] == [0]  # in the mail that is not read
    assert "attached inside 5 others: not read" in said
