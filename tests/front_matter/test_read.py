"""Where front matter begins and ends, and what happens when that is not clear: nothing is published by mistake."""

# ruff: noqa: E501 - the tables hold the exact words of messages

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.front_matter.read import read_front_matter, split, text_keys
from yoyak.messages.catalogue import paragraph, sentence
from yoyak.model.schema import FrontMatter, PageKeys, SiteKeys

SEOUL = ZoneInfo("Asia/Seoul")


@each_row(
    ("text", "head", "body", "body_line"),
    [
        ("---\ntitle: a\n---\nbody\n", "title: a\n", "body\n", 4),
        ("---\ntitle: a\n...\nbody", "title: a\n", "body", 4),
        ("---  \ntitle: a\n---\t\nbody", "title: a\n", "body", 4),
        ("---\r\ntitle: a\r\n---\r\nbody\r\n", "title: a\r\n", "body\r\n", 4),
        ("---\rtitle: a\r---\rbody", "title: a\r", "body", 4),
        ("\ufeff---\ntitle: a\n---\nbody", "title: a\n", "body", 4),
        ("---\ntitle: a\n---", "title: a\n", "", 4),
        ("---\ntitle: a\n--- ", "title: a\n", "", 4),
        ("---\n---\nbody", "", "body", 3),
        ("---\n---", "", "", 3),
        ("---\ntitle: a\n---\n\n\nbody\n", "title: a\n", "\n\nbody\n", 4),
        ("---\ntitle: a\n---\nbody\n\n---\n\nmore", "title: a\n", "body\n\n---\n\nmore", 4),
        ("---\ntitle: |\n  ---\n---\nbody", "title: |\n  ---\n", "body", 5),
    ],
)
def test_a_file_is_cut_at_its_fences(text: str, head: str, body: str, body_line: int) -> None:
    parts = split(text)
    assert (parts.head, parts.head_line, parts.body, parts.body_line, parts.problem) == (head, 2, body, body_line, None)


