"""Hashtags among the tags of front matter."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from yoyak.front_matter.read import read_front_matter
from yoyak.model.schema import FrontMatter
from yoyak.text.plain_keys import without_sign

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    "lines",
    [
        "tags: [섬, 배, #축제]",
        "tags: [#섬, #배, #축제]",
        "tags: #섬 #배 #축제",
        "tags: #섬, #배, #축제",
        "tags:\n  - 섬\n  - #배\n  - #축제",
        "tags:\n- #섬\n- #배\n- #축제",
        'tags: ["#섬", "배", "축제"]',
    ],
)
def test_a_hashtag_is_a_tag_without_its_sign(lines: str) -> None:
    found = read_front_matter(f"---\ntitle: 제목 #1\n{lines}\n---\n", "a.md", FrontMatter, SEOUL)
    assert found.problems == ()
    assert found.keys is not None
    assert tuple(map(without_sign, found.keys.tags)) == ("섬", "배", "축제")  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["tags: [섬 #1, 배]", "tags: [섬, #1]"])
def test_a_number_sign_that_may_be_a_comment_is_still_asked_about(line: str) -> None:
    found = read_front_matter(f"---\n{line}\n---\n", "a.md", FrontMatter, SEOUL)
    assert "ambiguous-comment" in [problem.code for problem in found.problems]


def test_a_comment_behind_the_list_stays_one() -> None:
    found = read_front_matter("---\ntags: [섬, 배] # 고칠 것\n---\n", "a.md", FrontMatter, SEOUL)
    assert found.keys == FrontMatter(tags=("섬", "배"))
    assert without_sign("#1") == "#1"
