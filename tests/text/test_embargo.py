"""The embargo lines of press releases."""

from __future__ import annotations

from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.model.message import say
from yoyak.text.embargo import EmbargoLine, embargo_lines
from yoyak.text.embargo_hints import _HINT, may_hold_back

SEOUL = ZoneInfo("Asia/Seoul")
NEAR = date(2025, 3, 6)
"""A Thursday."""


def _lines(*lines: str, reference: date | None = NEAR) -> tuple[EmbargoLine, ...]:
    return embargo_lines(enumerate(lines, 1), SEOUL, reference)


@each_row(
    ("line", "moment"),
    [
        ("보도시점: 2025. 3. 7.(금) 10:00", "2025-03-07 10:00"),
        ("보도시점 2025. 3. 7.(금) 오전 9시 30분 이후", "2025-03-07 09:30"),
        ("○ 보도일시 : 2025년 3월 7일(금) 14시", "2025-03-07 14:00"),
        ("| 보도시점 | 2025. 3. 7.(금) 조간 | 배포 | 2025. 3. 6.(목) 09:00 |", "2025-03-07 06:00"),
        ("보도시점\t'25. 3. 7.(금) 석간", "2025-03-07 12:00"),
        ("보도시점 : 25.3.7.(금) 조간 (온라인 3. 6.(목) 12:00)", "2025-03-06 12:00"),
        ("보도시점: 2025. 3. 7.(금) 조간(인터넷은 전일 18:00 이후)", "2025-03-06 18:00"),
        ("보 도 시 점 ㅣ 3월 7일(금요일) 정오", "2025-03-07 12:00"),
        ("【엠바고】 3월 7일 오후 2시", "2025-03-07 14:00"),
        ("엠바고(3.7. 10:00)", "2025-03-07 10:00"),
        ("**엠바고:** 2025-03-07 10:00", "2025-03-07 10:00"),
        ("> 엠바고 해제 시각: 3/7(금) 10:00", "2025-03-07 10:00"),
        ("보도 가능 일시: 3. 7.(금) 24:00", "2025-03-08 00:00"),
        ("배포일시: 2025. 3. 7.(금) 10:00 이후", "2025-03-07 10:00"),
        ("배포일 3. 6. / 보도시점 3. 7.(금) 07시", "2025-03-07 07:00"),
        ("※ 본 자료는 3월 7일(금) 조간부터 보도하여 주시기 바랍니다.", "2025-03-07 06:00"),
        ("3. 7.(금) 10:00 이후 보도", "2025-03-07 10:00"),
        ("3월 7일 10시까지 보도 금지", "2025-03-07 10:00"),
        ("Embargoed until 9am GMT on 7 March 2025", "2025-03-07 18:00"),
        ("EMBARGO: Friday, March 7, 2025, 10:00 a.m. ET", "2025-03-08 00:00"),
        ("UNDER EMBARGO UNTIL 0001 GMT FRIDAY 7 MARCH 2025", "2025-03-07 09:01"),
        ("Not for publication before 7 March 2025 at 10:00 KST", "2025-03-07 10:00"),
        ("This report is embargoed until noon, March 7, 2025.", "2025-03-07 12:00"),
        ("보도시점: 2025. 3. 7.(금) 01:00 (한국시간)", "2025-03-07 01:00"),
        ("보도시점: 2025. 3. 7.(금) 10:00 UTC+9", "2025-03-07 10:00"),
        ("<엠바고 : 3월 7일 오후 2시>", "2025-03-07 14:00"),
        ("Embargo: 00.01 GMT Friday 7 March 2025", "2025-03-07 09:01"),
        ("보도 요청 일시: 3. 7.(금) 10:00", "2025-03-07 10:00"),
        ("배포: 3. 6.(목)  보도: 3. 7.(금) 조간", "2025-03-07 06:00"),
        ("공개 시각 : 2025. 3. 7. 10:00 이후", "2025-03-07 10:00"),
        ("제공일자: 3. 6.(목) / 3. 7.(금) 조간", "2025-03-07 06:00"),
        ("Media embargo until 6pm Friday March 7", "2025-03-07 18:00"),
    ],
)
def test_an_embargo_line_names_its_moment(line: str, moment: str) -> None:
    (found,) = _lines(line)
    assert found.moment is not None
    assert f"{found.moment:%Y-%m-%d %H:%M}" == moment


@each_row(
    "line",
    [
        "보도시점: 배포 즉시",
        "보도시점: 즉시 보도",
        "보도시점 | 2025. 3. 6.(목) 배포 즉시",
        "보도시점: 배포 시부터",
        "보도시점: 제한 없음",
        "엠바고: 없음",
        "FOR IMMEDIATE RELEASE",
        "For immediate release: March 7, 2025",
        "Embargo: none",
        "배포 즉시 보도 가능",
        "배포일시: 2025. 3. 6.(목) 09:00",
        "배포일: 3. 6.",
        "보도자료",
        "보도시점 | 2025. 3. 6.(목) 배포시 | 담당 부서 | 해양과",
        "The embargo until 2030 was the subject of talks.",
        "보도국장: 이바다",
        "엠바고 논란이 2025년에도 이어졌다.",
        "Embargo on grain lifted in 2025",
        "새 앱은 3월 7일부터 사용 가능하다.",
        "방송은 3월 7일 이후 보도됐다.",
        "엠바고는 보도 유예를 뜻한다.",
        "Release notes for 2025-03-07",
        "기자들은 3월 7일 오전 10시까지 엠바고를 지켰다.",
    ],
)
def test_what_holds_nothing_back_is_no_embargo(line: str) -> None:
    assert _lines(line) == ()


