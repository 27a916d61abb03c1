"""``yoyak deploy`` notes every address that is online, and refuses while the note is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Done, run_yoyak
from sites import SETTINGS, article, write_site

DEPLOY = "deploy: {web: {kind: folder, path: ../web}}\n"
NOTE = "content/_urls.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one article, built."""
    folder = write_site(tmp_path / "site", {"content/a.md": article()}, SETTINGS + DEPLOY, plain=True)
    assert run_yoyak("build", "--site", folder, "--quiet").returncode == 0
    return folder


def deploy(site: Path, *options: str) -> Done:
    return run_yoyak("deploy", "--site", site, "--allow-example-address", *options)


def test_deploy_notes_the_addresses_and_the_next_one_changes_nothing(site: Path) -> None:
    assert deploy(site).returncode == 0
    text = (site / NOTE).read_text(encoding="utf-8")
    assert "\n/articles/a/: article " in text
    assert "404" not in text
    assert run_yoyak("build", "--site", site, "--quiet").returncode == 0
    assert deploy(site).returncode == 0
    assert (site / NOTE).read_text(encoding="utf-8") == text


def test_dry_run_and_a_plain_build_note_nothing(site: Path) -> None:
    assert deploy(site, "--dry-run").returncode == 0
    assert not (site / NOTE).exists()


def test_damaged_note_holds_the_deploy_back(site: Path) -> None:
    (site / NOTE).write_text("/a/: gone\n=======\n", encoding="utf-8")
    done = deploy(site)
    assert done.returncode == 1
    assert f"{NOTE}:2" in done.stderr
    assert not (site.parent / "web").exists()


def test_folder_in_the_place_of_the_note_holds_the_deploy_back(site: Path) -> None:
    (site / NOTE).mkdir()
    assert deploy(site).returncode == 1
    assert (site / NOTE).is_dir()
    assert not (site.parent / "web").exists()


def test_comments_and_answers_stay(site: Path) -> None:
    (site / NOTE).write_text("# the old shop\n/shop/: keep  # it is ours no more\n", encoding="utf-8")
    assert deploy(site).returncode == 0
    assert "# the old shop\n/shop/: keep  # it is ours no more\n" in (site / NOTE).read_text(encoding="utf-8")
