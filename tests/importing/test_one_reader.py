# ruff: noqa: E501 - a case a line
"""A mail to one reader becomes an article for all."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written
from yoyak.messages.catalogue import paragraph

WHO = "bada.lee@inbox.example"
KEY = "u8Hq-22xZ"
HEAD = (
    f"From: 섬편지 <letter@isle.example>\nTo: 이바다 <{WHO}>\nDate: Wed, 3 Jul 2024 08:00:00 +0900\nSubject: {{}}\n"
    f"List-Unsubscribe: <mailto:out+{KEY}@isle.example>, <https://l.isle.example/out?k={KEY}>\nMIME-Version: 1.0\n"
)
TEXT = "첫 배는 여섯 시에 떠난다."


def _imported(folder: Path, body: str, subject: str = "ferry", kind: str = "text/html") -> tuple[str, str]:
    site = new_site(folder / "site")
    data = HEAD.format(subject) + f"Content-Type: {kind}; charset=utf-8\n\n{body}\n"
    report = run_import(site, written(folder, "a.eml", data))
    return only_article(site), "\n".join(map(paragraph, report.problems))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TEXT}</p><p><a href='https://l.isle.example/out?k={KEY}'>여기</a>를 누르면 더 보내지 않습니다.</p>",
        f"<p>{TEXT}</p><p>{WHO}로 보낸 메일입니다.</p>",
        f"<p>{TEXT}</p><p>받는 이: {WHO.replace('@', '<span>@</span>')}</p>",
        f"<p>{TEXT}</p><p>받는 이: {WHO.replace('.', '&#8203;.')}</p>",
        f"<p>{TEXT}</p><div>This email was sent to <b>{WHO.upper()}</b>.<br>Isle Letter, Harbour 1</div>",
        f"<p>{TEXT}</p><p><a href='https://v.isle.example/{KEY}'>View this email in your browser</a></p>",
        f"<p>{TEXT}</p><p><a href='https://isle.example/a'>구독 취소</a> | <a href='https://isle.example/b'>수신거부</a></p>",
        f"<table><tr><td>{TEXT}</td></tr><tr><td><a href='https://x.example/'>Manage preferences</a></td></tr></table>",
        f"<p>안녕하세요, 이바다 님!</p><p>{TEXT}</p>",
        f"<p>{WHO.partition('@')[0]}님 안녕하세요</p><p>{TEXT}</p>",
        f"<p>{TEXT}</p><img src='https://isle.example/{KEY}/hero.png' alt='배'>",
        f"<p>{TEXT}</p><img src='https://isle.example/o/1.gif'>",
        f"<p>{TEXT}</p><img src='https://isle.example/a.png' style='width:1px; height:1px'>",
        f"<span style='font-size:0'>미리 보는 줄&#847;&zwnj;</span><p>{TEXT}</p>",
        f"<style>.pre{{max-height:0;overflow:hidden}}</style><div class='pre'>미리 보는 줄</div><p>{TEXT}</p>",
        f"<p>{TEXT}</p><p>메일이 잘 보이지 않으면 <a href='https://isle.example/w'>웹에서 보기</a>를 누르세요.</p>",
        f"<p>{TEXT}<br><br><a href='https://l.isle.example/out?k={KEY}'>수신거부</a></p>",
    ],
)  # fmt: skip
def test_what_is_for_one_reader_is_left_out_and_said(body: str, tmp_path: Path) -> None:
    article, said = _imported(tmp_path, body)
    rest = article.partition("\n---\n\n")[2].replace("Isle Letter, Harbour 1", "").strip()
    assert rest == TEXT
    assert ": warning: What is for the one reader of this mail, or for nobody to see, is left out: " in said
    assert KEY not in article
    assert WHO not in article.lower()


@pytest.mark.parametrize(
    "link",
    [
        f"https://click.isle.example/c/{KEY}/7", f"https://isle.example/a?e={WHO.replace('@', '%40')}",
        f"https://isle.example/a/{base64.urlsafe_b64encode(WHO.encode()).decode()}",
        f"https://isle.example/a?h={hashlib.md5(WHO.encode(), usedforsecurity=False).hexdigest()}",
        "https://click.mailer.example/ls/click?upn=u001.aB3xY9kLmNoPqRsTuVwX0z", "https://isle.example/x#" + KEY,
        "https://isle.substack.com/redirect/2/eyJlIjoiaHR0cHMifQ", "https://isle.example/r?j=eyJ1IjoiMXgyeTN6In0.k3Yw",
        "mailto:leave-7-q2x@isle.example", "mailto:post+9q2xw@isle.example",
        "https://substack.com/redirect/1d3a0f10-9b1c-4f0e-8a52-0f6d7c1e2b3a",
    ],
)  # fmt: skip
def test_the_words_of_a_personal_link_stay_without_it(link: str, tmp_path: Path) -> None:
    article, said = _imported(tmp_path, f"<p>{TEXT} <a href='{link}'>시간표</a></p>")
    assert article.endswith(f"\n\n{TEXT} 시간표\n")
    assert 'the links of "시간표", whose words stay' in said


@pytest.mark.parametrize(
    "link",
    [
        "https://click.isle.example/c/{key}?url=https%3A%2F%2Fisle.example%2Fferry%3Fid%3D3%26utm_source%3Dmail",
        "https://click.isle.example/c/{key}/" + base64.urlsafe_b64encode(b"https://isle.example/ferry?id=3").decode(),
    ],
)
def test_a_personal_link_leads_to_the_page_that_it_names(link: str, tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, f"<p>{TEXT} <a href='{link.format(key=KEY)}'>시간표</a></p>")
    assert article.endswith(f"\n\n{TEXT} [시간표](https://isle.example/ferry?id=3)\n")


@pytest.mark.parametrize(
    "name",
    """_hsenc _hsmi _kx mkt_tok vero_id ck_subscriber_id bsft_uid oly_enc_id mc_eid subscriber_id subscriberId contactId
    _bhlid ss_email_id sc_eid trk_contact recipient_id rcpt email_hash utm_source member_id dm_i elqTrackId""".split(),
)
def test_a_link_stays_without_what_names_its_reader(name: str, tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, f"<p>{TEXT} <a href='https://isle.example/ferry?id=3&{name}=Q7x'>시간표</a></p>")
    assert article.endswith(f"\n\n{TEXT} [시간표](https://isle.example/ferry?id=3)\n")


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (f"<p>{TEXT} <a href='https://isle.example/a?uid=7&token_count=3'>표</a></p>", f"{TEXT} [표](https://isle.example/a?uid=7&token_count=3)"),
        (f"<p>{TEXT} <a href='mailto:news@isle.example?subject=a+b'>편지</a></p>", f"{TEXT} [편지](mailto:news@isle.example?subject=a+b)"),
        (f"<p>{TEXT} <a href='https://isle.example/ferry-times-2024'>시간표</a></p>", f"{TEXT} [시간표](https://isle.example/ferry-times-2024)"),
        (f"<p>{TEXT}</p><p>문의: letter@isle.example</p>", f"{TEXT}\n\n문의: letter@isle.example"),
        ("<p>구독 경제가 큰다. 메일을 받는 이도 는다.</p>", "구독 경제가 큰다. 메일을 받는 이도 는다."),
        ("<p>이바다는 배를 몬다. 섬에서 태어났다.</p>", "이바다는 배를 몬다. 섬에서 태어났다."),
        ("<img src='https://isle.example/boat.png' alt='배'><p>글.</p>", "![배](https://isle.example/boat.png)\n\n글."),
        (f"<p>{TEXT} <a href='https://l.isle.example/out?k={KEY}'>수신거부</a></p>", TEXT),
        ("<td style='font-size:0'><p style='font-size:15px'>글이다.</p></td>", "글이다."),
    ],
)  # fmt: skip
def test_the_text_itself_stays(body: str, markdown: str, tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, body)
    assert article.endswith(f"\n---\n\n{markdown}\n")


def test_a_mail_without_html_is_cleaned_too(tmp_path: Path) -> None:
    text = f"{TEXT}\n\n수신거부: https://l.isle.example/out?k={KEY}\n{WHO} 님께 보낸 메일입니다.\n"
    article, said = _imported(tmp_path, text, kind="text/plain")
    assert article.endswith(f"\n---\n\n{TEXT}\n")
    assert "수신거부" in said


def test_the_address_of_the_reader_is_no_part_of_the_title(tmp_path: Path) -> None:
    article, _ = _imported(tmp_path, f"<p>{TEXT}</p>", subject=f"{WHO} 님, the ferry leaves")
    assert "\ntitle: the ferry leaves\n" in article


def test_a_letter_that_is_nothing_but_its_text_gives_no_warning(tmp_path: Path) -> None:
    assert _imported(tmp_path, f"<p>{TEXT}</p>")[1] == ""


def test_every_address_of_a_long_text_is_taken_out(tmp_path: Path) -> None:
    long = f"{'섬사람들은 배를 기다린다. ' * 15}{WHO} 그리고 {WHO.upper()} 그리고 https://isle.example/{KEY} 끝이다."
    article, said = _imported(tmp_path, f"<p>{long}</p>" + f"<div>{WHO.replace('@', '<b>@</b>')} </div>" * 12)
    assert WHO not in article.lower().replace("*", "")
    assert KEY not in article
    assert "그리고 … 그리고" in article
    assert WHO in said


def test_sentences_before_the_address_of_the_reader_stay(tmp_path: Path) -> None:
    body = f"<p>{TEXT} <a href='https://isle.example/a'>자세히</a> {WHO} 님.</p><p>끝이다.</p>"
    article, said = _imported(tmp_path, body)
    assert f"\n\n{TEXT} [자세히](https://isle.example/a) … 님.\n\n끝이다.\n" in article
    assert WHO in said
