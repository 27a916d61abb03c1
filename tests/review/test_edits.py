"""A suggestion put into the source: byte for byte what was asked for, or a reason."""

from __future__ import annotations

import os
from difflib import ndiff
from random import Random
from unicodedata import normalize

import pytest
from tests.review.bodies import body, suggestion
from tests.review.desk import reader

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.model.message import Message
from yoyak.model.review import Anchor
from yoyak.model.types import Kind
from yoyak.review.anchors import anchor_at, anchor_of
from yoyak.review.edits import suggested

HEAD = "---\n# 그대로\ntitle:   배\nrights: full\ntags: [a,  b]\n---\n\n"


def edit(
    source: str | bytes, quote: str, words: str, path: str = "content/2024/07/ferry.md", kind: Kind = "markdown"
) -> bytes | Message:
    data = source.encode() if isinstance(source, str) else source
    seen = reader(path)(data)
    assert seen, data
    anchor = anchor_of(seen.blocks, quote)
    assert isinstance(anchor, Anchor), speak(anchor)
    return suggested(data, kind, anchor, words, reader(path))


@each_row(
    ("body", "quote", "words", "expected"),
    [
        ("물가가 올랐다.\n", "물가가 올랐다", "물가는 내렸다", "물가는 내렸다.\n"),
        ("물가가 **크게** 올랐다.", "물가가 크게 올랐다", "물가가 조금 올랐다", "물가가 **조금** 올랐다."),
        ("물가가 **크게** 올랐다.", "크게 올랐다", "뛰었다", "물가가 **뛰었다**."),
        ("가 **나 다** 라\n", "가 나 다 라", "마", "마\n"),
        ("그 [기사](https://a.example/b_(c)) 보기", "그 기사", "저 글", "저 [글](https://a.example/b_(c)) 보기"),
        ("첫 줄의 끝\n둘째 줄의 처음\n", "줄의 끝 둘째", "줄의 끝 셋째", "첫 줄의 끝\n셋째 줄의 처음\n"),
        ("> 첫 줄\n> 둘째 줄\n", "첫 줄 둘째 줄", "첫 줄 셋째 줄", "> 첫 줄\n> 셋째 줄\n"),
        ("A&amp;B 회사 \\*표\n", "A&B 회사 *표", "A&B 상사 *표", "A&amp;B 상사 \\*표\n"),
        ("값은 3 \\* 4 이다", "3 * 4", "3 * 5", "값은 3 \\* 5 이다"),
        ("이름은 snake_case 다", "snake_case", "other_case", "이름은 other_case 다"),
        ("말 하나", "하나", "*둘*", "말 \\*둘\\*"),
        ("말 하나", "하나", "<b>둘</b> & [셋](넷)", None),
        ("- 하나\n- 둘\n", "둘", "셋", "- 하나\n- 셋\n"),
        ("| 가 | 나 |\n|---|---|\n| 다 | 라 |\n", "다", "마|바", "| 가 | 나 |\n|---|---|\n| 마\\|바 | 라 |\n"),
        (
            "같은 말이다.\n\n같은 말이다, 그렇다.\n",
            "말이다, 그렇다",
            "글이다, 그렇다",
            "같은 말이다.\n\n같은 글이다, 그렇다.\n",
        ),
        ("```\na = 1\nb = 2\n```\n\n본문", "b = 2", "b = 3", "```\na = 1\nb = 3\n```\n\n본문"),
        ("`코드 말` 뒤", "코드 말 뒤", "코드 글 뒤", "`코드 글` 뒤"),
        ("말 https://a.example/x 끝", "끝", "시작", "말 https://a.example/x 시작"),
        ("*크게* 올랐다[^1].\n\n[^1]: 주석\n", "크게 올랐다", "조금 내렸다", "*조금* 내렸다[^1].\n\n[^1]: 주석\n"),
        ("긴 **끝**이다", "끝이다", "시작이다", "긴 **시작**이다"),
        ("말&nbsp;사이", "말 사이", "글 사이", "글&nbsp;사이"),
        ("지울 말 하나", "지울 ", "", "말 하나"),
        ("지울 문단\n\n남는 문단\n", "지울 문단", "", None),
        ("## 소제목 하나\n\n본문이다.", "소제목 하나", "소제목 둘", "## 소제목 둘\n\n본문이다."),
        ("말이 있다", "말이", "1. 말이", "1\\. 말이 있다"),
        ("물가\u200b가 올랐다", "올랐다", "내렸다", "물가\u200b가 내렸다"),
    ],
)
def test_words_are_replaced_where_they_stand(body: str, quote: str, words: str, expected: str | None) -> None:
    made = edit(HEAD + body, quote, words)
    assert isinstance(made, bytes), speak(made)
    if expected is not None:
        assert made.decode() == HEAD + expected
    assert made.decode().startswith(HEAD)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("last", ["\n", ""])
