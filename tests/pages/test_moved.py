"""What is at an address that was deployed and has no page now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sites import Built, article, build_site, built, problems, write_site
from yoyak.build.addresses import addresses_of_build, note_addresses
from yoyak.model.addresses import URLS_FILE

THEMES = "title: T\nbase_url: https://digest.example.org/sub/\ntimezone: Asia/Seoul\n"


def deployed(folder: Path, files: dict[str, Any], settings: str = THEMES) -> None:
    """Build a site and note its addresses, as a deploy does."""
    found = built(folder, files, settings)
    assert found.report.complete, problems(found)
    note_addresses(folder, addresses_of_build(folder, found.output))


def after(folder: Path, files: dict[str, Any], settings: str = THEMES, *, gone: tuple[str, ...] = ()) -> Built:
    for path in gone:
        (folder / path).unlink()
    write_site(folder, files, settings)
    return build_site(folder)


def codes(found: Built) -> set[str]:
    """Return the codes of all problems."""
    return {problem.code for problem in found.report.problems}


def says_gone(text: str) -> bool:
    return "내린 페이지입니다" in text


def leads_to(text: str, url: str) -> bool:
    return f'url={url}"' in text or f'url=https://digest.example.org{url}"' in text


def test_renamed_slug_redirects(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article()})
    found = after(tmp_path, {"content/a.md": article(slug="b")})
    text = found.text("articles/a")
    assert leads_to(text, "/sub/articles/b/")
    assert "canonical" in text
    assert "noindex" in text
    assert "articles/a/" not in found.text("sitemap.xml")


def test_old_and_new_name_may_differ_and_the_file_too(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article()})
    found = after(tmp_path, {"content/2024/b.md": article("Other words.")}, gone=("content/a.md",))
    assert leads_to(found.text("articles/a"), "/sub/articles/b/")
    assert "<id>tag:digest.example.org,2000:/articles/a</id>" in found.text("feed.xml")


def test_weekly_column_of_one_title_is_not_taken_for_the_one_that_was_deleted(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(date="2024-07-01")})
    found = after(tmp_path, {"content/b.md": article(date="2024-07-08")}, gone=("content/a.md",))
    assert says_gone(found.text("articles/a"))
    assert "lost-address" in codes(found)


@pytest.mark.parametrize(
    "keys",
    [{"status": "draft"}, {"embargo_until": "2099-01-01"}, {"expires_at": "2024-01-01"}, {"publish_at": "2099-01-01"}],
)
def test_article_that_is_taken_back_gives_nothing_away(tmp_path: Path, keys: dict[str, Any]) -> None:
    deployed(tmp_path, {"content/a.md": article()})
    found = after(tmp_path, {"content/a.md": article(slug="secret-name", title="비밀 제목", **keys)})
    everything = "".join(found.text(path) for path in found.paths() if not path.startswith("assets/"))
    assert says_gone(found.text("articles/a"))
    assert "noindex" in found.text("articles/a")
    assert "secret-name" not in everything
    assert "비밀" not in everything
    assert problems(found) == []


def test_article_that_comes_back_answers_at_its_old_address(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article()})
    deployed(tmp_path, {"content/a.md": article(status="draft")})
    found = after(tmp_path, {"content/a.md": article(slug="again")})
    assert leads_to(found.text("articles/a"), "/sub/articles/again/")


def test_link_to_a_page_that_was_taken_down_is_reported(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(), "content/b.md": article("[a](/articles/a/)")})
    found = after(tmp_path, {"content/a.md": article(status="draft"), "content/b.md": article("[a](/articles/a/)")})
    assert "broken-link" in codes(found)


def test_chain_is_one_step(tmp_path: Path) -> None:
    for slug in ("a", "b", "c"):
        deployed(tmp_path, {"content/x.md": article(slug=slug)})
    found = after(tmp_path, {"content/x.md": article(slug="d")})
    assert all(leads_to(found.text(f"articles/{slug}"), "/sub/articles/d/") for slug in "abc")


def test_new_article_takes_an_old_address_and_it_is_reported(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(title="하나")})
    files = {"content/a.md": article(title="하나", slug="b"), "content/n.md": article(title="둘", slug="a")}
    found = after(tmp_path, files)
    assert "둘" in found.text("articles/a")
    assert "taken-address" in codes(found)
    assert sorted(re.findall("2000:/articles/(.*)</id>", found.text("feed.xml"))) == ["a", "a~2"]


def test_merged_tag_and_renamed_theme_redirect_with_their_feeds(tmp_path: Path) -> None:
    themes = "themes: [{{slug: {}, title: 인공지능}}]\n"
    keys = {"themes": ["인공지능"]}
    files = {"content/a.md": article(tags=["AI"], **keys), "content/b.md": article(tags=["인공 지능"], **keys)}
    deployed(tmp_path, files, THEMES + themes.format("ai"))
    tags = "tags: {인공지능: {slug: in, aliases: [AI, 인공 지능]}}\n"
    found = after(tmp_path, files, THEMES + themes.format("sovereign") + tags)
    assert leads_to(found.text("tags/ai"), "/sub/tags/in/")
    assert leads_to(found.text("themes/ai"), "/sub/themes/sovereign/")
    assert found.text("tags/ai/feed.xml") == found.text("tags/in/feed.xml")


def test_tag_that_nobody_uses_leads_to_the_list(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(tags=["섬"])})
    found = after(tmp_path, {"content/a.md": article()})
    assert leads_to(found.text("tags/섬"), "/sub/tags/")
    assert "<entry>" not in found.text("tags/섬/feed.xml")


def test_id_in_feeds_of_any_first_address_stays(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(aliases=["/old name 50%25/"])})
    before = re.findall("<id>(tag:.*/old.*)</id>", (tmp_path / "output/feed.xml").read_text())
    found = after(tmp_path, {"content/a.md": article(slug="b", aliases=["/other/"])})
    assert before == re.findall("<id>(tag:.*/old.*)</id>", found.text("feed.xml"))
    assert len(before) == 1


def test_page_of_its_own_redirects(tmp_path: Path) -> None:
    page = "---\ntitle: 소개\n---\n우리.\n"
    deployed(tmp_path, {"content/pages/about.md": page})
    found = after(tmp_path, {"content/pages/who.md": page}, gone=("content/pages/about.md",))
    assert leads_to(found.text("about"), "/sub/who/")


def test_alias_that_is_taken_out_still_leads_on(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(aliases=["/2019/old.html"])})
    found = after(tmp_path, {"content/a.md": article()})
    assert leads_to(found.text("2019/old.html"), "/sub/articles/a/")


@pytest.mark.parametrize(
    ("answer", "url"),
    [
        ("to /articles/b/", "/sub/articles/b/"),
        ("to content/b.md", "/sub/articles/b/"),
        ("to /tags/", "/sub/tags/"),
        ("to https://digest.example.org/sub/articles/b/", "/sub/articles/b/"),
        ("to /sub/articles/b", "/sub/articles/b/"),
        ("To  /articles/%62/", "/sub/articles/b/"),
        ("to /x/", "/sub/articles/b/"),
    ],
)
def test_answer_leads_on(tmp_path: Path, answer: str, url: str) -> None:
    urls = f"/articles/a/: {answer}\n/x/: to /articles/b/\n"
    found = built(tmp_path, {"content/b.md": article(), URLS_FILE: urls}, THEMES)
    assert leads_to(found.text("articles/a"), url)
    assert problems(found) == []


def test_answer_to_another_site_is_a_link_to_click(tmp_path: Path) -> None:
    urls = "/articles/a/: to https://other.example/x\n"
    found = built(tmp_path, {"content/b.md": article(), URLS_FILE: urls}, THEMES, plain=False)
    text = found.text("articles/a")
    assert problems(found) == []
    assert 'href="https://other.example/x"' in text
    assert "http-equiv" not in text


@pytest.mark.parametrize("target", ["/articles/draft/", "content/draft.md", "/nowhere/", "/articles/a/", "/x/"])
def test_answer_that_leads_nowhere_is_reported_and_tells_nothing(tmp_path: Path, target: str) -> None:
    urls = f"/articles/a/: to {target}\n/x/: to /articles/a/\n"
    files = {"content/draft.md": article(title="비밀", status="draft"), URLS_FILE: urls}
    found = built(tmp_path, files, THEMES)
    assert says_gone(found.text("articles/a"))
    assert "비밀" not in found.text("articles/a")
    assert "lost-address" in codes(found)


def test_keep_leaves_an_address_to_the_host(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/b.md": article(), URLS_FILE: "/wiki/: keep\n/old/: gone\n"}, THEMES)
    assert not (found.output / "wiki").exists()
    assert says_gone(found.text("old"))


def test_address_in_whose_path_a_file_stands_is_reported(tmp_path: Path) -> None:
    urls = "/a.html: gone\n/a.html/b/: gone\n"
    found = built(tmp_path, {"content/a.md": article(), URLS_FILE: urls}, THEMES)
    assert "a.html" in found.paths()
    assert [(one.code, one.line) for one in found.report.problems] == [("lost-address", 2)]


def test_damaged_file_stops_the_build_and_the_deploy(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article()})
    found = after(tmp_path, {URLS_FILE: "<<<<<<< HEAD\n/a/: gone\n"})
    assert not found.report.complete
    with pytest.raises(Exception, match="bad-address-file"):
        addresses_of_build(tmp_path, found.output)


def test_deploy_without_the_store_notes_new_addresses_only(tmp_path: Path) -> None:
    found = built(
        tmp_path, {"content/a.md": article(), URLS_FILE: "/articles/a/: article 01234567 content/a.md\n"}, THEMES
    )
    (tmp_path / ".yoyak/store.sqlite").unlink()
    note_addresses(tmp_path, addresses_of_build(tmp_path, found.output))
    text = (tmp_path / URLS_FILE).read_text()
    assert "/articles/a/: article 01234567 content/a.md\n" in text
    assert "/feed.xml: list\n" in text
    assert "404" not in text


def test_answer_goes_when_the_address_is_online_again(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/a.md": article(), URLS_FILE: "# asked by Kim\n/articles/a/: gone\n/b/: gone\n"})
    text = (tmp_path / URLS_FILE).read_text()
    assert "# asked by Kim\n/articles/a/: article" in text
    assert "/b/: gone\n" in text


def test_portable_site_has_no_pages_at_old_addresses(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(), URLS_FILE: "/old/: gone\n"}, THEMES, portable=True)
    assert not (found.output / "old").exists()


@pytest.mark.parametrize("typed", ["/sub/articles/old/", "/articles/old/"])
def test_an_answer_is_understood_with_the_path_of_the_site_and_without(tmp_path: Path, typed: str) -> None:
    files = {"content/new.md": article(slug="new"), "content/old.md": article(slug="old", title="옛 글")}
    deployed(tmp_path, files)
    lines = (tmp_path / URLS_FILE).read_text(encoding="utf-8")
    (tmp_path / URLS_FILE).write_text(f"{lines}{typed}: to /sub/articles/new/\n", encoding="utf-8")
    found = after(tmp_path, {}, gone=("content/old.md",))
    assert "lost-address" not in codes(found)
    assert "/sub/articles/new/" in found.text("articles/old")
    assert not (found.output / "sub").exists()


def test_an_answer_stays_where_it_is_when_the_site_had_a_folder_of_that_name(tmp_path: Path) -> None:
    deployed(tmp_path, {"content/new.md": article(slug="new")}, f"{THEMES}permalinks: /sub/:slug/\n")
    lines = (tmp_path / URLS_FILE).read_text(encoding="utf-8")
    (tmp_path / URLS_FILE).write_text(f"{lines}/sub/old/: gone\n", encoding="utf-8")
    found = after(tmp_path, {}, f"{THEMES}permalinks: /sub/:slug/\n")
    assert says_gone(found.text("sub/old"))
