"""What an original says, and what its article says, is the same: as ``yoyak show`` shows both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from importing.desk import NOON, new_site, run_import
from yoyak.importing.results import Imported
from yoyak.show.show import Shown, show_file

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared" / "samples" / "captures"
ORIGINALS = [
    *(path for path in sorted((TESTS / "captures").glob("*.txt")) if not path.stem.endswith(".reading")),
    *sorted((TESTS / "saved_pages").glob("*.html")),
    *(TESTS.parent / "content/2024/06" / name for name in ("gaon-mulgil.txt", "rain-meter.html")),
]
NAMES = ["english-outlet.txt", "outlet-bracket-byline.txt", "portal-with-issue-line.txt", "portal-with-reactions.txt"]
DECIDED = {"slug", "themes", "status", "image"}
"""Fields that an import decides anew: where the article stands, and where its pictures are."""


class Archive(NamedTuple):
    site: Path
    articles: Mapping[str, Imported]
    """By the original."""
    refused: frozenset[str]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Everything imported into one site."""
    site = new_site(tmp_path_factory.mktemp("archive"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", NOON)
        report = run_import(site, *ORIGINALS, *sorted(SHARED.glob("*.txt")))
    refused = frozenset(problem.path for problem in report.problems if problem.severity == "error")
    return Archive(site, {article.original: article for article in report.imported}, refused)


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.name)
def test_an_article_says_what_its_original_says(original: Path, archive: Archive) -> None:
    _compare(original, archive)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_of_the_shared_captures_says_the_same(name: str, archive: Archive) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/samples is not here")
    _compare(SHARED / name, archive)


def test_nearly_everything_becomes_an_article(archive: Archive) -> None:
    assert len(archive.refused) <= len(archive.articles) // 10


def _compare(original: Path, archive: Archive) -> None:
    if str(original) in archive.refused:
        return
    article = archive.articles[str(original)]
    before, after = (show_file(archive.site / path, archive.site) for path in (article.kept, article.path))
    found = _fields(after)
    assert {name: found.get(name) for name in _fields(before)} == _fields(before)
    is_capture = before.kind == "capture"
    assert _words(after, pictures=is_capture) == _words(before, pictures=is_capture)
    assert [problem for problem in after.problems if problem.severity == "error"] == []


def _fields(shown: Shown) -> dict[str, Any]:
    return {name: _plain(field.value) for name, field in shown.fields.items() if name not in DECIDED}


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _words(shown: Shown, *, pictures: bool) -> Sequence[tuple[str, str, str]]:
    """Return the kind, the words and the credit of every piece.

    Pictures of pages are worded by each reader in its way, and so is the border between the cells of a table.
    """
    kept = (block for block in shown.body if pictures or block.kind not in ("figure", "caption"))
    return [(block.kind, " ".join(w for w in block.text.split() if w != "|"), block.credit or "") for block in kept]