@each_row(
    ("line", "why"),
    [
        ("보도시점: 2025. 3. 7.(금)", "it names no hour"),
        ("보도시점: 조간", "it names no day"),
        ("보도시점: 추후 공지", "it names a condition"),
        ("보도시점 추후 통보", "it names a condition"),
        ("보도시점: 2025. 3. 7.(금) 10:00 기자회견 종료 후", "it names a condition"),
        ("보도시점: 2025. 3. 7.(목) 10:00", "2025-03-07 is a Friday, not a Thursday."),
        ("보도시점: 3. 7.(목) 10:00", "2025-03-07 falls on another weekday"),
        ("보도시점: 2025. 3. 7. 자정", "midnight is the beginning or the end of the day"),
        ("보도시점: 2025. 3. 7. 10:00 (현지시간)", '"현지시간" may be another zone'),
        ("Embargoed until March 7, 2025, 10:00 IST", 'the zone "IST" does not name one place'),
        ("Embargoed until further notice", "it names a condition"),
        ("엠바고: 해제 시까지", "it names a condition"),
        ("보도시점: 내일 오전", "it names no day"),
        ("보도시점: 2025. 3. 7. 25:00", 'there is no time of day "25:00"'),
    ],
)
def test_what_may_hold_back_and_is_not_understood_says_why(line: str, why: str) -> None:
    (found,) = _lines(line)
    assert (found.moment, speak(found.how)) == (None, why)


def test_a_day_without_a_year_needs_a_day_near_it() -> None:
    assert _lines("보도시점: 3. 7.(금) 10:00", reference=None)[0].how == say("embargo.no-year")
    (found,) = _lines("보도시점: 1. 2.(금) 10:00", reference=date(2025, 12, 30))
    assert f"{found.moment:%Y-%m-%d}" == "2026-01-02"


def test_a_label_on_a_line_of_its_own_is_read_with_the_line_below() -> None:
    (found,) = _lines("보도시점", "", "2025. 3. 7.(금) 조간", "배포", "2025. 3. 6.(목)")
    assert (found.n, f"{found.moment:%d %H}") == (1, "07 06")
    assert _lines("보도시점", "배포 즉시") == ()


@pytest.mark.parametrize(
    "text",
    [
        "HOLD FOR 9 a.m. 5 July 2031",
        "Hold For Release",
        "Do Not Publish before 5 July 2031",
        "eMBARgoed until 5 July 2031",
        "보\u00a0도시점: 7월 5일",
        "배 부일시: 7월 5일",
        "엠 바고: 7월 5일",
    ],
)
def test_a_text_in_any_spelling_may_hold_back(text: str) -> None:
    assert may_hold_back(f"배가 다시 뜬다.\n\n{text}\n\n표는 두 주 전부터 판다.")


_PIECES = [
    "보", "도", "배", "포", "부", "엠", "바", "고", " ", "\t", "\u00a0", "\n", "취급", "기사화", "게재", "공개", "공표",
    "발표", "제공", "가능", "일", "시", ":", "재", "embargo", "eMBARgo", "RELEASE", "relea\u017fe", "Publ\u0131cation",
    "hold until", "HOLD UNT\u0130L", "Hold For", "not publish", "NOT PUBLISH", "public", "x" * 9, " 7월 5일",
]  # fmt: skip


@each_row(
    "line",
    [
        "ＥＭＢＡＲＧＯ： 2025-03-07 10:00",
        "ｅｍｂａｒｇｏ: ２０２５-０３-０７ 10:00",
        "em\u00adbargo: 2025-03-07 10:00",
        "엠\u200b바고: 2025-03-07 10:00",
        "\ufeff보도\u2060시점: 2025. 3. 7. 10:00",
        "<b>엠</b>바고: 2025-03-07 10:00",
        "엠**바고**: 2025-03-07 10:00",
        "&#50656;&#48148;&#44256;: 2025-03-07 10:00",
        "&#xC5E0;바고: 2025&#45;03-07 10:00",
        "E M B A R G O: 2025-03-07 10:00",
        "HOLD FOR RELEASE: 2025-03-07 10:00",
        "Hold for release until 2025-03-07 10:00",
    ],
)
def test_an_embargo_line_is_read_as_it_looks(line: str) -> None:
    assert may_hold_back(f"배가 다시 뜬다.\n\n{line}\n\n표는 두 주 전부터 판다.")
    (found,) = _lines(line)
    assert f"{found.moment:%Y-%m-%d %H:%M}" == "2025-03-07 10:00"


@pytest.mark.parametrize(
    "line",
    ["ＥＵ와 2025년 3월 7일", "그는 &#8216;엠**블럼**&#8217;을 2025년 3월 7일에 보였다", "A B C D E: 2025-03-07"],
)
def test_a_line_that_is_only_written_oddly_is_no_embargo(line: str) -> None:
    assert _lines(line) == ()


def test_the_quick_look_misses_nothing_that_is_looked_for() -> None:
    chance, hints, passed = Random(10), 0, 0
    for _ in range(30_000):
        text = "".join(chance.choices(_PIECES, k=chance.randint(1, 8)))
        hint, quick = _HINT.search(text) is not None, may_hold_back(text)
        assert quick or not hint, text
        hints, passed = hints + hint, passed + (not quick)
    assert hints > 5_000
    assert passed > 3_000
