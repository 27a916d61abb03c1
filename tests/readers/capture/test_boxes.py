"""What stands between or below the paragraphs of a whole page: galleries, boxes, lists, comments with their hours."""

from __future__ import annotations

import textwrap

import pytest

from readers.capture.test_headline import BODY, BUTTONS, MENU, STAMP, TITLE, page
from readers.capture.test_zones import BODY_MORE, texts
from readers.worlds import value
from rows import each_row

ALL = (*BODY, *BODY_MORE)
MORE = (
    "찻집 안에는 옛 우표와 저울이 그대로 남아 있다. 주민들이 다락에서 찾아낸 엽서 서른 장도 벽에 걸렸다.",
    "군은 우체국 찻집에서 나온 이야기를 모아 내년 봄에 작은 책으로 묶어 낼 생각이라고 설명했다.",
)

LONGER = (
    "우체국 건물은 모두 1970년대에 지어졌다. 벽돌과 나무로 된 옛 모습을 살리려고 군은 지붕만 새로 얹기로 했다.",
    "찻집에서 파는 차는 마루군에서 난 잎으로 만든다. 주민들은 지난달부터 차를 덖는 법을 함께 배우고 있다.",
    "군은 찻집 옆 빈터에 작은 꽃밭도 만든다. 꽃밭은 마을 학교 학생들이 가꾸며 이름도 학생들이 지을 예정이다.",
)


def test_comments_with_a_name_a_day_and_an_hour_are_left_out() -> None:
    remarks = [
        part
        for hour, name in enumerate(("나무그늘", "먼바다", "은행잎", "돌담길"), 10)
        for part in (
            f"{name}의 말",
            "우리 동네에도 이런 곳이 생기면 좋겠다고 오래전부터 생각했습니다. 잘 읽었습니다.",
            f"작성 {name}, 2024년 7월 3일 {hour}:05",
        )
    ]
    assert texts(page(*MENU, TITLE, STAMP, *ALL, *remarks))[: len(ALL)] == list(ALL)
    assert not any("오래전부터" in text for text in texts(page(*MENU, TITLE, STAMP, *ALL, *remarks)))


def test_captions_of_a_gallery_are_captions() -> None:
    pictures = [
        part
        for place in ("첫째 찻집", "둘째 찻집", "셋째 찻집", "넷째 찻집", "다섯째 찻집")
        for part in (
            f"{place} 앞에서 주민들이 줄을 지어 차례를 기다리며 이야기를 나누고 있는 모습이 보인다.",
            "화면 가득",
        )
    ]
    reading = page(*MENU, TITLE, STAMP, *ALL, *pictures, *MORE)
    assert texts(reading) == [*ALL, *MORE]
    assert sum(block.kind == "caption" for block in reading.blocks) == 5


def test_summaries_in_a_box_of_other_stories_are_left_out() -> None:
    box = (
        "관련 기사",
        "은행골 다리 새로 놓는다", "다리는 길이가 백 미터이고 자전거도 함께 지나갈 수 있게 만든다고 군은 설명했다.",
        "가온항 새벽 시장 손님 두 배로", "시장 상인회는 주차장을 넓힌 뒤로 찾는 사람이 부쩍 늘었다고 반가워했다.",
        "나래군 수박 첫 출하", "농협은 올해 수박이 지난해보다 사흘 일찍 익었고 맛도 더 달다고 자랑했다.",
    )  # fmt: skip
    reading = page(*MENU, TITLE, STAMP, *ALL, *box, *MORE, *LONGER)
    assert not any("상인회" in text or "백 미터" in text for text in texts(reading))
    assert texts(reading)[-1] == LONGER[-1]


def test_an_invitation_to_subscribe_inside_of_a_text_is_left_out() -> None:
    plea = (
        "마루일보 뉴스레터",
        "매주 금요일 아침에 마루군 소식을 이메일로 무료로 보내 드립니다. 언제든 그만 받을 수 있습니다.",
    )
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *plea, *BODY_MORE)) == list(ALL)


