"""Tags that may be one, and those that only look like it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from sites import SETTINGS
from values import article
from yoyak.grouping.suggestions import near_tags
from yoyak.grouping.tags_in_use import tags_in_use
from yoyak.settings.config import SiteConfig, settings_of
from yoyak.text.keywords import Stems, words


def config(settings: str = "") -> SiteConfig:
    found, problems, _ = settings_of(
        (SETTINGS + settings).encode(), Path("/site"), at=None, preview=False, environment={"SOURCE_DATE_EPOCH": "0"}
    )
    assert found, problems
    return found


def merged(names: Sequence[str], settings: str = "", text: str = "") -> list[list[str]]:
    """Return the titles of each group of near tags, the one to keep first; spellings of one tag stand for it."""
    articles = [article(f"a{number:03}", tags=(name,)) for number, name in enumerate(names)]
    found = near_tags(tags_in_use(articles, config(settings)), Stems(words(text)).takes_particles)
    return [
        [near.kept.title, *(tag.title for tag in near.others)] if near.others else [s.name for s in near.kept.spellings]
        for near in found
    ]


@each_row(
    ("kept", "other"),
    [
        ("삼성 전자", "삼성전자"),
        ("반도체", "반도체는"),
        ("반도체", "반도체를"),
        ("정부", "정부는"),
        ("정부", "정부가"),
        ("한국", "한국은"),
        ("미국", "미국이"),
        ("서울", "서울에서"),
        ("인공지능", "인공지능의"),
        ("인공지능", "인공지능으로"),
        ("소버린 AI", "소버린 AI는"),
        ("AI", "AI는"),
        ("AI", "ＡＩ"),
        ("AI", "ai"),
        ("5G", "５Ｇ"),
        ("전력", "#전력"),
        ("물길", "「물길」"),
        ("도시교통", "도시ㆍ교통"),
        ("산업·전력", "산업•전력"),
        ("chip", "chips"),
        ("LLM", "LLMs"),
        ("policy", "policies"),
        ("data centre", "data centres"),
        ("e-mail", "email"),
    ],
)
def test_these_may_be_one(kept: str, other: str) -> None:
    assert [set(group) for group in merged([kept, kept, other])] == [{kept, other}]
    assert merged([kept, kept, other])[0][0] == kept


@each_row(
    "names",
    [
        ("AI", "AI칩"), ("한국", "한국은행"), ("회", "회의"), ("국", "국가"), ("C++", "C#"), ("C", "C++"),
        ("2023년", "2024년"), ("1호선", "2호선"), ("5G", "6G"), ("A/B", "AB"), ("1.5", "15"), ("V3", "V3.5"),
        ("고양", "고양이"), ("거북", "거북이"), ("젊은", "젊은이"), ("정치", "정치가"), ("투자", "투자가"),
        ("전세", "전세가"),
        ("화학", "화학과"), ("제주", "제주도"), ("경상", "경상도"), ("부산항", "부산항만"), ("세종", "세종로"),
        ("을지", "을지로"),
        ("자유", "자유주의"), ("국무", "국무회의"), ("기업", "기업가"), ("서울", "서울시"), ("정부는", "정부가"),
        ("new", "news"), ("economic", "economics"), ("physic", "physics"), ("glas", "glass"), ("bu", "bus"),
        ("window", "windows"), ("Lao", "Laos"), ("cars", "care"), ("데이터", "데이터센터"), ("반도체은", "반도체"),
    ],
)  # fmt: skip
def test_these_are_two(names: tuple[str, ...]) -> None:
    assert merged(names) == []


def test_what_takes_particles_in_the_texts_is_a_noun_as_it_is() -> None:
    assert merged(["전략", "전략이"], text="") == [["전략", "전략이"]]
    assert merged(["전략", "전략이"], text="전략이는 사람 이름이다") == []
    assert merged(["미국", "미국이"], text="미국이라는 나라, 미국이나 유럽") == [["미국", "미국이"]]


def test_all_that_may_be_one_is_one_suggestion_and_the_bare_one_stays() -> None:
    names = ["반도체는", "반도체는", "반도체", "반도체를", "반 도체"]
    assert merged(names) == [["반 도체", "반도체는", "반도체를"]]


@pytest.mark.parametrize(
    ("settings", "groups"),
    [
        ("tags: {반도체: {}}", [["반도체", "반도체는"]]),
        ("tags: {반도체: {aliases: [반도체는]}}", []),
        ("tags: {반도체: {}, 반도체는: {}}", []),
        ("tags: {반도체는: {}}", [["반도체는", "반도체"]]),
    ],
)
def test_what_site_yaml_says_is_settled(settings: str, groups: list[list[str]]) -> None:
    assert merged(["반도체", "반도체", "반도체는"], settings) == groups


def test_a_name_that_only_site_yaml_has_can_be_meant_too() -> None:
    assert merged(["반도체는"], "tags: {반도체: {}}") == [["반도체", "반도체는"]]


@pytest.mark.parametrize("settings", ["tags: {삼성전자: {}}", "tags: {Samsung: {aliases: [삼성전자]}}"])
def test_spellings_of_a_tag_whose_name_is_settled_are_no_matter(settings: str) -> None:
    assert merged(["삼성 전자", "삼성전자"], settings) == []


def test_a_particle_behind_spaces_has_no_word_before_it() -> None:
    assert merged(["  가"]) == []


@pytest.mark.slow
@given(st.lists(st.text(alphabet="가나은는이의s AI·「」#", min_size=1, max_size=5), max_size=12))
def test_every_tag_is_in_one_group_at_most_and_the_order_of_articles_does_not_matter(names: list[str]) -> None:
    tags = tags_in_use([article(f"a{n:03}", tags=(name,)) for n, name in enumerate(names)], config())
    found = near_tags(tags, lambda _: False)
    keys = [tag.key for near in found for tag in (near.kept, *near.others)]
    assert len(keys) == len(set(keys))
    again = near_tags(dict(reversed(tags.items())), lambda _: False)
    assert again == found
