"""An import that is killed, or finds the disk full, at any change: no half article, and the next ends the work."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import pytest

from importing.desk import ORIGINALS, contents, new_site, run_import
from importing.interrupted import Interruption, import_interrupted


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("name", "how"), [("pier-lights.html", "killed"), ("누리군-빈집.txt", "disk full")])
def test_an_interrupted_import_leaves_no_half_and_the_next_makes_it_whole(
    name: str, how: Interruption, tmp_path: Path
) -> None:
    whole = new_site(tmp_path / "whole")
    run_import(whole, ORIGINALS / name)
    expected = contents(whole)
    for number in count(1):
        site = new_site(tmp_path / str(number))
        status = import_interrupted(site, ORIGINALS / name, how, number)
        found = contents(site)
        assert {path: data for path, data in found.items() if expected.get(path) != data} == {}
        assert os.waitstatus_to_exitcode(status) != 70
        run_import(site, ORIGINALS / name)
        assert contents(site) == expected
        if status == 0:
            break
    assert number > 8
