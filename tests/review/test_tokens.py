"""What is one token: words, numbers with their signs and units, marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.review.words import tokens

NUMBERS = (
    "2.50%", "1,200원", "3.5만 명", "€4bn", "2024-07-03", "9:15", "-3℃", "제3호",
    "3조 5천억 원", "1만2천", "COVID-19",
    "F-35", "G7", "코로나19", "US$4bn", "+82-10-3", "010-1234-5678", "▲2.5%", "1~2%", "10 %p", "2.5%포인트", "6·25",
    "4 billion", "50 km", "120km/h", "３５％", "3rd", "5G", "½", "−1.5", "$1,000.50", "1/3", "v1.2.3", "3.1%p",
    "12월", "7시간",
    "50㎞",
)  # fmt: skip


@each_row("number", NUMBERS)
@each_row("frame", ["{}", "값은 {} 이다", "({})", "“{}”", "{}, 그리고", "{}."])
def test_a_number_with_sign_and_unit_is_one_token(number: str, frame: str) -> None:
    found = [token.text for token in tokens(frame.format(number)) if token.number]
    assert found == [number]


@each_row(
    ("text", "expected"),
    [
        ("2.50%에서 3명은", ["2.50%", "에서", "3명", "은"]),
        ("3월부터 2024 시장", ["3월", "부터", "2024", "시장"]),
        ("물가가 올랐다.", ["물가가", "올랐다", "."]),
        ("그는 “네.”라고", ["그는", "“", "네", ".", "”", "라고"]),
        ("物価が2.5%上がった", ["物", "価", "が", "2.5%", "上", "がった"]),
        ("2024年7月3日に3.5万人", ["2024年", "7月", "3日", "に", "3.5万人"]),
        ("‘물가’는", ["‘", "물가", "’", "는"]),
        ("don’t well-known", ["don’t", "well-known"]),
        ("👨‍👩‍👧🇰🇷 👍🏽", ["👨‍👩‍👧", "🇰🇷", "👍🏽"]),
        ("끝... --", ["끝", "...", "--"]),
        ("https://a.example/b?c=1, 끝", ["https://a.example/b?c=1", ",", "끝"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_people_see_words(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@given(st.text(alphabet=st.sampled_from("가나 ab12.,%-:원만명\n조억 €日が\u0301"), max_size=60) | st.text(max_size=60))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token.space + token.text for token in tokens(text)) == text
