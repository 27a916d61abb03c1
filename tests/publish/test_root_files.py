"""Files of content/public/ from the folder of a desk to a target: hidden ones and those that hosts read, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.desks import Desk, branch_tree, tree
from sites import SETTINGS, article, build_site, write_site
from yoyak.model.targets import FolderTarget

FILES = {
    "CNAME": "digest.example.org\n",
    ".nojekyll": "",
    ".well-known/security.txt": "Contact: mailto:desk@digest.example.org\n",
    ".htaccess": "Options -Indexes\n",
    "ads.txt": "a, b\n",
}


def write(site: Path) -> None:
    files = {f"content/public/{path}": text for path, text in FILES.items()}
    settings = SETTINGS + "hosting: {headers: true, public: [.htaccess]}\n"
    write_site(site, {"content/a.md": article(), **files}, settings)
    assert build_site(site, jobs=1).report.complete


@pytest.fixture
def folder_desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, FolderTarget(path=str(tmp_path / "www")))


def test_a_folder_gets_them_and_loses_those_that_are_gone(folder_desk: Desk, tmp_path: Path) -> None:
    write(folder_desk.site)
    folder_desk.deploys()
    there = tree(tmp_path / "www")
    assert {path: there[path].decode() for path in FILES} == FILES
    assert "_headers" in there
    (folder_desk.site / "content/public/.well-known/security.txt").unlink()
    build_site(folder_desk.site, jobs=1)
    folder_desk.deploys()
    assert not (tmp_path / "www" / ".well-known").exists()


def test_a_branch_gets_them_and_one_nojekyll(git_desk: Desk, remote: Path) -> None:
    write(git_desk.site)
    git_desk.deploys()
    there = branch_tree(remote)
    assert {path: there[path].decode() for path in FILES} == FILES
    assert git_desk.deploys().commit == ""
