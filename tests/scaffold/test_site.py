"""A new site: what is refused, and what is said when it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from yoyak.messages.catalogue import speak, speak_in
from yoyak.messages.errors import YoyakError
from yoyak.scaffold.site import NewSite, make_site, next_steps


def test_a_folder_that_has_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(YoyakError) as refused:
        make_site(NewSite(folder=tmp_path))
    assert str(refused.value) == f"{tmp_path} is not empty. Choose a new folder."
    assert speak(refused.value.words, "ko") == f"{tmp_path} 폴더가 비어 있지 않습니다. 새 폴더를 고르세요."


def test_a_blank_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(YoyakError, match="The title is blank"):
        make_site(NewSite(folder=tmp_path / "new", title=" \t"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("language", "word"), [("ko", "템플릿"), ("en", "template")])
@pytest.mark.parametrize("empty", [True, False])
def test_the_guide_to_templates_is_in_the_language_of_the_site(
    tmp_path: Path, language: Literal["ko", "en"], word: str, *, empty: bool
) -> None:
    make_site(NewSite(folder=tmp_path / "new", language=language, empty=empty))
    assert word in (tmp_path / "new/templates/README").read_text(encoding="utf-8")


def test_the_next_steps_are_said_in_the_language_that_is_spoken(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert next_steps(folder, 12).splitlines()[0] == f"12 files in {folder}. Next:"
    speak_in("ko")
    try:
        first, *commands = next_steps(folder, 12).splitlines()
    finally:
        speak_in("en")
    assert first == f"{folder}에 파일 12개를 만들었습니다. 다음에 할 일:"
    assert commands == [f"  yoyak build --site {folder}", f"  yoyak serve --site {folder} --open"]
