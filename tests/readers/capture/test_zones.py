"""The text of a whole page: what the page has around it stays out, and nothing of the text is lost."""

from __future__ import annotations

import pytest

from readers.capture.test_headline import BODY, BUTTONS, MENU, STAMP, TITLE, page
from readers.worlds import value
from yoyak.model.sources import Reading
from yoyak.text.calendar import Moment

NOTICE = "<저작권자 ⓒ 마루일보 무단전재 및 재배포 금지>"


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.kind != "caption"]


def test_a_paragraph_keeps_its_words_when_a_notice_stands_on_its_line() -> None:
    reading = page(*MENU, TITLE, STAMP, *BODY[:2], f"{BODY[2]} {NOTICE}")
    assert texts(reading) == list(BODY)
    assert value(reading, "rights_notice") == NOTICE


def test_a_sentence_of_the_player_above_the_text_is_left_out() -> None:
    service = "데이터 통화료가 부과될 수 있으니 무선 인터넷에 연결한 뒤 재생해 주십시오."
    reading = page(*MENU, TITLE, STAMP, service, *BUTTONS, *BODY)
    assert texts(reading) == list(BODY)
    label = next(line for line in reading.lines if line.n == len(MENU) + 3)
    assert (label.label, label.kept) == ("other", False)


def test_invisible_lines_between_paragraphs_do_not_end_a_text() -> None:
    lines = [part for text in BODY for part in (text, "\u200b", "\u200b")]
    assert texts(page(*MENU, TITLE, STAMP, *lines)) == list(BODY)


def test_comments_are_known_by_what_stands_below_each() -> None:
    remarks = [
        part
        for name in ("나무그늘", "먼바다", "은행잎", "돌담길")
        for part in (
            name,
            f"{name}은 우체국이 찻집이 된다는 소식을 듣고 무척 반가웠습니다. 꼭 가 보겠습니다.",
            "답글쓰기창",
        )
    ]
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *BODY_MORE, *remarks)) == [*BODY, *BODY_MORE]


BODY_MORE = (
    "군은 찻집마다 이야기 상자를 둔다. 우체국에 얽힌 사연을 적어 넣으면 한 해에 한 번 책으로 묶는다.",
    "마루군은 다른 빈 건물 열두 곳도 쓰임새를 찾고 있다. 군 관계자는 “먼저 주민에게 묻겠다”고 밝혔다.",
)


def test_headlines_of_other_stories_below_a_text_are_left_out() -> None:
    others = (
        "은행골 다리 새로 놓는다", "가온항 새벽 시장 손님 두 배로", "나래군 수박 첫 출하 시작",
        "학교 급식실 새 조리대 들어온다", "버스 노선 다섯 개 바뀐다", "프로야구 강우 취소 규정 손본다",
    )  # fmt: skip
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *BODY_MORE, "많이 본 뉴스", *others)) == [*BODY, *BODY_MORE]


def test_a_box_of_related_stories_does_not_end_a_text() -> None:
    related = ("관련 기사", "마루군 우체국 세 곳 문 닫는다", "마을 찻집 늘어나는 까닭")
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *related, *BODY_MORE)) == [*BODY, *BODY_MORE]


def test_chinese_paragraphs_without_a_full_stop_are_of_the_text() -> None:
    body = (
        "新潮县三日宣布，将把三座关闭的旧邮局改建成村民茶馆，明年春天以前修好屋顶和地板。",
        "茶馆由村民轮流照看，县里承担第一年的四十万元费用，第二年起由茶馆自己维持，账目向村民公开",
        "县里还在为另外十二座空房子寻找用途，负责人说，会先听取村民的意见，再决定怎么修、怎么用",
    )
    assert texts(page("首页", "财经", "三座旧邮局将改建成村民茶馆", "2024-07-03 09:12", *body)) == list(body)


