"""All that is wrong with a site is reported in one run, also in files that an error keeps off it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites import article, build_site, write_site

GOOD = {"content/good.md": article()}


def told(folder: Path, path: str = "content/a.md") -> list[str]:
    """Return what is said of a file: ``13 broken-link``."""
    report = build_site(folder).report
    return [f"{problem.line} {problem.code}" for problem in report.problems if problem.path == path]


BROKEN_LINK = "[섬](/articles/nowhere/)"
MISSING = "![등대](none.png)"


@pytest.mark.parametrize(
    ("keys", "body", "found"),
    [
        ({}, f"{MISSING}\n\n{BROKEN_LINK}", {"missing-picture", "broken-link"}),
        ({"date": "어제"}, BROKEN_LINK, {"bad-date", "broken-link"}),
        ({"date": "어제"}, f"{MISSING}\n\n{BROKEN_LINK}", {"bad-date", "missing-picture", "broken-link"}),
        ({"rights": "none", "themes": ["nichts"]}, BROKEN_LINK, {"bad-choice", "broken-link"}),
        ({"date": "어제"}, "[옆](gone.md)", {"bad-date", "broken-link"}),
        ({"date": "어제"}, "[집](https://digest.example.org/gone/)", {"bad-date", "broken-link"}),
    ],
)
def test_the_links_and_pictures_of_a_file_with_an_error_are_reported_with_it(
    tmp_path: Path, keys: dict[str, object], body: str, found: set[str]
) -> None:
    folder = write_site(tmp_path, GOOD | {"content/a.md": article(body, **keys)}, plain=True)
    assert {line.split()[1] for line in told(folder)} == found
    assert all(int(line.split()[0]) for line in told(folder))


def test_the_links_of_an_own_page_with_an_error_are_reported_with_it(tmp_path: Path) -> None:
    files = {"content/pages/about.md": f"---\ntitle: 소개\nalias: x\n---\n\n{MISSING}\n\n{BROKEN_LINK}\n"}
    folder = write_site(tmp_path, GOOD | files, plain=True)
    assert told(folder, "content/pages/about.md") == ["3 unknown-key", "6 missing-picture", "8 broken-link"]


@pytest.mark.parametrize(
    "body",
    [
        "[집](/)", "[좋은 글](good.md)", "[좋은 글](good.md#x)", "[글](/articles/good/?a=1)", "[밖](https://other.example.org/)",
        "[피드](/feed.xml)", "[편지](mailto:a@example.org)", "[곳](#here)", "[다른 글](b.md)",
    ],
)  # fmt: skip
def test_a_right_link_of_a_file_with_an_error_is_not_reported(tmp_path: Path, body: str) -> None:
    """Nor is one to another file with an error: whether it leads anywhere is known when that one is right."""
    files = {"content/a.md": article(body, date="어제"), "content/b.md": article(date="어제")}
    assert {line.split()[1] for line in told(write_site(tmp_path, GOOD | files, plain=True))} == {"bad-date"}


def test_a_file_whose_front_matter_is_not_sure_is_reported_for_that_only(tmp_path: Path) -> None:
    text = f"title: 하나\ndate: 2024-07-03\n\n{BROKEN_LINK}\n"
    folder = write_site(tmp_path, GOOD | {"content/a.md": text}, plain=True)
    assert {line.split()[1] for line in told(folder)} == {"bad-fence"}


def test_what_is_put_right_is_gone_from_the_next_run(tmp_path: Path) -> None:
    folder = write_site(tmp_path, GOOD | {"content/a.md": article(BROKEN_LINK, date="어제")}, plain=True)
    assert len(told(folder)) == 2
    write_site(folder, {"content/nowhere.md": article()})
    assert {line.split()[1] for line in told(folder)} == {"bad-date"}
    write_site(folder, {"content/a.md": article(BROKEN_LINK)})
    assert told(folder) == []
