"""The last good article of a file that broke."""

from __future__ import annotations

from yoyak.model import Article, Parsed, SafeHtml
from yoyak.preview.memory import Memory
from yoyak.problems import Problem

PATH = "content/a.md"
BROKEN = Problem(code="bad-date", message="This is no date.", path=PATH, line=3)


def good(title: str = "A headline") -> Parsed:
    article = Article(path=PATH, kind="markdown", slug="a", title=title, url="/articles/a/", lang="ko")
    return Parsed(path=PATH, article=article, html=SafeHtml(""), wants=("content/b.md",))


def broken(problem: Problem = BROKEN) -> Parsed:
    return Parsed(path=PATH, article=None, problems=(problem,))


def test_a_file_that_breaks_keeps_its_last_good_article() -> None:
    memory = Memory()
    memory.recall(good("First"))
    memory.recall(good("Second"))
    assert memory.recall(broken()).article == good("Second").article


def test_a_kept_article_comes_with_the_new_problems() -> None:
    memory = Memory()
    memory.recall(good())
    assert memory.recall(broken()).problems == (BROKEN,)


def test_a_file_that_never_was_good_stays_without_an_article() -> None:
    assert Memory().recall(broken()) == broken()


def test_a_file_that_holds_no_article_without_an_error_is_taken_at_its_word() -> None:
    memory = Memory()
    memory.recall(good())
    empty = Parsed(path=PATH, article=None)
    assert memory.recall(empty) == empty


def test_a_mended_file_is_shown_as_it_is() -> None:
    memory = Memory()
    memory.recall(good("First"))
    memory.recall(broken())
    assert memory.recall(good("Mended")) == good("Mended")


def test_a_deleted_file_is_forgotten() -> None:
    memory = Memory()
    memory.recall(good())
    memory.keep({"content/b.md"})
    assert memory.recall(broken()).article is None


def test_a_file_that_is_still_there_is_not_forgotten() -> None:
    memory = Memory()
    memory.recall(good())
    memory.keep({PATH})
    assert memory.recall(broken()).article is not None
