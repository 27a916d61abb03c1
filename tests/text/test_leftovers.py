"""Files that nobody wrote are passed over; what somebody wrote is not."""

from __future__ import annotations

from rows import each_row
from yoyak.text.names import is_leftover, is_systems_folder


@each_row(
    "name",
    [
        "Thumbs.db", "thumbs.db", "THUMBS.DB", "ehthumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "Icon\r",
        "~$회의록.docx", "~$표.xlsx", "._배.md", ".~lock.표.ods#", "배.md~", "~WRL0001.tmp", "배.TMP", ".배.md.swp",
        "#배.md#",
    ],
)  # fmt: skip
def test_a_file_that_a_program_left_is_known_by_its_name(name: str) -> None:
    assert is_leftover(name)


@each_row("name", ["배.md", "~배.md", "thumbs.md", "tmp", "db", "#", "desktop.ini.txt", "회의록.docx", "swp.md"])
def test_a_file_that_somebody_wrote_is_none(name: str) -> None:
    assert not is_leftover(name)


def test_a_folder_of_deleted_files_is_the_systems_and_one_of_any_name_is_not() -> None:
    assert is_systems_folder("$RECYCLE.BIN")
    assert not is_systems_folder("2024.tmp")
