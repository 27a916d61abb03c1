"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.text.characters import garbled_part
from yoyak.text.decoding import UndecodableError, clean_text, decode

KOREAN = "가온시가 내년부터 시내버스 노선 12개를 바꾼다. “첫해에는” 두 배로 — 늘린다.\n©가온일보, 무단전재 금지\n"
EVERYDAY = "가온시가 내년부터 시내버스 노선 12개를 바꾼다. “첫해에는” 늘린다고\n3일 밝혔다. ▶ 관계자는 짰다며 말했다.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_korean_text_is_read_in_every_unicode_form(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)).text == KOREAN


@each_row("encoding", ["utf-8", "cp949", "utf-16-le", "utf-16-be"])
@each_row("length", [4, 8, 16])
def test_snippets_of_a_headline_are_read_right(encoding: str, length: int) -> None:
    snippets = [EVERYDAY[i : i + length] for i in range(len(EVERYDAY) - length)]
    korean = [text for text in snippets if any("가" <= char <= "힣" for char in text)]
    assert [decode(text.encode(encoding)).text for text in korean] == korean


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_utf_8_with_ascii_letters_is_never_taken_for_something_else(text: str) -> None:
    assert decode(f"The {text}".encode()).text == f"The {text}"


def test_euc_kr_means_cp949_so_that_rare_syllables_stay() -> None:
    page = '<meta charset="euc-kr"><p>똠방각하 펲시</p>'
    assert decode(page.encode("cp949")).text == page


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "<p>“Café” – 10 €</p>"),
        ("Shift_JIS", "cp932", "<p>日本語の記事①</p>"),
        ("gb2312", "gb18030", "<p>中文新闻</p>"),
        ("windows-1251", "cp1251", "<p>Новости</p>"),
    ],
)
def test_a_declared_charset_is_read_under_its_whatwg_label(label: str, codec: str, text: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">{text}'
    assert decode(page.encode(codec)).text == page


def test_a_page_saved_again_as_utf_8_keeps_its_text_under_its_old_declaration() -> None:
    page = '<meta charset="euc-kr"><p>가온시 버스</p>'
    assert decode(page.encode()).text == page


@pytest.mark.parametrize("text", ["Café", "£10", "à Paris", "25°"])
def test_short_western_utf_8_is_no_korean(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        ("가온시".encode() + b"\xff!", 9),
        ("가온시가 내년부터\n".encode("cp949") + b"\xff!", 18),
        (b"caf\xe9", 3),
        ("한글".encode("utf-16") + b"\x00", 6),
    ],
)
def test_bytes_that_fit_nothing_are_an_error_with_the_first_byte_that_does_not_fit(data: bytes, offset: int) -> None:
    with pytest.raises(UndecodableError) as error:
        decode(data)
    assert error.value.offset == offset


@given(st.binary(max_size=200))
def test_no_bytes_become_a_replacement_character(data: bytes) -> None:
    try:
        text = decode(data).text
    except UndecodableError:
        return
    assert "\ufffd" not in text or b"\xef\xbf\xbd" in data or b"\xff\xfd" in data or b"\xfd\xff" in data


def test_control_characters_are_taken_out_and_reported_with_their_place() -> None:
    text, strays = clean_text("가\x00온\r\n시\x0c장\ufffe\n")
    assert text == "가온\n시 장\n"
    assert [(s.code_point, s.line, s.column) for s in strays] == [(0, 1, 2), (0x0C, 2, 2), (0xFFFE, 2, 4)]


def test_a_replacement_character_of_the_file_itself_is_kept_and_reported() -> None:
    text, (stray,) = clean_text("가온\ufffd시")
    assert (text, stray.kept) == ("가온\ufffd시", True)


def test_text_is_nfc() -> None:
    assert clean_text("\u1112\u1161\u11ab\u1100\u1173\u11af")[0] == "한글"


@given(st.text())
def test_cleaning_keeps_the_number_of_lines_and_is_done_once(text: str) -> None:
    cleaned, _ = clean_text(text)
    assert cleaned.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert clean_text(cleaned)[0] == cleaned


# --- short, rare, foreign and misread ------------------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"]
BOTH_WAYS = [
    syllable
    for lead in range(0xC2, 0xC9)
    for trail in range(0xA1, 0xC0)
    if "가" <= (syllable := bytes([lead, trail]).decode("cp949")) <= "힣"
]
"""Syllables whose cp949 bytes are a letter in UTF-8, too."""
HEADLINES = [
    "새 배 뜬다", "시내버스 12개 노선 개편", "가온시, 내년부터 바꾼다", "美·中 정상회담", "똠방각하 펲시 쀍",
    "차체 철저히", "카드 타격", "소버린 AI 시대", "[속보] 정부가…", "찦차 타고", "▶ 관련기사", "“첫해에는” 늘린다",
]  # fmt: skip


