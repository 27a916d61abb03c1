"""Texts of programs that are known by nothing but how they write: MkDocs, Docusaurus, Zola, Notion."""

# ruff: noqa: E501 - the tables hold lines as they are written

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from rows import each_row


def _articles(site: Path) -> dict[str, str]:
    """Return the articles by the names of their files."""
    found = {name: data.decode() for name, data in contents(site).items() if name.endswith(".md")}
    return {name.rpartition("/")[2]: text for name, text in found.items() if not name.startswith("_sources/")}


@pytest.mark.parametrize(
    "lines",
    ["date:\n  created: 2024-03-01\n  updated: 2024-04-02", "date: {created: 2024-03-01, modified: 2024-04-02}"],
)
def test_a_date_of_mkdocs_says_when_and_when_last(lines: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "in/a.md", f"---\ntitle: 배\n{lines}\n---\n\n본문이다.\n"))
    assert "\ndate: 2024-03-01\nupdated: 2024-04-02\n" in only_article(site)


def test_a_folder_may_have_the_day_of_its_index(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path, "blog/2024-02-03-ferry/index.md", "---\ntitle: 배\n---\n\n본문이다.\n")
    run_import(site, tmp_path / "blog")
    assert "\ndate: 2024-02-03\n" in _articles(site)["2024-02-03-ferry.md"]


def test_a_link_of_zola_leads_to_what_its_text_became_and_not_to_a_draft(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    head = '+++\ntitle = "{}"\ndate = 2024-01-0{}\n{}+++\n\n'
    written(
        tmp_path, "z/content/blog/one.md", head.format("하나", 2, "") + "[둘](@/blog/two.md) [셋](@/blog/three.md).\n"
    )
    written(tmp_path, "z/content/blog/two.md", head.format("둘", 3, "") + "글이다.\n")
    written(tmp_path, "z/content/blog/three.md", head.format("셋", 4, "draft = true\n") + "글이다.\n")
    report = run_import(site, tmp_path / "z")
    assert "[둘](2024-01-03-two.md) 셋." in _articles(site)["2024-01-02-one.md"]
    assert [one.code for one in report.problems] == ["left-behind"]


HASH = "0123456789abcdef0123456789abcdef"


@each_row(
    ("properties", "head"),
    [
        ("상태: 초안\n날짜: 2024년 3월 5일\n태그: 배, 등대", "\ntags: [배, 등대]\n# Where it comes from, it says 상태: 초안\nstatus: draft\n"),
        ("Created: March 5, 2024 10:00 AM\nTags: boat", "\ndate: 2024-03-05 10:00\ntags: [boat]\n---"),
        ("Public: No\nCreated: March 5, 2024", "it says Public: No\nstatus: draft\n"),
        ("작성자: 김물결\nLast edited time: 2024-04-01\n날짜: 2024-03-05", "\nupdated: 2024-04-01\nauthors: [김물결]\n---"),
    ],
)  # fmt: skip
def test_properties_of_notion_are_read_and_decide(
    properties: str, head: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("notion")
    site = new_site(folder / "site")
    run_import(
        site, written(folder, f"in/부두 소식 {HASH}.md", f"# 부두 소식\n\n{properties}\n\n본문: 글이다.\n\n둘째다.\n")
    )
    ((name, text),) = _articles(site).items()
    assert head in text
    assert properties.partition("\n")[0] not in text.partition("\n---\n")[2]
    assert "본문: 글이다." in text
    assert name == "2024-03-05-부두-소식.md"


def test_a_page_of_notion_without_properties_keeps_its_first_lines(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, f"in/부두 소식 {HASH}.md", "# 부두 소식\n\n본문이다.\n\n알림: 쉽니다\n"))
    assert "본문이다.\n\n알림: 쉽니다" in only_article(site)
