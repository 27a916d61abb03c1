"""What became of files since the last build: of the site's by their stamps and digests, of the output's on the disk."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from rows import each_row
from yoyak.incremental.stale_pages import OutputFiles, change_of
from yoyak.model.sources import NO_FILE, FileStamp
from yoyak.store.remembered import FileRow, PageRow
from yoyak.store.stamps import stamp_of_output

THEN = FileStamp(3, 1_000, 7, 0o100644, True)
LATER = THEN._replace(mtime_ns=2_000)
UNSURE = THEN._replace(sure=False)


@each_row(
    ("before", "now", "digest", "change"),
    [
        (None, None, "", ""),
        (None, THEN, "x", "new"),
        (FileRow(THEN, "x", b""), None, "", "gone"),
        (FileRow(THEN, "x", b""), THEN, "not asked", ""),
        (FileRow(THEN, "x", b""), LATER, "x", ""),
        (FileRow(THEN, "x", b""), LATER, "y", "changed"),
        (FileRow(THEN, "x 2024-07-10", b""), LATER, "x", ""),
        (FileRow(UNSURE, "x", b""), UNSURE, "y", "changed"),
        (FileRow(THEN, "", b""), LATER, "", "changed"),
        (FileRow(THEN, "", b""), THEN._replace(inode=8), "", ""),
    ],
    ids=[
        "never there", "came", "went", "the same stamp", "touched", "written", "a capture that was touched",
        "a stamp that is not sure", "another time of a file that is not read", "a picture that was copied",
    ],
)  # fmt: skip
def test_a_file_has_changed_when_its_bytes_have(
    before: FileRow | None, now: FileStamp | None, digest: str, change: str
) -> None:
    assert change_of(before, now, lambda: digest) == change


def written(folder: Path, path: str, data: bytes = b"page") -> PageRow:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    stamp = stamp_of_output(str(place)) or NO_FILE
    return PageRow("/", "page", "", b"", hashlib.sha256(data).hexdigest(), stamp, (), ())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def looked_at(output: Path, **rows: PageRow) -> OutputFiles:
    return OutputFiles(output, rows, {path: row.digest for path, row in rows.items()})


def test_a_file_as_it_was_written_has_no_fault(output: Path) -> None:
    row = written(output, "a")
    found = looked_at(output, a=row)
    assert (found.fault_of("a"), found.as_written) == ("", {"a": row})


def test_a_file_that_was_only_touched_is_kept_with_its_new_stamp(output: Path) -> None:
    row = written(output, "a")
    written(output, "a")
    found = looked_at(output, a=row)
    assert found.fault_of("a") == ""
    assert found.as_written["a"].stamp == stamp_of_output(f"{output}/a")


def test_a_file_that_is_not_there_or_is_no_file_is_missing(output: Path) -> None:
    a, b = written(output, "a"), written(output, "b")
    (output / "a").unlink()
    (output / "b").unlink()
    (output / "b").mkdir()
    found = looked_at(output, a=a, b=b)
    assert [found.fault_of("a"), found.fault_of("b")] == ["missing", "missing"]
    assert found.as_written == {}


def test_a_file_with_other_bytes_was_edited(output: Path) -> None:
    row = written(output, "a")
    written(output, "a", b"edited by hand")
    assert looked_at(output, a=row).fault_of("a") == "edited"


def test_a_file_of_which_the_manifest_says_something_else_was_edited(output: Path) -> None:
    row = written(output, "a")
    assert OutputFiles(output, {"a": row}, {}).fault_of("a") == "edited"


def test_a_file_behind_a_linked_folder_is_missing(output: Path, tmp_path: Path) -> None:
    row = written(output, "folder/a")
    (output / "folder").rename(tmp_path / "elsewhere")
    (output / "folder").symlink_to(tmp_path / "elsewhere")
    found = OutputFiles(output, {"folder/a": row}, {"folder/a": row.digest})
    assert found.fault_of("folder/a") == "missing"
