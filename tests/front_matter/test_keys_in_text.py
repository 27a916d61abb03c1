"""Keys below a fence that does not begin the file: refused when they decide about publishing, else text."""

from __future__ import annotations

from random import Random

import pytest

from rows import each_row
from yoyak.front_matter.almost import may_have_keys
from yoyak.front_matter.keys_in_text import _found_in, _property, keys_in_text
from yoyak.front_matter.read import split
from yoyak.messages.catalogue import speak
from yoyak.parallel.pool import limited
from yoyak.text.plain_keys import as_meant

DECIDING = ["status: draft", "draft: true", "embargo_until: 2031-02-03", "title: 다리\nstatus: review", "상태: 비공개"]
RULES = [
    "---",
    "***",
    "___",
    "+++",
    "===",
    ";;;",
    "—",
    "- - -",
    "* * *",
    "%%%",
    "\\---",
    "－－－",
    "---yaml",
    "--- # meta",
]
LONG = "섬으로 가는 배가 다시 뜬다. 표는 두 주 전부터 판다.\n\n" * 30


ODDLY_WRITTEN = [
    "? status\n: draft",
    "{status: draft}",
    "{ title: 다리, status: draft }",
    "&state status: draft",
    "!!str status: draft",
    "!<tag:yaml.org,2002:str> status: draft",
    "{!!str &a status: draft}",
    "status\u00a0: draft",
    "\u3000status:\u00a0draft",
    "ｓｔａｔｕｓ： ｄｒａｆｔ",
    "\u200bstatus: draft",
    "sta\u00adtus: draft",
    "status: dr\u200baft",
    "\ufeffdraft: true",
    '"st\\u0061tus": draft',
    '"\\x64raft": true',
    "상\u200b태: 비공개",
    "\u1109\u1161\u11bc\u1110\u1162: 비공개",
]


@each_row("keys", ODDLY_WRITTEN)
@each_row("rule", ["---", "***", "\u200b---", "---\u00a0"])
@each_row("above", ["# 다리\n\n", "---\ntitle: 다리\n---\n\n## 소제목\n\n", LONG])
def test_a_key_may_be_written_in_any_way_that_people_or_yaml_read(above: str, rule: str, keys: str) -> None:
    problem = split(f"{above}{rule}\n{keys}\n{rule}\n\n본문\n").problem
    assert problem is not None
    assert problem.code == "bad-fence"


@each_row("keys", [keys for keys in ODDLY_WRITTEN[1:] if keys.isascii() or not keys.endswith("비공개")])
@each_row("form", ["<!-- {} -->\n\n글이다.\n", "\u200b---\n{}\n---\n\n글이다.\n", "{}\n\n글이다.\n"])
def test_what_begins_a_file_may_be_written_so_too(form: str, keys: str) -> None:
    assert split(form.format(keys)).problem is not None


@pytest.mark.parametrize(
    "text",
    [
        "본문\n\n---\n{이름: 김섬}\n---\n",
        "본문\n\n---\n? 왜 그런가\n: 모른다\n---\n",
        "! 알림: 배가 뜬다\n\n본문\n",
        "본문\n\n---\n상황：좋다…\n---\n",
        "Q&A: 다음\n\n---\n\n본문\n",
        "{{ status }}: x\n\n본문\n",
    ],
)
def test_marks_of_yaml_before_other_words_are_text(text: str) -> None:
    assert split(text).problem is None


@each_row("keys", DECIDING)
@each_row("rule", RULES)
@each_row("above", ["# 다리\n\n", "---\ntitle: 다리\n---\n\n## 소제목\n\n", LONG])
def test_a_file_with_deciding_keys_below_a_rule_is_refused(above: str, rule: str, keys: str) -> None:
    problem = split(f"{above}{rule}\n{keys}\n{rule}\n\n본문\n").problem
    assert problem is not None
    assert problem.code == "bad-fence"


@each_row("end", ["---\n{}\n---\n", "---\n{}", "```yaml\n{}\n```\n", "```\n{}\n```", "<!--\n{}\n-->\n", "<!-- {} -->"])
@each_row("keys", DECIDING[:3])
def test_keys_at_the_end_of_a_long_file_are_refused(end: str, keys: str) -> None:
    assert keys_in_text(LONG + end.format(keys), 1) is not None


def test_the_problem_names_the_fence_and_shows_the_lines_as_they_should_be() -> None:
    problem = keys_in_text("# 다리\n\n본문\n\n---\nstatus: draft\ntags: [섬]\n---\n", 4)
    assert problem is not None
    assert (problem.line, problem.write) == (8, ("---", "status: draft", "tags: [섬]", "---"))


@pytest.mark.parametrize(
    "line", ["status:: draft", "- draft:: true", "[publish:: false]", "(status:: 비공개)", "embargo_until:: 2031-02-03"]
)
def test_a_property_of_another_program_that_decides_is_refused_wherever_it_stands(line: str) -> None:
    assert keys_in_text(f"{LONG}{line}\n\n{LONG}", 1) is not None
    assert keys_in_text(f"{LONG}```\n{line}\n```\n\n{LONG}", 1) is None


