"""The corpus is the same everywhere, and is what the benchmark says that it is."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from bench.corpus import DAYS, DIALECTS, NEWEST, SOURCES, THEMES, Article, make_articles, write_corpus

DIGEST = "f0f0bd8e29f81340"
"""Another digest is another corpus: what history.jsonl holds cannot be compared with it."""


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(make_articles(1000))


def test_every_machine_makes_the_same_corpus(articles: list[Article]) -> None:
    assert sha256(repr(articles[:50]).encode()).hexdigest()[:16] == DIGEST


def test_a_third_of_a_mixed_corpus_has_more_than_the_plainest_markdown(articles: list[Article]) -> None:
    mixed = list(make_articles(1000, mixed=True))
    assert [one == other for one, other in zip(articles, mixed, strict=True)] == [n % 3 != 0 for n in range(1000)]
    longer = "".join(article.body for article in mixed[::3])
    assert all(
        mark in longer for mark in ("```python", "\n    1. ", "--:|", "[^1]: ", "<details>", "> [!NOTE]", "- [x] ")
    )


def test_an_article_has_about_1500_characters(articles: list[Article]) -> None:
    assert 1400 < sum(len(article.body) for article in articles) / len(articles) < 1600


def test_an_article_has_four_tags_and_one_or_two_themes(articles: list[Article]) -> None:
    assert {len(set(article.tags)) for article in articles} == {4}
    assert {len(set(article.themes)) for article in articles} == {1, 2}


def test_every_theme_and_source_has_articles(articles: list[Article]) -> None:
    assert {theme for article in articles for theme in article.themes} == set(THEMES)
    assert {article.source for article in articles} == set(SOURCES)


def test_few_tags_have_most_articles(articles: list[Article]) -> None:
    counts = [count for _, count in Counter(tag for article in articles for tag in article.tags).most_common()]
    assert len(counts) == 40
    assert counts[0] > 8 * counts[-1]


def test_dates_are_spread_over_two_years(articles: list[Article]) -> None:
    days = {(NEWEST - article.date).days for article in articles}
    assert max(days) <= DAYS
    assert len(days) > 500


def test_every_title_is_found_in_no_other(articles: list[Article]) -> None:
    titles = [article.title for article in articles]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles[:20] if sum(title in other for other in titles) > 1]


def test_some_bodies_have_headings_lists_quotes_and_tables_and_all_have_a_picture_and_a_link(
    articles: list[Article],
) -> None:
    for mark in ("\n## ", "\n- ", "\n> ", "\n| "):
        assert 0 < sum(mark in article.body for article in articles) < len(articles)
    assert all("![" in article.body and "](https://example.org/" in article.body for article in articles)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_holds_the_same_body(dialect: str, articles: list[Article], tmp_path: Path) -> None:
    write_corpus(articles[:3], dialect, tmp_path)
    files = sorted((tmp_path / "content" / "articles").iterdir())
    assert [file.stem for file in files] == [article.slug for article in articles[:3]]
    assert all(file.read_text("utf-8").endswith(article.body) for file, article in zip(files, articles, strict=False))
