"""Mailboxes, mails without a subject, and what is kept of a mail: each mail one article, and no word of its reader."""

# ruff: noqa: E501 - feeds and mails as they are

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from yoyak.messages.catalogue import paragraph, printed

HEAD = "From: 섬편지 <letter@isle.example>\nTo: bada.lee@inbox.example\nDate: Wed, 3 Jul 2024 08:00:00 +0900\n"
KIND = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
TEXT = "첫 배는 여섯 시에 떠난다."


def _mail(number: int, subject: str = "배 {}", text: str = TEXT) -> str:
    return f"{HEAD}Subject: {subject.format(number)}\nMessage-ID: <m{number}@isle.example>\n{KIND}\n{text}\n"


def _box(*mails: str) -> str:
    return "".join(f"From letter@isle.example Wed Jul  3 08:00:0{n} 2024\n{mail}\n" for n, mail in enumerate(mails))


def _articles(site: Path) -> list[str]:
    return [data.decode() for path, data in contents(site).items() if not path.startswith("_")]


@pytest.mark.parametrize(
    "first", ["From a@b.example Wed Jul  3 08:00:00 2024\n", "From - Wed Jul 3\r\n", "\nFrom x y\n", "312\n"]
)
@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a.emlx", "a.txt"])
def test_one_mail_below_a_line_of_its_mailbox_is_read(first: str, name: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, name, first + _mail(1)))
    article = only_article(site)
    assert "\ntitle: 배 1\n" in article
    assert article.endswith(f"\n\n{TEXT}\n")


def test_each_mail_of_a_mailbox_is_an_article(tmp_path: Path) -> None:
    quoted = f"{TEXT}\n\n>From the pier: it rains.\n\nFrom here on it is text.\nNote: so is this."
    box = _box(_mail(1), _mail(2, text=quoted), _mail(3))
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "inbox.mbox", box))
    assert [one.title for one in report.imported] == ["배 1", "배 2", "배 3"]
    assert "From the pier: it rains." in "".join(_articles(site))
    assert "Note: so is this." in "".join(_articles(site))


def test_mails_with_one_subject_have_files_and_addresses_of_their_own(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "inbox", _box(*(_mail(n, "섬 편지") for n in range(3)))))
    assert len({one.path for one in report.imported}) == 3