@each_row(
    "text",
    [
        "",
        "body",
        "# 제목\n\n본문\n",
        "본문\n\n---\n\n본문",
        "---\n\n본문이 줄 하나로 시작한다\n",
        "---\n그냥 글\n",
        "----------\n가온일보\n입력: 2024-07-03 09:00\n",
        "***\n\n글: 말\n",
        "- 첫째\n- 둘째: 말\n",
        "입력: 2024-07-03\n---\n본문",
        "<!doctype html>\n<title>a</title>",
        "```\ncode: x\n```\n",
    ],
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    parts = split(text)
    assert (parts.head, parts.body, parts.body_line, parts.problem) == (None, text, 1, None)


UNCLOSED = "The front matter that begins here is never closed. Write --- on a separate line below the last key."
NO_FENCE = (
    "The article begins with keys, but the line above them is not a fence. "
    "Write exactly --- on the first line, and --- on a separate line below the last key."
)
LINES = "Write these lines at the very top of the file:"
NO_FENCES = f"The article begins with keys, but there is no fence around them. {LINES}"
NO_OPENING = f"The article begins with keys, but there is no fence above them. {LINES}"
NO_CLOSING = "This line looks like the end of the front matter, but it is not ---. Write exactly --- here."
IN_TEXT = "A key is in the text, with no fence around it. Put it between two lines of ---, at the very top of the file:"
BELOW = (
    "The front matter begins on this line, below {}. "
    "Move what stands above it below its end: a file begins with --- on its first line."
)


@each_row(
    ("text", "message"),
    [
        ("---\ntitle: a\n\nbody\n", f"1:1: {UNCLOSED}"),
        ("---\ntitle: a", f"1:1: {UNCLOSED}"),
        ("---\ntitel: a\n\nbody\n", f"1:1: {UNCLOSED}"),
        ("---\n\nstatus: draft\n----\nbody", f"4:1: {NO_CLOSING}"),
        ("---\ntitle: a\n--\nbody", f"3:1: {NO_CLOSING}"),
        ("---\ntitle: a\n——\nbody\n\n---\n\nmore", f"3:1: {NO_CLOSING}"),
        ("---\ntitle: a\n—-—\nbody", f"3:1: {NO_CLOSING}"),
        ("---\ntitle: a\n—\nbody", f"3:1: {NO_CLOSING}"),
        ("--- title: a\nstatus: draft\n---\nbody", f"1:1: {NO_FENCE}"),
        ("---title: a\n---\nbody", f"1:1: {NO_FENCE}"),
        ("----\ntitle: a\n----\nbody", f"1:1: {NO_FENCE}"),
        ("--\ntitle: a\n--\nbody", f"1:1: {NO_FENCE}"),
        ("++++++\ntitle = 'a'\n++++++\nbody", f"1:1: {NO_FENCE}"),
        ("—-—\ntitle: a\n—-—\nbody", f"1:1: {NO_FENCE}"),
        ("———\nstatus: draft\n———\nbody", f"1:1: {NO_FENCE}"),
        ("ㅡㅡㅡ\nstatus: draft\nㅡㅡㅡ\nbody", f"1:1: {NO_FENCE}"),
        ("―――\nstatus: draft\n", f"1:1: {NO_FENCE}"),
        ("———\ndraft: true\n", f"1:1: {NO_FENCE}"),
        ("```yaml\ntitle: a\n```\nbody", f"1:1: {NO_FENCE}"),
        ("===\ntitle: a\n===\nbody", f"1:1: {NO_FENCE}"),
        ("\n---\ntitle: a\n---\nbody", f"2:1: {NO_FENCE}"),
        (" ---\ntitle: a\n---\nbody", f"1:1: {NO_FENCE}"),
        ("----\n메모\nstatus： draft\n----\nbody", f"1:1: {NO_FENCE}"),
        ("title: a\nstatus: draft\n---\nbody", f"1:1: {NO_OPENING}"),
        ("status: draft\ntags:\n  - a\n---\nbody", f"1:1: {NO_OPENING}"),
        ("title: a\ndate: 2024-07-03\n\nbody", f"1:1: {NO_FENCES}"),
        ("source: a\r\ndate: 2024-07-03\r\n \r\nbody", f"1:1: {NO_FENCES}"),
        ("status: draft\n\n# a\n\nbody", f"1:1: {NO_FENCES}"),
        ("title: a\n\n그냥 첫 줄\n", f"1:1: {NO_FENCES}"),
        ("\ufeff\n\nembargo_until: 2099-01-01\n\n본문", f"3:1: {NO_FENCES}"),
        ("rights: link\n가온항 등대\n", f"1:1: {NO_FENCES}"),
        ("stauts: draft\n\n본문", f"1:1: {NO_FENCES}"),
        ("embargo-until: 2099-01-01\n\n본문", f"1:1: {NO_FENCES}"),
        ("publishDate: 2099-01-01\n\n본문", f"1:1: {NO_FENCES}"),
        ("draft: true\n\n본문", f"1:1: {NO_FENCES}"),
        ('draft = true\ntitle = "a"\n\n본문', f"1:1: {NO_FENCES}"),
        ("themes： [a]\n\n본문", f"1:1: {NO_FENCES}"),
        ("Title: a\nDate: 2024-07-03\n\n본문", f"1:1: {NO_FENCES}"),
        ("Date: 2024-07-03\nSlug: a\n\n본문", f"1:1: {NO_FENCES}"),
        ("Status: Draft\n\n본문", f"1:1: {IN_TEXT}"),
        ("# 제목\n\nstatus: draft\n\n본문", f"3:1: {IN_TEXT}"),
        ("# draft: true\n\n본문", f"1:1: {IN_TEXT}"),
        ("<!-- status: draft -->\n\n본문", f"1:1: {IN_TEXT}"),
        ("- embargo_until: 2099-01-01\n본문", f"1:1: {IN_TEXT}"),
        ("---\ntitle: a\n---\nstatus: draft\n\n본문", f"4:1: {IN_TEXT}"),
        ("메모 한 줄\n---\ntitle: a\n---\n본문", f"2:1: {BELOW.format('text')}"),
        ("<!-- 메모 -->\n---\ntitle: a\n---\n본문", f"2:1: {BELOW.format('a comment')}"),
        ("# 초안\n\n——\nstatus: draft\n——\n본문", f"3:1: {BELOW.format('a comment')}"),
        (
            "+++\ntitle = 'a'\n\nbody",
            "1:1: The TOML that begins here is never closed. Write +++ on a separate line below the last key.",
        ),
    ],
)
def test_a_beginning_that_may_be_front_matter_is_never_published_as_text(text: str, message: str) -> None:
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert [sentence(problem) for problem in result.problems] == [f"a.md:{message}"]
    assert (result.keys, result.body) == (None, "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("embargo_until: 2099-01-01\n\n본문", ["embargo_until: 2099-01-01"]),
        ("title:등대\ntags:\n  - 섬\n  - 배\n\n본문", ["title: 등대", "tags:", "  - 섬", "  - 배"]),
        ("titel: a\ndraft: true\n가온항", ["title: a", "status: draft"]),
        ("publishDate: 2099-01-01\n\n본문", ["publish_at: 2099-01-01"]),
        ("# 제목\n\nStatus: draft\n", ["status: draft"]),
        ("----\ntitle: a\n----\nbody", ["title: a"]),
    ],
)
def test_keys_without_fences_are_shown_as_they_should_be(text: str, lines: list[str]) -> None:
    [problem] = read_front_matter(text, "a.md", FrontMatter, SEOUL).problems
    assert problem.write == ("---", *lines, "---")
    again = read_front_matter("\n".join((*problem.write, "본문")), "a.md", FrontMatter, SEOUL)
    assert (again.body, again.problems) == ("본문", ())