def test_a_text_goes_on_below_items_and_rows() -> None:
    items = (
        "■ 쓰임새",
        "・찻집과 작은 책방",
        "・주민 회의실과 사진관",
        "■ 여는 때",
        "오전 10:00",
        "휴일 월요일 1회",
        "■ 앞으로",
    )
    read = texts(page(*MENU, TITLE, STAMP, *BODY, *items, *BODY_MORE))
    assert read[-1] == BODY_MORE[-1]
    assert any("찻집과 작은 책방" in text for text in read)


def test_a_list_right_below_a_text_is_its_end() -> None:
    items = (
        "세 줄 요약",
        "- 빈 우체국이 찻집이 된다",
        "- 군은 찻집마다 이야기 상자를 둔다",
        "- 다른 건물 열두 곳도 찾는다",
    )
    read = texts(page(*MENU, TITLE, STAMP, *ALL, *items, "로그인", "회원가입"))
    assert "다른 건물 열두 곳도 찾는다" in read[-1]


def test_the_day_of_a_board_is_the_articles_and_beside_a_registration_nobodys() -> None:
    assert (
        str(value(page(*MENU, TITLE, "등록일 2024-07-02 11:00", "조회 310", *ALL), "date").value)[:10] == "2024-07-02"
    )
    paper = ("등록번호 : 마루 아 00999", "등록일 : 2011-04-05", "발행인 : 한새봄")
    assert "date" not in page(*MENU, TITLE, *ALL, *paper).fields


def test_lines_of_japanese_are_no_paragraph_that_was_cut() -> None:
    title = "乾かさずにたためる傘袋「しずく」、累計の出荷が十万枚を超える"
    deck = "六月から新しい三つの色を全国の雑貨店で売り出す"
    prose = (
        "はるのき社は、濡れた傘を乾かさずにしまえる傘袋の出荷が十万枚を超えたと発表した。",
        "同社は三年前に開発を始めた。",
    ) * 2
    read = page(*("ニュース", "会社", "地域", "文化") * 3, title, deck, "2024年7月2日 10時00分", *prose)
    assert value(read, "title") == title


def test_a_document_with_one_margin_has_its_paragraphs_put_together() -> None:
    first = wrapped("The server keeps each document below its folder and gives it a version at each change.", 4)
    second = wrapped("A client asks for the version before it writes, so that nothing of another is lost.", 5)
    reading = page("A protocol for stored documents", "", *first, "", *second)
    assert [len(text) > 300 for text in texts(reading)] == [True, True]


def wrapped(sentence: str, times: int) -> list[str]:
    return textwrap.wrap(f"{sentence} " * times, 60, initial_indent="   ", subsequent_indent="   ")


def test_the_first_paragraph_below_a_box_of_services_stays() -> None:
    services = (
        "Don't miss our letters", "Harbour", "What sails, what lands and what it costs, every morning before seven.",
        "You will now receive the Harbour letter", "Kitchen", "Recipes that need one pan and half an hour of yours.",
        "You will now receive the Kitchen letter",
    )  # fmt: skip
    above = "The council of Marrow voted on Tuesday to turn seven empty post offices into tea rooms."
    first = "The tea rooms will open in spring, and the post offices keep their counters, the council said."
    more = (
        "Each of the post offices was built in the seventies, and the council wants to keep their brick walls.",
        "Villagers have found thirty old postcards in the lofts, which will hang on the walls of the tea rooms.",
        "A small book with stories of the post offices is to follow in the spring of next year.",
    )
    reading = page("Seven post offices become tea rooms", "By Ada Brook", "3 July 2024", above, *services, first, *more)
    assert first in texts(reading)
    assert not any("Recipes" in text for text in texts(reading))


HARBOUR = (
    "The council of Marrow voted on Tuesday to turn seven empty post offices into tea rooms by spring.",
    "Each of the post offices was built in the seventies, and the council wants to keep their brick walls.",
    "Villagers have found thirty old postcards in the lofts, which will hang on the walls of the tea rooms.",
    "A small book with stories of the post offices is to follow in the spring of next year.",
)


