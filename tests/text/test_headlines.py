"""A journalist's front matter never loses a word: what stands behind ``title:`` is the title, or a problem says why not."""

# ruff: noqa: E501, ISC004 - the tables hold the exact words of messages

from __future__ import annotations

import json
import re
from pathlib import Path
from unicodedata import category, normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rows import each_row
from yoyak.front_matter.read import FrontMatterResult, read_front_matter
from yoyak.front_matter.yaml_words import quoted
from yoyak.messages.catalogue import paragraph
from yoyak.model.schema import FrontMatter

SEOUL = ZoneInfo("Asia/Seoul")
NAUGHTY = Path(__file__).parents[3] / "shared" / "corpora" / "blns.json"


def read(head: str) -> FrontMatterResult[FrontMatter]:
    return read_front_matter(f"---\n{head}\n---\nbody\n", "a.md", FrontMatter, SEOUL)


def problems(head: str) -> list[str]:
    return [paragraph(problem) for problem in read(head).problems]


AS_WRITTEN = [
    # the notes' table
    "[속보] 대통령 방문",
    '"인용" 대통령',
    "'인용' 말하다",
    "삼성전자: 반등",
    "한국: 뉴스",
    "@삼성",
    "@홍길동",
    "% 상승",
    "%5",
    "*단독 …",
    "제목 #1 기사",
    "경제 #1 뉴스",
    "no",
    "on",
    "001",
    "010",
    "012",
    "1_000",
    "12:30",
    "12:30:45",
    "1.10",
    "~",
    "null",
    "true",
    "2024-07-03",
    "2024-07-03 09:00",
    # what begins like YAML
    "&값",
    "!느낌표",
    "!!str 제목",
    "- 대시",
    "-",
    "— 긴 줄",
    "? 왜",
    "> 3%",
    ">3% 상승",
    "| 세로줄",
    "{단독} 말",
    "{단독}의 뜻",
    "`코드`",
    "#해시태그",
    "#1 기사",
    ", 쉼표부터",
    ": 쌍점부터",
    "--- 석 줄",
    "... 그리고",
    "<b>굵게</b>",
    # a newsroom's week
    "[단독] “이 말, 우리 할매 말인데”… 사투리 사전을 읽은 기계",
    "[속보]대통령, 오늘 오후 3시 담화",
    "[속보][단독] 검찰, 압수수색",
    "[인터뷰] 김 대표: “기술은 사람이다”",
    "[#1 이슈] 무엇이 문제인가",
    "(종합) 코스피, 2,800선 회복: 외국인 순매수",
    "‘소버린 AI’가 뭐길래",
    '"물가 잡겠다" 한은, 금리 동결',
    '"살려달라" 외침에도… "몰랐다"',
    '"A", "B"',
    "'빅3' 실적 발표… '어닝 쇼크'",
    "'90년대생'이 온다",
    "네이버·엔비디아, '소버린 AI' 손잡다",
    "1분기 GDP: +1.3%",
    "전기료 5% ↑, 가스비 3% ↓",
    "100%: 왜 이 숫자인가",
    "5·18, 그날의 기록",
    "A&B 합병",
    "C# 개발자 모십니다",
    "F#과 C#: 무엇이 다른가",
    "*이 기사는 2판에 실렸습니다",
    "★★★☆☆ 이 영화",
    "<르포> 새벽 시장",
    "▲ 사진: 연합",
    "/속보/ 지진",
    "\\n은 줄바꿈이다",
    "C:\\Users\\기자",
    "[포토] 비 오는 광장 {사진 3장}",
    "{% if %} 템플릿",
    "10:30 기상 특보",
    "3:1 역전승",
    "https://example.org/a#b",
    "title: 제목",
    "It's 'complicated': a year on",
    '"We will not move," says mayor: residents split',
    "Why #MeToo matters: five years on",
    "@realname deletes account",
    "50% off? Not so fast!",
    "Yes",
    "N",
    "Breaking: [updated] Parliament votes",
    "Q&A: what the ruling means",
    "AI: friend, foe - or both?",
    "Rock 'n' roll isn't dead",
    "100,000",
    "0x1F",
    "1e3",
    ".5",
    "+82",
    "=SUM(A1)",
    "<<",
    "소버린 AI  두 칸 띄움",
    "끝에 쌍점:",
    "끝에 역슬래시 \\",
    "\u202e오른쪽에서\u202c 왼쪽으로",
    "👩‍👩‍👧‍👦 가족",
]


@each_row("headline", AS_WRITTEN)
def test_a_headline_is_read_as_it_is_written(headline: str) -> None:
    result = read(f"title: {headline}\nstatus: draft")
    assert problems(f"title: {headline}") == []
    assert result.keys is not None
    assert result.keys.title == headline
    assert result.keys.status == "draft"
    assert result.lines["title"] == (2, 8)


