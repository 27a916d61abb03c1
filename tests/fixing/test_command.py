"""``yoyak fix`` on the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from msgspec import json

from fixing.desks import CAPTURE, SETTINGS, head
from golden import INVALID
from sites import build_site, problems, tree, write_site
from yoyak.fixing import REPAIRED
from yoyak.fixing.table import LEFT_TO_PEOPLE, REPAIRS

Yoyak = Callable[..., CompletedProcess[str]]

A = "content/2024/07/ferry.md"
ARTICLE = head("title: 배", "date: 2024-07-03", "themes: [transport]", "tags: [섬]", "tags: [배]", "weight: 010")
SHOWN = f"""\
{A}:7:9: "weight" must be a whole number, not "010". "010" becomes "10". (bad-number)
--- {A}
+++ {A}
@@ -4,7 +4,7 @@
 themes: [transport]
 tags: [섬]
 tags: [배]
-weight: 010
+weight: 10
 ---
\x20
 배가 떠났다.

"""
TO_DECIDE = f'{A}:6:1: error: "tags" is written twice, on lines 5 and 6. Keep one of them. [duplicate-key]\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, {A: ARTICLE}, SETTINGS)


def test_without_write_it_shows_a_diff_and_changes_nothing(site: Path, yoyak: Yoyak) -> None:
    before = tree(site)
    found = yoyak("fix", "--site", site)
    assert found.returncode == 1
    assert found.stdout == SHOWN + (
        "1 repair in 1 file possible, nothing written. Write them with: yoyak fix --write\n"
        "1 problem above is for you to decide.\n"
    )
    assert found.stderr == TO_DECIDE
    assert tree(site) == before


def test_with_write_it_shows_the_same_and_writes_it(site: Path, yoyak: Yoyak) -> None:
    found = yoyak("fix", "--site", site, "--write")
    assert found.returncode == 0
    assert found.stdout == SHOWN + (
        "1 repair in 1 file written. Build again to see what is left.\n1 problem above is for you to decide.\n"
    )
    assert found.stderr == TO_DECIDE
    assert (site / A).read_text(encoding="utf-8") == ARTICLE.replace("010", "10")


def test_a_second_run_has_nothing_to_do(site: Path, yoyak: Yoyak) -> None:
    yoyak("fix", "--site", site, "--write")
    found = yoyak("fix", "--site", site)
    assert (found.returncode, found.stdout.splitlines()[0]) == (0, "Nothing that yoyak fix can repair.")


def test_quiet_prints_only_what_a_person_must_decide(site: Path, yoyak: Yoyak) -> None:
    found = yoyak("fix", "--site", site, "--write", "-q")
    assert (found.stdout, found.stderr) == ("", TO_DECIDE)


def test_json_has_the_repairs_the_diff_and_what_is_undecided(site: Path, yoyak: Yoyak) -> None:
    found = yoyak("fix", "--site", site, "--json")
    told = json.decode(found.stdout)
    (file,) = told["files"]
    assert file["path"] == A
    assert file["repairs"] == [
        {
            "line": 7,
            "column": 9,
            "code": "bad-number",
            "message": '"weight" must be a whole number, not "010".',
            "repair": '"010" becomes "10".',
        }
    ]
    assert file["diff"].splitlines()[-5:-3] == ["-weight: 010", "+weight: 10"]
    assert (file["written"], file["trouble"]) == (False, "")
    assert [problem["code"] for problem in told["undecided"]] == ["duplicate-key"]


def test_it_looks_only_at_the_files_that_are_named(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(tmp_path, {"content/a.md": ARTICLE, "content/b.md": ARTICLE}, SETTINGS)
    yoyak("fix", "b.md", "--write", cwd=site / "content")
    assert (site / "content/a.md").read_text(encoding="utf-8") == ARTICLE
    assert (site / "content/b.md").read_text(encoding="utf-8") != ARTICLE


@pytest.mark.parametrize(
    ("name", "message"),
    [("out.md", "is not a file of the site"), ("site/notes.md", "is no article, edition, theme or page of this site")],
)
def test_a_file_that_is_none_of_the_site_is_told(tmp_path: Path, yoyak: Yoyak, name: str, message: str) -> None:
    site = write_site(tmp_path / "site", {}, SETTINGS)
    (tmp_path / name).write_text("x")
    found = yoyak("fix", tmp_path / name, "--site", site)
    assert found.returncode == 1
    assert message in found.stderr


def test_settings_are_repaired_first(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(tmp_path, {A: ARTICLE}, SETTINGS.replace("Seoul", "Seuol"))
    first = yoyak("fix", "--site", site)
    assert first.returncode == 1
    assert "+timezone: Asia/Seoul" in first.stdout
    assert "site.yaml has an error, so no other file was read" in first.stdout
    second = yoyak("fix", "--site", site, "--write")
    assert second.returncode == 0
    assert "2 repairs in 2 files written." in second.stdout


def test_settings_that_nothing_repairs_are_told(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(tmp_path, {A: ARTICLE}, SETTINGS.replace("Asia/Seoul", "여기"))
    found = yoyak("fix", "--site", site)
    assert (found.returncode, found.stdout) == (1, "")
    assert 'site.yaml:3:11: error: There is no time zone "여기".' in found.stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_build_says_that_something_can_be_repaired(site: Path, yoyak: Yoyak, command: str) -> None:
    line = "To see what can be fixed automatically: yoyak fix"
    assert line in yoyak(command, "--site", site).stdout.splitlines()
    yoyak("fix", "--site", site, "--write")
    assert line not in yoyak(command, "--site", site).stdout


def test_what_was_repaired_is_gone_from_the_next_build(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(
        tmp_path, {A: head("Title:배", "date: 20240703", "themes: cultrue", "status：Approved")}, SETTINGS
    )
    yoyak("fix", "--site", site, "--write")
    found = build_site(site)
    assert problems(found) == []
    assert (site / A).read_text(encoding="utf-8") == head(
        "title: 배", "date: 2024-07-03", "themes: culture", "status: approved"
    )


def test_no_guess_shows_more_of_an_article(tmp_path: Path, yoyak: Yoyak) -> None:
    before = head("title: 배", "date: 2024-07-03", "themes: culture", "rights: ful", "status: aproved")
    site = write_site(tmp_path, {A: before}, SETTINGS)
    yoyak("fix", "--site", site, "--write")
    assert (site / A).read_text(encoding="utf-8") == before


def test_a_year_is_inferred_from_the_day_that_the_build_infers_it_from(tmp_path: Path, yoyak: Yoyak) -> None:
    """Here the file's own time, for nothing else says when the page was copied."""
    site = write_site(tmp_path, {"content/capture.txt": CAPTURE}, SETTINGS)
    os.utime(site / "content/capture.txt", (1_577_836_800, 1_577_836_800))  # 2020-01-01
    assert "+date: 2019-07-03 09:00" in yoyak("fix", "--site", site, "--at", "2024-07-10").stdout.splitlines()