@pytest.mark.parametrize("encoding", [*ENCODINGS, "johab"])
@given(st.sampled_from(HEADLINES), st.integers(0, 8), st.integers(4, 16))
def test_any_piece_of_a_headline_is_read_right_or_told(encoding: str, text: str, start: int, length: int) -> None:
    piece = text[start:][:length]
    assume(len(piece) >= 4 and sum("가" <= char <= "힣" for char in piece) >= 2)
    try:
        data = piece.encode(encoding)
    except UnicodeEncodeError:
        return
    try:
        found = decode(data)
    except UndecodableError:
        assert encoding == "johab"
        return
    assert found.text == piece or (found.doubt and encoding == "johab")


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=4), st.sampled_from(ENCODINGS))
def test_any_hangul_at_all_is_read_right_or_told(text: str, encoding: str) -> None:
    try:
        found = decode(text.encode(encoding))
    except UndecodableError:
        return
    assert found.text == text or found.doubt


@given(st.lists(st.sampled_from(BOTH_WAYS), min_size=4, max_size=20))
def test_syllables_that_are_valid_utf_8_too_are_korean(syllables: list[str]) -> None:
    text = "".join(syllables)
    assert decode(text.encode("cp949")).text == text
    assert decode(text.encode()).text == text


FOREIGN = {
    "gbk": "政府宣布将在明年改变十二条公交线路首年增加一倍记者三日报道",
    "big5": "政府宣布將在明年改變十二條公車路線首年增加一倍記者三日報導",
    "cp932": "市は来年から市内バス路線を十二本変更すると発表した初年度は",
    "euc_jp": "市は来年から市内バス路線を十二本変更すると発表した初年度は",
    "cp1251": "Правительство объявило об изменении маршрутов",
    "cp1252": "Élysée et São Paulo, à côté de l’École – déjà vu",
    "johab": "가온시가 내년부터 시내버스 노선을 바꾼다",
    "utf-16-le": "Правительство объявило об изменении маршрутов",
}


@each_row("encoding", FOREIGN)
@each_row("length", [5, 8, 12, 20, 28])
def test_what_is_in_another_encoding_and_does_not_say_so_is_never_garbled_in_silence(
    encoding: str, length: int
) -> None:
    text = FOREIGN[encoding][:length]
    try:
        found = decode(text.encode(encoding))
    except UndecodableError:
        return
    assert found.doubt


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("johab", "Johab, an old Korean encoding"), ("cp932", "(Shift_JIS)"), ("euc_jp", "(EUC-JP)")],
)
def test_an_encoding_that_shows_itself_is_named(encoding: str, words: str) -> None:
    with pytest.raises(UndecodableError) as error:
        decode(FOREIGN[encoding].encode(encoding))
    assert words in speak(error.value.words)


def test_korean_under_a_western_declaration_is_korean_and_told() -> None:
    page = '<meta charset="iso-8859-1"><p>가온시 시내버스</p>'
    found = decode(page.encode("cp949"))
    assert found.text == page
    assert "iso-8859-1" in speak(found.doubt)


WRONGLY_WESTERN = {
    "cp949": "시는 다음 달부터 마을버스 요금을 올린다고 밝혔다.",
    "cp932": "市は来年から市内バス路線を十二本変更すると発表した。",
    "euc_jp": "市は来年から市内バス路線を十二本変更すると発表した。",
    "gb18030": "政府宣布将在明年改变十二条公交线路，这是三年来的第一次，市民说来得太晚了。",
    "big5hkscs": "政府宣布將在明年改變十二條公車路線，這是三年來的第一次，市民說來得太晚了。",
    "cp1251": "Правительство объявило об изменении маршрутов автобусов с начала года.",
    "koi8-r": "Правительство объявило об изменении маршрутов автобусов с начала года.",
    "iso8859-5": "Правительство объявило об изменении маршрутов автобусов с начала года.",
    "cp1253": "Η κυβέρνηση ανακοίνωσε αλλαγές στα δρομολόγια των λεωφορείων από το νέο έτος.",
}


