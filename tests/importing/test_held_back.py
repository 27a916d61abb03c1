"""What was not public where it comes from stays out, whatever says so: a key, a file's name, its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from yoyak.messages.catalogue import speak

TEXT = "---\ntitle: 부두 소식\ndate: 2024-07-01\n---\n\n본문 한 줄이다.\n"


@pytest.mark.parametrize("name", ["_drafts/a.md", "drafts/a.md", "draft_a.md", "a.draft.md", ".unpublished/a.md"])
def test_a_name_that_says_draft_makes_a_draft(tmp_path: Path, name: str) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path / "old", name, TEXT)
    report = run_import(site, tmp_path / "old")
    assert "status: draft" in only_article(site)
    assert report.imported[0].held


@pytest.mark.parametrize("line", ["tags: [draft, 섬]", "tags: ['#draft']", "tags: 초안", "label: 비공개"])
def test_a_tag_that_says_draft_makes_a_draft_where_all_keys_are_known(tmp_path: Path, line: str) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.md", TEXT.replace("date:", f"{line}\ndate:")))
    assert "status: draft" in only_article(site)


def test_an_article_of_ones_own_may_be_about_drafts(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.md", TEXT.replace("date:", "tags: [draft]\nthemes: [항구]\ndate:")))
    assert "status: draft" not in only_article(site)


def test_a_folder_of_drafts_that_is_named_itself_makes_drafts(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path, "_drafts/a.md", TEXT)
    run_import(site, tmp_path / "_drafts")
    assert "status: draft" in only_article(site)


def test_posts_of_a_plain_folder_are_walked_and_what_is_passed_over_is_named(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path / "old", "_posts/2024-07-01-a.md", TEXT)
    written(tmp_path / "old", "_layouts/post.html", "<p>{{ content }}</p>")
    report = run_import(site, tmp_path / "old")
    assert next(name for name in contents(site) if name.endswith(".md")).startswith("2024/")
    assert "status:" not in only_article(site)
    assert [(one.what.strip("/").rpartition("/")[2], speak(one.why)) for one in report.left] == [
        ("_layouts", "template")
    ]


@pytest.mark.parametrize(
    ("meta", "held"),
    [
        ('<meta name="status" content="draft">', True),
        ("<META NAME=draft CONTENT=true>", True),
        ("<meta name='published' content='no' />", True),
        ('<meta name="status" content="200">', False),
        ('<meta name="private" content="false">', False),
    ],
)
def test_a_page_that_says_draft_in_its_head_makes_a_draft(tmp_path: Path, meta: str, *, held: bool) -> None:
    site = new_site(tmp_path / "site")
    text = "첫 배는 여섯 시에 떠난다고 가온시가 3일 밝혔다. 막배는 열 시에 떠나고 표는 부두에서 판다고 한다."
    head = f"<html><head><title>부두 소식</title>{meta}</head>"
    page = f"{head}<body><h1>부두 소식</h1><p>{text}</p><p>{text}</p></body></html>"
    run_import(site, written(tmp_path, "a.html", page))
    assert ("status: draft" in only_article(site)) is held