BROKEN = {
    "content/a.md": head("title: 하나", "date: 2024-07-03", "themes: [transport]") + "\n![등대](lighthouse.png)\n",
    "content/b.md": head("title: 둘", "date: 2024-07-03", "themes: [transport]") + "\n[섬](/articles/island/)\n",
}


def test_errors_that_no_edit_repairs_are_said_and_counted_and_the_command_that_lists_them_is_named(
    tmp_path: Path, yoyak: Yoyak
) -> None:
    site = write_site(tmp_path, BROKEN, SETTINGS)
    said = yoyak("fix", "--site", site)
    assert said.stdout.splitlines() == [
        "Nothing that yoyak fix can repair.",
        "2 errors remain that must be fixed by hand. List all with: yoyak check",
    ]
    assert [line.split(" ")[0] for line in said.stderr.splitlines()] == ["content/a.md:9:", "content/b.md:9:"]


def test_the_errors_that_remain_are_said_one_by_one_but_for_those_that_are_too_many(
    tmp_path: Path, yoyak: Yoyak
) -> None:
    text = head("title: 하나", "date: 2024-07-03", "themes: [transport]") + "".join(
        f"\n![등대](l{n}.png)\n" for n in range(30)
    )
    site = write_site(tmp_path, {"content/a.md": text}, SETTINGS)
    said = yoyak("fix", "--site", site)
    assert len(said.stderr.splitlines()) == 20
    assert "30 errors remain that must be fixed by hand. List all with: yoyak check" in said.stdout
    assert json.decode(yoyak("fix", "--site", site, "--json").stdout)["remaining"] == 30


@pytest.mark.parametrize("write", [(), ("--write",)], ids=["shown", "written"])
def test_only_what_a_repair_leaves_is_counted(tmp_path: Path, yoyak: Yoyak, write: tuple[str, ...]) -> None:
    site = write_site(tmp_path, {A: ARTICLE, "content/a.md": BROKEN["content/a.md"]}, SETTINGS)
    said = yoyak("fix", "--site", site, *write).stdout.splitlines()
    assert "1 error remains that must be fixed by hand. List all with: yoyak check" in said
    assert json.decode(yoyak("fix", "--site", site, "--json").stdout)["remaining"] == 1


def test_errors_of_files_that_were_not_named_are_not_counted(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(tmp_path, BROKEN, SETTINGS)
    assert "1 error remains" in yoyak("fix", "content/b.md", cwd=site).stdout


def test_a_site_that_cannot_be_built_is_not_called_whole(tmp_path: Path, yoyak: Yoyak) -> None:
    site = write_site(tmp_path, {A: head("title: 배"), "templates/article.html": "{% if %}"}, SETTINGS)
    said = yoyak("fix", "--site", site).stdout
    assert "The site cannot be built, so other errors were not counted. See why with: yoyak check" in said


def test_the_codes_that_a_build_points_to_fix_for_are_those_with_a_repair() -> None:
    assert REPAIRS.keys() == REPAIRED


def test_every_code_of_the_table_is_one_of_a_problem() -> None:
    text = (INVALID.parent.parent / "docs/reference/problems.md").read_text(encoding="utf-8")
    assert REPAIRS.keys() - {"missing-picture"} < LEFT_TO_PEOPLE
    assert [code for code in LEFT_TO_PEOPLE if f"### `{code}`" not in text] == []