@each_row(
    "text",
    [
        "제목: 등대 다시 켜진다\n\n본문이다.\n",
        "입력 2026.11.27. 오전 8:10\n가온일보\n",
        "Date: Fri, 27 Nov 2026 10:00:00 +0900\nFrom: a@b.example\nSubject: 등대\n\n본문\n",
        "From: a@b.example\nDate: Fri, 27 Nov 2026\n\n본문\n",
        "서울: 맑음\n부산: 흐림\n\n본문\n",
        "Source: Sea Agency\n\nThe ferry is back.\n",
        "Published: 27 November 2026\nUpdated: 28 November 2026\n\nThe ferry is back.\n",
        "Draft: a plan for the pier\n\nThe council met.\n",
        "url: https://news.example.org/1\n\n본문\n",
        "note: 확인할 것\n\n본문\n",
        "Q: 왜 끄나\nA: 새 때문이다\n",
        "Rights: All rights reserved.\n\nText.\n",
        "https://news.example.org/\n본문\n",
        "# 제목\n\n본문이다.\n\n    status: draft\n",
        "# 제목\n\n```yaml\n---\nstatus: draft\n---\n```\n",
        "<!doctype html>\n<script>\nvar a = {\ndraft: true,\n}\n</script>",
        "# 제목\n\n본문이다.\n\n---\n\nsource: 누리통신\n",
        "{{< figure src=a.png >}}\n본문\n",
        '{ "a": 1 }\n본문\n',
        "{속보} 배가 뜬다\n",
        "+++\n새 소식\n+++\n",
    ],
)
def test_what_a_text_says_itself_is_not_taken_for_keys(text: str) -> None:
    assert split(text).problem is None
    assert split(text).body == text


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "등대"\ndate = 2024-07-03\ntags = ["섬", "배"]\nweight = 3\nimage = {src = "a.png"}\n+++\nbody',
        '---toml\ntitle = "등대"\ndate = 2024-07-03\ntags = ["섬", "배"]\nweight = 3\n[image]\nsrc = "a.png"\n---\nbody',
        '{\n"title": "등대",\n"date": "2024-07-03", "tags": ["섬", "배"],\n"weight": 3, "image": {"src": "a.png"}\n}\nbody',
        '---json\n{"title": "등대", "date": "2024-07-03", "tags": ["섬", "배"], "weight": 3, "image": {"src": "a.png"}}\n---\nbody',
        '\ufeff{"title": "등대", "date": "2024-07-03", "tags": ["섬", "배"], "weight": 3, "image": {"src": "a.png"}}\r\nbody',
        "---yaml\ntitle: 등대\ndate: 2024-07-03\ntags: [섬, 배]\nweight: 3\nimage: {src: a.png}\n---\nbody",
    ],
)
def test_toml_and_json_are_read_like_yaml(text: str) -> None:
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert result.problems == ()
    assert result.keys is not None
    assert (result.keys.title, result.keys.tags, result.keys.weight, result.body) == ("등대", ("섬", "배"), 3, "body")
    assert result.days == {"date"}
    assert result.keys.image.src == "a.png"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('+++\ntitle = "a"\nstatus = "drft"\n+++\n', 'a.md:3:1: "status" must be approved, draft, review or unlisted, not "drft". Did you mean "draft"?'),
        ('+++\ntitle = "a"\ndraft = true\n+++\n', 'a.md:3:1: "draft" is a key of other generators. Write: status: draft'),
        ('{\n"title": "a",\n"weight": "b"\n}\n', 'a.md:3:1: "weight" must be a whole number, not "b". Write it in digits, e.g. weight: 10'),
        ('{"title": "a", "title": "b"}\n', 'a.md:1:1: "title" is written twice. Keep one of them.'),
        ("+++\ntitle = a\n+++\n", "a.md:2:9: The TOML at the top of this file cannot be read: invalid value. Correct it, or write the keys in YAML, between two lines of --- instead of +++."),
        ('{\n"title": "a"\n"date": "b"\n}\n', "a.md:3:1: The JSON at the top of this file cannot be read: expecting ',' delimiter. Correct it, or write the keys in YAML, between two lines of --- instead of {."),
    ],
)  # fmt: skip
def test_a_mistake_in_toml_or_json_is_reported_with_its_line(text: str, message: str) -> None:
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert [paragraph(problem) for problem in result.problems] == [message]
    assert result.keys is None


