"""The headline of a whole page: what stands around it must not win."""

from __future__ import annotations

import pytest

from readers.worlds import around, value
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.readers.capture.read import read_capture

TITLE = "마루군, 빈 우체국 세 곳을 마을 찻집으로 바꾼다"
STAMP = "입력 2024.07.03. 09:12"
BODY = (
    "마루군이 문을 닫은 우체국 세 곳을 고쳐 마을 찻집으로 쓴다고 3일 밝혔다. 군은 내년 봄까지 지붕과 마루를 손본다.",
    "찻집은 마을 사람들이 돌아가며 맡는다. 군은 첫해 운영비로 4천만 원을 대고 이듬해부터는 찻집이 스스로 꾸린다.",
    "주민 윤다온 씨는 “편지를 부치던 곳에서 차를 마시게 됐다”며 “겨울에 갈 곳이 생겨 반갑다”고 말했다.",
)
MENU = ("정치", "경제", "사회", "문화", "스포츠", "오피니언")
BUTTONS = ("공유하기", "인쇄", "스크랩")


def page(*lines: str) -> Reading:
    return read_capture("\n".join(lines), around())


def title_of(*lines: str) -> object:
    return value(page(*lines), "title")


@pytest.mark.parametrize(
    "above",
    [
        ("뉴스 > 사회 > 지역·마을",),
        ("홈 › 지역 › 마루군",),
        ("마을의 쓸모 (7)",),
        ("[연재] 마을의 쓸모",),
    ],
)
def test_a_breadcrumb_or_a_kicker_above_a_headline_is_not_the_title(above: tuple[str, ...]) -> None:
    assert title_of(*MENU, *above, TITLE, STAMP, *BUTTONS, *BODY) == TITLE


@pytest.mark.parametrize(
    "below",
    [
        ("우체국 세 곳 고쳐 내년 봄에 연다",),
        ("마을 사람들이 돌아가며 찻집 맡아", "첫해 운영비 4천만 원은 군이 댄다"),
        ("빈 우체국 지붕과 마루 손보고 주민이 운영하는 찻집으로",),
    ],
)
def test_a_subtitle_is_not_the_title(below: tuple[str, ...]) -> None:
    assert title_of(*MENU, TITLE, *below, STAMP, *BUTTONS, *BODY) == TITLE


def test_a_caption_between_the_byline_and_the_text_is_not_the_title() -> None:
    caption = "마루군 은행골의 옛 우체국 앞에 마을 사람들이 모여 있다. 마루군 제공"
    assert title_of(*MENU, TITLE, STAMP, *BUTTONS, caption, *BODY) == TITLE


def test_a_headline_that_stands_twice_wins_against_teasers() -> None:
    teasers = ("마루군 우체국 직원들 마지막 근무 마쳐", "마을 찻집 늘어나는 까닭은")
    reading = page(TITLE, *MENU, *teasers, TITLE, STAMP, *BUTTONS, *BODY, "이 기사를 공유합니다", TITLE)
    assert value(reading, "title") == TITLE
    assert "stands-twice" in {evidence.rule for evidence in reading.fields["title"].evidence}


def test_what_somebody_says_above_a_headline_that_stands_again_is_not_the_title() -> None:
    said = "“편지를 부치던 곳에서 차를 마시게 됐다”"
    lead = f"윤다온 씨는 {said}며 웃었다. 마루군이 문을 닫은 우체국을 고쳐 찻집으로 쓴다는 소식에 마을 사람들이 모였다."
    above = ("빈 우체국의 쓸모를 묻다", "세 마을이 함께 꾸린다", said, TITLE)
    below = ("마을의 쓸모 연재", f"[3회] {TITLE}", "많이 본 뉴스", "1", TITLE)
    assert title_of(*MENU, *above, STAMP, *BUTTONS, lead, *BODY, *below) == TITLE


def test_headlines_under_related_news_are_not_the_title() -> None:
    related = ("관련 기사", "마루군 우체국 세 곳 문 닫는다", "마을 찻집에 지붕 얹는 마루군")
    assert title_of(*MENU, TITLE, *BUTTONS, *related, STAMP, *BODY) == TITLE