def test_every_line_of_a_whole_page_has_one_label() -> None:
    lines = (
        *MENU,
        TITLE,
        STAMP,
        *BUTTONS,
        *BODY,
        f"{BODY_MORE[0]} {NOTICE}",
        "댓글 2",
        "먼바다",
        "반갑습니다.",
        "답글",
    )
    assert [line.n for line in page(*lines).lines] == list(range(1, len(lines) + 1))


def test_a_field_of_a_form_inside_of_a_text_is_left_out() -> None:
    form = ("뉴스레터", "이메일 주소를 적어 주세요", "구독하기")
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *form, *BODY_MORE)) == [*BODY, *BODY_MORE]


def test_a_plea_below_a_text_is_left_out() -> None:
    plea = ("독자가 되어 주세요", "커피 한 잔 값으로 탐사보도를 지켜 주십시오. 광고에 기대지 않겠습니다.", "후원하기")
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *BODY_MORE, *plea)) == [*BODY, *BODY_MORE]


def test_a_text_ends_at_a_gap_below_which_none_of_its_words_stand() -> None:
    other = (
        "무선 이어폰 한 쌍을 한정 수량으로 판매하고 있으니 서둘러 장바구니에 담아 결제까지 끝내 주시기 바랍니다.",
        "배송은 영업일 기준으로 이틀 안에 출발하며 교환과 환불 신청은 받은 날부터 일주일 안에 하실 수 있습니다.",
    )
    gap = ("한정 특가", "카테고리", "이어폰", "스피커", "충전기", "보조 배터리", "모두 보기")
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *gap, *other)) == list(BODY)


def test_a_text_goes_on_below_a_table() -> None:
    rows = ("우체국 면적", "은행골 112", "돌담골 98", "윗마을 87", "아랫마을 120", "강나루 77", "솔밭 64", "갯골 55")
    last = (
        "올해 관람객은 지난해보다 두 배로 늘었으며 입장권은 하루 만에 모두 팔렸다고 주최 쪽은 덧붙였다.",
        "내년에는 무대를 하나 더 세우고 외국 연주자도 부를 계획인데 아직 예산이 확정되지 않아 규모는 알 수 없다.",
        "연주회가 끝난 뒤에는 악기를 만드는 과정을 보여 주고 아이들이 직접 두드려 볼 수 있게 자리를 마련한다.",
        "공연장 옆 빈터에는 먹을거리 장터가 서고 인근 농가에서 거둔 옥수수와 감자를 싼값에 살 수 있다고 한다.",
    )
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *rows, *last))[-4:] == list(last)


def test_remarks_below_their_number_are_left_out_though_longer_than_the_text() -> None:
    remarks = [
        part
        for n, name in enumerate(("나무그늘", "먼바다", "은행잎", "돌담길", "솔바람", "강나루", "들꽃", "눈사람"))
        for part in (
            name,
            f"저도 {n + 2}년 전에 그 우체국에서 편지를 부친 적이 있는데 찻집이 된다니 반갑고 또 한편 아쉽네요.",
        )
    ]
    assert texts(page(*MENU, TITLE, STAMP, *BODY, "댓글 8", "최신순", *remarks)) == list(BODY)


def test_long_paragraphs_below_a_teaser_stay() -> None:
    rest = (
        "조합은 봄마다 묘목 서른 그루를 심고 가지를 다듬는 법을 가르치며, 수확한 열매는 장날에 내다 팔기로 정하였다.",
        "첫 장날에는 비가 내려 손님이 적었으나 이튿날에는 이웃 고장에서도 찾아와 준비한 열매가 모두 동이 났다고 한다.",
    )
    reading = page(*MENU, TITLE, STAMP, *BODY, "관련기사", "갯골 등대 스무 해 만에 다시 불 밝힌다", *rest)
    assert texts(reading) == [*BODY, *rest]


