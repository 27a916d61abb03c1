"""Markdown: what becomes of headings, links, pictures and raw HTML, and what can be wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import json, structs

from readers.worlds import around, value
from rows import each_row
from yoyak.messages.catalogue import paragraph
from yoyak.model.sources import Reading
from yoyak.readers.around import FoundPicture
from yoyak.readers.markdown import read_markdown
from yoyak.text.sanitize import sanitize

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
PICTURE = "content/2024/p.svg"
WORLD = structs.replace(
    around("content/2024/a.md", assets=(PICTURE,)),
    addresses={"content/2024/b.md": "/articles/b/", "content/pages/about.md": "/about/"},
)


def read(text: str, **more: object) -> Reading:
    return read_markdown(text, structs.replace(WORLD, **more))


def html(text: str, **more: object) -> str:
    return sanitize(read(text, **more).html)


def messages(text: str, **more: object) -> list[str]:
    return [paragraph(problem) for problem in read(text, **more).problems]


# --- headings ----------------------------------------------------------------------------------------


def test_a_first_heading_of_level_1_is_the_title_and_not_in_the_body() -> None:
    found = read("# 제목 **하나** `둘`\n\n글")
    assert value(found, "title") == "제목 하나 둘"
    assert sanitize(found.html) == "<p>글</p>"


def test_a_later_heading_of_level_1_is_a_heading() -> None:
    assert value(read("글\n\n# 제목"), "title") is None
    assert "<h2" in html("글\n\n# 제목")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## a\n### b\n## c", "232"),
        ("### a\n#### b\n### c", "232"),
        ("# t\n# a\n## b", "23"),
        ("## a\n##### b\n###### c", "234"),
        ("###### a\n# b\n## c", "223"),
    ],
)
def test_headings_begin_at_2_and_never_jump(text: str, levels: str) -> None:
    assert "".join(re.findall(r"<h(\d)", html(f"글\n\n{text}" if not text.startswith("# t") else text))) == levels


def test_headings_can_be_linked_to_by_their_words() -> None:
    page = sanitize(read("## 배의 값\n\n## 배의 값\n\n## !?\n\n## Main").html)
    assert re.findall(r'<h2 id="([^"]+)"', page) == ["배의-값", "배의-값-2", "part", "main-2"]


# --- links -------------------------------------------------------------------------------------------


@each_row(
    ("written", "url"),
    [
        ("b.md", "/articles/b/"),
        ("./b.md#자리", "/articles/b/#%EC%9E%90%EB%A6%AC"),
        ("../pages/about.md", "/about/"),
        ("p.svg", "/assets/p.svg"),
        ("/about/", "/about/"),
        ("/소개/?a=b#c", "/%EC%86%8C%EA%B0%9C/?a=b#c"),
        ("/%EC%86%8C%EA%B0%9C/", "/%EC%86%8C%EA%B0%9C/"),
        ("#자리", "#%EC%9E%90%EB%A6%AC"),
        ("https://digest.example.org/about/", "/about/"),
        ("https://other.example/?a=b&c=d", "https://other.example/?a=b&c=d"),
        ("mailto:kim@example.org", "mailto:kim@example.org"),
        ("tel:+82-2-000", "tel:+82-2-000"),
    ],
)
def test_a_link_leads_where_its_author_means(written: str, url: str) -> None:
    assert html(f"[글]({written})") == f'<p><a href="{url.replace("&", "&amp;")}">글</a></p>'


@pytest.mark.parametrize(("written", "url"), [("/about/", "/digest/about/"), ("/digest/about/", "/digest/about/"),
                                              ("/digestive/", "/digest/digestive/")])  # fmt: skip
def test_below_a_path_an_address_of_the_site_gets_it_once(written: str, url: str) -> None:
    found = html(f"[글]({written})", base_path="/digest/", base_url="https://digest.example.org/digest/")
    assert found == f'<p><a href="{url}">글</a></p>'


@each_row(
    "written",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
     "//evil.example/",
     "&#106;avascript:alert(1)", "ftp://a.example/", "\\\\\\\\evil.example"],
)  # fmt: skip
def test_an_address_that_may_not_stand_leaves_its_text(written: str) -> None:
    found = read(f"[글]({written})")
    assert sanitize(found.html) == "<p><a>글</a></p>"
    assert [problem.code for problem in found.problems] == ["unsafe-link"]


def test_a_mail_address_is_a_link_that_nothing_checks() -> None:
    found = read("<kim@example.org> [글](<mailto:kim@example.org>)")
    assert sanitize(found.html).count('href="mailto:kim@example.org"') == 2
    assert found.links == ()


def test_links_into_the_site_are_told_as_they_were_written() -> None:
    found = read("[가](b.md) [나](#x) [다](https://other.example/)")
    assert [(link.written, link.url) for link in found.links] == [("b.md", "/articles/b/"), ("#x", "#x")]


# --- pictures ------------------------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    assert html('![나루](p.svg "저녁")') == (
        '<figure><img alt="나루" height="480" src="/assets/p.svg" width="640" loading="lazy">'
        "<figcaption>저녁</figcaption></figure>"
    )


def test_a_picture_alone_is_a_figure_also_beside_raw_html() -> None:
    figure = html('![배](p.svg "새 배")\n\n<!-- -->\n\n글')
    assert "<figure><img" in figure
    assert "<figcaption>새 배</figcaption></figure>" in figure


def test_a_picture_of_another_host_in_a_figure_of_html_is_linked_to_as_any_other() -> None:
    figure = html('<figure><img src="https://other.example/p.png" alt="배"><figcaption>새 배</figcaption></figure>')
    assert figure.startswith('<figure class="linked-picture"><a class="picture-link"')


def test_a_picture_inside_a_sentence_stays_there() -> None:
    assert html("앞 ![나루](p.svg) 뒤").startswith('<p>앞 <img alt="나루"')


def test_the_first_picture_is_the_articles() -> None:
    assert value(read('![나루](p.svg "저녁")'), "image") == FoundPicture(src="p.svg", alt="나루", caption="저녁")


def test_a_picture_on_another_host_is_linked_to_and_not_loaded() -> None:
    found = html("![나루](https://www.other.example/p.png)")
    assert "<img" not in found
    assert '<a class="picture-link" href="https://www.other.example/p.png">나루 (other.example)</a>' in found


def test_a_site_may_load_pictures_of_other_hosts() -> None:
    assert 'src="https://other.example/p.png"' in html("![나루](https://other.example/p.png)", load_remote=True)


@pytest.mark.parametrize(
    "written", ["q.svg", "../../p.svg", "javascript:x", "//other.example/p.png", "data:image/png,x"]
)
def test_a_picture_that_is_not_there_is_told_with_its_line(written: str) -> None:
    found = read(f"글\n\n![나루]({written}) 뒤\n", first_line=7)
    assert "<img" not in found.html
    assert [(problem.code, problem.line) for problem in found.problems] == [("missing-picture", 9)]


def test_a_picture_without_words_is_told() -> None:
    line = "content/2024/a.md:1: warning: This picture has no text for those who cannot see it."
    assert messages("![](p.svg)") == [f"{line} Write it between the brackets: ![a harbour at dawn](…)."]


# --- raw HTML --------------------------------------------------------------------------------------------


def test_raw_html_is_resolved_as_markdown_is() -> None:
    text = '<p>글 <a href="b.md">가</a> <img src="p.svg" alt="나루"></p>\n\n[나](b.md)\n'
    found = html(text)
    assert found.count('href="/articles/b/"') == 2
    assert '<img alt="나루" height="480" src="/assets/p.svg" width="640" loading="lazy">' in found


def test_raw_html_cannot_name_places_of_the_page() -> None:
    assert 'id="main"' not in html('<div id="main">글</div>\n\n<form id="x"><input name="y"></form>')


def test_code_is_shown_and_not_resolved() -> None:
    found = read('`<a href="/x/">` and\n\n    <img src="q.svg">\n\n```html\n<script>x</script>\n```\n')
    assert found.problems == ()
    assert found.links == ()
    shown = re.sub("<[^>]*>", "", sanitize(found.html))
    assert "&lt;script&gt;x&lt;/script&gt;" in shown


# --- the rest ----------------------------------------------------------------------------------------------


def test_tables_keep_their_sides() -> None:
    assert '<td class="right">1</td>' in html("|a|b|\n|---|--:|\n|x|1|\n")


def test_footnotes_lead_there_and_back() -> None:
    found = html("글[^1]\n\n[^1]: 말")
    assert 'href="#fn:1"' in found
    assert 'id="fn:1"' in found
    assert 'href="#fnref:1"' in found


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    first = read("글[^1] ![](x.png)\n\n[^1]: 말\n\n# 제목")
    second = read("다른 글")
    assert first.problems
    assert (second.problems, second.links, value(second, "image")) == ((), (), None)
    assert sanitize(second.html) == "<p>다른 글</p>"


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "* ", "  - "])
def test_a_text_that_is_too_deep_is_told_and_the_next_is_read(mark: str) -> None:
    found = read(mark * 2500 + "글")
    assert [problem.code for problem in found.problems] in ([], ["too-deep"])
    assert sanitize(read("글").html) == "<p>글</p>"


@pytest.mark.parametrize(
    "piece", ["[", "*", "_", "`", "<", "![", "<div>", "</div>", "&", "[^1]", "|", "#", "~~~\n", "<b>"]
)
def test_a_text_of_one_mark_a_thousand_times_is_read(piece: str) -> None:
    read(piece * 1_000)


MARKS = st.sampled_from(
    ["[", "]", "(", ")", "![", "*", "**", "_", "`", "```", "\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "|", "---",
     "<", ">",
     "<a href='x'>", "</a>", "<div>", "<!--", "-->", "&#60;", "[^1]", "[^1]: ", "[a]: ", "글", "b.md", "p.svg", "\\",
     "\x02", "\x03",
     "klzzwxh:0001", "wzxhzdk:0"]
)  # fmt: skip


@given(st.lists(MARKS, max_size=25).map("".join))
@example("[a](<b.md> 'c')")
@example("\x02klzzwxh:0000\x03")
def test_anything_can_be_read(text: str) -> None:
    found = read(text)
    assert "\x02" not in sanitize(found.html)


def test_naughty_strings_can_be_read() -> None:
    place = CORPORA / "blns.json"
    if not place.is_file():
        pytest.skip("blns.json is not here: it is not part of the project")
    for text in json.decode(place.read_bytes(), type=list[str]):
        sanitize(read(text).html)


# --- what multiplies ---------------------------------------------------------------------------------


def test_links_by_label_repeat_so_much_of_a_long_address_and_are_words_from_there_on() -> None:
    text = f"[a]: https://gaon.example/{'b' * 5000}\n\n" + "[배][a] " * 1000
    reading = read(text)
    assert len(reading.html) < 6 * len(text) + 200_000
    assert reading.html.count("<a ") == 19
    assert reading.html.count("[배][a]") == 981
    assert [(problem.code, problem.line, problem.severity) for problem in reading.problems] == [
        ("too-many", 1, "warning")
    ]


@pytest.mark.slow
def test_a_text_with_very_many_links_by_label_keeps_them_all() -> None:
    text = "[a]: https://gaon.example/ferry/2024/07/03\n\n" + "[배][a]가 뜬다. " * 2000
    reading = read(text)
    assert reading.html.count("<a ") == 2000
    assert reading.problems == ()
