"""From which day a date without a year is understood: what was written down, git, the file's own time, today."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sites import NOON, SETTINGS, built, write_site
from yoyak.messages.catalogue import speak
from yoyak.model.sources import Field
from yoyak.pipeline.load import load
from yoyak.pipeline.parse import read, surroundings
from yoyak.settings.config import load_config

SEOUL = ZoneInfo("Asia/Seoul")
PROSE = "시의회는 사흘째 물길을 따라 걸으며 오래된 다리와 둑을 살폈다. 의원들은 저마다 수첩을 꺼내 적었다.\n"
CAPTURE = f"물길을 따라 걷는 시의회\n입력 7월 3일 오전 9:00\n{PROSE}{PROSE}"


def date_of(folder: Path, path: str = "content/a.txt") -> tuple[Field, list[str]]:
    """Return how the date of a capture of a site is read, and the messages about it."""
    config, _ = load_config(folder, at=NOON, preview=False, environment={})
    assert config is not None
    content = load(folder)
    source = next(source for source in content.articles if source.path == path)
    found = read(source, surroundings(config, content.assets, {}))
    return found.fields["date"], [speak(p.message) for p in found.problems if p.code == "date-year-inferred"]


def site(folder: Path, text: str = CAPTURE, path: str = "content/a.txt", changed: str = "2023-08-01") -> Path:
    write_site(folder, {path: text})
    stamp = datetime.fromisoformat(changed).replace(tzinfo=SEOUL).timestamp()
    os.utime(folder / path, (stamp, stamp))
    return folder


def git(folder: Path, *arguments: str, day: str = "2022-08-01") -> None:
    names = {f"GIT_{who}_{what}": "desk" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {f"GIT_{who}_DATE": f"{day}T12:00:00+09:00" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", "-C", folder, *arguments], check=True, capture_output=True, env={**os.environ, **names, **days}
    )


def rules(field: Field) -> list[str]:
    return [evidence.rule for evidence in field.evidence if evidence.rule.startswith("year-")]


@pytest.mark.parametrize(
    ("text", "path", "year", "rule"),
    [
        (f"---\ncaptured: 2021-07-10\n---\n{CAPTURE}", "content/a.txt", 2021, "year-from-captured"),
        (f"---\ncaptured: 2021-07-10\n---\n{CAPTURE}", "content/2020-07-10-a.txt", 2021, "year-from-captured"),
        (CAPTURE, "content/2020-07-10-a.txt", 2020, "year-from-file-name"),
    ],
)
def test_a_day_that_was_written_down_settles_the_year(
    tmp_path: Path, text: str, path: str, year: int, rule: str
) -> None:
    field, messages = date_of(site(tmp_path, text, path), path)
    assert (field.value.value.year, rules(field), messages) == (year, [rule], [])


def test_git_knows_when_a_capture_came(tmp_path: Path) -> None:
    folder = site(tmp_path)
    git(folder, "init", "-q")
    git(folder, "add", "content")
    git(folder, "commit", "-qm", "one", day="2022-08-01")
    (folder / "content/a.txt").write_text(CAPTURE + PROSE, encoding="utf-8")
    git(folder, "commit", "-qam", "two", day="2023-08-01")
    field, messages = date_of(folder)
    assert (field.value.value.year, rules(field)) == (2022, ["year-from-git"])
    assert messages[0].endswith("the last such day up to 2022-08-01, when git first had this file.")


def test_without_git_the_files_own_time_counts(tmp_path: Path) -> None:
    field, messages = date_of(site(tmp_path))
    assert (field.value.value.year, rules(field)) == (2023, ["year-from-file-time"])
    assert messages[0].endswith("up to 2023-08-01, when this file was last changed.")


def test_a_clone_of_the_newest_commit_only_knows_nothing(tmp_path: Path) -> None:
    folder = site(tmp_path)
    git(folder, "init", "-q")
    git(folder, "add", "content")
    git(folder, "commit", "-qm", "one")
    (folder / ".git" / "shallow").write_text("", encoding="utf-8")
    assert rules(date_of(folder)[0]) == ["year-from-file-time"]


def test_nothing_was_seen_after_the_clock_of_the_build(tmp_path: Path) -> None:
    field, _ = date_of(site(tmp_path, changed="2030-01-01"))
    assert (field.value.value.year, rules(field)) == (2024, ["year-from-today"])


def test_a_name_that_git_would_take_for_a_pattern_is_only_a_name(tmp_path: Path) -> None:
    path = "content/:(exclude)물길 [1].txt"
    folder = site(tmp_path, path=path)
    git(folder, "init", "-q")
    git(folder, "add", "content")
    git(folder, "commit", "-qm", "one")
    assert rules(date_of(folder, path)[0]) == ["year-from-git"]


def test_a_site_inside_of_a_larger_repository_is_found_there(tmp_path: Path) -> None:
    folder = site(tmp_path / "desk" / "site")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "desk")
    git(tmp_path, "commit", "-qm", "one")
    assert rules(date_of(folder)[0]) == ["year-from-git"]


def test_a_capture_whose_dates_have_years_asks_nobody(tmp_path: Path) -> None:
    text = CAPTURE.replace("7월 3일", "2019년 7월 3일")
    folder = site(tmp_path, text)
    assert [source.seen for source in load(folder).articles] == [None]
    assert rules(date_of(folder)[0]) == []


def test_a_build_without_git_ends_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / ".git").mkdir(parents=True)
    monkeypatch.setenv("PATH", "")
    found = built(tmp_path / "site", {"content/a.txt": CAPTURE}, SETTINGS)
    assert found.report.complete