SUMMARIES = (
    "섬마을 분교에 신입생 셋",
    "나루섬 분교가 다섯 해 만에 아이들을 맞았다. 잔치는 이틀 동안 이어졌고 배가 두 번 더 떴다.",
    "다리 가로등 끄자 반딧불 돌아왔다",
    "물길시는 다리 열두 곳의 등을 껐다. 여름밤 산책을 나온 사람이 곱절로 늘어 시가 반겼다.",
    "감자값 석 달 새 두 배로 뛰어",
    "가뭄이 길어지면서 햇감자가 덜 나왔다. 도매상들은 팔월에야 값이 내릴 것으로 내다봤다.",
    "등대지기의 마지막 전보 공개",
    "백 년 된 전보가 창고에서 나왔다. 글자는 번졌으나 날씨를 적은 두 줄은 또렷하게 남았다.",
)
MORE_SUMMARIES = (
    "눈길에 미끄러진 통학버스",
    "어제 오후 산길에서 버스가 미끄러졌다. 다친 아이는 없었고 학교는 하루를 쉬기로 결정했다.",
    "시장 골목 책방 되살린 이웃들",
    "보름 만에 목표한 돈이 모두 모였다. 책방 주인은 이층을 아이들 공부방으로 내놓기로 했다.",
    "철새가 남긴 볍씨 서른 톤",
    "농민들은 가을걷이 때 볍씨를 일부러 남겼다. 군은 한 마지기에 십이만 원을 메워 주었다.",
)


def test_summaries_of_other_stories_that_outweigh_a_text_are_not_the_text() -> None:
    reading = page(*MENU, TITLE, STAMP, *BODY, NOTICE, "주제어", *SUMMARIES, *MORE_SUMMARIES)
    assert texts(reading) == list(BODY)


def test_comments_far_below_a_text_do_not_make_it_longer() -> None:
    names = ("나무그늘", "먼바다", "은행잎")
    remarks = [part for name in names for part in (name, "2024.07.03", f"{name}도 꼭 한번 가 보고 싶습니다.", "Reply")]
    reading = page(*MENU, TITLE, STAMP, *BODY, NOTICE, "주제어", *SUMMARIES, "의견", *remarks)
    assert texts(reading) == list(BODY)


def test_a_text_goes_on_under_a_subhead_below_other_stories() -> None:
    more = (
        "남은 일은 돈이다. 지붕을 고치는 데만 일억이 넘게 들고, 난방비는 계산조차 하지 못했다고 담당자는 털어놓았다.",
        "이름은 투표로 정하고, 첫 잔은 오래 일한 배달부들에게 먼저 낸다고 한다. 찻집 간판은 학생들이 그린다.",
    )
    reading = page(
        *MENU, TITLE, STAMP, *BODY, "관련 기사", SUMMARIES[0], SUMMARIES[2], "맡을 사람 찾는 일이 남아", *more
    )
    assert texts(reading)[: len(BODY)] == list(BODY)
    assert texts(reading)[-2:] == list(more)


def test_the_short_lines_of_a_blog_are_text_from_the_first_sentence_on() -> None:
    blog = (
        "안녕하세요 나루예요!",
        "요즘 텃밭에만 있게 되네요 ㅎㅎ",
        "첫 번째는 물을 너무 줘서 썩었고요,",
        "두 번째는 볕이 모자랐답니다ㅠㅠ",
        "올해는 상추를 세 번이나 다시 심어서 겨우 열두 포기를 건졌어요.",
        "물은 아침에만 주고 잎이 젖지 않게 밑동에만 조금씩 부어 주세요.",
        "볕이 센 날에는 갈대발을 쳐 주면 잎이 훨씬 부드러워진답니다.",
        "다음에는 고추도 심어 볼게요. 모두 시원한 밤 보내세요 :)",
    )
    reading = page(
        "나루의 텃밭",
        "검색",
        "상추 열두 포기 살린 이야기",
        "나루",
        "2024. 7. 3. 21:08",
        "공유하기",
        *blog,
        "#텃밭",
        "댓글 3",
    )
    assert texts(reading) == list(blog)


