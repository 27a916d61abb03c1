"""Where sentences end, in every script; and that an excerpt never shows one more than it may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.excerpt import first_sentences
from yoyak.text.sentences import sentences


@each_row(
    "found",
    [
        # Korean
        ["하나다.", "둘이다."],
        ["하나다!", "둘인가?", "셋…"],
        ["시는 “늘린다.” 라고 했다.", "노조는 반대한다."],
        ["“간다.”고 했다.", "끝."],
        ["“간다.”", "그는 말했다."],
        ["“간다.”", "며칠 뒤 배가 떴다."],
        ["“간다.”", "고 한별 씨의 말이었다고 한다."],
        ["“간다.” 고 밝혔다.", "끝."],
        ["“정말인가?”라는 물음에 답이 없었다.", "끝."],
        ["‘간다.’라며 떠났다.", "끝."],
        ["『간다.』는 책이다.", "끝."],
        ["성장률은 3.5%다.", "물가는 2.1%다."],
        ["7. 3. 발표했다.", "끝이다."],
        ["2024.7.3. 발표했다.", "끝이다."],
        ["시는 2024. 7. 3. 회의를 열었다.", "끝이다."],
        ["규칙은 v1.2다.", "새 판은 2.0이다."],
        ["자료는 누리항.example에 있다.", "끝."],
        ["신라(?) 때의 일이다.", "끝."],
        ["Yahoo!는 좋다.", "끝."],
        ["점이 없는 글"],
        [],
        # English and its neighbours
        ["Mr. Kim met Dr. Lee.", "They talked."],
        ["The U.S. agreed.", "J. Kim left."],
        ["They sailed to the U.S.", "The mayor stayed."],
        ["It opened in 1990.", "It closed at 5 p.m. on Jan. 5."],
        ["“Never.” said the mayor.", "He left."],
        ["See pier.example/a?b=1 for it.", "He left."],
        ["It is version 1.2.", "The next one is 1.3."],
        ["The pier closed at 6 p.m.", "Residents left by 7 p.m. on foot."],
        ["The firm is Pier Inc.", "Shares fell."],
        ["„Das ist so.“", "Er ging am 3. Juli."],
        ["„Ja.“, sagte er.", "Sie ging, z. B. heute."],
        ["« Oui. »", "Quoi ?", "Fin."],
        ["А. Иванов ушёл.", "Она осталась."],
        ["Τι είναι;", "Τέλος."],
        # others
        ["वह गया।", "वह आया॥", "अंत।"],
        ["هل غادر؟", "نعم۔", "د. سالم هنا."],
        ["Նա գնաց։", "Նա եկավ:", "Վերջ։"],
        ["ሰው ሄደ።", "ሰው መጣ፡፡", "አበቃ።"],
        ["བོད་ཡིག།", "རྒྱལ་པོ།"],
        ["လူသွားသည်။", "လူလာသည်။"],
        ["គាត់ទៅ។", "គាត់មក៕"],
    ],
)
def test_a_text_is_split_at_the_ends_of_its_sentences(found: list[str]) -> None:
    assert list(sentences(" ".join(found))) == found


@each_row(
    "found",
    [
        ["했다.", "노조는 반대했다!", "정말인가?", "그렇다…", "끝."],
        ["했다.", "“노조는 반대한다.”", "시는 몰랐다."],
        ['"간다."고 했다.', '"온다."', "노조는 말했다."],
        ["성장률은 3.5％다.", "물가는 2.1%다."],
        ["さんの言葉。", "「行く。」と述べた。", "「来る。」", "そして帰った。"],
        ["３．５％だ。", "すごい！", "次は？", "終わり｡"],
        ["他说：“走。”", "然后走了！", "真的？"],
        ["(가온=누리) 했다.", "(끝)"],
        ["He left.", "She stayed."],
        ["Она ушла.", "Он остался."],
    ],
)
def test_no_space_is_needed_behind_a_stop(found: list[str]) -> None:
    assert list(sentences("".join(found))) == found


@pytest.mark.parametrize(
    "found",
    [
        ["เทศบาลจะปิดไฟท่าเรือตั้งแต่คืนนี้", "ชาวประมงคัดค้านแผนดังกล่าว"],
        ["ເທດສະບານຈະປິດໄຟທ່າເຮືອ", "ຊາວປະມົງຄັດຄ້ານ"],
        ["港の灯が消えるという", "渡り鳥を守るためだという"],
    ],
)
def test_a_space_ends_sentences_where_a_script_has_no_stop(found: list[str]) -> None:
    assert list(sentences(" ".join(found))) == found


@given(st.text(st.sampled_from('가나 .!?"”』)A1Mr港。「」ไก')))
def test_no_character_is_lost_in_splitting(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


# --- the law ---------------------------------------------------------------------------------------

SCRIPTS = {
    "Korean": ("가나다라마바사아자차", ("다.", "다!", "까?", "다…", "다.”", "음."), ("", " ")),
    "Japanese": ("港灯消発表あかさたな", ("。", "！", "？", "。」", "｡", "…"), ("", " ")),
    "Chinese": ("海港城市新闻报道群众", ("。", "！", "？", "。”", "……"), ("", " ")),
    "English": ("abcdefghij", ("ing.", "ed!", "ed?", "ed.”", "ed…"), (" ",)),
    "Russian": ("абвгдежзик", ("ил.", "ла!", "ло?", "ла…"), (" ",)),
    "Hindi": ("कखगघचछजझटठ", ("।", "॥", "?"), ("", " ")),
    "Arabic": ("ابتثجحخدذر", (".", "؟", "!"), (" ",)),
    "Urdu": ("ابپتٹثجچحخ", ("۔", "؟"), ("", " ")),
    "Armenian": ("աբգդեզէըթժ", ("։", ":"), (" ",)),
    "Amharic": ("ሀለሐመሠረሰሸቀበ", ("።", "፡፡", "፧"), ("", " ")),
    "Tibetan": ("ཀཁགངཅཆཇཉཏཐ", ("།", "།།"), ("", " ")),
    "Burmese": ("ကခဂဃငစဆဇဈည", ("။",), ("", " ")),
    "Khmer": ("កខគឃងចឆជឈញ", ("។", "៕"), ("", " ")),
    "Thai": ("กขคงจฉชซญฎ", ("",), (" ",)),
    "Lao": ("ກຂຄງຈສຊຍດຕ", ("",), (" ",)),
}
"""Letters, what ends a sentence, and what stands between two sentences."""


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    letters, stops, between = SCRIPTS[draw(st.sampled_from(sorted(SCRIPTS)))]
    made = []
    for number in range(draw(st.integers(3, 8))):
        word = st.text(st.sampled_from(letters), min_size=3, max_size=8)
        words = draw(st.lists(word, min_size=2, max_size=6))
        begin = (words[0].capitalize() + " ") if " " in between and stops != ("",) else ""
        # Each sentence has a word that no other has.
        made.append(f"{begin}{letters[number] * 12}{''.join(words)}{draw(st.sampled_from(stops))}")
    return draw(st.sampled_from(between)).join(made), made


@given(_texts(), st.integers(1, 4))
def test_an_excerpt_of_some_sentences_never_shows_the_next(text: tuple[str, list[str]], count: int) -> None:
    written, made = text
    shown = first_sentences((written,), count)
    for beyond in made[count:]:
        assert beyond.strip(".!?…") not in shown
    assert shown.startswith(made[0][:8])


@given(st.sampled_from("가港กກxကກ"), st.integers(120, 900), st.integers(1, 5))
def test_a_text_without_any_end_is_cut_by_its_length(letter: str, length: int, count: int) -> None:
    shown = first_sentences((letter * length,), count)
    assert shown.endswith("…")
    assert len(shown) <= 161


def test_a_text_is_not_shown_whole_because_no_end_was_found() -> None:
    text = "시는 항구의 등을 끄기로 하고 이를 어민에게 알렸음 노조는 이에 반대하며 시청 앞에서 집회를 열겠다고 함"
    assert len(first_sentences((text,), 2)) < len(text) * 0.7


def test_a_letter_is_not_parted_from_its_marks() -> None:
    for length in range(150, 170):
        shown = first_sentences(("กี้" * length,), 1)
        assert shown.removesuffix("…").endswith("กี้")


def test_sentences_of_japanese_paragraphs_are_joined_without_a_space() -> None:
    assert first_sentences(("港だ。", "灯だ。", "鳥だ。"), 2) == "港だ。灯だ。"
    assert first_sentences(("했다.노조는 몰랐다.", "끝."), 2) == "했다.노조는 몰랐다."
