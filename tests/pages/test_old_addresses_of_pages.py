"""Old addresses of pages of content/pages."""

from __future__ import annotations

from pathlib import Path

from sites import built, problems


def test_an_old_address_of_a_page_leads_to_it_and_its_own_is_none(tmp_path: Path) -> None:
    page = "---\ntitle: 소개\naliases: [/blog/about.html, /about/]\n---\n글.\n"
    found = built(tmp_path, {"content/pages/about.md": page})
    assert not [one for one in problems(found) if "about" in one]
    assert "/about/" in (tmp_path / "output" / "blog" / "about.html").read_text()


def test_an_old_address_of_a_page_that_none_can_have_is_an_error(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/pages/about.md": "---\ntitle: 소개\naliases: ['/a?b=1']\n---\n글.\n"})
    assert any("is no old address" in one for one in problems(found))
