"""Whole sites of Hugo."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from yoyak.messages.catalogue import speak

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
SETTINGS = """baseURL = 'https://old.example.org/blog/'
defaultContentLanguage = 'ko'
removePathAccents = true
[permalinks.page]
posts = '/:year/:month/:slug/'
docs = '/d/:sections/:contentbasename/'
[languages.ko]
[languages.en]
[taxonomies]
tag = 'tags'
topic = 'topics'
"""
FILES: dict[str, str | bytes] = {
    "hugo.toml": SETTINGS,
    "content/posts/pier.md": "---\ntitle: 부두, 다시!\ndate: 2024-07-03\ntags: [섬]\n"
    "topics: [배편]\nweight: 2\n"
    'aliases: [/pier/, old-pier]\n---\n본문. [다음](night.md#a) [또]({{< ref "night" >}}) '
    "![부두](/images/pier.png)\n",
    "content/posts/night.md": "+++\ntitle = '밤'\ndate = 2024-07-04T10:00:00+09:00\n"
    "slug = 'At Night'\n+++\n밤의 본문.\n",
    "content/posts/night.en.md": "---\ntitle: Night\ndate: 2024-07-04\n---\nText.\n",
    "content/posts/Trip/index.md": '{"title": "여행", '
    '"date": "2024-07-05", "url": "/fixed.html"}\n본문 ![배](boat.png)\n',
    "content/posts/Trip/boat.png": PNG + b"2",
    "content/posts/Trip/notes.md": "---\ntitle: n\n---\nnotes\n",
    "content/docs/Café/one.md": "---\ntitle: 하나\n---\n문서.\n",
    "content/about.md": "---\ntitle: 소개\n---\n소개 글.\n",
    "content/posts/draft.md": "---\ntitle: d\ndate: 2024-07-01\nDraft: yes\n---\nSECRET\n",
    "content/posts/never.md": "---\ntitle: n\ndate: 2024-07-01\nbuild: {render: never}\n---\nSECRET\n",
    "content/team/_index.md": "---\ntitle: t\ncascade:\n  - target: {path: '/team/**'}\n    draft: true\n---\n",
    "content/team/deep/a.md": "---\ntitle: a\ndate: 2024-07-01\n---\nSECRET\n",
    "content/later.md": "---\ntitle: l\npublishDate: 2199-01-01\n---\nSECRET\n",
    "content/posts/word.adoc": "= AsciiDoc\n",
    "static/images/pier.png": PNG,
    "static/CNAME": "old.example.org",
    "layouts/x.html": "<p>{{ .Content }}</p>",
    "archetypes/default.md": "---\ndraft: true\n---\n",
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


def _text(site: Path, title: str) -> str:
    return next(
        text.decode()
        for path, text in contents(site).items()
        if path.endswith(".md") and re.search(rf"^title: \"?{re.escape(title)}", text.decode(), re.MULTILINE)
    )


def test_old_addresses_are_those_that_hugo_gives(site: Path, old: Path) -> None:
    found = _addresses(site, old)
    assert found["content/posts/pier.md"] == "/blog/2024/07/부두-다시/"
    assert found["content/posts/night.md"] == "/blog/2024/07/at-night/"
    assert found["content/posts/night.en.md"] == "/blog/en/2024/07/night/"
    assert found["content/posts/Trip/index.md"] == "/blog/fixed.html"
    assert found["content/docs/Café/one.md"] == "/blog/d/docs/one/"
    assert found["content/about.md"] == "/blog/about/"


def test_what_was_not_public_is_held_back(site: Path, old: Path) -> None:
    report = run_import(site, old)
    held = {Path(one.original).stem for one in report.imported if one.held}
    assert held == {"draft", "never", "a", "later"}  # that one until its day
    assert "publish_at: 2199-01-01" in _text(site, "l")


def test_links_between_files_lead_to_old_addresses(site: Path, old: Path) -> None:
    run_import(site, old)
    text = _text(site, "부두")
    assert "[다음](/articles/at-night/)" in text
    assert "[또](/blog/2024/07/at-night/)" in text


def test_pictures_are_found_in_static_folders_and_in_bundles(site: Path, old: Path) -> None:
    run_import(site, old)
    assert {Path(path).name for path in contents(site) if path.endswith(".png")} == {"pier.png", "boat.png"}


def test_taxonomies_are_tags_aliases_stay_and_a_low_weight_comes_first(site: Path, old: Path) -> None:
    run_import(site, old)
    text = _text(site, "부두").replace('"', "")
    assert "tags: [섬, 배편]" in text
    assert "aliases: [/blog/2024/07/부두-다시/, /blog/pier/, /blog/2024/07/old-pier]" in text
    assert "weight: -2" in text


def test_undated_texts_outside_dated_sections_are_pages(site: Path, old: Path) -> None:
    run_import(site, old)
    assert {"pages/about.md", "pages/one.md"} <= contents(site).keys()


def test_what_no_reader_takes_is_named_with_its_kind(site: Path, old: Path) -> None:
    left = {one.what: speak(one.why) for one in run_import(site, old).left}
    assert left["content/posts/word.adoc"] == "text of a kind that yoyak does not read"
    assert left["content/posts/Trip/notes.md"] == "part of a page bundle"
    assert left["content/team/_index.md"] == "list page without a text"
    assert {"layouts/", "archetypes/", "static/CNAME"} <= left.keys()


def test_a_folder_of_the_content_obeys_the_settings_and_cascades_above_it(site: Path, old: Path) -> None:
    report = run_import(site, old / "content" / "team")
    assert [bool(one.held) for one in report.imported] == [True]


def test_settings_that_cannot_be_read_hold_everything_back(site: Path, old: Path) -> None:
    written(old, "hugo.toml", "baseURL = 'x\n")
    report = run_import(site, old)
    assert all(one.held for one in report.imported)
    assert any(problem.path == "hugo.toml" for problem in report.problems)


def test_links_in_the_folder_are_not_followed(site: Path, old: Path, tmp_path: Path) -> None:
    outside = written(tmp_path, "outside.md", "---\ntitle: outside\ndate: 2024-07-01\n---\nSECRET\n")
    (old / "content" / "posts" / "link.md").symlink_to(outside)
    run_import(site, old)
    assert not any(b"outside" in text for text in contents(site).values())


def test_addresses_are_those_of_the_program_itself(site: Path, old: Path) -> None:
    program = shutil.which("hugo")
    if not program:
        pytest.skip("Hugo is not installed: its own addresses are not compared")
    written(old, "layouts/_default/single.html", "<main>{{ .Content }}</main>")
    written(old, "layouts/_default/list.html", "")
    (old / "layouts" / "x.html").unlink()
    (old / "content" / "posts" / "word.adoc").unlink()
    subprocess.run([program, "--source", old, "--destination", old.parent / "public", "--quiet"], check=True)
    made = {path for path in (old.parent / "public").rglob("*.html") if "<main>" in path.read_text()}
    addresses = {
        f"/blog/{path.relative_to(old.parent / 'public').as_posix().removesuffix('index.html')}" for path in made
    }
    assert addresses <= set(_addresses(site, old).values())
