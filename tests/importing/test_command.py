"""``yoyak import`` as a user has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from importing.desk import ORIGINALS, contents, new_site, written

Run = Callable[..., "CompletedProcess[str]"]
BUS = "---\ntitle: 새 배 뜬다\ndate: 2024-07-03\nthemes: [islands]\n---\n\n새 배가 다닌다.\n"


def test_the_closing_lines_say_what_to_look_at(yoyak: Run, tmp_path: Path) -> None:
    site, place = new_site(tmp_path / "site"), written(tmp_path, "배.md", BUS)
    done = yoyak("import", place, "--site", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "content/2024/07/2024-07-03-배.md · 새 배 뜬다",
        "1 article written.",
        "Next: read them over (yoyak serve), then yoyak check. The originals are in content/_sources/.",
        "The whole list is in import-report.html.",
    ]
    again = yoyak("import", place, "--site", site)
    assert again.stdout.splitlines() == [
        f"{place} was imported before: content/2024/07/2024-07-03-배.md",
        "0 articles written.",
        "The whole list is in import-report.html.",
    ]


def test_the_help_names_every_program_that_from_takes(yoyak: Run, tmp_path: Path) -> None:
    place = written(tmp_path, "배.md", BUS)
    known = yoyak("import", place, "--from", "zzz", "--site", new_site(tmp_path / "site")).stderr
    names = known.partition("There are: ")[2].strip().rstrip(".")
    assert "hugo" in names
    assert f"{names}." in " ".join(yoyak("import", "--help").stdout.split())


def test_a_folder_is_taken_with_what_can_be_read_in_it(yoyak: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    written(inbox, "2024/배.md", BUS)
    written(inbox, "notes.pptx", b"PK\x03\x04")
    written(inbox, "empty.txt", "")
    done = yoyak("import", inbox, "--site", new_site(tmp_path / "site"))
    assert done.returncode == 1
    assert done.stderr == f"{inbox}/empty.txt: error: This file is empty. Save it again. [not-importable]\n"
    assert "Left alone: 1 file of other kinds: .pptx (1)." in done.stdout
    assert "1 article written; 1 file not imported." in done.stdout


def test_a_dry_run_says_the_same_and_writes_nothing(yoyak: Run, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    done = yoyak("import", ORIGINALS, "--site", site, "--dry-run")
    assert done.returncode == 0
    assert "10 articles would be written." in done.stdout
    assert contents(site) == {}
    assert not (site / ".yoyak").exists()


def test_a_program_is_told_everything(yoyak: Run, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    done = yoyak("import", ORIGINALS / "plain-mail.eml", "nowhere.txt", "--site", site, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert [problem["code"] for problem in answer["problems"]] == ["not-importable"]
    assert answer["imported"] == [
        {
            "path": "content/2024/07/2024-07-06-plain-mail.md",
            "title": "등대지기의 하루",
            "original": str(ORIGINALS / "plain-mail.eml"),
            "kept": "mail 3a3a160e81d421de4b5dcdcd",
            "pictures": 0,
            "unsure": ["authors", "no theme"],
            "held": [],
            "address": "",
            "status": "approved",
            "comments": [],
            "url": "/articles/plain-mail/",
            "text": "",
        }
    ]


def test_a_quiet_run_prints_problems_only(yoyak: Run, tmp_path: Path) -> None:
    done = yoyak("import", written(tmp_path, "배.md", BUS), "--site", new_site(tmp_path / "site"), "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_kept_original_can_be_shown_and_imported_again_when_its_article_is_gone(yoyak: Run, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    yoyak("import", ORIGINALS / "누리군-빈집.txt", "--site", site)
    kept = site / "content/_sources/2024-07-04-누리군-빈집/누리군-빈집.txt"
    shown = yoyak("show", kept)
    assert shown.returncode == 0
    assert "누리군, 빈집 300채" in shown.stdout
    article = site / "content/2024/07/2024-07-04-누리군-빈집.md"
    before = article.read_bytes()
    article.unlink()
    again = yoyak("import", kept, "--site", site)
    assert "1 article written." in again.stdout
    assert article.read_bytes() == before


def test_wrong_usage_is_told(yoyak: Run, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    assert yoyak("import", "--site", site).returncode == 2
    done = yoyak("import", written(tmp_path, "a.md", BUS), "--site", site, "--theme", "섬나라")
    assert done.returncode == 1
    assert done.stderr == 'yoyak: There is no theme "섬나라" in site.yaml. The themes are islands, harbour.\n'
