"""Whole sites: golden ones byte for byte, and what holds on each of them whatever they look like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from golden import SITES, build_golden, expected_of, golden_cases
from sites import SETTINGS, Built, article, build_site, built, everything, problems, tree

KOREAN = SITES / "korean"
SECRETS = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "scheduled": {"date": "2024-07-10 12:01"},
    "published-later": {"publish_at": "2024-07-10 12:01"},
    "embargoed": {"embargo_until": "2024-07-10 12:01"},
    "expired": {"expires_at": "2024-07-10 12:00"},
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><title>{}</title></svg>'


@pytest.mark.parametrize("case", golden_cases())
def test_golden_site_is_as_expected(case: str, tmp_path: Path) -> None:
    found = expected_of(case, build_golden(case, tmp_path / "site"))
    expected = tree(SITES / case / "expected")
    assert sorted(found) == sorted(expected)
    for path, data in expected.items():
        assert found[path].decode() == data.decode(), path


# --- rights and what waits ----------------------------------------------------------------------


def test_no_word_beyond_the_rights_of_its_source_is_anywhere(tmp_path: Path) -> None:
    said = everything(build_golden("rights", tmp_path / "site").output)
    assert "보이는 첫 문장이다." in said
    assert "beyond" not in said.lower()


def test_no_word_beyond_the_rights_is_anywhere_in_the_real_looks(tmp_path: Path) -> None:
    source = SITES / "rights"
    files = {path: data for path, data in tree(source).items() if path.startswith("content/")}
    found = built(tmp_path, files, (source / "site.yaml").read_text(encoding="utf-8"), plain=False)
    assert problems(found) == []
    assert "beyond" not in everything(found.output).lower()


BEYOND = {
    "ko": "등대가 다시 켜진다.시는 내년에 연다.SECRET 어민은 기다린다.",
    "ja": "灯台が再び灯る。市は来年開くという。SECRET 漁師は待つ。",
    "zh": "灯塔重新点亮！市府明年开放。SECRET 渔民在等。",
    "hi": "दीपस्तंभ फिर जलेगा। शहर इसे खोलेगा। SECRET मछुआरे।",
    "ar": "هل تعود المنارة؟ تفتحها المدينة۔ SECRET ينتظر الصيادون.",
    "hy": "Փարոսը նորից կվառվի։ Քաղաքը կբացի։ SECRET ձկնորսները։",
    "am": "መብራቱ ይበራል። ከተማው ይከፍታል። SECRET ዓሣ አጥማጆች።",
    "bo": "སྒྲོན་མེ་འབར། གྲོང་ཁྱེར་གྱིས་ཕྱེ། SECRET ཉ་པ།",
    "th": "ประภาคารจะเปิดอีกครั้งในปีหน้า เทศบาลจะเปิดให้ประชาชนเข้าชม ชาวประมงรอคอยมานานSECRET",
    "no-stops": "등대가 다시 켜지고 시는 내년에 이를 시민에게 열겠다고 알렸음 " * 3 + "SECRET 어민은 기다림",
}


@pytest.mark.parametrize("name", BEYOND)
def test_a_third_sentence_of_any_script_is_nowhere_on_the_site(tmp_path: Path, name: str) -> None:
    text = BEYOND[name]
    head = f'<meta property="og:site_name" content="등대일보"><meta name="description" content="{text}">'
    body = f"<article><h1>등대</h1><p>{text} {text} {text}</p></article>"
    page = f"<!doctype html><html><head><title>등대</title>{head}</head><body>{body}</body></html>"
    files = {
        "content/own.md": article(text, source="등대일보", slug="own"),
        "content/said.md": article(summary=text, source="등대일보", rights="excerpt", slug="said"),
        "content/2024-07-03-page.html": page,
    }
    found = built(tmp_path, files, plain=False)
    assert [problem for problem in found.report.problems if problem.severity == "error"] == []
    assert text[:8] in everything(found.output)
    assert "SECRET" not in everything(found.output)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("name", SECRETS)
def test_what_waits_leaves_no_trace(tmp_path: Path, name: str, plain: bool) -> None:
    keys = {
        "title": "CANARY 제목",
        "slug": "canary-slug",
        "tags": ["CANARY 꼬리표", "함께"],
        "themes": ["CANARY 주제"],
        "source": "CANARY 매체",
        "authors": ["CANARY 기자"],
        "aliases": ["/canary-old/"],
        "summary": "CANARY 요약이다.",
        "image": {"src": "canary.svg", "alt": "CANARY 그림"},
        "rights": "full",
        **SECRETS[name],
    }
    files = {
        "content/canary-file.md": article("CANARY 글이다. ![CANARY](canary.svg)", **keys),
        "content/canary.svg": PICTURE.format("CANARY"),
        "content/seen.md": article(title="보이는 글", tags=["함께"]),
        "content/themes/canary-주제.md": "CANARY 소개.",
    }
    found = built(tmp_path, files, plain=plain)
    assert found.report.complete
    assert "canary" not in everything(found.output).lower()


def test_the_address_of_what_waits_is_not_given_away_by_a_link_to_it(tmp_path: Path) -> None:
    files = {
        "content/a.md": article("[초고](draft.md)"),
        "content/draft.md": article(status="draft", slug="canary-slug"),
    }
    found = built(tmp_path, files, keep_going=True)
    assert "canary" not in everything(found.output)


def test_what_waits_does_not_take_the_address_of_what_is_published(tmp_path: Path) -> None:
    files = {"content/a.md": article(status="draft", slug="s"), "content/b.md": article(title="나온 글", slug="s")}
    found = built(tmp_path, files, keep_going=True)
    assert "나온 글" in found.text("articles/s")


# --- the real templates, by their facts -----------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("whole")
    files = {path: data for path, data in tree(KOREAN).items() if path.startswith("content/")}
    return built(folder, files, (KOREAN / "site.yaml").read_text(encoding="utf-8"), plain=False)


def facts(found: Built, path: str) -> dict[str, Any]:
    text = found.text(path)
    return {
        "lang": re.findall(r'<html lang="([^"]*)"', text),
        "title": re.findall(r"<title>([^<]*)</title>", text),
        "description": re.findall(r'<meta name="description" content="([^"]*)"', text),
        "canonical": re.findall(r'<link rel="canonical" href="([^"]*)"', text),
        "feeds": re.findall(r'<link rel="alternate" [^>]*href="([^"]*)"', text),
        "json": [json.loads(part) for part in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)],
    }


def test_the_real_templates_make_the_same_files(whole: Built) -> None:
    expected = (KOREAN / "expected" / "PATHS").read_text(encoding="utf-8").split("\n")[:-1]
    assert {path for path in whole.paths() if not re.match(r"assets/(?!harbour|cloud)", path)} == set(expected)


def test_every_page_says_what_it_is(whole: Built) -> None:
    for path in sorted(path for path in whole.paths() if path.endswith(".html")):
        found = facts(whole, path)
        assert [len(found[key]) for key in ("lang", "title", "description", "canonical")] == [1, 1, 1, 1], path
        assert "/feed.xml" in found["feeds"], path


def test_an_article_describes_itself_to_machines(whole: Built) -> None:
    found = facts(whole, "articles/two-ferries")
    news = next(part for part in found["json"] if part["@type"] == "NewsArticle")
    assert found["title"] == ["[단독] 나룻배 두 척 #1 · 나루 다이제스트"]
    assert news["headline"] == "[단독] 나룻배 두 척 #1"
    assert news["isBasedOn"] == "https://news.example.org/1"
    assert news["sourceOrganization"]["name"] == "가온일보"
    assert (news["datePublished"], news["dateModified"]) == ("2024-07-02T09:00:00+09:00", "2024-07-04T10:30:00+09:00")
    assert news["keywords"] == ["나룻배", "강"]
    crumbs = next(part for part in found["json"] if part["@type"] == "BreadcrumbList")["itemListElement"]
    assert [crumb["name"] for crumb in crumbs][1:] == ["주제", "나루와 배", "[단독] 나룻배 두 척 #1"]


def test_an_edition_lists_its_articles_to_machines(whole: Built) -> None:
    listed = next(part for part in facts(whole, "editions/2024-W27")["json"] if part["@type"] == "ItemList")
    assert [item["url"].split("/")[-2] for item in listed["itemListElement"]] == ["two-ferries", "rain", "capture"]


def test_an_excerpt_names_its_source_as_the_canonical_page(tmp_path: Path) -> None:
    files = {"content/a.md": article(source="가온일보", source_url="https://news.example.org/1")}
    assert facts(built(tmp_path, files, plain=False), "articles/a")["canonical"] == ["https://news.example.org/1"]


def test_a_site_changes_one_block_of_a_template_and_keeps_the_rest(tmp_path: Path) -> None:
    own = '{% extends "yoyak/article.html" %}{% block after %}OWN {{ super() }}{% endblock %}'
    files = {"content/a.md": article(tags=["꼬리표"]), "templates/article.html": own}
    text = built(tmp_path, files, plain=False).text("articles/a")
    assert "OWN" in text
    assert '<h1 lang="ko">제목</h1>' in text or "<h1>제목</h1>" in text
    assert "꼬리표" in text


def test_a_site_gives_its_own_style_sheet(tmp_path: Path) -> None:
    found = built(tmp_path, {"templates/assets/style.css": "b{color:#123456}"}, plain=False)
    styles = [data for path, data in tree(found.output).items() if path.endswith(".css")]
    assert styles == [b"b{color:#123456}"]


# --- feeds ----------------------------------------------------------------------------------------


def ids(found: Built) -> list[str]:
    return re.findall(r"<entry[^>]*>\s*<id>([^<]*)</id>", found.text("feed.xml"))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "content/a.md").write_text(article(title="새 제목"), encoding="utf-8"),
        lambda folder: (folder / "content/a.md").write_text(article(date="2024-07-02"), encoding="utf-8"),
        lambda folder: (folder / "site.yaml").write_text(SETTINGS.replace("https", "http"), encoding="utf-8"),
        lambda folder: (folder / "site.yaml").write_text(SETTINGS.replace("org/", "org/articles/x/"), encoding="utf-8"),
        lambda folder: _rename(folder, "/articles/a/"),
        lambda folder: _rename(folder, "https://digest.example.org/articles/a"),
        lambda folder: _rename(folder, "articles/%61/"),
    ],
    ids=["headline", "date", "scheme", "base path", "rename", "rename by address", "rename, encoded"],
)
def test_a_feeds_ids_survive_a_change_of(tmp_path: Path, change: Callable[[Path], object]) -> None:
    before = ids(built(tmp_path, {"content/a.md": article()}))
    change(tmp_path)
    assert ids(build_site(tmp_path)) == before == ["tag:digest.example.org,2000:/articles/a"]


def _rename(folder: Path, alias: str) -> None:
    (folder / "content/a.md").unlink()
    (folder / "content/b.md").write_text(article(aliases=[alias]), encoding="utf-8")


def test_a_feed_is_dated_by_its_articles_and_not_by_the_build(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article()})
    assert re.findall(r"<updated>([^<]*)</updated>", found.text("feed.xml")) == ["2024-07-03T00:00:00+09:00"] * 2


def test_addresses_in_a_feed_are_absolute_but_a_note_is_in_its_entry(tmp_path: Path) -> None:
    body = "[가](b.md) [나](/tags/) 각주[^1] ![그림](p.svg)\n\n[^1]: 말."
    files = {"content/a.md": article(body), "content/b.md": article(), "content/p.svg": PICTURE.format("")}
    addresses = re.findall(r"(?:href|src)=&#34;([^&]*)&#34;", built(tmp_path, files).text("feed.xml"))
    assert {address for address in addresses if address.startswith("#")} == {"#fn:1", "#fnref:1"}
    others = [address for address in addresses if not address.startswith("#")]
    assert len(others) == 3
    assert all(address.startswith("https://digest.example.org/") for address in others)


def test_a_summary_has_no_number_of_a_footnote_in_it(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article("글이다[^1].\n\n[^1]: 말.")})
    assert "<summary>글이다.</summary>" in found.text("feed.xml")


# --- addresses ------------------------------------------------------------------------------------


def test_an_old_address_that_was_a_file_stays_one(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(aliases=["/2023/old.html", "/옛 주소/"])})
    assert {"2023/old.html", "옛 주소/index.html"} <= found.paths()


def test_an_old_address_never_takes_the_place_of_a_page(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(aliases=["/feed.xml", "/tags/"])}, keep_going=True)
    assert {"feed.xml", "tags/index.html"} <= found.paths()
    assert "<feed" in found.text("feed.xml")


def test_a_menu_may_name_an_address_as_people_or_as_browsers_write_it(tmp_path: Path) -> None:
    menu = "navigation: [{title: a, url: /소개/#셋}, {title: b, url: /%EC%86%8C%EA%B0%9C/}]\n"
    files = {"content/pages/소개.md": "---\ntitle: 소개\n---\n\n## 셋\n"}
    found = built(tmp_path, files, SETTINGS + menu)
    assert problems(found) == []
    assert found.text("index.html").count('href="/%EC%86%8C%EA%B0%9C/') == 2


def test_a_text_about_html_is_not_taken_for_a_link(tmp_path: Path) -> None:
    body = 'Write `<a href="/nowhere/">` or:\n\n    <img src="/none.png">\n\n```\n<a href="#none">\n```\n'
    assert problems(built(tmp_path, {"content/a.md": article(body)}, plain=False)) == []


def test_a_theme_without_a_registry_has_its_introduction(tmp_path: Path) -> None:
    files = {"content/a.md": article(), "content/themes/ai.md": "---\ndescription: 설명.\n---\n\n소개다.\n"}
    found = built(tmp_path, files)
    assert "소개다." in found.text("themes/ai")
    assert "설명." in found.text("themes")


def test_the_desk_may_name_the_theme_of_the_rest(tmp_path: Path) -> None:
    settings = SETTINGS + "themes: [{slug: unsorted, title: 나머지, description: 설명}]\n"
    assert "나머지" in built(tmp_path, {"content/a.md": article(themes=None)}, settings).text("themes/unsorted")


def test_a_site_without_content_is_a_site(tmp_path: Path) -> None:
    found = built(tmp_path, {}, plain=False)
    assert problems(found) == []
    assert found.report.articles == 0


@pytest.mark.parametrize("status", ["draft", "review"])
def test_a_page_of_its_own_that_waits_is_in_a_preview_only(tmp_path: Path, status: str) -> None:
    page = f"---\ntitle: 구독\nstatus: {status}\n---\n\n아직 쓰는 중이다.\n"
    files = {"content/a.md": article(), "content/pages/subscribe.md": page}
    found = built(tmp_path / "public", files)
    assert not any(
        "구독" in found.text(path) or "쓰는 중" in found.text(path)
        for path in found.paths()
        if path.endswith(("l", "n"))
    )
    assert [(held.path, held.title, held.reason) for held in found.report.held] == [
        ("content/pages/subscribe.md", "구독", status)
    ]
    preview = built(tmp_path / "preview", files, preview=True)
    assert "아직 쓰는 중이다." in preview.text("subscribe/index.html")
