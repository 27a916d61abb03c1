"""Scripts of reports on television: what the anchor says is text, and so is everything behind a speaker's label."""

from __future__ import annotations

import pytest

from readers.worlds import around, value
from yoyak.readers.capture.read import read_capture

TITLE = "나래항 새 부두, 첫 배가 들어왔다"
ABOVE = ("뉴스", "다시보기", "정치", "사회", TITLE, "윤다온 기자", "입력 2024.07.03 20:10")
BELOW = ("무단 전재 및 재배포 금지", "많이 본 뉴스", "도서관 밤 열 시까지 연다", "시장 앞 나무 심기 시작")
LEAD = ("나래항 새 부두에 오늘 첫 배가 들어왔습니다.", "공사를 시작한 지 세 해 만입니다.")
REPORT = (
    "뱃고동 소리에 사람들이 손을 흔듭니다.",
    "갑판에는 사과 상자가 가득합니다.",
    "부두는 내년 봄까지 두 곳 더 생깁니다.",
)
QUOTE = "“세 해를 기다렸습니다. 이제 밤에도 배를 댈 수 있어요.”"
LABELS = [
    ("[앵커]", "[기자]"),
    ("<앵커>", "<기자>"),
    ("[앵커멘트]", "[리포트]"),
    ("◀ 앵커 ▶", "◀ 리포트 ▶"),
    ("〔앵커〕", "〔기자〕"),
]
TURNS = {
    "an interview last": ("[이하늘/나래항 도선사]", QUOTE),
    "an interview between": ("<이하늘 / 나래항 도선사>", QUOTE, "배는 저녁에 다시 떠납니다."),
    "voices": ("<녹취> 주민 : “밤에 불이 켜지니 좋네요.”", "“장사도 나아질 겁니다.”", "배는 저녁에 다시 떠납니다."),
    "the anchor again": ("나래뉴스 윤다온입니다.", "{anchor}", "다음 배는 언제죠?", "{reporter}", "모레입니다."),
    "the anchor last": ("{anchor}", "네, 윤 기자 잘 들었습니다. 다음 배는 모레 들어옵니다."),
}  # fmt: skip


@pytest.mark.parametrize(("anchor", "reporter"), LABELS)
@pytest.mark.parametrize("blank", [False, True], ids=["tight", "apart"])
@pytest.mark.parametrize("turns", TURNS.values(), ids=TURNS)
def test_all_that_is_said_in_a_report_is_text(anchor: str, reporter: str, blank: bool, turns: tuple[str, ...]) -> None:
    said = (*LEAD, *REPORT, *(turn for turn in turns if not turn.startswith(("{", "나래뉴스"))))
    spoken = (turn.format(anchor=anchor, reporter=reporter) for turn in turns)
    script = (anchor, *LEAD, "윤다온 기자가 보도합니다.", reporter, *REPORT, *spoken)
    lines = (part for line in script for part in ((line, "") if blank else (line,)))
    reading = read_capture("\n".join((*ABOVE, *lines, *BELOW)), around())
    assert value(reading, "title") == TITLE
    assert [block.text for block in reading.blocks if block.text in said] == list(said)
    assert not {anchor, reporter}.intersection(block.text for block in reading.blocks)
    assert not set(BELOW).intersection(block.text for block in reading.blocks)


@pytest.mark.parametrize(("anchor", "reporter"), LABELS)
def test_a_label_before_what_is_said_stays_readable(anchor: str, reporter: str) -> None:
    script = (f"{anchor} {LEAD[0]}", LEAD[1], f"{reporter} {REPORT[0]}", *REPORT[1:])
    reading = read_capture("\n".join((*ABOVE, *script, *BELOW)), around())
    assert [block.text for block in reading.blocks] == list(script)


def test_a_talk_of_short_questions_is_text_from_the_first_on() -> None:
    talk = (
        "윤 기자, 언제 떠납니까?",
        "네, 내일입니다.",
        "어디로 갑니까?",
        "섬 세 곳입니다.",
        "몇 명이 탑니까?",
        "사십 명입니다.",
    )
    script = [part for at, line in enumerate(talk) for part in (LABELS[0][at % 2], line)]
    reading = read_capture("\n".join((*ABOVE, *script, *BELOW)), around())
    assert [block.text for block in reading.blocks] == list(talk)


def test_a_teaser_called_after_an_anchor_makes_no_script() -> None:
    other = ("[앵커의 눈] 부두에 불이 켜진다", "부두의 밤이 밝습니다.", "항구가 달라집니다.")
    reading = read_capture("\n".join((*ABOVE, *LEAD, *REPORT, *BELOW, *other)), around())
    assert [block.text for block in reading.blocks] == [*LEAD, *REPORT]


@pytest.mark.parametrize("reporter", ["[윤다온 기자]", "[기자]"])
def test_an_anchor_who_is_named_is_no_author_of_a_report(reporter: str) -> None:
    script = ("[한서로 앵커]", *LEAD, reporter, *REPORT, "[앵커]", "다음 배는 모레 들어옵니다.")
    lines = (*ABOVE[:5], "입력 2024.07.03 20:10", *script, "나래뉴스 윤다온입니다.", *BELOW)
    reading = read_capture("\n".join(lines), around())
    assert [person.name for person in reading.fields["authors"].value] == ["윤다온"]
    assert [block.text for block in reading.blocks] == [*LEAD, *REPORT, "다음 배는 모레 들어옵니다."]