def test_a_short_korean_headline_that_stands_twice_is_no_name() -> None:
    short = "빈 우체국에 마을 찻집 선다"
    assert title_of(*MENU, "사회 일반", short, "우체국 세 곳 내년 봄 개장", STAMP, *BODY, "제목", short) == short


@pytest.mark.parametrize(
    "glued",
    [
        f"마루일보 > 사회 > 지역 > {TITLE}",
        f"Home » 사회 » {TITLE}",
        f"{TITLE} 2024.07.03 09:12 | 마루군 은행골 소식 모음",
    ],
)
def test_the_way_to_a_page_and_the_time_are_no_part_of_the_title(glued: str) -> None:
    assert title_of(*MENU, glued, "조하람 기자", *BODY) == TITLE


@pytest.mark.parametrize(
    ("labelled", "below"),
    [
        (f"제목\t{TITLE}", f"12\t{TITLE}\t마루군\t2024.07.03\t55"),
        (f"제목\t{TITLE}", TITLE),
        (f"제목 : {TITLE}", "다음글"),
        (f"제 목: {TITLE}", "목록"),
        (f"글제목：{TITLE}", "목록"),
        (f"Subject: {TITLE}", "목록"),
    ],
)
def test_the_label_before_a_headline_is_no_part_of_it(labelled: str, below: str) -> None:
    assert title_of(*MENU, "보도자료", labelled, "작성일\t2024.07.03", *BODY, "목록", below) == TITLE


def test_a_headline_may_begin_with_the_word_of_a_label() -> None:
    headline = "제목 없는 우체국, 마을 찻집으로 다시 문 연다"
    assert title_of(*MENU, headline, STAMP, *BUTTONS, *BODY, "많이 본 뉴스", headline) == headline


def test_a_list_of_tags_is_not_the_title() -> None:
    lines = (
        "The Naru Post", "Sports", "Opinion", "Old post offices in Naru become tea rooms", "By Erin Vale",
        "July 3, 2024",
        "Tags: post office, tea room, Naru, village, winter",
        "The county of Naru will turn three old post offices into tea rooms, it said. Work begins in spring.",
        "Villagers will run the tea rooms in turn. The county pays for the first year, and no longer.",
    )  # fmt: skip
    assert title_of(*lines) == "Old post offices in Naru become tea rooms"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            (
                "新潮网首页", "国内", "财经", "体育", "新潮网首页 > 新闻中心 > 正文", "三座旧邮局将改建成村民茶馆",
                "2024-07-03 09:12", "分享", "打印",
                "新潮县三日宣布，将把三座关闭的旧邮局改建成村民茶馆，明年春天以前修好屋顶和地板。",
                "茶馆由村民轮流照看，县里承担第一年的四十万元费用，第二年起由茶馆自己维持",
            ),
            "三座旧邮局将改建成村民茶馆",
        ),
        (
            (
                "港の新聞", "政治", "経済", "古い郵便局三つが村の茶店に生まれ変わる", "2024年7月3日 9時12分",
                "シェア", "印刷",
                "なる町は三日、閉めた郵便局三つを直して村の茶店にすると発表した。来年の春までに屋根と床を直す。",
                "茶店は村の人が交代で受け持つ。最初の一年の費用は町が出し、次の年からは茶店が自分で賄う。",
            ),
            "古い郵便局三つが村の茶店に生まれ変わる",
        ),
    ],
)  # fmt: skip
def test_a_headline_without_spaces_is_found(lines: tuple[str, ...], title: str) -> None:
    reading = page(*lines)
    assert value(reading, "title") == title
    assert [block.text for block in reading.blocks if block.kind == "paragraph"] == list(lines[-2:])


def test_code_is_not_the_title() -> None:
    lines = ("Reading a queue in Naru", "By Erin Vale", "July 3, 2024", *_CODE)
    assert title_of(*lines) == "Reading a queue in Naru"


_CODE = (
    "client = queue.Client()", "print(client.read('naru'))",
    "The queue of Naru is read by one client, which prints what it finds. Each reading takes a second, and no more.",
    "Whoever reads the queue twice finds it empty. That is why the client keeps what it has read in a file.",
)  # fmt: skip


