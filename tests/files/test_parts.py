"""New files are whole or not there, whatever happens while they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from yoyak.files.parts import sync_folder, written_beside


def test_a_file_that_is_moved_is_all_that_stays(tmp_path: Path) -> None:
    place = tmp_path / "글.yaml"
    with written_beside(place, b"all\n") as part:
        assert part.parent == tmp_path
        assert part.name.startswith(".")
        part.replace(place)
    sync_folder(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"글.yaml": b"all\n"}


def test_a_file_that_is_not_moved_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "a.yaml"
    place.write_bytes(b"before\n")
    with pytest.raises(InterruptedError), written_beside(place, b"after\n"):
        raise InterruptedError
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before\n"]


def test_the_longest_name_of_a_disk_has_a_part_beside_it(tmp_path: Path) -> None:
    place = tmp_path / ("글" * 85)
    with written_beside(place, b"x") as part:
        part.replace(place)
    assert place.read_bytes() == b"x"


def test_what_lies_in_the_place_of_a_part_is_not_followed(tmp_path: Path) -> None:
    place, other = tmp_path / "a", tmp_path / "other"
    with written_beside(place, b"x") as part:
        name = part.name
    (tmp_path / name).symlink_to(other)
    with pytest.raises(FileExistsError), written_beside(place, b"x"):
        pass
    assert not other.exists()
