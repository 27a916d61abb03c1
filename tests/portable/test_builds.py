"""A portable build has its own folder, stays right when it is built again, and checks its links as any build does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sites import SETTINGS, Built, article, build_site, problems, tree, write_site
from yoyak.build.build import BuildRequest, build
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST
from yoyak.publish.output import read_output

BELOW = SETTINGS.replace("example.org/", "example.org/below/")
FILES = {
    "content/ferry.md": article("배가 [떴다](crane.md#둘).", title="배", aliases=["/old/ferry"], tags=["섬 & 바다"]),
    "content/crane.md": article("첫 문단.\n\n## 둘\n\n[표](/tags/)", title="기중기", summary="기중기의 요약"),
    "content/draft.md": article("[배](ferry.md)", title="초안", status="draft"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", FILES, BELOW)


def portable(site: Path, **request: object) -> Built:
    return build_site(site, portable=True, output=None, **request)._replace(output=site / "portable")


def inner_addresses(folder: Path) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))
    return {address for text in texts for address in re.findall(r' (?:href|src)="([^"]*)"', text)}


def test_it_has_its_own_folder_beside_the_output(site: Path) -> None:
    usual = build_site(site)
    before = tree(usual.output)
    found = portable(site)
    assert found.report.complete
    assert found.report.output == str(site / "portable")
    assert tree(usual.output) == before
    assert set(tree(found.output)) == set(before)
    assert (found.output / MANIFEST).is_file()


def test_no_address_of_a_page_begins_at_the_root(site: Path) -> None:
    found = inner_addresses(portable(site).output)
    assert {address for address in found if address.startswith("/") or address.endswith("/")} <= {
        address for address in found if address.startswith("https://")
    }


def test_feeds_and_the_sitemap_name_the_published_site(site: Path) -> None:
    usual, found = build_site(site), portable(site)
    for name in ("feed.xml", "rss.xml", "feed.json", "sitemap.xml", "robots.txt"):
        assert (found.output / name).read_bytes() == (usual.output / name).read_bytes()


def test_an_old_address_leads_on_from_where_it_is(site: Path) -> None:
    assert 'content="0; url=../../articles/ferry/index.html"' in portable(site).text("old/ferry")


def test_a_portable_preview_shows_drafts_and_cannot_be_deployed(site: Path) -> None:
    found = portable(site, preview=True)
    assert "articles/draft/index.html" in found.paths()
    assert "__yoyak" not in found.text("")
    assert '<meta name="robots" content="noindex">' in found.text("articles/draft")
    with pytest.raises(YoyakError, match="preview"):
        read_output(site=site, output=found.output)


def test_a_build_after_an_edit_equals_one_from_nothing(site: Path) -> None:
    portable(site)
    (site / "content/crane.md").write_text(
        article("새 문단. [배](ferry.md)\n\n## 둘\n", title="기중기", summary="새 요약"), "utf-8"
    )
    found = portable(site)
    assert problems(found) == []
    assert 0 < len(found.report.changed) < 20
    other = build_site(site, portable=True, output=site / "other", clean=True)
    assert tree(found.output) == tree(other.output)
    assert portable(site).report.rendered == 0


def test_a_link_to_an_article_that_goes_is_reported_by_the_next_build(site: Path) -> None:
    assert portable(site).report.complete
    (site / "content/crane.md").unlink()
    found, usual = portable(site), build_site(site)
    assert problems(found) == problems(usual) != []
    assert not found.report.complete
    (site / "content/ferry.md").write_text(article("Ohne Verweis."), "utf-8")
    found = portable(site)
    assert "articles/crane/index.html" not in found.paths()
    assert tree(found.output) == tree(build_site(site, portable=True, output=site / "other", clean=True).output)


def test_one_folder_may_be_built_either_way_in_turn(site: Path) -> None:
    usual = tree(build_site(site).output)
    assert tree(build_site(site, portable=True).output) != usual
    assert tree(build_site(site).output) == usual


def test_a_verified_build_differs_in_nothing(site: Path) -> None:
    assert portable(site, verify=True).report.differing == ()


def test_two_processes_make_the_same_as_one(site: Path) -> None:
    one = tree(portable(site).output)
    assert tree(build_site(site, portable=True, output=site / "two", jobs=2).output) == one


def test_a_broken_link_is_reported_as_in_any_build(site: Path) -> None:
    (site / "content/lost.md").write_text(
        article("[weg](/nowhere/)\n[weg](ferry.md#kein-ort)", title="verloren"), "utf-8"
    )
    usual, found = build_site(site), portable(site)
    assert not found.report.complete
    assert problems(found) == problems(usual) != []


def test_templates_of_a_site_may_write_addresses_as_they_like(site: Path) -> None:
    templates = {
        "not_found.html": "<base href='/below/tags/'><a href=./>a</a><A HREF = '/below/'>b</A>"
        "<img SRC=/below/assets/x.svg>",
        "assets/own.css": "@font-face { src: url('/below/assets/x.woff2') }",
    }
    write_site(site, {f"templates/{name}": text for name, text in templates.items()}, BELOW)
    found = portable(site)
    page = found.text("404.html")
    assert '<a href="tags/index.html">a</a><a href="index.html">b</a><img src="assets/x.svg">' in page
    (sheet,) = (path for path in found.paths() if path.startswith("assets/own."))
    assert 'url("x.woff2")' in found.text(sheet)


def test_the_manifest_lists_what_was_written(site: Path) -> None:
    found = portable(site)
    listed = json.loads((found.output / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert set(listed) == found.paths()
    assert build(BuildRequest(folder=site, portable=True)).complete