def test_a_sentence_below_a_picture_that_a_row_of_buttons_parts_from_the_text_is_left_out() -> None:
    caption = "지난 2일 은행골 옛 우체국 앞마당에서 찻집을 맡을 주민들이 첫 회의를 했다."
    reading = page(*MENU, TITLE, STAMP, caption, "페이스북", "트위터", "이메일", "인쇄", *BODY)
    assert texts(reading) == list(BODY)


BODY_MORE = (
    "군은 여름 내내 마을마다 설명회를 열어 찻집을 맡을 주민을 찾고, 우체국에서 일한 이들에게 먼저 묻기로 했다.",
    "첫 찻집은 은행골에 연다. 군은 우체국 간판을 그대로 두고 편지를 쓰는 책상도 하나 남기기로 했다.",
)
SPANISH = (
    "El concejo convierte tres oficinas de correos cerradas en casas de té. El tejado estará listo en primavera.",
    "Los vecinos se turnarán tras el mostrador. El primer año costará al concejo unos cuarenta mil euros.",
    "«Aquí echaba mis cartas y aquí tomaré mi té», dice Berta Solís, que vive en el muelle desde hace cuarenta años.",
)


def test_what_a_page_says_of_its_author_below_the_text_is_none_of_it() -> None:
    about = "이하늘 기자는 은행골에서 자랐고 마을과 우체국 이야기를 열두 해째 쓰고 있다."
    plea = "이번 달에 읽을 수 있는 글이 두 편 남았습니다. 계속 읽으시려면 구독해 주십시오."
    reading = page(*MENU, TITLE, "이하늘 기자", STAMP, *BUTTONS, *BODY, *BODY_MORE, about, plea, NOTICE)
    assert texts(reading) == [*BODY, *BODY_MORE]


def test_what_a_company_says_of_itself_below_a_release_is_none_of_it() -> None:
    about = "마루찻집은 2009년에 문을 연 차 회사로 마루군에서 직원 서른 명이 일하고 있다. 찻집 열두 곳을 꾸린다."
    for end in (("(끝)",), ("마루찻집 소개",)):
        assert texts(page(*MENU, TITLE, STAMP, *BODY, *BODY_MORE, *end, about, NOTICE)) == [*BODY, *BODY_MORE]


def test_an_item_of_a_list_with_a_day_is_text() -> None:
    items = ("1. 일시: 2024. 7. 12.(금) 14:00 ~ 16:00", "2. 곳: 마루군 은행골 옛 우체국", "3. 물음: 마을일터과")
    reading = page(*MENU, TITLE, "등록일", "2024-07-03", BODY[0], *items, *BODY[1:])
    assert any("일시: 2024. 7. 12.(금) 14:00 ~ 16:00" in text for text in texts(reading))
    date = value(reading, "date")
    assert isinstance(date, Moment)
    assert date.value.date().isoformat() == "2024-07-03"


def test_a_caption_ends_with_a_name_in_capitals_or_a_paper_behind_photo() -> None:
    for credit in ("JUAN OTERO", "Photo Le Courrier du Port/Élise Vautrin"):
        caption = f"Vecinos del muelle descargan sacas de cartas, el pasado sábado. {credit}"
        reading = page("Menu", "El correo del muelle cierra", "3 de julio de 2024", caption, *SPANISH)
        assert texts(reading) == list(SPANISH)


def test_a_notice_of_a_summary_and_a_call_to_the_app_are_none_of_the_text() -> None:
    notice, call = (
        "이 기사는 생성형 AI가 요약한 것으로 원문과 다를 수 있습니다.",
        "마루신문 앱에서 더 빠르게 만나보세요",
    )
    assert texts(page(*MENU, TITLE, STAMP, *BUTTONS, notice, BODY[0], call, *BODY[1:])) == list(BODY)


def test_the_last_part_of_a_text_stays_below_a_heading_that_says_so() -> None:
    last = "올가을에는 같은 방법으로 자전거도 고쳐 볼 생각입니다. 궁금한 점은 물어봐 주세요, 아는 대로 답하겠습니다."
    reading = page(*MENU, TITLE, STAMP, *BUTTONS, *BODY, *BODY_MORE, "마치며", last, "공유하기", "구독하기")
    assert texts(reading) == [*BODY, *BODY_MORE, "마치며", last]


