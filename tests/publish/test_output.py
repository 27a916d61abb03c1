"""What may not leave the house."""

from __future__ import annotations

import os

import pytest

from publish.desks import PAGES, Desk, write
from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.publish.manifest import NAME, is_safe
from yoyak.publish.targets import carry_out


def refusal(desk: Desk) -> str:
    with pytest.raises(YoyakError) as refused:
        desk.plans()
    return str(refused.value)


def test_folder_without_manifest_is_refused(desk: Desk) -> None:
    (desk.output / NAME).unlink()
    assert f"has no {NAME}" in refusal(desk)


def test_missing_output_is_refused(desk: Desk) -> None:
    desk.output.rename(desk.site / "elsewhere")
    assert 'Run "yoyak build"' in refusal(desk)


def test_preview_is_refused(desk: Desk) -> None:
    desk.builds(preview=True)
    assert "holds a preview" in refusal(desk)


def test_site_without_pages_is_refused(desk: Desk) -> None:
    desk.builds({})
    assert "An empty site is not deployed" in refusal(desk)


def test_output_older_than_a_failed_build_is_refused_with_its_reason(desk: Desk) -> None:
    write(desk.site, {".yoyak/failed-build": "3 problems\nmore"})
    assert "The last build failed (3 problems)" in refusal(desk)


def test_edited_file_is_refused_by_name(desk: Desk) -> None:
    write(desk.output, {"articles/항구/index.html": "by hand"})
    assert "changed after the build: articles/항구/index.html" in refusal(desk)


def test_missing_file_is_refused_by_name(desk: Desk) -> None:
    (desk.output / "feed.xml").unlink()
    assert "lacks files that the build wrote: feed.xml" in refusal(desk)


def test_file_that_no_build_wrote_is_refused_by_name(desk: Desk) -> None:
    write(desk.output, {"notes.txt": "mine"})
    assert "files that no build wrote: notes.txt" in refusal(desk)


def test_hidden_file_that_no_build_wrote_is_left_out_with_a_note(desk: Desk) -> None:
    write(desk.output, {".htaccess": "x", ".git/HEAD": "ref"})
    assert desk.plans().left_out == (".htaccess",)


def test_what_nobody_means_to_deploy_is_passed_over(desk: Desk) -> None:
    write(
        desk.output,
        {".gitignore": "*", ".DS_Store": "x", "Thumbs.db": "x", "articles/desktop.ini": "x", "~$a.docx": "x"},
    )
    assert desk.plans().left_out == ()


def test_link_in_the_place_of_a_file_is_refused(desk: Desk) -> None:
    write(desk.site, {"elsewhere.xml": PAGES["feed.xml"]})
    (desk.output / "feed.xml").unlink()
    (desk.output / "feed.xml").symlink_to(desk.site / "elsewhere.xml")
    assert "links or other things in the place of files: feed.xml" in refusal(desk)


def test_link_to_a_folder_is_refused(desk: Desk) -> None:
    (desk.output / "more").symlink_to(desk.site / "content")
    assert "files that no build wrote: more" in refusal(desk)


def test_manifest_of_another_format_is_refused(desk: Desk) -> None:
    write(desk.output, {NAME: '{"format": 2, "preview": false, "base_url": "", "files": {}}'})
    assert "another version of yoyak" in refusal(desk)


@pytest.mark.parametrize("data", ["", "[]", '{"format": 1}', '{"format": 1, "preview": "no", "files": {}}', "\0"])
def test_manifest_that_is_none_is_refused(desk: Desk, data: str) -> None:
    write(desk.output, {NAME: data})
    assert "not a list of files that yoyak wrote" in refusal(desk)


@each_row(
    "path",
    ["", "/", "/etc/passwd", "..", "../a", "a/../b", "a//b", "a/", "./a", ".git/config", "a/.GIT/x", "a\\..\\b", "C:x"],
)
def test_path_that_leads_astray_is_unsafe(path: str) -> None:
    assert not is_safe(path)


@each_row("path", ["a", "a b/c", "기사/항구 1.html", ".well-known/x", '"q".html', "-x", "a/b:c", ".github"])
def test_path_below_the_folder_is_safe(path: str) -> None:
    assert is_safe(path)


@pytest.mark.parametrize("character", ["\0", "\n", "\t", "\x1b", "\x85", "\udcff"])
def test_path_with_a_control_character_is_unsafe(character: str) -> None:
    assert not is_safe(f"a{character}b")


needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")


@needs_links
def test_folder_that_became_a_link_is_refused_though_its_files_are_the_same(desk: Desk) -> None:
    desk.output.joinpath("articles").rename(desk.site / "elsewhere")
    (desk.output / "articles").symlink_to("../elsewhere")
    assert "lacks files that the build wrote" in refusal(desk)


@needs_links
@pytest.mark.parametrize("exchange", ["articles", "articles/항구", "articles/항구/index.html"])
def test_what_becomes_a_link_between_plan_and_deploy_is_not_followed(desk: Desk, exchange: str) -> None:
    plan = desk.plans()
    place = desk.output / exchange
    place.rename(desk.site / "elsewhere")
    place.symlink_to(desk.site / "elsewhere")
    with pytest.raises(YoyakError, match="a link that is not followed"):
        carry_out(desk.request, plan)


@needs_links
def test_manifest_that_is_a_link_is_no_manifest(desk: Desk) -> None:
    (desk.output / NAME).rename(desk.site / "elsewhere")
    (desk.output / NAME).symlink_to(desk.site / "elsewhere")
    assert f"has no {NAME}" in refusal(desk)


@needs_links
def test_manifest_that_is_a_pipe_is_refused_at_once(desk: Desk) -> None:
    (desk.output / NAME).unlink()
    os.mkfifo(desk.output / NAME)
    assert f"has no {NAME}" in refusal(desk)


def test_a_refusal_of_the_output_is_in_korean_too(desk: Desk) -> None:
    write(desk.output, {f"{n}.html": "x" for n in range(7)})
    with pytest.raises(YoyakError) as refused:
        desk.plans()
    assert speak(refused.value.words, "ko") == (
        f"{desk.output}에 빌드가 쓰지 않은 파일이 있습니다: 0.html, 1.html, 2.html, 3.html, 4.html 외 2개. "
        "다른 곳이나 content/로 옮기고 다시 배포하세요."
    )
