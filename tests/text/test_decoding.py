"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.text.decoding import UndecodableError, clean_text, decode

KOREAN = "가온시가 내년부터 시내버스 노선 12개를 바꾼다. “첫해에는” 두 배로 — 늘린다.\n©가온일보, 무단전재 금지\n"
EVERYDAY = "가온시가 내년부터 시내버스 노선 12개를 바꾼다. “첫해에는” 늘린다고\n3일 밝혔다. ▶ 관계자는 짰다며 말했다.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_korean_text_is_read_in_every_unicode_form(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)).text == KOREAN


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [4, 8, 16])
def test_snippets_of_a_headline_are_read_right(encoding: str, length: int) -> None:
    snippets = [EVERYDAY[i : i + length] for i in range(len(EVERYDAY) - length)]
    korean = [text for text in snippets if any("가" <= char <= "힣" for char in text)]
    assert [decode(text.encode(encoding)).text for text in korean] == korean


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