@pytest.mark.parametrize("line", ["status: draft", "draft: true", "embargo_until: 2031-02-03", "status: 비공개"])
def test_a_paragraph_that_is_nothing_but_a_deciding_key_is_refused(line: str) -> None:
    assert keys_in_text(f"{LONG}{line}\n\n{LONG}", 1) is not None
    assert keys_in_text(f"{LONG}```\n\n{line}\n\n```\n\n{LONG}", 1) is None
    assert keys_in_text(f"{LONG}말한 것은\n{line}\n이다.\n\n{LONG}", 1) is None


@each_row("keys", DECIDING[:3])
@each_row(
    "line",
    [
        "<!-- {} -->",
        "<!--{}-->",
        "## 다리 <!-- {} -->",
        "표는 <!-- {} --> 판다.",
        "표는 <!--- {} --->",
        "- <!--\n{}\n-->",
    ],
)
def test_a_comment_that_decides_is_refused_wherever_it_stands(line: str, keys: str) -> None:
    problem = keys_in_text(f"{LONG}{line.format(keys)}\n\n{LONG}", 1)
    assert problem is not None
    assert speak(problem.message) == "Keys that decide what is published are in a comment, where they are not read."
    assert speak(problem.hint) == (
        "If it means something else, take it out of the text. "
        "Otherwise move them into the front matter at the very top of the file:"
    )
    assert problem.line == LONG.count("\n") + 1
    assert problem.write[0] == problem.write[-1] == "---"


@each_row(
    "text",
    [
        "본문\n\n---\n\n다음 이야기: 배는 내일도 뜬다.\n",
        "본문\n\n---\n사진: 이배달\n글: 김기자\n---\n",
        "본문\n\n---\nNote: the pier is closed.\n\nmore\n",
        "본문\n\n***\nSource: Sea Agency\nDate: 3 July 2024\n***\n",
        "본문\n\n---\nstatus: the minister said that it is\n\nmore\n",
        f"{LONG}```yaml\nstatus: draft\n```\n\n{LONG}",
        f"{LONG}```js\n{{\ndraft: true,\n}}\n```\n\n{LONG}",
        f"{LONG}    ---\n    status: draft\n    ---\n",
        f"{LONG}    <!-- status: draft -->\n",
        "| status | |\n|---|---|\n| draft | 1 |\n",
        "상태: 보통\n---\n본문\n",
        "std::string status; C++ 이야기\n",
        "본문\n\n<!-- 확인할 것: 이름 -->\n\n본문\n",
        "표는 <!-- 확인할 것: draft --> 판다.\n",
        "`<!-- status: draft -->` 이라고 쓴다.\n",
        "글에 ``a ` <!-- status: draft -->`` 이라고 쓴다.\n",
        f"{LONG}```html\n<p> <!-- status: draft -->\n```\n\n{LONG}",
        f"{LONG}    <p> <!-- status: draft -->\n\n{LONG}",
        "표는 <!-- status: the minister said so --> 판다.\n",
    ],
)
def test_a_rule_with_words_below_it_and_code_in_the_text_stay_text(text: str) -> None:
    assert keys_in_text(text, 1) is None


_PIECES = [
    "\n", "\n\n", "---\n", "```yaml\n", "```\n", "{\n", "status", "상태", "공개 여부", "draft", "true", "2031-02-03",
    "embargo_until", ":", ": ", "::", "=", "：", " ", "\t", "\u3000", '"', "- ", "> ", "https://x.kr/", "12:30",
    "글이다.", "# ", "***\n", "+++\n", "\u200b", "\u00a0", "\ufeff", "{", "}", "? ", "&a ", "!!str ", "\nstatus\u200b",
    "ｄｒａｆｔ", "st\\u0061tus", "\n{status", "\n&a status", "\n\u200bdraft",
]  # fmt: skip


def test_a_text_in_which_no_line_may_be_a_key_has_none() -> None:
    """The quick look lets nothing pass that the careful one finds."""
    chance, found, passed = Random(10), 0, 0
    for _ in range(30_000):
        text = "".join(chance.choices(_PIECES, k=chance.randint(1, 14)))
        careful = _found_in(f"\n{as_meant(text)}", 1) is not None
        quick = may_have_keys(text)
        assert quick or not careful or _property(f"\n{text}", 1), text
        found, passed = found + careful, passed + (not quick)
    assert found > 300
    assert passed > 3_000


def test_a_long_line_of_signs_has_no_keys_and_is_read_to_its_end() -> None:
    """No file that is as long may be stopped; `make bench ARGS=bounds` has the seconds."""
    for text in ("글 " + ":=" * 1_000_000, "\n글 :=" * 500_000):
        assert limited(may_have_keys, text) is False


@pytest.mark.parametrize("fence", ["# ---", "## ---", "// ---", "> +++", "; ---", "#---"])
def test_a_fence_that_is_made_a_comment_is_refused_whatever_keys_stand_below(fence: str) -> None:
    assert split(f"{fence}\ntitle: 새 배\ndate: 2024-07-01\n---\n\n글\n").problem is not None
    assert split(f"{fence}\n\n글이다. 배가 떴다: 새 배다.\n").problem is None