def test_a_paragraph_that_introduces_the_author_is_no_text() -> None:
    signed = ("Seven post offices become tea rooms", "By Ada Brook", "3 July 2024")
    about = (
        "Ada Brook",
        "Marrow Post Writer",
        "Ada Brook has written about harbours and councils for the paper since 2011.",
    )
    assert texts(page(*signed, *HARBOUR, *about)) == list(HARBOUR)
    assert texts(page(*signed, about[2], *HARBOUR)) == list(HARBOUR)


def test_an_author_of_whom_the_text_speaks_again_stays_in_it() -> None:
    told = ("Ada Brook is the last of the seven postmasters of Marrow.", "She sold stamps for forty years, Brook said.")
    reading = page("My last day at the counter", "By Ada Brook", "3 July 2024", *told, *HARBOUR)
    assert texts(reading) == [*told, *HARBOUR]


def test_a_text_that_tells_of_its_author_by_name_keeps_its_end() -> None:
    told = "Ada Brook walked down to the harbour once more and threw the last stamp into the water."
    reading = page(
        "My last day at the counter", "By Ada Brook", "3 July 2024", *HARBOUR, told, HARBOUR[0][:-1] + " soon."
    )
    assert texts(reading)[-2] == told


def test_a_caption_that_stands_twice_at_once_is_no_text() -> None:
    signed = ("Seven post offices become tea rooms", "By Ada Brook", "3 July 2024")
    caption = "The postmaster of Marrow, in cap, centre, opens the counter for the last time on a cold morning."
    for again in (caption, f"{caption} (Haru Lee / Marrow Post)"):
        for between in ((), ("Caption",)):
            reading = page(*signed, caption, *between, again, *HARBOUR)
            assert texts(reading)[-4:] == list(HARBOUR)
            assert caption not in texts(reading)
            assert any(block.kind == "caption" and block.text == caption for block in reading.blocks)


def test_a_text_that_stands_twice_paragraph_by_paragraph_stays() -> None:
    twice = [text for text in HARBOUR for _ in (1, 2)]
    assert set(texts(page(*SIGNED, *twice))) == set(HARBOUR)


def test_a_line_that_a_song_repeats_stays() -> None:
    refrain = "The last of us locks up with ease and carries home the winter's fees."
    assert texts(page(*SIGNED, *HARBOUR[:3], refrain, refrain, HARBOUR[3])).count(refrain) > 0


def test_a_sentence_that_the_paragraph_below_repeats_stays() -> None:
    said = "The roof will be mended before the first snow of the year falls on Marrow."
    reading = page("Seven post offices", "By Ada Brook", "3 July 2024", said, f"{said} So says the council.", *HARBOUR)
    assert texts(reading) == [said, f"{said} So says the council.", *HARBOUR]


SIGNED = ("Seven post offices become tea rooms", "By Ada Brook", "3 July 2024")


def test_one_line_that_leads_to_another_story_is_no_text() -> None:
    for teaser in (
        "PHOTOS: See the tea rooms of Marrow in forty pictures",
        "Related: Marrow council plans to sell its post offices",
        "Now Read This: Ten Villages That Lost Their Last Bakery This Year",
        "A harbour without boats is a strange thing to look at in the morning, say… Read more Read more",
        "Please follow Marrow Post on Twitter and Facebook.",
    ):
        assert texts(page(*SIGNED, *HARBOUR[:2], teaser, *HARBOUR[2:])) == list(HARBOUR), teaser
    said = "Related: nothing in this village is unrelated, and so the council asked every household twice."
    assert said in texts(page(*SIGNED, *HARBOUR[:2], said, *HARBOUR[2:]))
    credit = page(*SIGNED, *HARBOUR[:2], "PHOTO: Haru Lee/Marrow Post", *HARBOUR[2:])
    assert not any(line.label == "promo" for line in credit.lines)


def test_who_said_a_quoted_message_stays_below_it_and_dates_nothing() -> None:
    quoted = ("We keep our stamps.", "— Haru Lee (@harulee) July 1, 2024")
    reading = page(*SIGNED, *HARBOUR[:2], *quoted, *HARBOUR[2:])
    assert texts(reading) == [*HARBOUR[:2], *quoted, *HARBOUR[2:]]
    assert str(value(page(SIGNED[0], SIGNED[1], *HARBOUR[:2], *quoted, *HARBOUR[2:]), "date")) == "None"


