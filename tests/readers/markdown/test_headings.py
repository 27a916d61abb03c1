"""The ids of headings."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from readers.markdown.reading import read
from rows import each_row
from yoyak.readers.markdown.body import anchor


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Main", "main-2"),
        ("Section 1", "section-1-2"),
        ("Chart 1", "part-chart-1"),
        ("chart module", "part-chart-module"),
    ],
)
def test_a_heading_never_has_an_id_of_a_template(words: str, wanted: str) -> None:
    assert anchor(words, {}) == wanted


HEADINGS = "## 가격 & 조건\n\n## Q&A (FAQ)\n\n## 배경\n\n## 배경\n\n## 1.5배\n\n## qa-faq"


@each_row(
    ("written", "meant"),
    [
        ("가격--조건", "가격-조건"),  # GitHub
        ("가격-조건", "가격-조건"),
        ("qa-faq", "qa-faq"),  # there is one that is called so
        ("배경-1", "배경-2"),  # the second of one name, at GitHub and GitLab
        ("배경-2", "배경-2"),
        ("15배", "1-5배"),
        ("_1", "가격-조건"),  # MkDocs numbers what has no Latin letters
        ("_3", "배경-2"),
        ("%EA%B0%80%EA%B2%A9--%EC%A1%B0%EA%B1%B4", "가격-조건"),
        ("가격---조건", "가격---조건"),
    ],
)
def test_a_heading_goes_by_what_other_programs_call_it(written: str, meant: str) -> None:
    for text in (f"[글](#{written})\n\n{HEADINGS}", f"[글](#{written}) `코드`\n\n{HEADINGS}"):
        (link,) = read(text).links
        assert unquote(link.url) == f"#{meant}"


def test_an_id_that_an_author_typed_is_meant_by_its_name() -> None:
    text = '<a id="가격--조건"></a>\n\n[글](#가격--조건) [배](#-배)\n\n## 가격 & 조건\n\n## 🚢 배 {#boat}'
    assert [unquote(link.url) for link in read(text).links] == ["#가격--조건", "#boat"]