def test_the_evidence_of_a_title_is_named() -> None:
    evidence = page(*MENU, TITLE, STAMP, *BODY).fields["title"].evidence
    assert {"words-of-the-body", "date-or-byline-below"} <= {one.rule for one in evidence}
    assert {one.line for one in evidence} == {len(MENU) + 1}


@pytest.mark.parametrize(
    "quoted", ["«Freiwillig» und «vorläufig»: Ahorntal schließt Bad", "»Vorläufig«: Ahorntal schließt »sein Bad«"]
)
def test_quotation_marks_are_no_signs_of_a_breadcrumb(quoted: str) -> None:
    text = (
        "Das Hallenbad in Ahorntal wird vorläufig geschlossen, wie die Gemeinde nach langer Beratung mitteilte.",
        "Ob es wieder öffnet, ist offen. Die Gemeinde prüft, ob ein Verein das Bad freiwillig führen kann.",
    )
    assert title_of("Start", "Lokales", "Sport", quoted, "3. Juli 2024, 9:12 Uhr", *text) == quoted


def test_a_headline_between_its_breadcrumb_and_its_time_is_found() -> None:
    line = f"마루일보 > 뉴스 > 사회 > {TITLE} 2024-07-03 09:12:40 출처: 마루일보"
    assert title_of(*MENU, line, *BODY) == TITLE


def test_the_sentences_of_a_form_that_stand_twice_are_no_text() -> None:
    form = (
        "오류가 나서 기사를 보내지 못하였습니다. 받는 사람의 주소를 다시 한번 확인하여 주시기 바랍니다.",
        "주소는 한 번에 스무 개까지 적을 수 있으며, 주소와 주소 사이에는 쉼표를 찍어 주시기 바랍니다.",
    )
    reading = page(*MENU, "기사 보내기", *form, STAMP, TITLE, *BUTTONS, *BODY, "기사 보내기", *form)
    assert value(reading, "title") == TITLE
    assert [block.text for block in reading.blocks] == list(BODY)


def test_a_page_that_has_its_text_twice_still_has_a_text() -> None:
    reading = page(*MENU, TITLE, STAMP, *BODY, *BUTTONS, TITLE, STAMP, *BODY)
    assert value(reading, "title") == TITLE
    assert BODY[0] in [block.text for block in reading.blocks]


def test_a_caption_below_the_date_is_not_the_title() -> None:
    caption = "마루군 마을 찻집으로 바뀌는 우체국 세 곳"
    assert title_of(*MENU, TITLE, STAMP, *BUTTONS, "크게보기", caption, *BODY) == TITLE


def test_a_headline_that_another_line_cuts_short_is_the_title() -> None:
    cut = TITLE[:18] + "..."
    assert title_of(*MENU, "마을 소식", cut, TITLE, BODY[0], STAMP, *BUTTONS, *BODY[1:]) == TITLE


def test_a_summary_may_stand_between_headline_and_byline() -> None:
    text = (
        "The council of Oakhollow will turn three empty post offices into tea rooms, it said on Wednesday evening.",
        "Villagers will take turns in running the rooms, and the council pays for the first year, said Ada Fenwick.",
    )
    summary = "Three empty post offices become tea rooms that the people of the village run themselves."
    title = "Oakhollow turns empty post offices into tea rooms"
    assert title_of("Home", "News", "Sport", title, summary, "By Ada Fenwick", "July 3, 2024", *text) == title


def test_a_headline_in_chinese_may_ask() -> None:
    title = "三个旧邮局改成茶馆，谁来当掌柜？"
    text = (
        "马鲁县三个旧邮局明年春天改成茶馆，由村民轮流当掌柜，县里负担第一年的费用，目前正在修缮屋顶和地板。",
        "村民尹女士说，以前寄信的地方现在可以喝茶，冬天也有了去处，大家都愿意轮流来茶馆当掌柜，招待过路的人。",
    )
    assert title_of("首页", "新闻", "社会", title, "2024-07-03 09:12", "来源：马鲁日报", *text) == title