def test_line_ends_encoding_and_mark_stay(end: str, codec: str, last: str) -> None:
    text = f"{HEAD}첫 배는 여섯 시에\n떠난다.\n\n안개가 끼면 배가 없다는 말이다.{last}".replace("\n", end)
    made = edit(text.encode(codec), "여섯 시에 떠난다", "일곱 시에 떠난다")
    assert isinstance(made, bytes), speak(made)
    assert made == text.replace("여섯", "일곱").encode(codec)


def test_letters_in_pieces_are_found_and_the_others_stay_so() -> None:
    text = normalize("NFD", f"{HEAD}물가가 크게 올랐다.\n")
    made = edit(text, "크게", "조금")
    assert made == text.replace(normalize("NFD", "크게"), "조금").encode()


def test_a_letter_that_the_encoding_has_not_is_refused() -> None:
    made = edit(f"{HEAD}첫 배는 여섯 시에 떠난다는 말이다.\n".encode("cp949"), "여섯", "🚢")
    assert isinstance(made, Message)
    assert speak(made, "en") == 'The file is in cp949, which has no "🚢". Save it as UTF-8 first.'


def test_a_capture_is_edited_on_its_line() -> None:
    text = "물길을 따라 걷는 시의회\n가온일보\n입력 2024.07.03. 오전 9:00\n\n"
    text += "시의회는 사흘째 물길을 따라 *걸으며* 다리와 둑을 살폈다. 의원들은 수첩을 꺼내 적었다.\n\n"
    made = edit(text, "사흘째", "나흘째", "content/a.txt", "capture")
    assert made == text.replace("사흘째", "나흘째").encode()


def test_a_saved_page_is_not_edited() -> None:
    assert suggested(b"<!doctype html>", "saved_page", Anchor(quote="a"), "b", reader()) == Message("edit.saved-page")


@pytest.mark.parametrize(
    ("quote", "words", "code"),
    [
        ("여섯", "여섯", "edit.same"),
        ("없는 말", "말", "edit.gone"),
        ("", "말", "edit.no-words"),
        ("배", "말", "edit.several"),
    ],
)
def test_what_cannot_be_replaced_is_answered_with_the_reason(quote: str, words: str, code: str) -> None:
    data = f"{HEAD}첫 배 여섯 시.\n\n그 배 없다.\n".encode()
    made = suggested(data, "markdown", Anchor(quote=quote), words, reader())
    assert isinstance(made, Message)
    assert made.key == code
    assert speak(made, "en")
    assert speak(made, "ko")


def test_words_that_stand_in_the_front_matter_only_are_left_alone() -> None:
    data = b"---\ntitle: A\nsummary: only here\n---\n\nbody\n"
    assert suggested(data, "markdown", Anchor(quote="only here"), "x", reader()) == Message(
        "edit.gone", (("quote", "only here"), ("count", 0))
    )


@pytest.mark.parametrize("seed", range(int(os.environ.get("YOYAK_BODIES", "60"))))
def test_any_suggestion_changes_its_words_and_nothing_else(seed: int) -> None:
    chance = Random(seed)
    end = chance.choice(["\n", "\r\n"])
    data = f"{HEAD}{body(chance)}".replace("\n", end).encode()
    seen = reader()(data)
    assert seen
    wanted = suggestion(chance, seen.blocks)
    anchor = anchor_at(seen.blocks, wanted.block, wanted.start, wanted.end)
    made = suggested(data, "markdown", anchor, wanted.words, reader())
    if isinstance(made, Message):
        assert made.key in ("edit.markup", "edit.same", "edit.not-in-source")
        return
    after = reader()(made)
    assert after
    text = seen.blocks[wanted.block].text
    intended = " ".join(f"{text[: wanted.start]}{wanted.words}{text[wanted.end :]}".split())
    texts = [block.text for block in seen.blocks]
    texts[wanted.block : wanted.block + 1] = [intended] if intended else []
    assert [block.text for block in after.blocks] == texts
    old, new = data.decode().split(end), made.decode().split(end)
    changed = [line for line in ndiff(old, new) if line.startswith("- ")]
    assert len(changed) <= 1 + text.count(" ")
    assert made.decode().replace(end, "").count("\r") == 0
    assert made.decode().startswith(HEAD.replace("\n", end))
