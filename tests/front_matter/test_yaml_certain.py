"""The short way through a head reads what the long way reads, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import new_examples
from yoyak.front_matter.read import text_keys
from yoyak.front_matter.yaml_careful import compose_carefully
from yoyak.front_matter.yaml_nodes import certain_mapping
from yoyak.model.schema import FrontMatter

TEXT_KEYS = text_keys(FrontMatter)
HEAD = """\
title: "반도체를 협력, 규제 12"
date: 2024-07-03T09:00:00+09:00
themes: [sovereign-ai, cloud]
tags: ["소버린 AI", 001, no, 초거대 AI]
subtitle: 설비, 데이터, 말, 문화. “네 낱말”로 나누면 무엇이 보이나?
source_url: https://news.example.org/a-1/%EA%B0%80
authors: ["김하늘"]
summary: 짧은 요약 한 줄
rights: full
weight: 10
"""

WORD = st.sampled_from(
    ["no", "true", "null", "1.10", "012", "1_000", "0x1f", "12", "속보", "a-b", "y", "2024-07-03", "5G", "e3", "1e3"]
)
VALUE = st.one_of(
    WORD,
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=12),
    st.lists(WORD, min_size=1, max_size=3).map(lambda words: f"[{', '.join(words)}]"),
    st.lists(WORD, min_size=1, max_size=3).map(" ".join),
    st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3).map(
        lambda items: f"[{', '.join(items)}]"
    ),
    st.text("가a1 .,?!%/()·…“”‘’-", max_size=12),
    st.text("가a1 -,_", max_size=12).map(lambda text: f"[{text}]"),
    st.text("가나 ab:#,'[]{}!*&", max_size=9).map(lambda text: f'"{text}"'),
)
HEADS = st.lists(
    st.tuples(st.sampled_from(["title", "tags", "date", "slug", "weight", "authors", "themes"]), VALUE),
    min_size=1,
    max_size=4,
).map(lambda lines: "".join(f"{key}: {value}\n" for key, value in lines))


def test_an_ordinary_head_is_certain() -> None:
    assert certain_mapping(HEAD, 2) is not None


def test_the_short_way_reads_an_ordinary_head_as_the_long_way_does() -> None:
    assert certain_mapping(HEAD, 2) == compose_carefully(HEAD, "a.md", 2, TEXT_KEYS).node


@pytest.mark.slow
@new_examples(1000)
@given(HEADS)
def test_the_short_way_never_differs_from_the_long_way(head: str) -> None:
    certain = certain_mapping(head, 2)
    if certain is not None:
        careful = compose_carefully(head, "a.md", 2, TEXT_KEYS)
        assert (certain, ()) == (careful.node, careful.problems)


UNCERTAIN = """\
title: 제목 #1
title: 제목 # 뒤
title: a: b
title: 'a'
title:
title: -
tags: [a, ]
tags: [a:b]
tags: [[a]]
title: "a\\n"
title: - a
title: ~
a b: c
 title: a
date: 2024-07-03 # 뒤"""


@pytest.mark.parametrize(
    "line", [*UNCERTAIN.split("\n"), "title: ", "title: a ", "title: a\n  b", "title: a\ntitle: b"]
)
def test_what_could_mean_two_things_takes_the_long_way(line: str) -> None:
    assert certain_mapping(line + "\n", 2) is None
