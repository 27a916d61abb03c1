"""What an import says once of all its articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from importing.desk import new_site, run_import, written
from importing.origins.old_folders import moved
from yoyak.importing.telling import import_lines
from yoyak.messages.catalogue import speak

POST = (
    "---\ntitle: {0}\npubDate: 2024-07-01\ncategories: [소식]\n---\n글.\n\n"
    '<Poll id="3">\n\n내용\n\n</Poll>\n\n<Map at="1" />\n'
)
ASTRO = {
    "astro.config.mjs": 'export default defineConfig({site:"https://old.example.org"});',
    "package.json": '{"dependencies": {"astro": "^4"}}',
    "src/pages/blog/[...slug].astro": '---\nconst posts = await getCollection("blog");\n---\n',
}
WORDPRESS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>W</title><link>https://w.example</link>'
    "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://w.example</wp:base_blog_url>{0}</channel></rss>"
)
ITEM = (
    "<item><title>{0}</title><link>https://w.example/2024/{0}/</link><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type><wp:post_date>2024-07-01 10:00:00</wp:post_date>"
    '<category domain="category" nicename="a">소식</category>'
    "<content:encoded><![CDATA[{1}]]></content:encoded></item>"
)


def test_a_component_is_told_once_with_where_else_it_is(tmp_path: Path) -> None:
    posts = {f"src/content/blog/{name}.mdx": POST.format(name) for name in "abc"}
    _, report = moved(tmp_path, {**ASTRO, **posts})
    told = [problem for problem in report.problems if problem.code == "foreign-mark"]
    assert [speak(problem.message).partition(" is ")[0] for problem in told] == ['"<Poll id="3">"', '"<Map at="1" />"']
    assert "3 × in 3 files, also at " in speak(told[0].message)
    assert told[0].path.endswith("a.mdx")


def test_keys_under_another_name_are_told_once(tmp_path: Path) -> None:
    posts = {f"src/content/blog/{name}.mdx": POST.format(name) for name in "abc"}
    _, report = moved(tmp_path, {**ASTRO, **posts})
    assert "Under another name: categories became tags (3), pubDate became date (3)." in list(import_lines(report))


def test_shortcodes_of_wordpress_are_named_by_the_import(tmp_path: Path) -> None:
    first = '<p>[wpforms id="2"]</p><p>[my_toc]</p><p>[속보] [sic] [note] 글</p><pre>[code_only]</pre>'
    items = ITEM.format("a", first) + ITEM.format("b", '<p>[wpforms id="3"] [box]속[/box]</p>')
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "w.xml", WORDPRESS.format(items)))
    told = [problem for problem in report.problems if problem.code == "foreign-mark"]
    names = {speak(problem.message).partition(" is ")[0] for problem in told}
    assert names == {'"[wpforms id="2"]"', '"[my_toc]"', '"[box]"'}
    assert any("2 × in 2 files, also at content/2024/07/2024-07-01-b.md:" in speak(problem.message) for problem in told)
    lines = (site / "content/2024/07/2024-07-01-a.md").read_text("utf-8").splitlines()
    assert all("wpforms" in lines[one.line - 1] for one in told if "wpforms" in speak(one.message))
    assert any(one.key == "categories" and one.becomes == "tags" and one.articles == 2 for one in report.became)


def test_lists_of_an_old_site_stay_or_are_said_to_answer_404(tmp_path: Path) -> None:
    posts = {f"src/content/blog/{name}.mdx": POST.format(name) for name in "ab"}
    site, report = moved(tmp_path, {**ASTRO, **posts})
    fates = {one.address: (one.stays, one.like) for one in report.lists}
    assert fates["/tags/NAME/"] == (True, "/tags/NAME/")
    assert fates["/rss.xml"] == (True, "/rss.xml")
    assert fates["/blog/"] == (False, "/archive/")
    (line,) = [line for line in import_lines(report) if "404" in line]
    assert "404: /blog/. " in line
    assert re.search(r"<td[^>]*>/blog/</td>", (site / "import-report.html").read_text("utf-8"))


def test_single_texts_have_no_lists_of_an_old_site(tmp_path: Path) -> None:
    report = run_import(
        new_site(tmp_path / "site"), written(tmp_path, "a.md", "---\ntitle: 가\nlayout: post\n---\n글.\n")
    )
    assert report.lists == ()


@pytest.mark.parametrize(
    ("files", "address", "like"),
    [
        (
            {
                "hugo.toml": "baseURL = 'https://o.example/b/'\n[taxonomies]\ntopic = 'topics'\n",
                "content/posts/a.md": "---\ntitle: 가\ndate: 2024-07-01\ntopics: [섬]\n---\n글.\n",
            },
            "/b/topics/NAME/",
            "/tags/NAME/",
        ),
        (
            {
                "_config.yml": "url: https://o.example\ntag_dir: t\n",
                "package.json": '{"dependencies": {"hexo": "^7.0.0"}}',
                "source/_posts/a.md": "---\ntitle: 가\ndate: 2024-07-01\ntags: [섬]\n---\n글.\n",
            },
            "/t/NAME/",
            "/tags/NAME/",
        ),
        (
            {
                "pelicanconf.py": "SITEURL = 'https://o.example'\nPATH = 'content'\nTAG_URL = 'on/{slug}/'\n",
                "content/a.md": "Title: 가\nDate: 2024-07-01\nTags: 섬\n\n글.\n",
            },
            "/on/NAME/",
            "/tags/NAME/",
        ),
    ],
)
def test_settings_say_where_the_lists_of_an_old_site_were(
    files: dict[str, str | bytes], address: str, like: str, tmp_path: Path
) -> None:
    _, report = moved(tmp_path, files)
    fates = {one.address: one.like for one in report.lists}
    assert fates[address] == like
    assert not any("categories/NAME" in one and "topics" in address for one in fates)