HARBOUR = (
    "The harbour of Marrow opens its new quay on Monday, and ferries to the islands leave from it in the evening.",
    "Seven ferries call at the quay each day, and the council hopes for twice as many passengers in the summer.",
    "Fishermen of Marrow keep the old quay for their boats, and a market of the harbour is planned beside it.",
)
SIGNED = ("Marrow opens its new quay", "By Ada Brook", "3 July 2024")


FORMS = [
    ("2 thoughts on “Marrow opens its new quay”", "Name *", "E-mail *", "Website *"),
    ("Kommentar verfassen", "Name *", "E-Mail *", "Webseite *"),
    ("Deja una respuesta", "Nombre *", "Correo electrónico *", "Web *", "URL *"),
    ("Добавить комментарий", "Имя *", "E-mail *", "URL *"),
]


@pytest.mark.parametrize("form", FORMS)
def test_the_form_for_comments_ends_a_text(form: tuple[str, ...]) -> None:
    others = [f"A baker from {town} won the cake prize, and nobody had expected it." for town in ("Lin", "Oda", "Tam")]
    assert texts(page(*SIGNED, *HARBOUR, *form, *others, "Send", *others[::-1])) == list(HARBOUR)


@pytest.mark.parametrize(
    "head", ["Ähnliche Beiträge", "Te puede interesar", "Похожие записи", "İlgili haberler", "延伸閱讀"]
)
def test_other_stories_with_a_sentence_each_end_a_text_below_their_heading(head: str) -> None:
    others = (
        "A baker from Lindow won the cake prize. Nobody had expected it.",
        "The cat of the mayor is missing again. Children search the park.",
    )
    assert texts(page(*SIGNED, *HARBOUR[:2], head, *others)) == list(HARBOUR[:2])


def test_a_box_of_other_stories_does_not_end_a_text_that_goes_on() -> None:
    other = "A baker from Lindow won the cake prize. Nobody had expected it."
    assert texts(page(*SIGNED, *HARBOUR[:2], "Ähnliche Beiträge", other, HARBOUR[2]))[-1] == HARBOUR[2]


def test_what_a_page_says_of_itself_last_is_none_of_the_text() -> None:
    notices = (
        "Marrow Post uses cookies and other means to see who comes back and what is liked most.",
        "We take part in an affiliate program and earn something with each purchase that is made.",
    )
    assert texts(page(*SIGNED, *HARBOUR, *notices)) == list(HARBOUR)


def test_a_text_about_cookies_keeps_its_end() -> None:
    told = (
        "Websites must ask before they set cookies, the court of Marrow said on Monday about the cookies of a paper.",
        "Readers of the paper had complained that the website set cookies although they had refused all of them.",
        "The paper and its website will pay for the cookies, and the court will look at other websites next year.",
    )
    last = "The website of the paper now asks before it sets cookies, and readers may refuse all of them."
    assert texts(page(*SIGNED, *told, last)) == [*told, last]


def test_comments_that_are_signed_below_in_the_same_words_are_left_out() -> None:
    names = ("Haru", "Bram", "Lena", "Oda", "Tom")
    remarks = [
        part
        for hour, name in enumerate(names, 10)
        for part in (
            f"I have never seen so many ferries, says my neighbour, and I agree with what {name} wrote.",
            "The harbour was quieter in the past.",
            f"Comment by {name} — 17.07, 2011 @ {hour}:04",
        )
    ]
    assert texts(page(*SIGNED, *HARBOUR, "5 Comments »", *remarks)) == list(HARBOUR)


def test_a_summary_between_the_headline_and_the_day_is_the_subtitle() -> None:
    summary = "Ferries to the islands leave from Monday on; the old quay stays with the fishermen."
    more = "Work on the quay took three years, and the harbour was open for most of that time."
    reading = page("Marrow opens its new quay", summary, "By Ada Brook", "3 July 2024", *HARBOUR, more)
    assert texts(reading) == [*HARBOUR, more]
    assert value(reading, "subtitle") == summary


