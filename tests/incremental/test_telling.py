"""What a build says of its reasons, on request: ``--explain``, ``--verify``, ``--clean`` and ``yoyak why``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import json

from incremental.desk import AT
from incremental.laws import is_a_reason
from incremental.oracle import bytes_of, files_below
from sites import article, build_site, tree, write_site
from yoyak.messages.catalogue import speak

pytestmark = pytest.mark.slow
Yoyak = Callable[..., subprocess.CompletedProcess[str]]
FILES = {
    f"content/글-{number}.md": article(f"{number}번째 글.", title=f"글 {number}", tags=[f"꼬리표 {number % 2}"])
    for number in range(4)
}
EDITED = article("고친 글.", title="고친 글", tags=["꼬리표 1"])


@pytest.fixture
def folder(quick_path: Path) -> Path:
    folder = write_site(quick_path / "site", FILES, plain=True)
    build_site(folder)
    return folder


def edit(folder: Path) -> None:
    (folder / "content/글-1.md").write_text(EDITED, encoding="utf-8")


def restyle(folder: Path, template: str) -> None:
    place = folder / "templates" / template
    text = place.read_text(encoding="utf-8")
    assert "<h1>" in text
    place.write_text(text.replace("<h1>", "<h1 class='new'>"), encoding="utf-8")


def explained(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the reasons that were printed, by their pages."""
    lines = (line.partition(": ") for line in done.stdout.splitlines())
    return {path: reason for path, _, reason in lines if path.endswith((".html", ".xml", ".json", ".txt"))}


def test_explain_prints_a_sentence_for_every_page_that_is_rendered(yoyak: Yoyak, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "site")
    edit(folder)
    edit(tmp_path / "site")
    done = yoyak("build", "--site", folder, "--at", AT, "--explain")
    told = explained(done)
    assert done.returncode == 0, done.stderr
    assert "articles/글-1/index.html" in told
    assert [reason for reason in told.values() if not is_a_reason(reason)] == []
    assert told == {path: speak(why) for path, why in build_site(tmp_path / "site").report.reasons.items()}


def test_explain_of_an_unchanged_site_names_no_page(yoyak: Yoyak, folder: Path) -> None:
    assert explained(yoyak("build", "--site", folder, "--at", AT, "--explain")) == {}


def test_reason_of_an_edited_article_names_its_file(folder: Path) -> None:
    edit(folder)
    assert "content/글-1.md" in speak(build_site(folder).report.reasons["articles/글-1/index.html"])


def test_reason_of_a_changed_template_names_it(folder: Path) -> None:
    restyle(folder, "article.html")
    reasons = build_site(folder).report.reasons
    assert len(reasons) == len(FILES)
    assert {path for path in reasons if path.startswith("articles/")} == set(reasons)
    assert [reason for reason in reasons.values() if "article.html" not in speak(reason)] == []


def test_reason_names_only_the_templates_that_the_page_reads(folder: Path) -> None:
    restyle(folder, "article.html")
    restyle(folder, "term.html")
    reasons = build_site(folder).report.reasons
    assert speak(reasons["articles/글-1/index.html"]) == "A template that it uses changed: article.html."


def test_reason_of_a_page_in_the_place_of_an_old_address_says_so(folder: Path) -> None:
    moved = article("고친 글.", title="글 1", tags=["꼬리표 1"], aliases=["/about"])
    (folder / "content/글-1.md").write_text(moved, encoding="utf-8")
    build_site(folder)
    (folder / "content/pages").mkdir()
    (folder / "content/pages/about.md").write_text("---\ntitle: 소개\n---\n\n우리는.\n", encoding="utf-8")
    (folder / "content/글-1.md").write_text(article("고친 글.", title="글 1", tags=["꼬리표 1"]), encoding="utf-8")
    assert speak(build_site(folder).report.reasons["about/index.html"]) == "Another kind of page had its address."


def test_verify_finds_nothing_in_a_site_that_is_as_it_should_be(yoyak: Yoyak, folder: Path) -> None:
    edit(folder)
    report = build_site(folder, verify=True).report
    assert (report.complete, report.differing) == (True, ())
    assert yoyak("build", "--site", folder, "--at", AT, "--verify").returncode == 0


def test_verify_leaves_nothing_behind(folder: Path) -> None:
    build_site(folder)
    before = bytes_of(files_below(folder / "output")), {path.name for path in folder.rglob("*")}
    build_site(folder, verify=True)
    assert (bytes_of(files_below(folder / "output")), {path.name for path in folder.rglob("*")}) == before


def test_clean_renders_every_page_and_writes_none_that_is_right(folder: Path) -> None:
    report = build_site(folder, clean=True).report
    pages = {path for path in tree(folder / "output") if not path.startswith("assets/")}
    assert report.rendered == len(pages)
    assert dict(report.reasons) == {}, "none differs"
    assert (report.written, report.changed, report.removed) == ((), (), ())


def test_clean_is_incremental_again_afterwards(yoyak: Yoyak, folder: Path) -> None:
    assert yoyak("build", "--site", folder, "--at", AT, "--clean").returncode == 0
    assert dict(build_site(folder).report.reasons) == {}


@pytest.mark.parametrize(
    "named",
    ["/articles/글-1/", "https://digest.example.org/articles/글-1/", "/articles/%EA%B8%80-1/", "content/글-1.md"],
)
def test_why_knows_a_page_by_its_address_and_by_its_file(yoyak: Yoyak, folder: Path, named: str) -> None:
    done = yoyak("why", named, "--site", folder)
    assert done.returncode == 0, done.stderr
    assert "articles/글-1/index.html" in done.stdout


def test_why_answers_programs_in_json(yoyak: Yoyak, folder: Path) -> None:
    done = yoyak("why", "/articles/글-1/", "--site", folder, "--json")
    assert done.returncode == 0, done.stderr
    assert json.decode(done.stdout)


@pytest.mark.parametrize("named", ["/articles/없는-글/", "content/없는-글.md", "https://other.example/"])
def test_why_says_that_it_knows_no_such_page(yoyak: Yoyak, folder: Path, named: str) -> None:
    done = yoyak("why", named, "--site", folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert named.rsplit("/", 1)[-1] in done.stdout


def test_why_says_what_to_do_when_nothing_was_built(yoyak: Yoyak, quick_path: Path) -> None:
    folder = write_site(quick_path / "new", FILES, plain=True)
    done = yoyak("why", "/", "--site", folder)
    assert done.returncode == 1
    assert "yoyak build" in done.stderr