@each_row("label", ["iso-8859-1", "windows-1252", "latin1", "us-ascii"])
@each_row("encoding", WRONGLY_WESTERN)
def test_a_text_that_wrongly_calls_itself_western_is_read_and_told(encoding: str, label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>{WRONGLY_WESTERN[encoding]}</p>'
    found = decode(page.encode(encoding))
    assert (found.text, found.encoding) == (page, encoding)
    assert label in speak(found.doubt)


@pytest.mark.parametrize(
    "text",
    [
        "Élysée, à côté de l’École – déjà vu",
        "Þórður Ævarsson sagði að brúin yrði lokuð í sumar, og það væri ekki í fyrsta sinn.",
        "Zoë’s “café” … €5 – naïve?",
        "ÀÉÎÕÜ",
        "FRANÇAISE: ÉCOLE FERMÉE, ÉLÈVES RÉJOUIS",
    ],
)
def test_western_text_that_calls_itself_western_is_believed(text: str) -> None:
    page = f'<meta charset="iso-8859-1"><p>{text}</p>'
    found = decode(page.encode("cp1252"))
    assert (found.text, found.doubt) == (page, "")


def test_bytes_that_windows_left_open_are_controls_as_in_browsers() -> None:
    page = b'<meta charset="iso-8859-1"><p>caf\xe9 \x81\x8d \x93ok\x94</p>'
    assert decode(page).text == '<meta charset="iso-8859-1"><p>café \x81\x8d “ok”</p>'


@pytest.mark.parametrize("declared", ["utf-8", "euc-kr", "ks_c_5601-1987", "windows-949", "utf-16", "no-such"])
def test_korean_is_read_under_any_declaration(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>가온시 시내버스 노선</p>'
    for encoding in ("cp949", "utf-8"):
        assert decode(page.encode(encoding)) == structs.replace(decode(page.encode(encoding)), text=page, doubt="")


@each_row(
    ("label", "codec"),
    [("latin2", "iso8859-2"), ("cp1250", "cp1250"), ("ISO_8859-7:1987", "iso8859-7"), ("ibm866", "cp866"),
     ("iso-8859-9", "cp1254"), ("l1", "cp1252"), ("x-cp1251", "cp1251"), ("iso-8859-11", "cp874")],
)  # fmt: skip
def test_the_labels_of_the_standard_are_known(label: str, codec: str) -> None:
    text = next(char for char in "ŻΩЯşéก" if char.encode(codec, "ignore"))
    page = f'<meta charset="{label}"><p>{text}</p>'
    assert decode(page.encode(codec)).text == page


@pytest.mark.parametrize(("first", "second"), [("utf-8", "cp949"), ("cp949", "utf-8")])
def test_two_encodings_in_one_file_are_an_error_where_the_second_begins(first: str, second: str) -> None:
    head = "가온시가 내년부터 노선을 바꾼다.\n".encode(first)
    with pytest.raises(UndecodableError) as error:
        decode(head + "항구에 새 배가 뜬다.\n".encode(second))
    assert "line 2" in speak(error.value.words)
    assert len(head) <= error.value.offset <= len(head) + 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_a_last_character_that_is_cut_in_two_is_an_error(encoding: str) -> None:
    with pytest.raises(UndecodableError):
        decode("가온시가 내년부터 노선을 바꾼다".encode(encoding)[:-1])


def _misread(text: str, right: str, wrong: str) -> str:
    """Return what a program shows that takes a text for another encoding; it keeps bytes that mean nothing."""
    return "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode(right))


@pytest.mark.parametrize("right", ["utf-8", "cp949"])
def test_korean_that_was_misread_before_it_was_saved_is_found(right: str) -> None:
    garbled = _misread("가온시 시내버스", right, "cp1252")
    at, meant = garbled_part(f"첫 줄이다.\n{garbled}")
    assert at == 7
    assert meant.startswith("가온시")


@pytest.mark.parametrize(
    "text",
    [
        "가온시가 노선을 바꾼다 漢字 섞어서",
        "Élysée à côté “déjà”",
        "ÀÁÂÃÄÅÆÇÈÉ",
        "—————",
        "政府宣布將在明年改變",
        "café…",
    ],
)
def test_text_that_is_right_is_not_called_garbled(text: str) -> None:
    assert garbled_part(text)[0] == -1


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (rb"{\rtf1\ansi\ansicpg949 \'b0\'a1}", "an RTF document"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a Word, HWPX or ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a Word or HWP document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_a_document_under_the_name_of_a_text_is_refused_for_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(UndecodableError) as error:
        decode(data)
    assert speak(error.value.words) == f"This is {what}, not text."


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_with_a_mark_is_read(codec: str) -> None:
    mark = "" if codec == "utf-32" else "\ufeff"
    assert decode((mark + KOREAN).encode(codec)).text == KOREAN


@each_row("encoding", ENCODINGS)
@each_row("end", ["\n", "\r\n"])
def test_a_whole_article_is_read_in_every_encoding(encoding: str, end: str) -> None:
    text = end.join(
        ["---", "title: 새 배 뜬다", "date: 2024-07-03", "tags: [섬, 배]", "---", "", "가온항에 새 배가 뜬다.", ""]
    )
    assert decode(text.encode(encoding)) == structs.replace(decode(text.encode(encoding)), text=text, doubt="")