REFUSED = [
    (
        "제목 # 뒤의 말",
        'a.md:2:11: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is text, '
        'write: title: "제목 # 뒤의 말"; if it is a comment, give it a separate line: # 뒤의 말',
    ),
    (
        '"인용" # 말',
        'a.md:2:13: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is text, '
        "write: title: '\"인용\" # 말'; if it is a comment, give it a separate line: # 말",
    ),
    (
        "# 제목",
        'a.md:2:8: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is text, '
        'write: title: "# 제목"; if it is a comment, give it a separate line: # 제목',
    ),
    (
        '"열고 닫지 않음',
        'a.md:2:8: The quote that opens this value is never closed. Write: title: "열고 닫지 않음" or, if the quote '
        "belongs to the text: title: '\"열고 닫지 않음'",
    ),
    (
        "'90년대생이 온다",
        'a.md:2:8: The quote that opens this value is never closed. Write: title: "90년대생이 온다" or, if the quote '
        'belongs to the text: title: "\'90년대생이 온다"',
    ),
    (
        "[속보 대통령",
        'a.md:2:8: The "[" that opens this value is never closed. Write: title: "[속보 대통령"',
    ),
    ("[속보]", 'a.md:2:8: "title" must be text, but a list stands here. Write: title: "[속보]"'),
    ("{단독}", 'a.md:2:8: "title" must be text, but there are keys here. Write: title: "{단독}"'),
    (
        "|",
        'a.md:2:8: Nothing stands below the "|", which announces text on the next lines. Indent that text, or write: '
        'title: "|"',
    ),
    (
        '"C:\\data"',
        "a.md:2:11: The backslash between double quotes begins an escape that YAML does not know. Write: title: "
        "'C:\\data'",
    ),
]


@each_row(("headline", "message"), REFUSED)
def test_what_may_mean_two_things_is_refused_with_the_corrected_line(headline: str, message: str) -> None:
    result = read(f"title: {headline}\ndate: 2024-07-03")
    assert result.keys is None
    assert [paragraph(problem) for problem in result.problems] == [message]


@each_row(("headline", "message"), REFUSED)
def test_the_first_corrected_line_is_read_without_a_problem(headline: str, message: str) -> None:
    corrected = re.findall(r"title: (\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')", message)[0]
    assert problems(f"title: {corrected}") == []


PLACES = [
    ("subtitle: {}", lambda keys: keys.subtitle),
    ("source: {}", lambda keys: keys.source),
    ("summary: {}", lambda keys: keys.summary),
    ("tags:\n  - {}", lambda keys: keys.tags[0]),
    ("tags:\n- 경제\n- {}\n- 정치", lambda keys: keys.tags[1]),
    ("authors:\n  - name: {}\n    email: a@example.org", lambda keys: keys.authors[0].name),
    ("image:\n  src: a.jpg\n  caption: {}\n  credit: 사진", lambda keys: keys.image.caption),
    ("image:\n  src: a.jpg\n  alt: {}", lambda keys: keys.image.alt),
    ("corrections:\n  - date: 2024-07-03\n    note: {}", lambda keys: keys.corrections[0].note),
    ("title:\n  {}\nlang: ko", lambda keys: keys.title),
]


@each_row(("head", "value"), PLACES, ids=[head.split(":")[0] + str(n) for n, (head, _) in enumerate(PLACES)])
@each_row("text", ["[속보] 대통령", '"인용" 말', "제목 #1 기사", "100%", "@삼성", "*단독", "no", "1_000"])
def test_text_is_text_in_every_place_of_front_matter(head: str, value: object, text: str) -> None:
    keys = read(head.format(text)).keys
    assert keys is not None
    assert value(keys) == text  # type: ignore[operator]


def test_flow_lists_hold_text() -> None:
    keys = read("tags: [no, 001, 1.10, 2024-07-03, '제목 #1', \"a, b\", ~]").keys
    assert keys is not None
    assert keys.tags == ("no", "001", "1.10", "2024-07-03", "제목 #1", "a, b", "~")


