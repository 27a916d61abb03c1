"""Which outlet a capture comes from, and how sure that is."""

from __future__ import annotations

from readers.worlds import around
from rows import each_row
from yoyak.model.sources import Field
from yoyak.readers.capture.read import read_capture

TEXT = "\n".join(
    f"부두에서 사흘째 크레인이 멈춰 있다고 항만공사가 {day}일 밝혔다. 노사는 오는 주말까지 교섭을 이어가기로 했다."
    for day in range(1, 4)
)
GERMAN = "\n".join(
    f"Die Kräne im Hafen von Gaon stehen seit {days} Tagen still, teilte der Betreiber am Dienstag mit."
    for days in (3, 4, 5)
)
JAPANESE = "\n".join(f"港のクレーンは{days}日間止まったままだと運営会社が火曜日に明らかにした。" for days in (3, 4, 5))


@each_row(
    ("head", "text", "tail", "name"),
    [
        ("크레인 사흘째 멈춰", TEXT, "저작권자 ? GBC, 무단 전재 및 재배포 금지", "GBC"),
        ("크레인 사흘째 멈춰", TEXT, "<저작권자 ?? 가온일보, 무단전재 및 재배포 금지>", "가온일보"),
        ("크레인 사흘째 멈춰\n2024-07-02 18:30　출처: 가온일보", TEXT, "ⓒ 포털", "가온일보"),
        (
            "Elbe Nachrichten\nKräne stehen still",
            GERMAN,
            "© Elbe Verlagsgesellschaft mbH, Postplatz 3",
            "Elbe Nachrichten",
        ),
        ("潮港新聞デジタル\nクレーン、動かず", JAPANESE, "© 2024 THE SHIOMINATO SHIMBUN", "潮港新聞"),
        ("가온일보\n크레인 사흘째 멈춰", TEXT, "Copyright © The Gaon. All rights reserved.", "가온일보"),
        (
            "바다안전부\n알림\n크레인 사흘째 멈춰",
            TEXT,
            "이 누리집은 바다안전부 누리집입니다.\n주소 : 가온로 1 바다안전부 본관\nCopyright © Ministry of Safe Seas.",
            "바다안전부",
        ),
        (
            "월간 흙과불\n크레인 사흘째 멈춰",
            TEXT,
            "© 2015-2024 흙과불. 글과 사진은 허락 없이 옮길 수 없습니다.",
            "월간 흙과불",
        ),
        ("潮港新聞デジタル\nクレーン、動かず", JAPANESE, "Copyright © 潮港新聞社", "潮港新聞"),
        ("Kräne stehen still", GERMAN, "© Gaoner Zeitung 2024", "Gaoner Zeitung"),
        ("글나루터\n글나루터 책방\n크레인 사흘째 멈춰", TEXT, "글나루터 신간", "글나루터"),
        ("나루의 텃밭\n블로그\n크레인 사흘째 멈춰", TEXT, "나루의 텃밭\n이웃추가", "나루의 텃밭"),
        ("크레인 사흘째 멈춰", TEXT, "제호 : 가온일보\n등록일 : 2008.03.10", "가온일보"),
        ("Kräne stehen still", GERMAN, "© Copyright 2024 Gaoner Zeitung, Postplatz 3", "Gaoner Zeitung"),
        (
            "ENGLISH\n산림휴양청\n보도자료\n크레인 사흘째 멈춰",
            f"□ 산림휴양청(청장 표은재)은 다음 달부터 크레인을 멈춘다고 밝혔다.\n{TEXT}",
            "Copyright © Forest Recreation Agency. All Rights Reserved.",
            "산림휴양청",
        ),
    ],
)
def test_the_outlet_is_whom_the_page_names(head: str, text: str, tail: str, name: str) -> None:
    found = source(f"{head}\n\n{text}\n{tail}")
    assert found is not None
    assert found.value == name


def test_a_button_that_recurs_is_no_publisher() -> None:
    blog = f"블로그\n이웃추가\n메모하기\n텃밭 감자를 캐는 날\n2024. 7. 2. 18:30\n이웃추가\n\n{TEXT}\n메모하기\n이웃추가"
    assert source(blog) is None


def test_two_ways_to_say_it_are_surer_than_one() -> None:
    alone = source(f"크레인 사흘째 멈춰\n\n{TEXT}\n© 2024 Harbour Group")
    both = source(f"가온일보\n크레인 사흘째 멈춰\n\n{TEXT}\n저작권자 ⓒ 가온일보 무단전재 및 재배포 금지")
    assert alone is not None
    assert both is not None
    assert alone.confidence < 0.7 < 0.95 < both.confidence


def source(text: str) -> Field | None:
    return read_capture(text, around(path="content/pasted.txt")).fields.get("source")


def test_a_lone_holder_of_the_rights_who_may_be_a_platform_is_not_sure() -> None:
    found = source(f"크레인 사흘째 멈춰\n\n{TEXT}\n© Portal Corp.")
    assert found is None or found.confidence < 0.5


def test_the_heading_of_a_box_to_subscribe_is_no_publisher() -> None:
    box = "나루브리핑 뉴스레터\n소식을 매주 보내 드립니다. 구독자에게는 추첨으로 상품권을 드립니다.\n구독하기"
    assert source(f"크레인 사흘째 멈춰\n2024-07-02 18:30\n\n{TEXT}\n인기뉴스\n{box}") is None