def test_a_headline_may_end_with_a_bracket_and_no_attached_file_is_one() -> None:
    title = "옛 우체국 마을 찻집 운영자 모집 안내(은행골, 솔밭, 새터)"
    files = ("첨부", "찻집신청서.hwp (88 KB)", "미리보기", "찻집위치도.jpg (1.2 MB)", "미리보기")
    assert title_of(*MENU, title, "등록일", "2024-07-03", *files, *BODY) == title


def test_a_headline_of_the_ticker_does_not_count_because_its_story_is_told_below() -> None:
    ticker = ("섬마을 분교에 신입생 셋", "다리 가로등 끄자 반딧불 돌아왔다", "등대지기 마지막 전보 공개")
    told = ("섬마을 분교에 신입생 셋이 들어와 잔치를 열었다.", "다리 가로등 끄자 반딧불 돌아왔다는 소식이 반갑다.")
    assert (
        title_of(*MENU, *ticker, TITLE, STAMP, *BODY, "많이 본 뉴스", ticker[0], told[0], ticker[1], told[1]) == TITLE
    )


def test_a_headline_in_a_list_with_dates_is_not_the_title() -> None:
    others = (
        "찻집 앞 주차장 새로 연다",
        "마을 찻집 운영비 두고 다툼",
        "찻집 커피값 천 원으로",
        "옛 우체국 지붕 무너져",
    )
    listed = [part for text in others for part in (text, "2024.07.02")]
    assert title_of(*MENU, TITLE, STAMP, *BUTTONS, BODY[0], *listed, *BODY[1:]) == TITLE


def test_the_name_of_the_outlet_is_no_title_though_the_text_has_its_words() -> None:
    paper, title = "Le Courrier du Port", "Saint-Armel : la passeuse range sa barque"
    text = (
        "Le passage du port ferme après quarante ans. Le courrier arrivera désormais par le pont.",
        "« Le port était mon bureau », raconte Aline Maret, que le courrier des habitants a émue.",
        "La mairie promet un banc sur le quai du port, avec une plaque et une boîte à courrier.",
    )
    assert title_of(paper, "Menu", paper, title, "Publié le 03/07/2024", *text, f"© {paper} 2024") == title


def test_a_headline_that_stands_again_wins_against_a_subtitle_with_more_of_the_words() -> None:
    title, subtitle = "편지 없는 마루에 찻집이 선다", "우체국 세 곳 고쳐 마을 찻집으로"
    page_of = (
        *MENU,
        "홈 > 사회 > 마을",
        title,
        subtitle,
        STAMP,
        *BUTTONS,
        *BODY,
        "인기기사",
        title,
        "섬마을 분교에 신입생 셋",
    )
    assert title_of(*page_of) == title


def test_a_headline_below_the_name_of_its_section_and_above_a_date_is_no_caption() -> None:
    notice = "システムメンテナンスのため、6月30日午前1時から5時まで会員ページをご利用いただけません。"
    title = "社説　小さな図書館　司書を使い捨てにするな"
    text = (
        "図書館で働く人の四人に三人が、一年ごとに契約を結び直している。県の調査で分かった。",
        "司書の仕事は本を並べることだけではない。子どもの問いに本で答える人が要る。",
        "町は人を減らすより、図書館を支える人を育てることに金を使うべきだ。",
    )
    assert title_of("社説", "くらし", notice, "社説", title, "2024.6.25 朝刊", *text) == title.replace("\u3000", " ")


def test_a_headline_in_quotation_marks_that_stands_twice_wins_though_its_text_says_it_in_other_words() -> None:
    title, line = "‘온기’ 하나에 갈라진 마루군의회, 결국 겨울 지킨다", "우체국 세 곳 고쳐 찻집으로"
    head = (*MENU, title, "공유하기", "추천 기사", title, "추천 기사", STAMP, *BUTTONS, line, "사진 확대")
    assert title_of(*head, *BODY) == title


FERRIES = (
    "The new quay opened on Monday, and seven ferries to the islands leave from the harbour of Marrow in the evening.",
    "The council of Marrow hopes for twice as many passengers, and for a market beside the old quay of the fishermen.",
    "Work on the quay took three years, and the harbour was open for most of that time, said the mayor of the town.",
)