def test_a_number_in_toml_stays_as_it_was_written() -> None:
    result = read_front_matter("+++\ntitle = 1.10\n+++\n", "a.md", FrontMatter, SEOUL)
    assert result.keys == FrontMatter(title="1.10")


def test_keys_and_body_are_read() -> None:
    result = read_front_matter("---\ntitle: 제목: 말\nweight: 3\n---\nbody", "a.md", FrontMatter, SEOUL)
    assert result.keys == FrontMatter(title="제목: 말", weight=3)
    assert (result.body, result.body_line) == ("body", 5)
    assert result.lines == {"title": (2, 8), "weight": (3, 9)}


def test_an_error_withholds_the_keys_and_keeps_the_body() -> None:
    result = read_front_matter("---\ntitel: a\n---\nbody", "a.md", FrontMatter, SEOUL)
    assert (result.keys, result.body) == (None, "body")
    assert [paragraph(problem) for problem in result.problems] == [
        'a.md:2:1: Unknown key "titel". Did you mean "title"?'
    ]


def test_mistakes_of_every_kind_are_told_together_in_order() -> None:
    text = "---\ntitle: 말 # 말\nweight: x\nslug: @a\ntitel: b\ntitle: c\n---\nbody"
    result = read_front_matter(text, "a.md", FrontMatter, SEOUL)
    assert [(problem.line, problem.code) for problem in result.problems] == [
        (2, "ambiguous-comment"),
        (3, "bad-number"),
        (4, "yaml-syntax"),
        (5, "unknown-key"),
        (6, "duplicate-key"),
    ]


def test_a_refused_value_is_told_once() -> None:
    result = read_front_matter('---\ndate: "2024-07-03\n---\n', "a.md", FrontMatter, SEOUL)
    assert [problem.code for problem in result.problems] == ["unclosed-quote"]


def test_a_file_without_front_matter_has_the_defaults() -> None:
    result = read_front_matter("body", "a.md", PageKeys, SEOUL)
    assert (result.keys, result.body, result.problems) == (PageKeys(), "body", ())


def test_text_keys_come_from_the_types_of_the_keys() -> None:
    assert text_keys(FrontMatter) >= {"title", "summary", "tags", "authors", "name", "caption", "note"}
    assert not text_keys(FrontMatter) & {"date", "weight", "rights", "slug", "source_url", "image", "email"}
    assert text_keys(SiteKeys) >= {"title", "tagline", "words", "aliases"}
    assert not text_keys(SiteKeys) & {"base_url", "timezone", "language", "page_size", "path"}


@given(st.text(st.sampled_from("---\n\r=+—: atitle#\ufeff"), max_size=40))
def test_no_text_disappears_between_head_and_body(text: str) -> None:
    parts = split(text)
    assert parts.problem is not None or text.endswith(parts.body)
    assert parts.problem is not None or parts.head is not None or parts.body == text.removeprefix("\ufeff")


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_front_matter(text, "a.md", FrontMatter, SEOUL)
    read_front_matter(f"---\n{text}\n---\nbody", "a.md", FrontMatter, SEOUL)


@given(st.text(st.sampled_from("ab:-#[]{}'\"&*!|>%@`,? \n\t"), max_size=60))
def test_any_yaml_like_text_is_read_without_an_exception(text: str) -> None:
    read_front_matter(f"---\n{text}\n---\nbody", "a.md", FrontMatter, SEOUL)
