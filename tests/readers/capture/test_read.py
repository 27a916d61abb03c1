"""Captures: what is read from a pasted page, and that nothing of it is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from capture_readings import CAPTURES
from readers.worlds import PARAGRAPHS as BODY
from readers.worlds import TITLE, around, value
from rows import each_row
from sites import SETTINGS, built
from yoyak.messages.catalogue import paragraph, speak
from yoyak.model.sources import Reading
from yoyak.readers.capture.read import read_capture
from yoyak.readers.capture.wrap import columns
from yoyak.text.calendar import Moment

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "captures"


def capture(*lines: str) -> Reading:
    return read_capture("\n".join(lines), around())


def labels(reading: Reading) -> dict[int, str]:
    return {line.n: line.label for line in reading.lines}


def paragraphs(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.kind == "paragraph"]


# --- the samples --------------------------------------------------------------------------------------


def _expected() -> list[Path]:
    return sorted(SAMPLES.glob("*.expected.json"))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_there_are_samples_to_read() -> None:
    assert len(_expected()) >= 4


@pytest.mark.parametrize("expected", _expected(), ids=lambda path: path.name.removesuffix(".expected.json"))
def test_a_sample_is_read_as_expected(expected: Path) -> None:
    text = expected.with_name(expected.name.replace(".expected.json", ".txt")).read_text(encoding="utf-8")
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    got = _summary(read_capture(text, around()))
    assert {key: got[key] for key in wanted} == wanted


def _summary(reading: Reading) -> dict[str, object]:
    date = value(reading, "date")
    people = value(reading, "authors") or ()
    assert isinstance(people, tuple)
    return {
        "title": value(reading, "title"),
        "date": _wall_time(date) if isinstance(date, Moment) else None,
        "publisher": value(reading, "source"),
        "authors": [person.name for person in people],
        "theme": value(reading, "label"),
        "body": sum(1 for block in reading.blocks if block.kind != "caption"),
        "captions": sum(1 for block in reading.blocks if block.kind == "caption"),
    }


def _wall_time(moment: Moment) -> str:
    return moment.value.strftime("%Y-%m-%d" if moment.day_only else "%Y-%m-%dT%H:%M")


# --- nothing is lost ----------------------------------------------------------------------------------

_LINE = st.one_of(
    st.text(st.characters(exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=80),
    st.sampled_from(
        [
            *BODY,
            TITLE,
            "구독",
            "12",
            "07.03 (수)",
            "이하늘 기자",
            "누리신문",
            "ⓒ누리신문, 무단 전재 금지",
            "#태그 #둘",
            "▶ 더 보기",
        ]
    ),
)


@given(st.lists(_LINE, max_size=30))
@example(["\u200b", "#", "[사진=]"])
def test_every_line_that_is_not_blank_has_exactly_one_label(lines: list[str]) -> None:
    reading = capture(*lines)
    assert [line.n for line in reading.lines] == [n for n, line in enumerate(lines, 1) if line.strip()]


@given(st.lists(_LINE, max_size=30))
def test_a_block_comes_from_a_line_that_is_kept(lines: list[str]) -> None:
    reading = capture(*lines)
    kept = {line.n for line in reading.lines if line.kept}
    assert {block.line for block in reading.blocks} <= kept


@given(st.text())
def test_no_markup_of_a_capture_is_markup_of_its_page(text: str) -> None:
    html = read_capture(
        f"{TITLE}\n{BODY[0]}\n<b>{text}</b> <script>alert(1)</script> 그렇다고 그는 말했다. 정말 그렇다.", around()
    ).html
    assert "<b>" not in html
    assert "<script" not in html


_PASTED = sorted({line for path in CAPTURES.glob("*.txt") for line in path.read_text(encoding="utf-8").split("\n")})
"""Lines of all sample captures, also of their readings: a mix that no page has."""


@given(st.lists(st.one_of(_LINE, st.sampled_from(_PASTED)), max_size=60), st.sampled_from(["\n", "\n\n", " \n"]))
def test_kept_and_left_out_lines_are_the_whole_file(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    reading = read_capture(text, around())
    assert [label.n for label in reading.lines] == [n for n, raw in enumerate(text.split("\n"), 1) if raw.strip()]
    assert all(label.label and label.rule and 0 <= label.confidence <= 1 for label in reading.lines)
    assert all(0 <= field.confidence <= 1 for field in reading.fields.values())


@given(st.lists(st.sampled_from(_PASTED), max_size=40))
def test_a_body_has_no_word_that_the_file_has_not(lines: list[str]) -> None:
    text = normalize("NFC", "\n".join(lines))
    letters = re.sub(r"[\s>]", "", text)
    for block in read_capture(text, around()).blocks:
        assert all(re.sub(r"[\s>]", "", item) in letters for item in block.text.split("\n"))


@given(st.permutations([*BODY, " ".join(BODY), f"{BODY[1]} {BODY[0]}"]), st.integers(56, 90))
def test_wrapped_paragraphs_are_read_like_whole_ones(body: list[str], width: int) -> None:
    whole = [TITLE, "입력 2024.07.03 06:00", *body]
    wrapped = "\n\n".join("\n".join(_wrapped(text, width)) for text in whole)
    assert paragraphs(read_capture(wrapped, around())) == paragraphs(capture(*whole))


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and columns(f"{lines[-1]} {word}") > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_line_numbers_are_those_of_the_file() -> None:
    reading = read_capture(f"{TITLE}\n\n{BODY[0]}", around(first_line=6))
    assert [(line.n, line.label) for line in reading.lines] == [(6, "title"), (8, "paragraph")]


# --- the body -----------------------------------------------------------------------------------------


def test_the_body_ends_at_the_rights_notice() -> None:
    teaser = "이 기사는 다른 기사를 소개하는 긴 문장으로서 본문처럼 보이지만 본문이 아니다. 그래서 남기지 않는다."
    reading = capture(TITLE, *BODY, "ⓒ누리신문, 무단 전재 및 재배포 금지", teaser)
    assert paragraphs(reading) == list(BODY)
    assert value(reading, "rights_notice") == "ⓒ누리신문, 무단 전재 및 재배포 금지"


def test_a_hash_glued_to_a_paragraph_is_furniture() -> None:
    reading = capture(TITLE, "#" + BODY[0], BODY[1])
    assert paragraphs(reading)[0] == BODY[0]
    assert "<h1>" not in reading.html


def test_a_line_of_words_with_hashes_is_tags() -> None:
    assert value(capture(TITLE, *BODY, "#빈집 #누리군"), "tags") == ("빈집", "누리군")


def test_a_dateline_is_cut_from_its_paragraph_and_kept() -> None:
    reading = capture(TITLE, f"(누리=가온통신) 이하늘 정초록 기자 = {BODY[0]}", *BODY[1:])
    assert paragraphs(reading)[0] == BODY[0]
    assert value(reading, "dateline") == "누리"
    assert value(reading, "source") == "가온통신"
    assert _summary(reading)["authors"] == ["이하늘", "정초록"]


def test_a_byline_behind_a_paragraph_is_cut_and_read() -> None:
    reading = capture(TITLE, *BODY[:2], f"{BODY[2]} 이하늘 기자 sky@nuri.example")
    assert paragraphs(reading) == list(BODY)
    people = value(reading, "authors")
    assert isinstance(people, tuple)
    assert [(person.name, person.email) for person in people] == [("이하늘", "sky@nuri.example")]


def test_a_marked_short_line_between_paragraphs_is_a_subhead() -> None:
    reading = capture(
        TITLE,
        BODY[0],
        "◇ 남은 것은 일자리",
        BODY[1],
        "▲10일 설명회가 열린다. ▲24일에는 첫 입주자가 집을 고른다고 군은 말했다.",
        BODY[2],
    )
    assert [(b.kind, b.text) for b in reading.blocks if b.kind == "heading"] == [("heading", "남은 것은 일자리")]
    assert "<h2>남은 것은 일자리</h2>" in reading.html
    assert len(paragraphs(reading)) == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "누리군은 2026.9.5 발표에서 신고는 report@nuri.example으로 접수한다",
        "[속보] 정부가 빈집 정비 예산을 두 배로 늘린다고 밝혔다.",
        "[제작비 논란] 이 사업에 든 돈은 모두 40억 원으로 알려졌다.",
        "행사 참가 신청과 문의는 press@nuri.example",
        "로그인하지 않으면 구독 정보가 보이지 않는다는 지적도 나왔다.",
        "화면에는 “이 사진을 정말 삭제하시겠습니까?”라는 문장이 떴다.",
        "군은 뉴스레터를 구독하는 주민이 두 배로 늘었다고 설명했다.",
    ],
)
def test_a_sentence_that_speaks_of_dates_addresses_or_logins_stays(sentence: str) -> None:
    assert sentence in paragraphs(capture(TITLE, BODY[0], sentence, BODY[1], BODY[2]))


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("고친 집을 둘러보는 군수. [사진=누리군 제공]", "고친 집을 둘러보는 군수.", "누리군 제공"),
        ("고친 집 앞에 선 군수. 누리군 인스타그램", "고친 집 앞에 선 군수.", "누리군 인스타그램"),
        ("/사진=누리군 제공", "", "누리군 제공"),
        ("고친 집 [누리군 제공. 재판매 및 DB 금지]", "고친 집", "누리군 제공. 재판매 및 DB 금지"),
        ("A mended house. Photograph: Alex Kim/Nuri Pictures", "A mended house.", "Alex Kim/Nuri Pictures"),
    ],
)
def test_a_caption_gives_its_credit_apart(line: str, text: str, credit: str) -> None:
    (caption,) = [block for block in capture(TITLE, line, *BODY).blocks if block.kind == "caption"]
    assert (caption.text, caption.credit) == (text, credit)


def test_a_capture_of_furniture_only_is_refused() -> None:
    reading = capture("본문 바로가기", "구독", "12")
    assert [problem.code for problem in reading.problems] == ["capture-without-text"]


def test_short_lines_without_a_sentence_are_kept_with_a_warning() -> None:
    reading = capture("누리군 소식 모음", "빈집 300채", "버스 12대")
    assert [problem.code for problem in reading.problems if problem.code == "body-unsure"] == ["body-unsure"]
    assert [block.text for block in reading.blocks] == ["빈집 300채", "버스 12대"]


# --- fields -------------------------------------------------------------------------------------------


def test_a_date_without_a_year_warns_with_the_year_that_was_taken() -> None:
    reading = capture("07.03 (수)", TITLE, *BODY)
    (problem,) = [problem for problem in reading.problems if problem.code == "date-year-inferred"]
    assert paragraph(problem) == (
        'content/2024/article.txt:1:1: warning: The date "07.03 (수)" has no year; it was read as 2024-07-03, the last'
        ' such day up to 2024-07-05. Write "date: 2024-07-03" in front matter, so that it stays.'
    )
    assert reading.fields["date"].confidence == 0.75


def test_a_labelled_date_wins_over_one_without_a_label() -> None:
    reading = capture("07.05 (금)", TITLE, "입력 2024.07.04. 오전 6:00 수정 2024.07.04. 오전 8:12", *BODY)
    assert _summary(reading)["date"] == "2024-07-04T06:00"
    updated = value(reading, "updated")
    assert isinstance(updated, Moment)
    assert updated.value.hour == 8


def test_the_issue_below_the_rights_notice_is_not_this_articles() -> None:
    reading = capture(
        TITLE,
        *BODY,
        "ⓒ누리신문, 무단 전재 및 재배포 금지",
        "이슈 다른 이야기",
        "이 기사는 언론사에서 사회 섹션으로 분류했습니다.",
    )
    assert value(reading, "label") == "사회"


@each_row(
    ("notice", "holder"),
    [
        ("저작권자 © 누리신문 무단전재 및 재배포 금지", "누리신문"),
        ("<저작권자(c) 누리신문, 무단 전재-재배포 금지>", "누리신문"),
        ("[ⓒ 누리신문 & nuri.example, 무단 전재 및 재배포 금지]", "누리신문"),
        ("?누리신문(www.nuri.example), 무단전재 및 재배포 금지", "누리신문"),
        ("Copyrights ⓒ 누리신문. 무단 전재 및 재배포 금지", "누리신문"),
        ("Copyright ⓒ 2024 누리신문. All rights reserved. 무단 전재 금지.", "누리신문"),
        ("© 2024 The Nuri Post. All rights reserved.", "The Nuri Post"),
        ("Copyright 港新聞 無断転載を禁じます。", "港新聞"),
    ],
)
def test_the_holder_of_the_rights_is_the_publisher(notice: str, holder: str) -> None:
    reading = capture(TITLE, *BODY, notice)
    assert (value(reading, "source"), value(reading, "rights_notice")) == (holder, notice)


@pytest.mark.parametrize(
    "sentence",
    [
        "검찰은 사진을 무단 복제해 배포한 혐의로 업체 대표를 재판에 넘겼다고 밝혔다.",
        "The court said that the photographs of the harbour may not be published before the trial.",
        "Researchers found that 12 comments out of a hundred were written by machines.",
    ],
)
def test_a_sentence_that_speaks_of_copies_or_comments_stays(sentence: str) -> None:
    assert sentence in paragraphs(capture(TITLE, BODY[0], sentence, BODY[1], BODY[2]))


def test_a_domain_of_an_address_speaks_for_the_outlet() -> None:
    reading = capture(TITLE, *BODY, "이하늘 기자 sky@nuri.example", "ⓒ누리신문(www.nuri.example), 무단전재 금지")
    assert "mail-domain" in [evidence.rule for evidence in reading.fields["source"].evidence]


def test_lines_of_a_wrapped_paragraph_are_each_labelled() -> None:
    lines = [line for text in (BODY[0], BODY[1], f"{BODY[2]} {BODY[0]}") for line in (*_wrapped(text, 60), "")]
    reading = capture(TITLE, "입력 2024.07.03 06:00", "", *lines)
    found = [label for label in reading.lines if label.label == "paragraph"]
    assert len(found) == sum(1 for line in lines if line)
    assert {label.rule for label in found} >= {"wrapped-line"}


def test_the_runners_up_of_the_title_are_kept() -> None:
    other = "빈집 300채 고쳐 청년에게 빌려준다는 누리군"
    reading = capture(other, "메뉴", TITLE, "입력 2024.07.04. 06:00", *BODY)
    title = reading.fields["title"]
    assert (title.value, title.alternatives) == (TITLE, (other,))


def test_an_unsure_title_warns_with_the_next_best() -> None:
    reading = capture("처음 보는 여덟 글자 머리", "다른 낯선 여덟 글자 줄", *BODY)
    (problem,) = [problem for problem in reading.problems if problem.code == "title-unsure"]
    assert "the next best was" in speak(problem.message)


def test_english_bylines_and_rights_are_read() -> None:
    body = (
        "The harbour council will rebuild three piers next year, officials said on Wednesday. It will take a year.",
        "“We listened to the fishing crews first,” a spokesperson said. Unions argue that time was short.",
    )
    reading = capture("Harbour council to rebuild three piers", "By Jane Doe and Sam Lee, Harbour Correspondents",
                      "Published 3 July 2024, 06:00 BST", *body, "Read more: The lighthouse keeper's last winter",
                      "© 2024 The Harbour Review. All rights reserved.")  # fmt: skip
    assert _summary(reading) | {"theme": None, "body": 2, "captions": 0} == {
        "title": "Harbour council to rebuild three piers", "date": "2024-07-03T06:00",
        "publisher": "The Harbour Review", "authors": ["Jane Doe", "Sam Lee"], "theme": None, "body": 2, "captions": 0,
    }  # fmt: skip
    assert value(reading, "lang") == "en"


# --- rights -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "settings", "notice", "rights"),
    [
        ("", "", "ⓒ누리신문, 무단전재 및 재배포 금지", "excerpt"),
        ("", "rights: {default: link}\n", "ⓒ누리신문, 무단전재 및 재배포 금지", "excerpt"),
        ("", "sources: {누리신문: {rights: full}}\n", "ⓒ누리신문, 무단전재 및 재배포 금지", "full"),
        ("---\nrights: full\n---\n", "", "ⓒ누리신문, 무단전재 및 재배포 금지", "full"),
        ("", "sources: {누리신문: {rights: full}}\n", "누리신문", "excerpt"),
        ("", "sources: {누리신문: {rights: link}}\n", "누리신문", "link"),
        ("---\nsource: 누리신문\n---\n", "sources: {누리신문: {rights: full}}\n", "누리신문", "full"),
    ],
)
def test_a_notice_cuts_an_article_and_a_guess_shows_no_more(
    tmp_path: Path, keys: str, settings: str, notice: str, rights: str
) -> None:
    text = keys + "\n".join([TITLE, "입력 2024.07.04. 오전 6:00", *BODY, notice])
    found = built(tmp_path, {"content/a.txt": text}, SETTINGS + settings)
    page = found.text("articles/a")
    assert (BODY[2] in page) == (rights == "full")
    assert (BODY[0].split(". ")[0] in page) == (rights != "link")


# --- notices of posts and of deaths: no sentence is in them -------------------------------------------------

POSTS = (
    "◆가온물관리원 ◇승진 ▷수질본부장 이하늘 ▷상황실장 정초록 ◇전보 ▷기획감사실장 한바다",
    "◆마루대 ▷교무처장 윤다온 ▷도서관장 겸 박물관장 서노을 ▷대외협력실장 조하람",
    "▲기획조정실장 이하늘 ▲총무과장 정초록 ▲재무과장 한바다",
    "△운영지원과장 김나루 △물환경정책과장 이보늬 △하천계획과장 신현주",
)
DEATHS = (
    "▲ 이하늘(전 가온초 교장)씨 별세, 이나루·다온씨 부친상 = 3일 가온병원 장례식장 2호실, 발인 5일 오전 8시",
    "▲ 정초록씨 모친상 = 3일 오후 2시 마루의료원 장례식장 특실, 발인 5일 오전 6시 30분, 장지 가온추모공원",
)
OTHERS = (
    "지하철 9개 역 승강기 교체…내년 3월까지 우회 안내",
    "조선소 용접공 모자라 외국인 훈련소 증설",
    "[부고] 곽노준씨 모친상",
)


@pytest.mark.parametrize(
    ("title", "notice"),
    [("[인사] 가온물관리원 외", POSTS), ("[부고] 이하늘씨 별세 外", DEATHS), ("[인사] 가온군", POSTS[2:])],
)
def test_a_notice_of_posts_or_deaths_is_the_text(title: str, notice: tuple[str, ...]) -> None:
    menu = ("정치", "경제", "사회", "피플", "인사·부고")
    other = ("많이 본 뉴스", *OTHERS, "오늘의 시세", "물결전자\t71,200\t▲ 900", "한들제약\t18,450\t▼ 150")
    reading = capture(
        *menu, title, "입력 2024.07.03. 09:12", "공유하기", "인쇄", *notice, "무단 전재 및 재배포 금지", *other
    )
    assert value(reading, "title") == title
    assert paragraphs(reading) == list(notice)


POSTS_BY_LINE = (
    "◇ 국장 승진",
    *(
        f"▲ {post} {name}"
        for post, name in zip(
            ("총무과장", "기획과장", "예산과장", "감사과장", "홍보과장", "복지과장", "환경과장", "교통과장"),
            ("김하늘", "이바다", "박초록", "정새롬", "한서로", "윤가람", "오누리", "서다온"),
            strict=True,
        )
    ),
    "◇ 과장 전보",
    "▲ 수질관리과장 직무대리 남하나",
    "▲ 도로과장 유두리",
)
PLAIN_POSTS = (
    "<국장급 승진>",
    "기획조정국장 김하늘",
    "복지국장 이바다",
    "<과장급 전보>",
    "총무과장 박초록",
    "홍보과장 정새롬",
)
NAMES_FIRST = ("4급 승진", "김하늘 기획실장", "이바다 복지국장", "5급 전보", "박초록 총무과장", "정새롬 세무과장")
DEATHS_BY_LINE = (
    "▲ 김말자씨 별세, 이하늘(가온도 과장)·바다씨 모친상",
    "= 19일 오후 3시",
    "가온병원 장례식장 2호실",
    "발인 21일 오전 7시",
    "☎ 02-555-0100",
    "▲ 박길동씨 별세",
    "박초록(누리은행 지점장)씨 부친상",
    "= 누리의료원 5호실",
    "발인 22일 오전 9시",
)
REMARKS = (
    "시장 앞에 나무를 심는 일이 오늘 아침 시작됐다. 주민 서른 명이 삽을 들고 나왔다.",
    "도서관은 다음 달부터 밤 열 시까지 문을 연다. 시험을 앞둔 학생들이 반겼다.",
)


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("[인사] 가온도", POSTS_BY_LINE),
        ("[인사] 가온도", (POSTS[0], *POSTS_BY_LINE)),
        ("[인사] 누리시", PLAIN_POSTS),
        ("누리군 4급 이상 인사", NAMES_FIRST),
        ("[부고] 11월 20일", DEATHS_BY_LINE),
    ],
    ids=["posts", "a long line above", "without signs", "names first", "deaths"],
)
def test_a_notice_with_a_post_or_a_death_on_short_lines_is_the_text(title: str, notice: tuple[str, ...]) -> None:
    menu = ("정치", "경제", "사회", "피플", "인사·부고")
    below = (
        "무단 전재 및 재배포 금지",
        "많이 본 뉴스",
        "시장 앞 나무 심기 시작",
        REMARKS[0],
        "도서관 밤 열 시까지",
        REMARKS[1],
    )
    reading = capture(*menu, title, "입력 2026.11.20. 09:12", "공유하기", "인쇄", *notice, *below)
    assert value(reading, "title") == title
    assert [block.text for block in reading.blocks] == list(notice)


def test_marked_lines_that_name_no_posts_are_no_text() -> None:
    prices = (
        "▲ 물결전자 900원 오름",
        "▲ 한들제약 150원 오름",
        "▼ 가온조선 70원 내림",
        "▲ 누리은행 30원 오름",
        "▲ 바다항공 15원 오름",
    )
    reading = capture(TITLE, "입력 2024.07.04. 06:00", *BODY, "무단 전재 및 재배포 금지", "오늘의 시세", *prices)
    assert paragraphs(reading) == list(BODY)


def test_what_is_less_than_70_percent_sure_is_named() -> None:
    reading = capture(TITLE, "온라인뉴스팀", "입력 2024.07.04. 06:00", *BODY)
    (problem,) = [problem for problem in reading.problems if problem.code.endswith("-unsure")]
    assert (problem.code, problem.line, problem.severity) == ("authors-unsure", 2, "warning")
    assert "authors: [온라인뉴스팀]" in speak(problem.hint)


def test_every_unsure_field_of_a_whole_page_is_named() -> None:
    reading = capture("https://news.example.org/2024/07/03/houses", TITLE, "편집부", *BODY)
    unsure = {name for name in ("date", "title", "authors") if reading.fields[name].confidence < 0.7}
    assert unsure >= {"date", "authors"}
    assert {problem.code for problem in reading.problems if problem.code.endswith("-unsure")} == {
        f"{name}-unsure" for name in unsure
    }


@pytest.mark.parametrize("caption", ["불 꺼진 등대. 이하늘 기자", "멈춘 크레인과 빈 부두. 이하늘 인턴기자"])
def test_a_line_without_a_verb_that_is_signed_above_the_text_is_a_caption(caption: str) -> None:
    blocks = capture(TITLE, caption, *BODY).blocks
    assert [block.kind for block in blocks][:2] == ["caption", "paragraph"]
    signed = capture(TITLE, *BODY[:-1], f"{BODY[-1]} 이하늘 기자").blocks
    assert all(block.kind == "paragraph" for block in signed)