def test_a_long_line_that_sums_up_the_headline_above_it_is_no_headline() -> None:
    summary = (
        "Seven ferries of Lindow ask why nobody had thought of it, and what the rest of the coast can learn from Marrow"
    )
    above = ("News", "Sport", "A harbour that others envy")
    assert title_of(*above, summary, "3 July 2024", "Share", "Print", *FERRIES) == above[-1]


def test_a_line_that_ends_with_a_colon_is_no_headline() -> None:
    title = "A quay for Lindow, ferries for Marrow"
    assert title_of(title, "Share", "Print", "Marrow harbour ferries:", *FERRIES) == title


def test_a_headline_far_above_with_its_day_counts_less_than_one_at_the_text() -> None:
    menu = [f"Page {first}{second}" for first in "abcdefghijk" for second in "lmnopqrst"]
    title = "Town opens what took years and more"
    assert title_of("Harbour and market", "2 July 2024", *menu, title, *FERRIES) == title


@pytest.mark.parametrize("count", ["[댓글 12]", " [12]", "(댓글 12)", " 댓글 12", "조회 1,204"])
def test_a_number_of_comments_behind_the_headline_is_no_part_of_it(count: str) -> None:
    assert title_of(*MENU, f"{TITLE}{count}", STAMP, *BUTTONS, *BODY) == TITLE


def test_a_bare_number_behind_a_headline_is_no_part_of_it_where_a_list_has_it_without() -> None:
    assert title_of(*MENU, f"{TITLE} +48", STAMP, *BUTTONS, *BODY, "목록", f"88210 {TITLE} [48] 먼바다") == TITLE
    assert title_of(*MENU, f"{TITLE} +48", STAMP, *BUTTONS, *BODY) == f"{TITLE} +48"


@pytest.mark.parametrize(
    "deck",
    [
        "편지를 부치던 자리는 사라지지 않았다. 차를 마시는 사람들이 마루에 앉았다",
        "우체국 세 곳이 찻집이 되는 데 걸린 시간은 삼 년이었다. 군은 지붕을 손봤다",
    ],
)
def test_a_line_in_which_a_sentence_ends_is_the_subtitle_of_the_headline_above_it(deck: str) -> None:
    title = "빈 마루에 다시 앉다, 세 마을의 겨울나기"
    assert title_of(*MENU, "[마을의 쓸모 ⑦]", title, deck, "1187호", "이하늘 기자", STAMP, *BUTTONS, *BODY) == title


def test_a_headline_that_counts_comments_keeps_its_number() -> None:
    headline = "장터 글 하나에 달린 댓글 3천 개"
    assert title_of(*MENU, headline, STAMP, *BUTTONS, *BODY) == headline


DECK = ("지붕과 마루 손봐 내년 봄 연다", "첫해 운영비 4천만 원은 군이 댄다")


@pytest.mark.parametrize(
    ("glued", "between"),
    [
        (f"{TITLE} ◆ {DECK[0]} ◆ {DECK[1]}", " ◆ "),
        (f"{TITLE} - {DECK[0]} - {DECK[1]}", " - "),
        (f"{TITLE}■{DECK[0]} ■{DECK[1]}", " ■"),
        (f"{TITLE} {DECK[0]} / {DECK[1]}", " / "),
        (f"{TITLE} … {DECK[0]} / {DECK[1]}", " / "),
    ],
)
@pytest.mark.parametrize("elsewhere", [TITLE, f"{TITLE} - 마루신문", f"{TITLE} | 지역 | 마루신문"])
@pytest.mark.parametrize("first", [True, False], ids=["above", "below"])
def test_a_headline_ends_where_another_line_ends_and_the_rest_is_the_subtitle(
    glued: str, between: str, elsewhere: str, first: bool
) -> None:
    above, below = ((elsewhere,), ()) if first else ((), ("많이 본 뉴스", elsewhere))
    reading = page(*above, *MENU, glued, "윤다온 기자", STAMP, *BUTTONS, *BODY, "무단 전재 금지", *below)
    assert value(reading, "title") == TITLE
    assert value(reading, "subtitle") == between.join(DECK)
    assert [block.text for block in reading.blocks] == list(BODY)