def test_a_mail_is_known_again_alone_or_in_a_mailbox_and_once_in_each(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    alone = run_import(site, written(tmp_path, "a.eml", _mail(1)))
    box = written(tmp_path, "inbox.mbox", _box(_mail(1), _mail(2), _mail(2)))
    both = run_import(site, box)
    again = run_import(site, box)
    assert [len(report.imported) for report in (alone, both, again)] == [1, 1, 0]
    assert [one.path for one in both.known] == [alone.imported[0].path]
    assert "1 mail of this mailbox came twice" in "".join(map(paragraph, both.problems))


def test_a_mail_is_kept_only_when_that_is_asked_for(tmp_path: Path) -> None:
    mail = written(tmp_path, "a.eml", _mail(1))
    bare, asked = new_site(tmp_path / "bare"), new_site(tmp_path / "asked")
    run_import(bare, mail)
    assert [path for path in contents(bare) if path.startswith("_")] == []
    assert "# Imported on " in only_article(bare)
    assert "bada.lee" not in only_article(bare)
    report = run_import(asked, mail, keep_originals=True)
    assert (asked / report.imported[0].kept).read_bytes() == mail.read_bytes()
    assert run_import(asked, mail, keep_originals=True).imported == ()


def test_a_name_that_says_who_got_a_mail_is_not_written(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    mail = written(tmp_path, "a.eml", _mail(1).replace("<m1@", "<77-bada.lee=inbox.example@"))
    run_import(site, mail)
    assert "bada.lee" not in only_article(site)
    assert run_import(site, mail).imported == ()


@pytest.mark.parametrize(
    "subject", ["", "Subject:\n", "Subject: (no subject)\n", "Subject: (제목 없음)\n", "Subject: Fwd:\n"]
)
def test_a_mail_without_a_subject_is_called_by_its_first_words_and_waits(subject: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.eml", f"{HEAD}{subject}{KIND}\n{TEXT}\n\n밤배는 없다.\n"))
    article = only_article(site)
    assert f"\ntitle: {TEXT}" in article
    assert "\nstatus: review\n" in article


def test_one_bad_mail_of_a_mailbox_costs_no_other(tmp_path: Path) -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60))
    site = new_site(tmp_path / "site")
    box = _box(_mail(1), HEAD + "Subject: 깊다\n" + deep, HEAD + "Subject: 빈 글\n\n", _mail(2))
    report = run_import(site, written(tmp_path, "a.mbox", box))
    assert [one.title for one in report.imported] == ["배 1", "배 2"]
    assert len(report.problems) == 2
    assert "깊다" in str(report.problems)
    assert "빈 글" in str(report.problems)


def test_a_report_of_a_mail_that_did_not_arrive_is_no_article(tmp_path: Path) -> None:
    parts = [
        "text/plain\n\nNo such reader.",
        "message/delivery-status\n\nStatus: 5.1.1",
        f"message/rfc822\n\n{_mail(1)}",
    ]
    body = "".join(f"--b\nContent-Type: {part}\n" for part in parts)
    data = f'{HEAD}Subject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n{body}--b--\n'
    report = run_import(new_site(tmp_path / "site"), written(tmp_path, "a.eml", data))
    assert "This is the report of a mail that did not arrive." in printed(report.problems[0])


def test_relative_addresses_of_a_mail_are_understood_from_where_it_says(tmp_path: Path) -> None:
    html = "<p>표는 <a href='tickets'>여기</a>서 판다.</p><img src='/pier.jpg' alt='부두' width='300'>"
    site = new_site(tmp_path / "site")
    head = f"{HEAD}Subject: 표\nContent-Base: https://isle.example/news/\nContent-Type: text/html; charset=utf-8\n\n"
    run_import(site, written(tmp_path, "a.eml", head + html))
    assert "(https://isle.example/news/tickets)" in only_article(site)
    assert "https://isle.example/pier.jpg" in only_article(site)


def test_files_in_a_mail_that_are_not_called_attachments_are_named_too(tmp_path: Path) -> None:
    kinds = (
        "text/plain; charset=utf-8\n\n배가 뜬다.",
        'application/x-hwp; name="release.hwp"\n\nx',
        'application/pgp-signature; name="signed.asc"\n\nx',
        "text/plain; charset=utf-8\nContent-Disposition: attachment; filename=note.txt\n\n덧붙임",
    )
    body = "".join(f"--b\nContent-Type: {kind}\n" for kind in kinds)
    data = f'{HEAD}Subject: 배\nContent-Type: multipart/mixed; boundary="b"\n\n{body}--b--\n'
    report = run_import(new_site(tmp_path / "site"), written(tmp_path, "a.eml", data))
    assert [printed(problem).partition("article: ")[2].partition(" Save")[0] for problem in report.problems] == [
        "release.hwp, note.txt."
    ]


@pytest.mark.parametrize(
    ("flowed", "read"),
    [
        ("첫 배는 여섯 \n시에 \n떠난다.\n\n막배다.\n-- \n이바다\n", "첫 배는 여섯 시에 떠난다.\n\n막배다."),
        ("첫 배다.\n -\n 막배다.\n", "첫 배다.  \n\\-  \n막배다."),
        ("첫 배는 \n> 막배 \n> 였다\n", "첫 배는  \n\\> 막배  \n\\> 였다"),
    ],
)
def test_lines_that_flow_on_are_one_line(flowed: str, read: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    mail = _mail(1, text=flowed).replace("charset=utf-8", "charset=utf-8; format=flowed")
    run_import(site, written(tmp_path, "a.eml", mail))
    assert only_article(site).partition("\n---\n\n")[2].strip() == read
