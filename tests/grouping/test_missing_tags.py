"""Tags for articles that have none: the ones of the site that their texts speak of."""

from __future__ import annotations

import pytest

from grouping.test_near_tags import config
from rows import each_row
from values import article
from yoyak.grouping.suggestions import suggestions
from yoyak.model.types import Article, SafeHtml

TAGGED = (
    article("a", tags=("반도체", "소버린 AI"), title="칩"),
    article("b", tags=("데이터센터", "고양"), title="전기"),
    article("c", tags=("정치", "open source"), title="규칙"),
)
FILLER = "시는 3일 새 계획을 밝혔다. 주민들은 반겼다."


def wanted(title: str, text: str, settings: str = "", *others: Article) -> list[str]:
    """Return the tags that are suggested for an article without any."""
    new = article("new", title=title, body="digest", summary="")
    found = suggestions((*TAGGED, *others, new), {"digest": SafeHtml(f"<p>{text}</p>")}, config(settings))
    return [use.name for one in found if one.kind == "add-tags" for use in one.uses]


@each_row(
    ("title", "text", "tags"),
    [
        ("가온시 소식", FILLER, []),
        ("가온시, 반도체를 만든다", FILLER, ["반도체"]),
        ("가온시 소식", "반도체를 만든다. 반도체는 작다. " + FILLER, ["반도체"]),
        ("가온시 소식", "반도체를 만든다. " + FILLER, []),
        ("소버린 AI란 무엇인가", FILLER, []),
        ("소버린 AI는 무엇인가", FILLER, ["소버린 AI"]),
        ("소버린AI의 값", FILLER, ["소버린 AI"]),
        ("가온시 소식", "Open source is free. They like open source. " + FILLER, ["open source"]),
        ("고양이가 왔다", "고양이는 조용하다. 고양이를 본다. " + FILLER, []),
        ("정치가의 길", "정치가는 말한다. 정치가를 만났다. " + FILLER, []),
        ("AI와 소버린", FILLER, []),
    ],
)
def test_a_text_speaks_of_these(title: str, text: str, tags: list[str]) -> None:
    assert wanted(title, text) == tags


def test_an_alias_of_site_yaml_is_told_by_its_tag() -> None:
    found = wanted("chips 이야기", FILLER, "tags: {반도체: {aliases: [chips]}}")
    assert found == ["반도체"]


def test_an_article_gets_three_at_most_the_most_outstanding_first() -> None:
    text = "반도체 반도체 반도체 데이터센터 데이터센터 정치 정치 고양 고양 " + FILLER
    found = wanted("가온시 소식", text)
    assert found[0] == "반도체"
    assert len(found) == 3


def test_nothing_is_suggested_where_no_tag_is_used() -> None:
    new = article("new", title="반도체", body="digest")
    assert suggestions((new,), {"digest": SafeHtml("<p>반도체 반도체</p>")}, config()) == ()


def test_no_word_is_suggested_that_is_no_tag() -> None:
    assert wanted("조선소 조선소", "조선소 조선소 조선소") == []


@pytest.mark.parametrize(("having_it", "told"), [(4, ["사람"]), (0, [])])
def test_a_tag_that_the_desk_does_not_give_to_those_that_speak_of_it_is_not_told(
    having_it: int, told: list[str]
) -> None:
    text = SafeHtml("<p>사람이 왔다. 사람은 갔다.</p>")
    speaking = tuple(
        article(f"s{n}", title="소식", body="people", tags=("사람",) if n < having_it else ("정치",)) for n in range(4)
    )
    bearer = article("t", tags=("사람",), title="길")
    new = article("new", title="소식", body="people")
    found = suggestions((*speaking, bearer, new), {"people": text}, config())
    assert [use.name for one in found if one.kind == "add-tags" for use in one.uses] == told
