"""What a file looks like unopened, and whether that says that its bytes are the same."""

from __future__ import annotations

import pytest

from yoyak.model.sources import NO_FILE, FileStamp, unchanged

STAMP = FileStamp(size=10, mtime_ns=1_700_000_000_000_000_000, inode=7, mode=0o100644)


def test_a_file_with_the_same_sure_stamp_is_unchanged() -> None:
    assert unchanged(STAMP, FileStamp(*STAMP))


@pytest.mark.parametrize("field", ["size", "mtime_ns", "inode", "mode"])
def test_a_file_whose_stamp_differs_in_one_thing_has_to_be_read(field: str) -> None:
    assert not unchanged(STAMP, STAMP._replace(**{field: 1}))


@pytest.mark.parametrize(("before", "now"), [(False, True), (True, False), (False, False)])
def test_a_file_that_was_fresh_at_one_look_has_to_be_read(*, before: bool, now: bool) -> None:
    assert not unchanged(STAMP._replace(sure=before), STAMP._replace(sure=now))


def test_a_file_that_is_gone_is_not_the_one_that_was_there() -> None:
    assert not unchanged(STAMP, NO_FILE)
