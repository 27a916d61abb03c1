"""Links between old texts that lead to a part of a page."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest

from importing.desk import contents, new_site, run_import, written
from importing.origins.old_folders import moved, public, text_of
from yoyak.messages.catalogue import speak

HEAD = "---\ntitle: {}\ndate: 2024-07-0{}\n---\n"
FERRY = (
    "## 배편\n\n아침.\n\n## Fares, and more\n\n낮.\n\n## 배편\n\n저녁.\n\n## 표 {#tickets}\n\n"
    "[위로](#배편-1) [없는 곳](#nowhere)\n"
)
HUGO = {"hugo.toml": "baseURL = 'https://old.example.org/'\n[permalinks.page]\nposts = '/p/:slug/'\n"}
HEXO = {
    "_config.yml": "url: https://old.example.org\nroot: /\npermalink: p/:title/\n",
    "package.json": '{"hexo": {"version": "7.0.0"}, "dependencies": {"hexo": "^7.0.0"}}',
}
JEKYLL = {"_config.yml": "url: https://old.example.org\npermalink: /p/:title/\n", "Gemfile": "gem 'jekyll'\n"}
SITES = {
    "hugo": (HUGO, "content/posts/{}.md", '{{{{< ref "ferry#{0}" >}}}}'),
    "hexo": (HEXO, "source/_posts/{}.md", "/p/ferry/#{0}"),
    "jekyll": (JEKYLL, "_posts/2024-07-01-{}.md", "{{% post_url 2024-07-01-ferry %}}#{0}"),
    "whole": (HEXO, "source/_posts/{}.md", "https://old.example.org/p/ferry/#{0}"),
    "bundle": (HUGO, "content/posts/{}/index.md", '{{{{% relref "/posts/ferry/index.md#{0}" %}}}}'),
    "file": (HUGO, "content/posts/{}.md", "ferry.md#{0}"),
}


@pytest.mark.parametrize("name", SITES)
def test_a_part_of_an_old_page_is_led_to_where_it_is_now(name: str, tmp_path: Path) -> None:
    files, path, link = SITES[name]
    links = " ".join(f"[{part}]({link.format(part)})" for part in ("fares-and-more", "배편-1", "tickets", "gone"))
    texts = {path.format("ferry"): HEAD.format("배", 1) + FERRY, path.format("again"): HEAD.format("또", 2) + links}
    site, report = moved(tmp_path, {**files, **texts})
    again = text_of(site, "또")
    assert "[fares-and-more](/articles/ferry/#fares-and-more)" in again
    assert "[tickets](/articles/ferry/#tickets) [gone](/articles/ferry/)" in again
    assert "배편-2" in public(site)
    told = [speak(problem.message) for problem in report.problems if "no place" in speak(problem.message)]
    assert any('"gone"' in message for message in told)
    assert any('"nowhere"' in message for message in told)
    assert "없는 곳\n" in text_of(site, "배")


def test_a_second_heading_of_the_same_words_is_found_by_its_old_number(tmp_path: Path) -> None:
    texts = {
        "source/_posts/ferry.md": HEAD.format("배", 1) + FERRY,
        "source/_posts/z.md": HEAD.format("또", 2) + "[둘째](/p/ferry/#배편-1) `[코드](/p/ferry/#gone)`\n",
    }
    site, _ = moved(tmp_path, {**HEXO, **texts})
    assert "[둘째](/articles/ferry/#%EB%B0%B0%ED%8E%B8-2) `[코드](/p/ferry/#gone)`" in text_of(site, "또")
    assert "[위로](#%EB%B0%B0%ED%8E%B8-2)" in text_of(site, "배")


def test_a_link_to_a_part_of_a_page_is_kept(tmp_path: Path) -> None:
    texts: dict[str, str | bytes] = {
        "source/about/index.md": "---\ntitle: 소개\n---\n## 우리\n\n글.\n",
        "source/_posts/z.md": HEAD.format("또", 2) + "[우리](/about/#우리)\n",
    }
    site, _ = moved(tmp_path, {**HEXO, **texts})
    assert "(/about/#%EC%9A%B0%EB%A6%AC)" in text_of(site, "또")
    public(site)


def test_an_export_s_ids_lead_to_the_headings_that_had_them(tmp_path: Path) -> None:
    item = (
        "<item><title>{0}</title><link>https://w.example/2024/{0}/</link><wp:status>publish</wp:status><wp:post_type>post"
        "</wp:post_type><wp:post_date>2024-07-01 10:00:00</wp:post_date>"
        "<content:encoded><![CDATA[{1}]]></content:encoded></item>"
    )
    ferry = '<h2 id="fares">요금 안내</h2><p>글 <a href="#fares">위로</a>.</p>'
    link = '<a href="https://{}w.example/2024/ferry/#{}">{}</a>'
    again = f"<p>{link.format('', 'fares', '요금')} {link.format('www.', 'nope', '없는 곳')}</p>"
    head = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>W</title><link>https://w.example</link>'
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://w.example</wp:base_blog_url>"
    )
    text = head + item.format("ferry", ferry) + item.format("again", again) + "</channel></rss>"
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "w.xml", text))
    to = "https://digest.example.org/articles/ferry/"
    assert f"[요금]({to}#%EC%9A%94%EA%B8%88-%EC%95%88%EB%82%B4) [없는 곳]({to})" in text_of(site, "again")
    assert "[위로](#%EC%9A%94%EA%B8%88-%EC%95%88%EB%82%B4)" in text_of(site, "ferry")


def test_a_single_text_s_own_link_to_nowhere_is_told(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(
        site, written(tmp_path, "a.md", "---\ntitle: 가\ndate: 2024-07-01\nlayout: post\n---\n[a](#b)\n")
    )
    assert any('"b"' in speak(problem.message) for problem in report.problems)


@pytest.mark.parametrize("part", ["", "#secret"])
def test_a_link_to_a_held_back_article_is_words(part: str, tmp_path: Path) -> None:
    texts = {
        "_posts/2024-07-01-off.md": "---\ntitle: 안\npublished: false\n---\n## Secret\n",
        "_posts/2024-07-02-on.md": f"---\ntitle: 밖\n---\n[그 글]({{% post_url 2024-07-01-off %}}{part}) 본문.\n",
    }
    site, report = moved(tmp_path, {**JEKYLL, **texts})
    assert "\n그 글 본문." in text_of(site, "밖")
    assert any("held back, so the words stay" in speak(problem.message) for problem in report.problems)
    assert "secret" not in public(site).lower()


def test_files_of_a_plain_folder_that_link_to_each_other_still_do(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    links = "[둘](sub/b.md) [표](./sub/b.md#표) [셋](<섬 d.md>) [셋](섬%20d.md) [없다](gone.md) [밖](https://old.example/b.md)"
    written(tmp_path, "notes/a.md", HEAD.format("하나", 1) + f"{links}\n\n`[둘](sub/b.md)`\n")
    written(tmp_path, "notes/sub/b.md", HEAD.format("둘", 2) + "## 표\n\n[하나](../a.md)\n")
    written(tmp_path, f"notes/{normalize('NFD', '섬 d')}.md", HEAD.format("셋", 3) + "[둘]: sub/b.md\n\n[둘]\n")
    run_import(site, tmp_path / "notes")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (site / "content/2024").rglob("*.md")}
    first, island = texts["2024-07-01-a"], quote("2024-07-03-섬-d.md")
    assert f"[둘](2024-07-02-b.md) [표](2024-07-02-b.md#%ED%91%9C) [셋](<{island}>) [셋]({island})" in first
    assert "[없다](gone.md) [밖](https://old.example/b.md)\n\n`[둘](sub/b.md)`" in first
    assert "[하나](2024-07-01-a.md)" in texts["2024-07-02-b"]
    assert "[둘]: 2024-07-02-b.md" in texts["2024-07-03-섬-d"]


@pytest.mark.parametrize("alone_first", [True, False])
def test_a_post_that_is_imported_alone_and_with_its_site_is_one_article(alone_first: bool, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    for name, text in JEKYLL.items():
        written(tmp_path, f"old/{name}", text)
    post = written(tmp_path, "old/_posts/2024-07-01-ferry.md", '---\ntitle: "배: 둘"\n---\n글 {{ site.baseurl }}/x\n')
    other = written(tmp_path, "other/_posts/2024-07-01-ferry.md", "---\ntitle: 딴 글\n---\n글\n")
    for named in [post, tmp_path / "old"] if alone_first else [tmp_path / "old", post]:
        report = run_import(site, named)
    assert len(report.known) == 1
    assert report.imported == ()
    assert len(run_import(site, other).imported) == 1


def test_a_text_in_a_folder_of_its_own_keeps_the_name_of_that_folder_and_mdx_is_read(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path, "blog/my-trip/index.md", HEAD.format("먼 길", 1) + "글\n")
    written(tmp_path, "blog/글/INDEX.md", HEAD.format("딴 길", 2) + "글\n")
    written(tmp_path, "blog/c.mdx", HEAD.format("셋", 3) + 'import X from "x"\n\n<X a="b">안 글</X>\n')
    report = run_import(site, tmp_path / "blog")
    names = [Path(one.path).name for one in report.imported]
    assert sorted(names) == ["2024-07-01-my-trip.md", "2024-07-02-글.md", "2024-07-03-c.md"]
    assert "안 글" in (site / "content/2024/07/2024-07-03-c.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [f"배 이야기 {'0a' * 16}.md", f"배-이야기-{'0a' * 16}.md"])
def test_what_notion_writes_behind_a_name_is_no_part_of_it(name: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, name, "---\ntitle: 배\ndate: 2024-07-03\n---\n\n글이다.\n"))
    assert [path for path in contents(site) if "_sources" not in path] == ["2024/07/2024-07-03-배-이야기.md"]