@pytest.mark.parametrize(
    "caption",
    [
        "The new quay of Marrow lies still on a cold morning. (Haru Lee/Marrow Post)",
        "Die neue Mole von Marrow am Morgen. Foto: Haru/bilderhafen.example",
    ],
)
def test_a_sentence_with_its_credit_behind_it_is_a_caption(caption: str) -> None:
    reading = page(*SIGNED, HARBOUR[0], caption, *HARBOUR[1:])
    assert texts(reading) == list(HARBOUR)
    assert [block.text for block in reading.blocks if block.kind == "caption"] == [caption[: caption.index(".") + 1]]


def test_a_sentence_right_above_a_credit_is_a_caption_where_empty_lines_part_paragraphs() -> None:
    told = "The old quay of Marrow, on which the fishermen keep their boats, was built by hand."
    parted = [part for text in HARBOUR for part in (text, "")]
    reading = page(*SIGNED, *parted[:2], told, "PHOTOGRAPH BY HARU LEE, MARROW POST", "", *parted[2:])
    assert texts(reading) == list(HARBOUR)
    assert any(block.kind == "caption" and block.text == told and block.credit for block in reading.blocks)


def test_a_sentence_above_the_credit_of_a_picture_without_a_caption_stays() -> None:
    assert texts(page(*SIGNED, *HARBOUR, "PHOTOGRAPH BY HARU LEE, MARROW POST", *HARBOUR[:1])) == [*HARBOUR, HARBOUR[0]]


def test_a_form_ends_a_text_although_a_longer_one_follows() -> None:
    towns = ("Lindow", "Tamsin", "Odra", "Kesh", "Vale")
    others = [f"The bakers of {town} won a prize for their cakes, which nobody had expected so soon." for town in towns]
    assert texts(page(*SIGNED, *HARBOUR, "Name *", "E-Mail *", *others)) == list(HARBOUR)


@pytest.mark.parametrize(
    "line",
    [
        "Getaggt mit: Hafen, Fähren, Marrow",
        "Este contenido es exclusivo para suscriptores",
        "この記事は有料会員限定です",
        "Bitte aktivieren Sie JavaScript in Ihrem Browser",
    ],
)
def test_what_a_page_says_of_itself_between_paragraphs_is_none_of_the_text(line: str) -> None:
    assert texts(page(*SIGNED, *HARBOUR[:2], line, HARBOUR[2])) == list(HARBOUR)


def test_a_list_between_a_long_paragraph_and_the_steps_below_it_is_of_one_text() -> None:
    told = " ".join(
        f"The bread of the {word} ferry was baked on the quay before dawn, with flour that the mill of Marrow ground."
        for word in ("first", "second", "third", "fourth")
    )
    needed = [f"{what} of the mill" for what in ("Flour", "Bran", "Salt", "Oats", "Rye", "Malt", "Seeds", "Yeast")]
    needed += [f"{what} from the quay" for what in ("Butter", "Water", "Honey", "Thyme", "Cream")]
    tins = [
        f"Fill the tins of the {word} ferry with the dough, and leave them on the quay until noon." for word in "abc"
    ]
    steps = [part for n, text in enumerate((*HARBOUR, *tins), 1) for part in (f"Step {n}", text)]
    text = (told, "What the bakers need", *needed, *steps)
    assert texts(page("Bread of the ferries of Marrow", *SIGNED[1:], "Before dawn", *text)) == list(text)


def test_a_last_answer_in_few_words_is_no_heading_of_a_plea() -> None:
    talk = (
        "Q. 그 찻잔은 어디에 쓰였죠?",
        "안 썼어요. 아까워서. (웃음)",
        "녹음기를 껐더니 그가 손을 들었다. 잠깐만 더 있자고 했다.",
    )
    assert texts(page(*MENU, TITLE, STAMP, *BODY, *BODY_MORE, *talk))[-3:] == list(talk)
