"""Why something could not be written or read, in words for a person."""

from __future__ import annotations

import errno
import os

import pytest

from yoyak.files.handles import Exchanged, Refused
from yoyak.files.site_files import cause, remedy, unread, unwritten
from yoyak.messages.catalogue import speak


def of_system(number: int) -> OSError:
    return OSError(number, os.strerror(number), "/mnt/web")


@pytest.mark.parametrize(
    ("number", "why", "korean"),
    [
        (errno.ENOSPC, "the disk is full", "디스크가 가득 찼습니다"),
        (errno.EACCES, "there is no permission to write there", "그곳에 쓸 권한이 없습니다"),
        (errno.ENOENT, "no such file or directory", "그런 파일이나 폴더가 없습니다"),
        (errno.EDEADLK, os.strerror(errno.EDEADLK)[0].lower() + os.strerror(errno.EDEADLK)[1:], ""),
    ],
)
def test_the_usual_causes_are_in_both_languages(number: int, why: str, korean: str) -> None:
    assert speak(cause(of_system(number))) == why
    assert speak(cause(of_system(number)), "ko") == korean or not korean


def test_a_cause_that_the_system_does_not_name_is_said_to_be_unknown() -> None:
    assert speak(cause(OSError())) == "the system does not say why"
    assert speak(remedy(OSError())) == "Fix that"


def test_refusals_of_our_own_keep_their_words() -> None:
    assert speak(cause(Refused("link"))) == "it is a link that is not followed, or behind one"
    assert speak(cause(Exchanged("web/a"))) == "the folder web/a in it was exchanged while it was written"
    assert speak(cause(Exchanged("web/a")), "ko") == "쓰는 동안 그 안의 web/a 폴더가 다른 것으로 바뀌었습니다"


def test_what_may_not_be_read_is_not_called_unwritable() -> None:
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    assert speak(unread(denied)) == "permission denied"
    assert speak(unread(of_system(errno.EIO))) == "the disk reports an error"


def test_an_output_that_could_not_be_written_says_what_to_do() -> None:
    error = unwritten("/srv/site/output", of_system(errno.EROFS))
    assert str(error) == (
        "/srv/site/output could not be written: the disk can only be read. It is as it was before this build. "
        "Choose another folder, or have the disk mounted for writing, then build again."
    )
    assert speak(error.words, "ko") == (
        "/srv/site/output에 쓸 수 없습니다: 읽기 전용 디스크입니다. 폴더는 이번 빌드 전 그대로입니다. "
        "다른 폴더를 고르거나, 디스크를 쓰기 가능하게 연결하세요. 그런 다음 다시 빌드하세요."
    )