@pytest.mark.parametrize("sign", ["", "- ", "◆ ", "▲"])
def test_a_subtitle_may_have_two_or_three_lines(sign: str) -> None:
    deck = (*DECK, "주민들 “겨울에 갈 곳 생겨”")
    lines = [sign + line for line in deck]
    reading = page(*MENU, TITLE, *lines, "윤다온 기자", STAMP, *BUTTONS, *BODY, "무단 전재 금지", TITLE)
    assert (value(reading, "title"), value(reading, "subtitle")) == (TITLE, " ".join(lines).removeprefix(sign))
    assert [block.text for block in reading.blocks] == list(BODY)


@pytest.mark.parametrize("tail", [" - 마루신문", " | 지역 | 마루신문", " - 지역 - 마루신문"])
def test_the_name_of_the_outlet_behind_a_headline_is_no_subtitle(tail: str) -> None:
    reading = page(TITLE + tail, *MENU, TITLE, STAMP, *BUTTONS, *BODY, "Copyright 마루신문. All rights reserved.")
    assert (value(reading, "title"), value(reading, "subtitle")) == (TITLE, None)


def test_a_headline_that_begins_as_another_story_does_is_one_headline() -> None:
    title = "마루군 우체국 세 곳 마을 찻집으로, 내년 봄부터 주민이 꾸린다"
    reading = page(*MENU, title, STAMP, *BUTTONS, *BODY, "많이 본 뉴스", "마루군 우체국", "마루군 우체국 세 곳 팔려")
    assert (value(reading, "title"), value(reading, "subtitle")) == (title, None)


def test_a_headline_wins_against_the_lines_below_it_that_say_more_of_the_text() -> None:
    title = "문 닫은 우체국의 두 번째 겨울…“은행보다 따뜻해요”"
    decks = ("찻집으로 바뀌는 빈 건물 세 곳, 군 첫해 운영비 4천만 원", "주민들 “갈 곳이 생겼다”…내년 봄 마루 손본다")
    assert title_of(*MENU, "사회", "복지·노동", title, *decks, "이하늘 기자", STAMP, *BUTTONS, *BODY) == title


@each_row(
    "head",
    [
        ("담당부서: 항만정책과", "담당자: 이하늘", "연락처: 051-000-0000", "배포일: 2024. 7. 3."),
        ("담당부서\t항만정책과", "연락처\t051-000-0000", "배포일\t2024. 7. 3."),
        ("Media contact: Ada Brook, harbour office", "July 3, 2024"),
        ("お問い合わせ先：港湾局企画課", "2024年7月3日"),
    ],
)
def test_who_answers_for_a_release_is_no_headline(head: tuple[str, ...]) -> None:
    assert title_of("마루군청", "보도자료", *head, *BODY) not in head
    assert title_of("마루군청", "보도자료", *head, TITLE, *BODY) == TITLE


@each_row(
    ("headline", "deck"),
    [
        ("Marrow opens a new quay for its ferries", "Council hopes for twice as many passengers"),
        ("Marrow eröffnet den neuen Kai für seine Fähren", "Die Stadt hofft auf doppelt so viele Gäste"),
        ("Marrow inaugure un nouveau quai pour ses bacs", "La commune espère deux fois plus de passagers"),
    ],
)
def test_a_subtitle_glued_to_a_headline_in_latin_letters_is_told_by_the_tab(headline: str, deck: str) -> None:
    head = ("Home", "News", f"{headline} {deck}", "July 3, 2024", *FERRIES, "Share", f"{headline} | Marrow Post")
    reading = page(*head)
    assert (value(reading, "title"), value(reading, "subtitle")) == (headline, deck)


def test_a_longer_headline_of_another_story_is_no_headline_with_a_subtitle() -> None:
    longer = "Marrow opens a new quay for its ferries and a market for its fishermen"
    reading = page("Home", longer, "July 3, 2024", *FERRIES, "More news", "Marrow opens a new quay for its ferries")
    assert (value(reading, "title"), value(reading, "subtitle")) == (longer, None)
