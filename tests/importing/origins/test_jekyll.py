"""Whole sites of Jekyll."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from yoyak.messages.catalogue import speak

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
SETTINGS = """url: https://old.example.org
baseurl: /blog
timezone: Asia/Seoul
collections:
  recipes: {output: true}
  people: {output: false}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post}
  - scope: {path: "inside", type: posts}
    values: {published: false}
exclude: [scripts]
"""
POST = "---\ntitle: 부두\ntags: 섬 배편\ncategories: [News, City Hall]\nredirect_from: /older/\n---\n"
FILES: dict[str, str | bytes] = {
    "_config.yml": SETTINGS,
    "_posts/2024-07-03-Pier-lights.md": f"{POST}본문. [밤]({{% post_url 2024-07-04-night %}}) "
    "[소개]({{ site.baseurl }}/about.html)\n\n![부두]({{ '/assets/pier.png' | relative_url }})\n\n`[밤](night.md)`\n",
    "_posts/2024-07-04-night.md": "---\npermalink: /fixed/:year/:title/\n---\n밤의 본문.\n",
    "_posts/2024-07-05-late.md": "---\ntitle: 늦은\ndate: 2024-07-05 20:00:00\n---\n본문.\n",
    "sea/_posts/2024-07-06-sea.md": "---\ntitle: 바다\n---\n본문.\n",
    "_posts/undated.md": "---\ntitle: u\n---\nSECRET\n",
    "_posts/2024-07-07-off.md": "---\ntitle: off\npublished: false\n---\nSECRET\n",
    "inside/_posts/2024-07-08-in.md": "---\ntitle: in\n---\nSECRET\n",
    "_drafts/idea.md": "---\ntitle: idea\n---\nSECRET\n",
    "sea/_drafts/2024-07-09-idea.md": "---\ntitle: idea 2\n---\nSECRET\n",
    "_recipes/pie.md": "---\ntitle: 파이\n---\n본문.\n",
    "_people/kim.md": "---\ntitle: kim\n---\nSECRET\n",
    "about.md": "---\ntitle: 소개\n---\n소개 글.\n",
    "index.html": "---\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n",
    "README.md": "# readme\n",
    "scripts/a.md": "---\ntitle: a\n---\nSECRET\n",
    "assets/pier.png": PNG,
    "_layouts/post.html": "<main>{{ content }}</main>",
    "_site/about.html": "<p>built</p>",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        written(tmp_path / "old", name, text)
    return tmp_path / "old"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path / "new")


def _addresses(site: Path, old: Path) -> dict[str, str]:
    report = run_import(site, old)
    return {Path(one.original).relative_to(old).as_posix(): one.address for one in report.imported}


def test_old_addresses_are_those_that_jekyll_gives(site: Path, old: Path) -> None:
    found = _addresses(site, old)
    assert found["_posts/2024-07-03-Pier-lights.md"] == "/blog/news/city hall/2024/07/03/Pier-lights.html"
    assert found["_posts/2024-07-04-night.md"] == "/blog/fixed/2024/night/"
    assert found["_posts/2024-07-05-late.md"] == "/blog/2024/07/06/late.html"
    assert found["sea/_posts/2024-07-06-sea.md"] == "/blog/sea/2024/07/06/sea.html"
    assert found["_recipes/pie.md"] == "/blog/recipes/pie.html"
    assert found["about.md"] == "/blog/about.html"
    assert found["_drafts/idea.md"] == ""


@pytest.mark.parametrize(
    ("style", "address"),
    [
        ("pretty", "/blog/news/city hall/2024/07/03/Pier-lights/"),
        ("ordinal", "/blog/news/city hall/2024/185/Pier-lights.html"),
        ("weekdate", "/blog/news/city hall/2024/W27/Wed/Pier-lights.html"),
        ("none", "/blog/news/city hall/Pier-lights.html"),
        ("/:slugified_categories/:i_month/:slug", "/blog/news/city-hall/7/pier-lights"),
    ],
)
def test_a_style_of_permalinks_decides_addresses(site: Path, old: Path, style: str, address: str) -> None:
    written(old, "_config.yml", f"{SETTINGS}permalink: {style}\n")
    assert _addresses(site, old)["_posts/2024-07-03-Pier-lights.md"] == address


def test_what_was_not_public_is_held_back(site: Path, old: Path) -> None:
    report = run_import(site, old)
    assert {one.title for one in report.imported if one.held} == {"u", "off", "in", "idea", "idea 2", "kim"}


def test_links_and_pictures_lose_their_liquid_and_code_keeps_its_own(site: Path, old: Path) -> None:
    run_import(site, old)
    text = next(
        text.decode() for path, text in contents(site).items() if "title: 부두" in text.decode("utf-8", "replace")
    )
    assert "[밤](/blog/fixed/2024/night/) [소개](/blog/about.html)" in text
    assert "![부두](pier.png)" in text
    assert "`[밤](night.md)`" in text
    assert "tags: [News, City Hall, 섬, 배편]" in text or "tags: [섬, 배편, News, City Hall]" in text
    assert "/blog/older" in text


def test_a_title_comes_from_the_name_of_the_file(site: Path, old: Path) -> None:
    assert "Night" in {one.title for one in run_import(site, old).imported}


def test_what_is_no_text_is_named_with_its_kind(site: Path, old: Path) -> None:
    left = {one.what: speak(one.why) for one in run_import(site, old).left}
    assert left["index.html"] == "list page that a template makes"
    assert left["README.md"] == "file without front matter"
    assert left["scripts/a.md"] == "file that the settings exclude"
    assert {"_layouts/", "_site/"} <= left.keys()


def test_folders_of_posts_and_drafts_named_alone_are_understood_by_their_site(site: Path, old: Path) -> None:
    report = run_import(site, old / "_posts", old / "_drafts")
    assert {one.title for one in report.imported if one.held} == {"u", "off", "idea"}


def test_settings_that_cannot_be_read_hold_everything_back(site: Path, old: Path) -> None:
    written(old, "_config.yml", "defaults: [\n - {: }\nx")
    assert all(one.held for one in run_import(site, old).imported)


def test_addresses_are_those_of_the_program_itself(site: Path, old: Path) -> None:
    program = shutil.which("jekyll")
    if not program:
        pytest.skip("Jekyll is not installed: its own addresses are not compared")
    for name in ("_site", "_drafts"):
        shutil.rmtree(old / name)
    public = old.parent / "public"
    subprocess.run([program, "build", "--quiet", "--source", old, "--destination", public], check=True)
    made = {path.relative_to(public).as_posix() for path in public.rglob("*.html")} - {"index.html"}
    addresses = {f"/blog/{path.removesuffix('index.html')}" for path in made}
    assert addresses <= set(_addresses(site, old).values())