@each_row(
    ("head", "message"),
    [
        (
            "tags: [경제, #1]",
            'a.md:2:12: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is one '
            'text, write: tags: "[경제, #1]"; if it is a list, put the item in quotes: "#1"',
        ),
        (
            "tags: [삼성: 반등]",
            'a.md:2:8: Item 1 of "tags" must be text, but there are keys here. Write: "삼성: 반등"',
        ),
        ("tags: [@삼성]", 'a.md:2:8: A value cannot begin with "@" unless it is in quotes. If it is a list, write: '
            'tags: ["@삼성"]; if it is one text, write: tags: "[@삼성]"'),
        (
            "tags:\n  - 삼성전자: 반등",
            'a.md:3:5: Item 1 of "tags" must be text, but there are keys here. Write: - "삼성전자: 반등"',
        ),
        (
            "tags:\n  - 제목 # 말",
            'a.md:3:8: In YAML a "#" after a space begins a comment: the text from there on would be lost. If it is text, '
            'write: - "제목 # 말"; if it is a comment, give it a separate line: # 말',
        ),
        ("tags: [경제] 정치", 'a.md:2:7: Text stands behind the list of "tags". If it is one text, write: tags: "[경제] 정치"'),
        ("tags: 경제, 정치", 'a.md:2:7: warning: "tags" has one item, with a comma in it. If it is several, write: tags: '
            "[경제, 정치]"),
        (
            "summary: 첫 줄\n  둘째 #1 줄",
            'a.md:3:6: In YAML a "#" after a space begins a comment: the text from there on would be lost. Write: '
            'summary: "첫 줄 둘째 #1 줄"',
        ),
    ],
)  # fmt: skip
def test_lists_and_long_texts_are_never_cut_in_silence(head: str, message: str) -> None:
    assert problems(head) == [message]


@pytest.mark.parametrize(
    ("head", "summary"),
    [
        ("summary: 첫 줄\n  둘째 줄", "첫 줄 둘째 줄"),
        ("summary: >\n  첫 줄 # 하나\n  둘째: 줄", "첫 줄 # 하나 둘째: 줄"),
        ("summary: |\n  첫 줄\n\n  [둘째] 줄", "첫 줄\n\n[둘째] 줄"),
        ('summary: "첫 줄 # 하나\n  둘째: 줄"', "첫 줄 # 하나 둘째: 줄"),
        ("summary: '첫 줄\n\n  둘째 줄'", "첫 줄\n둘째 줄"),
        ("summary:\n  첫 줄\n  둘째 줄", "첫 줄 둘째 줄"),
    ],
)
def test_text_over_several_lines_is_read_as_in_yaml(head: str, summary: str) -> None:
    keys = read(f"{head}\ntitle: 제목").keys
    assert keys is not None
    assert (keys.summary, keys.title) == (summary, "제목")


# --- laws ---------------------------------------------------------------------------------------

one_line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"))
like_yaml = st.text(st.sampled_from("\"'[]{}#:,-?&*!|>%@`~\\ \taㄱ가1.…“”"), min_size=1, max_size=12)
_WHOLLY_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')


def read_or_refused(head: str, text: str, line: int, value: object) -> None:
    """Assert that `text`, written raw in `head`, is read back, or that a problem names its line."""
    written = text.strip(" \t")
    if _WHOLLY_QUOTED.fullmatch(written) or not written:
        return
    result = read(head.format(text))
    if result.keys is None:
        assert any(problem.line == line for problem in result.problems), result.problems
    else:
        assert value(result.keys) == normalize("NFC", written)  # type: ignore[operator]


@given(one_line)
@example("'")
@example('\\"')
def test_text_in_quotes_is_read_back_exactly(text: str) -> None:
    keys = read(f"title: {quoted(text)}\ndate: 2024-07-03").keys
    assert keys is not None
    assert keys.title == normalize("NFC", text)


@given(one_line | like_yaml)
@example('"a" #')
@example("a\t# b")
@example("[#}")
@example("{1,#}")
def test_no_headline_is_changed_in_silence(text: str) -> None:
    read_or_refused("title: {}\ndate: 2024-07-03", text, 2, lambda keys: keys.title)


@given(like_yaml)
@example("#ㄱ")
@example("[?#]")
def test_no_item_is_changed_in_silence(text: str) -> None:
    if text.strip()[:1] == "#":  # of a list of tags, `#word` is a tag, as test_hashtags has it
        return
    read_or_refused("tags:\n  - 경제\n  - {}\n  - 정치\ntitle: 제목", text, 4, lambda keys: keys.tags[1])


@given(like_yaml)
def test_no_caption_is_changed_in_silence(text: str) -> None:
    head = "image:\n  src: a.jpg\n  caption: {}\n  alt: 말\ntitle: 제목"
    read_or_refused(head, text, 4, lambda keys: keys.image.caption)


@given(st.lists(like_yaml.map(str.strip).filter(bool), min_size=2, max_size=3))
def test_no_line_of_a_longer_text_is_lost_in_silence(lines: list[str]) -> None:
    if lines[0][0] in "\"'|>#":
        return
    keys = read("summary: " + "\n  ".join(lines) + "\ntitle: 제목").keys
    assert keys is None or keys.summary == " ".join(lines)


def test_naughty_strings_survive_as_headlines() -> None:
    if not NAUGHTY.exists():
        pytest.skip("the naughty strings are not here")
    for text in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        if not any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
            read_or_refused("title: {}\ndate: 2024-07-03", text, 2, lambda keys: keys.title)
