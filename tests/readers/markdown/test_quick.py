"""The short way for plain Markdown gives what the engine gives, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import new_examples
from readers.worlds import around
from rows import each_row
from yoyak.messages.catalogue import paragraph
from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.engine import html_of
from yoyak.readers.markdown.reader import quick_html

AROUND = around("content/2024/article.md", assets=("content/2024/a.png",))

PLAIN = (
    "한 문단이다. R&D 예산은 5 > 3이라고 했다.",
    "한 줄\n이어지는 줄",
    "# 제목\n\n첫 문단\n\n## 소제목 R&D\n\n둘째 문단\n\n## 소제목 R&D",
    "**굵은 말**이 있고 [글](https://example.org/a_b?x=1&y=2)도 있다.",
    "![그림](a.png)\n\n![그림](a.png \"설명\")\n\n![](a.png)\n\n![먼 그림](https://img.example.org/1.jpg)",
    "![없는 그림](no.png)",
    "- 하나\n- **둘**\n- [셋](other.md)",
    "> 인용한 말\n> 이어진 말\n\n문단",
    "1. 하나\n2. **둘**\n3. [셋](other.md)\n\n- 하나\n\n1. 둘\n\n1998년의 일이다.\n\n1. 셋",
    "[나쁜 것](javascript:alert) 뒤의 말",
    "| 나라 | 투자 | 모델 | 곳 |\n|---|---:|:-:|:--|\n| 한국 | 815 | R&D | |\n|**미국**|5 > 3|[글](other.md)|x|",
    "# 제목\n\n| 나라 | 투자 |\n| - | - |\n| 한국 | 815 |\n\n- 하나\n\n| 나라 | 투자 |\n|-|-|\n| 한국 | 815 |",
)  # fmt: skip
LEFT_TO_THE_ENGINE = (
    "`코드`", "<b>x</b>", "|a|b|\n|-|-|", "글[^1]\n\n[^1]: 주", "    들여쓴 줄", "줄 끝  \n새 줄",
    "***x***", "a_b_", "2. 하나", "1. 하나\n3. 둘", "1. 하나\n\n2. 둘", "1. 하나\n- 둘", "1) 하나", "1. 1. 하나",
    "- 하나\n\n- 둘", "> 하나\n\n> 둘", "[글][1]\n\n[1]: https://example.org", "&copy; 2024",
    "&#12)", "제목\n===", "---", "~~~",
    "글 ![그림](a.png) 글", "\\*별\\*", "* 하나", "+ 하나", "한 칸 \n", "## 제목 ##", "탭\t", "",
    "주소는 https://gaon.example 이다.", "www.gaon.example", "kim@gaon.example", "[편지](mailto:desk@example.org)",
    "- [x] 하나", "# 제목 {#가}", "{{ 글 }}", "{% 글 %}", "[[글]]",
    "==글==", "%%글%%", "글\n- 하나", "글\n|a|b|\n|-|-|", "2024. 7. 3. 글",
    ":::tip\n글\n:::", "[TOC]", "> [!NOTE]\n> 글", "용어\n: 뜻", "~~글~~", "가**”나”**다", "## https://gaon.example",
    "ㅡㅡㅡ", "———", "글\n\n─────", "##\u3000소제목",
)  # fmt: skip


def both_ways(text: str) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return what the short way and the engine make of a text, with all that they say of it."""
    short, whole = Body(text, AROUND), Body(text, AROUND)
    html = quick_html(text, short)
    if short.problems:  # the reader leaves it to the engine then
        return (), ()
    return _said(html, short), _said(html_of(text, whole), whole)


def _said(html: str, body: Body) -> tuple[object, ...]:
    return (
        html,
        body.title,
        body.links,
        body.first_picture,
        [paragraph(problem) for problem in body.problems],
    )


class Silent:
    """A body that takes everything as it is."""

    def takes_title(self, words: str) -> bool:
        return True

    def id_of_heading(self, words: str) -> str:
        return words

    def resolve_link_of(self, attributes: dict[str, str], written: str) -> None: ...

    def picture_element(self, written: str, alt: str, caption: str) -> None: ...


@each_row("text", PLAIN)
def test_plain_text_goes_the_short_way_to_the_same_end(text: str) -> None:
    assert quick_html(text, Silent())
    short, whole = both_ways(text)
    assert short == whole


@each_row("text", LEFT_TO_THE_ENGINE)
def test_everything_else_is_left_to_the_engine(text: str) -> None:
    assert quick_html(text, Silent()) == ""


PIECES = st.sampled_from(
    ("가나 다라", "R&D", "&", "**굵은 말**", "**", "*", "[글](https://e.org/a_b?x=1&y=2)", "[글](b.md)",
     "![그림](a.png)", "![](x.png)",
     '![그림](a.png "설명")', "# ", "## ", "- ", "> ", "2. ", "1. 하나\n2. 둘\n", "\n", "\n\n", "\n\n", " ", "1. ",
     "!", "(괄호)", "_", ":", "==", "---", "[x]", "]", ")",
     ">", '"', "#", "[m](mailto:a@b.c)", "&copy", ";", "\u00a0", "\u2028", "\u3000",
     "끝.", "https://e.org", "www.e.org", "a@b.c", "{", "}", "%%", "~~", ": ", "- [ ] ", "[[", "]]",
     "[a](b c)", "**R&D**", "2024.", "|", "| 하나 | 둘 |\n|---|:-:|\n| 셋 | 넷 |\n", "ㅡㅡㅡ", "|ㅡ|—|\n")
)  # fmt: skip


@pytest.mark.slow
@new_examples(1500)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_whatever_goes_the_short_way_is_what_the_engine_makes(text: str) -> None:
    if quick_html(text, Silent()):
        short, whole = both_ways(text)
        assert short == whole


CELLS = st.sampled_from(
    ("하나", "둘 셋", "", " ", "**굵은 말**", "[글](https://e.org/a_b)", "R&D", "[ ](b.md)", "5 > 3", "a|b", "*",
     "![그림](a.png)", "-", "- 하나", "# 하나", ":-:", "1.", "[x]", "`x", "x:", "\\")
)  # fmt: skip
RULES = st.sampled_from(("-", ":-", "-:", ":---:", " --- ", "---", "", ":", "- -", "x"))


@pytest.mark.slow
@new_examples(1500)
@given(st.data(), st.integers(1, 3), st.integers(0, 3))
def test_a_table_that_goes_the_short_way_is_what_the_engine_makes(data: st.DataObject, width: int, height: int) -> None:
    row = st.lists(CELLS, min_size=width, max_size=width) | st.lists(CELLS, min_size=1, max_size=4)
    rule = data.draw(st.lists(RULES, min_size=width, max_size=width))
    rows = [data.draw(row), rule, *(data.draw(row) for _ in range(height))]
    edges = data.draw(st.sampled_from((("| ", " |"), ("|", "|"), ("", ""), ("|", ""))))
    text = data.draw(st.sampled_from(("", "글\n\n", "- 글\n\n", "> 글\n\n", "글\n")))
    text += "\n".join("|".join(cells).join(edges) for cells in rows)
    if quick_html(text, Silent()):
        short, whole = both_ways(text)
        assert short == whole


def test_white_space_beyond_spaces_and_line_ends_is_left_to_the_engine() -> None:
    spaces = [chr(code) for code in range(0x110000) if chr(code).isspace() and chr(code) not in " \n"]
    assert len(spaces) > 20
    assert [space for space in spaces if quick_html(f"글{space}글", Silent())] == []
