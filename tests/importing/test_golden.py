"""One original of each kind, and the articles that they become: read them in expected/."""

from __future__ import annotations

from pathlib import Path

from importing.desk import EXPECTED, ORIGINALS, contents, new_site, run_import
from importing.golden import imported
from sites import build_site
from yoyak.messages.catalogue import paragraph


def test_each_kind_of_original_becomes_the_article_that_it_should(tmp_path: Path) -> None:
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()
    }
    assert imported(tmp_path) == expected


def test_originals_are_kept_as_they_were(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    for article in run_import(site, ORIGINALS, keep_originals=True).imported:
        assert (site / article.kept).read_bytes() == Path(article.original).read_bytes()


def test_what_was_imported_builds(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    report = run_import(site, ORIGINALS)
    found = build_site(site, preview=True)
    errors = [paragraph(problem) for problem in found.report.problems if problem.severity == "error"]
    assert errors == []
    assert found.report.articles == len(report.imported)


def test_a_second_import_of_the_same_files_changes_nothing(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    first = run_import(site, ORIGINALS)
    before = contents(site)
    second = run_import(site, ORIGINALS)
    assert contents(site) == before
    assert second.imported == ()
    assert {known.path for known in second.known} == {article.path for article in first.imported}