def test_buttons_glued_to_a_headline_are_no_part_of_it() -> None:
    reading = page(f"{SIGNED[0]} Print Email", *SIGNED[1:], *HARBOUR)
    assert value(reading, "title") == SIGNED[0]


def test_a_paragraph_that_trails_off_is_text() -> None:
    first = "外婆的茶馆像一盏灯，照亮了小城的每一个清晨。茶香飘过河面，也飘过我们整个漫长的童年……"
    more = (
        "七家邮局今年春天都要改成茶馆，县里昨天公布了这项计划，并说柜台会照旧保留下来。",
        "村民们在阁楼上找到了三十张旧明信片，它们将挂在茶馆的墙上，供来往的客人慢慢观看。",
        "县里还打算明年春天把这些故事编成一本小书，书名由学校的学生们一起来起。",
    )
    assert texts(page("七家邮局变成茶馆", "2024年7月3日", first, *more)) == [first, *more]


def test_headlines_with_a_sentence_each_below_the_text_are_other_stories() -> None:
    stories = (
        "Next in Villages",
        "Marrow bakery closes after ninety years of rye", "The last baker of Marrow has sold his oven to a school.",
        "Council sells seven bridges to the county", "Marrow keeps its own bridges and the post offices on them.",
    )  # fmt: skip
    assert texts(page(*SIGNED, *HARBOUR, *stories)) == list(HARBOUR)


@pytest.mark.parametrize(
    "line",
    [
        "Updated by Ada Brook@adabrook Jul 3, 2024, 10:20am EST",
        "Published by Ada Brook Jul 3, 2024",
        "By Ada Brook @adabrook",
        "Ada BrookContact Reporter",
        "Ada BrookThe Marrow Post",
        "Ada BrookSenior Writer",
    ],
)
def test_a_name_with_what_is_glued_to_it_signs(line: str) -> None:
    reading = page("Seven post offices become tea rooms", line, *HARBOUR)
    assert [person.name for person in value(reading, "authors")] == ["Ada Brook"]


NOTICE = "AI가 자동으로 요약한 내용으로 원문과 다를 수 있습니다."
POINTS = ("· 마루군이 빈 우체국을 찻집으로 바꾼다", "· 찻집은 마을 사람들이 맡는다", "· 군은 지붕과 마루를 손본다")
SAID = ("마루군이 빈 우체국을 찻집으로 바꾸기로 했다.", "찻집은 마을 사람들이 돌아가며 맡는다.")


@each_row(
    "summary",
    [
        ("AI 요약", *POINTS, NOTICE),
        ("AI 요약", NOTICE, *POINTS),
        ("AI 요약", *POINTS),
        ("AI 자동 요약", *SAID, NOTICE),
        (
            "AI summary",
            "- Three post offices become tea houses",
            "- The village runs them",
            "Generated by AI. Check facts.",
        ),
        ("AIによる要約", "・空き郵便局を喫茶店にする", "・村の人が運営する", "この要約はAIが自動で生成したものです"),
        ("KI-Zusammenfassung", "• Drei Postämter werden Teehäuser", "• Das Dorf betreibt sie", "Mit KI erstellt"),
    ],
)
def test_what_a_machine_says_of_an_article_is_none_of_it(summary: tuple[str, ...]) -> None:
    reading = page(*MENU, TITLE, STAMP, *BUTTONS, *summary, *ALL)
    assert texts(reading) == list(ALL)
    assert value(reading, "title") == TITLE


def test_an_article_about_summaries_by_machines_keeps_its_list() -> None:
    told = (
        "주민들은 기사를 요약해 주는 프로그램도 찻집에 두었다. 쓰는 법은 아래와 같다.",
        "- AI 요약을 누른다",
        "- 글을 읽는다",
    )
    assert texts(page(*MENU, TITLE, STAMP, *ALL, *told, MORE[0]))[-3:] == [
        told[0],
        "AI 요약을 누른다\n글을 읽는다",
        MORE[0],
    ]


