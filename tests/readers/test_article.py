"""From what a file says to its article: every default, and who decides when several say something."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from sites import NOON, SETTINGS, article
from values import at
from yoyak.messages.catalogue import paragraph, speak
from yoyak.model.sources import SourceFile
from yoyak.model.types import Article, Parsed
from yoyak.pipeline.parse import parse, surroundings
from yoyak.settings.config import SiteConfig, load_config

THEMES = """themes:
  - {slug: ai, title: 인공지능, match: {labels: [IT 소식], tags: [소버린 AI], words: [물결, AI]}}
  - {slug: chips, title: 칩, match: {words: [반도체]}}
sources:
  가온일보: {rights: excerpt, aliases: [Gaon Daily]}
  나루신문: {rights: link}
  다온통신: {}
"""


@pytest.fixture
def config(tmp_path: Path) -> SiteConfig:
    return settings(tmp_path)


def settings(folder: Path, more: str = THEMES) -> SiteConfig:
    (folder / "site.yaml").write_text(SETTINGS + more, encoding="utf-8")
    found, problems = load_config(folder, at=NOON, preview=False, environment={})
    assert found is not None, problems
    return found


def parsed(config: SiteConfig, text: str, path: str = "content/a.md") -> Parsed:
    source = SourceFile(path=path, data=text.encode(), digest="")
    return parse(source, surroundings(config, {}, {}), config)


def read(config: SiteConfig, text: str, path: str = "content/a.md") -> Article:
    found = parsed(config, text, path).article
    assert found is not None
    return found


def codes(found: Parsed) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_file_may_say_everything_itself(config: SiteConfig) -> None:
    found = read(config, "# 물결이 온다\n\n첫 문장이다. 둘째 문장이다. 셋째 문장이다.\n", "content/2024-07-03-wave.md")
    assert (found.title, found.slug, found.date, found.day_only) == ("물결이 온다", "wave", at("2024-07-03"), True)
    assert (found.summary, found.themes, found.rights) == ("첫 문장이다. 둘째 문장이다.", ("ai",), "full")
    assert (found.status, found.lang, found.kind) == ("approved", "ko", "markdown")


@pytest.mark.parametrize(
    ("path", "keys", "date"),
    [
        ("content/2024-07-01-a.md", {"date": "2024-07-03"}, "2024-07-03"),
        ("content/2024-07-01-a.md", {"date": None}, "2024-07-01"),
        ("content/2024-07-01-a/index.md", {"date": None}, "2024-07-01"),
        ("content/a.md", {"date": None, "publish_at": "2024-07-05 09:00"}, "2024-07-05 09:00"),
        ("content/2024-13-01-a.md", {"date": None}, None),
        ("content/a.md", {"date": None}, None),
    ],
)
def test_a_date_comes_from_the_article_then_its_name_then_its_hour(
    config: SiteConfig, path: str, keys: dict[str, str], date: str | None
) -> None:
    assert read(config, article(**keys), path).date == (at(date) if date else None)


def test_a_date_of_another_zone_is_in_the_sites(config: SiteConfig) -> None:
    found = read(config, article(date="2024-07-02T20:00:00Z"))
    assert found.date is not None
    assert found.date.isoformat() == "2024-07-03T05:00:00+09:00"


@pytest.mark.parametrize("source", ["", "시험 다이제스트", "\u00ad", "\u200b \u2060"])
def test_a_source_that_nobody_sees_is_none(config: SiteConfig, source: str) -> None:
    assert read(config, article(source=source)).source == ""


# --- rights ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "rights"),
    [
        ({}, "full"),
        ({"source": "시험 다이제스트"}, "full"),
        ({"source": "가온일보"}, "excerpt"),
        ({"source": "gaon daily"}, "excerpt"),
        ({"source": "나루신문"}, "link"),
        ({"source": "다온통신"}, "excerpt"),
        ({"source": "모르는신문"}, "excerpt"),
        ({"source": "나루신문", "rights": "full"}, "full"),
        ({"rights": "link"}, "link"),
    ],
)
def test_rights_are_the_articles_then_its_sources_then_the_sites(
    config: SiteConfig, keys: dict[str, str], rights: str
) -> None:
    assert read(config, article(**keys)).rights == rights


NOTICE = "첫 문장이다. 둘째 문장이다. SECRET 셋째다.\n\n- 하나\n- 둘\n\nⓒ 등대일보 무단전재 및 재배포 금지"


@pytest.mark.parametrize(
    ("name", "text", "rights"),
    [
        ("a.txt", f"# 요약\n\n**등대**\n\n{NOTICE}", "excerpt"),
        ("a.txt", article(f"**등대**\n\n{NOTICE}", rights="full"), "full"),
        ("a.txt", article("첫 문장이다. [둘](https://a.example/)째다. SECRET 셋째다.\n\n- 하나\n- 둘"), "excerpt"),
        ("a.txt", article("첫 문장이다. 둘째다. SECRET 셋째다.\n\n- 하나\n- 둘\n\n**셋**", rights="full"), "full"),
        ("a.md", article(NOTICE), "excerpt"),
        ("a.md", article(NOTICE, rights="full"), "full"),
        ("a.md", article(NOTICE, source="다온통신"), "excerpt"),
        ("a.md", article("하나다. 둘이다. 셋이다.\n\nⓒ 시험 다이제스트 무단전재 금지"), "full"),
        ("a.md", article("본문 바로가기\n\n입력 2024.07.03. 오전 9:00\n\n하나다. 둘이다."), "excerpt"),
    ],
)
def test_a_pasted_text_keeps_its_rights_whatever_marks_are_in_it(
    config: SiteConfig, name: str, text: str, rights: str
) -> None:
    found = parsed(config, text, f"content/{name}")
    assert found.article is not None
    assert found.article.rights == rights
    assert ("SECRET" in found.html) == (rights == "full" and "SECRET" in text)


def test_a_text_that_is_taken_for_pasted_says_so_and_how_to_settle_it(config: SiteConfig) -> None:
    found = parsed(config, article(NOTICE))
    assert "\n".join(map(paragraph, found.problems)) == (
        "content/a.md:12: warning: This text has a notice that forbids copying "
        '("ⓒ 등대일보 무단전재 및 재배포 금지"), so only a part of it is shown. '
        "Is it the desk's own? Write at its top: rights: full"
    )


def test_a_source_that_is_named_by_its_slug_keeps_its_rights(tmp_path: Path) -> None:
    config = settings(tmp_path, "sources: {나루신문: {slug: naru, rights: link}}\n")
    assert read(config, article(source="naru")).rights == "link"


BODY = "첫 문장이다. 둘째 문장이다. 셋째 문장이다.\n\n끝 문단이다. [링크](b.md)"


@pytest.mark.parametrize(
    ("rights", "html", "summary"),
    [
        ("excerpt", "<p>첫 문장이다. 둘째 문장이다.</p>", "첫 문장이다. 둘째 문장이다."),
        ("link", "", ""),
    ],
)
def test_a_body_is_cut_to_the_rights(config: SiteConfig, rights: str, html: str, summary: str) -> None:
    found = parsed(config, article(BODY, rights=rights))
    assert found.html == html
    assert found.article is not None
    assert (found.article.summary, found.article.links) == (summary, ())


def test_a_site_says_how_long_an_excerpt_is(tmp_path: Path) -> None:
    config = settings(tmp_path, "rights: {sentences: 1}\n")
    assert parsed(config, article(BODY, rights="excerpt")).html == "<p>첫 문장이다.</p>"


def test_a_summary_of_the_desk_stands_although_the_rest_may_not(config: SiteConfig) -> None:
    assert read(config, article(BODY, rights="link", summary="데스크의 말.")).summary == "데스크의 말."


# --- themes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "body", "themes"),
    [
        ({"themes": ["칩"]}, "물결", ("chips",)),
        ({"themes": ["chips", "AI", "칩"]}, "", ("chips", "ai")),
        ({"themes": None, "tags": ["소버린ai"]}, "", ("ai",)),
        ({"themes": None}, "물결이 온다", ("ai",)),
        ({"themes": None}, "반도체와 물결", ("ai", "chips")),
        ({"themes": None}, "큰물결", ("unsorted",)),
        ({"themes": None}, "그가 said", ("unsorted",)),
        ({"themes": None}, "AI를 쓴다", ("ai",)),
        ({"themes": None}, "AIs", ("unsorted",)),
        ({"themes": None, "title": "반도체는"}, "", ("chips",)),
    ],
)
def test_themes_are_the_articles_own_or_those_whose_rule_fits(
    config: SiteConfig, keys: dict[str, object], body: str, themes: tuple[str, ...]
) -> None:
    assert read(config, article(body or "글", **keys)).themes == themes


def test_without_a_registry_every_name_is_a_theme(tmp_path: Path) -> None:
    assert read(settings(tmp_path, ""), article(themes=["새 주제", "새주제"])).themes == ("새 주제", "새주제")


# --- addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "url"),
    [("My Slug!", "/articles/my-slug/"), ("../../x", "/articles/x/"), ("둘째", "/articles/%EB%91%98%EC%A7%B8/")],
)
def test_a_slug_is_made_fit_for_an_address(config: SiteConfig, slug: str, url: str) -> None:
    assert read(config, article(slug=slug)).url == url


def test_a_mended_headline_moves_no_address(config: SiteConfig) -> None:
    assert read(config, article(title="하나")).url == read(config, article(title="둘")).url


def test_a_source_that_is_the_site_itself_is_no_source(config: SiteConfig) -> None:
    assert read(config, article(source="시험다이제스트")).source == ""


def test_where_review_is_required_an_article_without_status_is_in_review(tmp_path: Path) -> None:
    config = settings(tmp_path, "review: {required: true}\n")
    assert read(config, article()).status == "review"
    assert read(config, article(status="approved")).status == "approved"


def test_corrections_stand_in_the_order_of_their_dates(config: SiteConfig) -> None:
    notes = [{"date": "2024-07-05", "note": "둘"}, {"date": "2024-07-04", "note": "하나"}]
    assert [c.note for c in read(config, article(corrections=notes)).corrections] == ["하나", "둘"]


# --- what fails closed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: 제목\nstatus: draft\n", "---\nstatus: dratf\n---\n# 제목\n",
     "---\ntitle: [\nstatus: draft\n---\n글\n",
     "---\nstatus: draft\nstatus: approved\ntitle: 제목\n---\n글\n", "---\n\tstatus: draft\ntitle: 제목\n---\n글\n"],
)  # fmt: skip
def test_front_matter_that_cannot_be_read_publishes_nothing(config: SiteConfig, text: str) -> None:
    found = parsed(config, text)
    assert found.article is None
    assert found.problems


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\xff", b"\0" * 50, b"---", b"---\n---\n", b"\xef\xbb\xbf", b"<", b"---\r"]
)
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_bytes_of_any_kind_cost_one_article_at_most(config: SiteConfig, data: bytes, name: str) -> None:
    source = SourceFile(path=f"content/{name}", data=data, digest="")
    found = parse(source, surroundings(config, {}, {}), config)
    assert (found.article is None) == any(problem.severity == "error" for problem in found.problems)


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_characters_that_no_page_can_hold_are_left_out_of_what_is_read(config: SiteConfig, name: str) -> None:
    page = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "가\\ud83d나\\u0001다", '
        '"author": {"name": "김\\u0002하나"}}</script></head><body><article><p>'
        + "한 문장이다. " * 20
        + "</p></body></html>"
    )
    found = read(config, page, f"content/{name}")
    assert found.title == "가나다"
    assert [person.name for person in found.authors] == ["김하나"]


def test_the_clock_is_not_read(config: SiteConfig) -> None:
    assert parsed(config, article(BODY)) == parsed(config, article(BODY))
    assert config.now == datetime(2024, 7, 10, 12, tzinfo=config.now.tzinfo)


def test_the_name_of_a_new_file_makes_no_address(config: SiteConfig) -> None:
    found = parsed(config, article(BODY, title="배가 뜬다"), "content/새 텍스트 문서 (2).md")
    assert [problem.code for problem in found.problems] == ["no-slug"]
    assert speak(found.problems[0].hint) == "Write one at its top: slug: 배가-뜬다"
    assert read(config, article(BODY, slug="a"), "content/무제.md").slug == "a"


def test_hashtags_and_job_titles_are_read_as_editors_mean_them(config: SiteConfig) -> None:
    found = read(
        config, "---\ntitle: 배\ndate: 2024-07-03\nthemes: [ai]\ntags: [섬, #배]\nauthors: 김하늘 기자\n---\n글이다."
    )
    assert found.tags == ("섬", "배")
    assert [person.name for person in found.authors] == ["김하늘"]
