"""An old site is found however its folder is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from importing.origins.old_folders import PROGRAMS


@pytest.mark.parametrize("called", ["old", "./old", "../desk/old", ".", "link", "above/old", "old/"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_folder_is_read_from_the_folder_at_hand_and_through_links(
    program: str, called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    for name, text in PROGRAMS[program].items():
        written(desk / "old", name, text)
    (desk / "link").symlink_to("old")
    (desk / "above").symlink_to(desk)
    site = new_site(tmp_path / "site")
    monkeypatch.chdir(desk / "old" if called == "." else desk)
    report = run_import(site, called)
    assert [str(problem) for problem in report.problems if problem.severity == "error"] == []
    assert [(one.title, str(tmp_path) in one.original) for one in report.imported] == [("섬", False)]
    assert any("글이다." in text.decode() for text in contents(site).values())