def test_the_rows_of_a_table_are_a_table_and_part_no_text() -> None:
    rows = (
        "우체국\t면적\t문 여는 달",
        "은행골\t112㎡\t3월",
        "돌담골\t98㎡\t4월",
        "윗마을\t87㎡\t5월",
        "강나루\t77㎡\t6월",
    )
    reading = page(*MENU, TITLE, STAMP, *ALL, *rows, MORE[0])
    assert texts(reading)[len(ALL) :] == ["\n".join(rows), MORE[0]]
    assert reading.blocks[-2].kind == "table"
    assert reading.html.count("<tr>") == len(rows)
    assert "<td>은행골</td><td>112㎡</td>" in reading.html


def test_the_rows_of_a_board_below_a_text_are_none_of_it() -> None:
    rows = [f"8821{n}\t보일러 외출 모드 진짜 이득인가요 {n}\t온돌\t1,80{n}" for n in range(6)]
    assert texts(page(*MENU, TITLE, STAMP, *ALL, "목록", *rows, "목록", "글쓰기")) == list(ALL)


@each_row(
    "buttons",
    [
        ("Compartir en Whatsapp", "Compartir en Facebook", "Desplegar Redes Sociales", "Ir a los comentarios"),
        ("分享到 LINE", "分享到 Facebook", "複製連結"),
        ("Partager sur Facebook", "Partager par e-mail", "Voir en plein écran"),
        ("Auf Facebook teilen", "Per E-Mail teilen", "Vollbild anzeigen"),
        ("Condividi su WhatsApp", "Compartilhar no Telegram", "Bagikan ke WhatsApp", "Facebook'ta paylaş"),
        ("Поделиться в Telegram", "Chia sẻ lên Facebook", "Facebookでシェア", "페이스북으로 공유하기"),
    ],
)
def test_buttons_that_share_a_page_are_no_text(buttons: tuple[str, ...]) -> None:
    reading = page(*MENU, TITLE, STAMP, *buttons, *ALL)
    assert texts(reading) == list(ALL)


@each_row(
    "line",
    [
        "請繼續往下閱讀...",
        "Continue reading",
        "Weiterlesen …",
        "Continuer la lecture",
        "Continua a leggere",
        "Читать далее",
    ],
)
def test_a_button_to_read_on_is_no_text(line: str) -> None:
    assert texts(page(*MENU, TITLE, STAMP, *BODY, line, *BODY_MORE)) == list(ALL)


def test_a_caption_twice_with_its_credit_in_capitals_is_a_caption() -> None:
    caption = "Les élèves dépouillent les bulletins, vendredi, dans la salle. | COURRIER DES ABERS"
    reading = page(*MENU, TITLE, STAMP, caption, caption, *ALL)
    assert texts(reading) == list(ALL)
    assert reading.blocks[0].credit == "COURRIER DES ABERS"


@each_row(
    "below",
    [
        ("Sobre la firma", "나루 리", "Redactora de Cultura. Antes pasó por Local y por la edición del fin de semana."),
        ("나루 리", "마루신문에서 마을 이야기를 쓴다. 우체국과 다리를 좋아한다."),
    ],
)
def test_what_stands_below_the_name_of_the_author_at_the_end_is_no_text(below: tuple[str, ...]) -> None:
    plea = "Sigue toda la información de Cultura en Facebook y X, o en nuestra newsletter semanal."
    reading = page(
        *MENU,
        TITLE,
        "글 나루아",
        STAMP,
        *ALL,
        plea,
        "Añadir usuario",
        *(one.replace("나루 리", "나루아") for one in below),
    )
    assert texts(reading) == list(ALL)


def test_a_plea_of_a_newsletter_inside_of_its_text_is_left_out() -> None:
    plea = (
        "Small Measures is a reader-supported publication. To receive new posts and support my work, consider becoming "
        "a free or paid subscriber."
    )
    assert texts(page(*MENU, TITLE, STAMP, *BODY, plea, *BODY_MORE)) == list(ALL)
