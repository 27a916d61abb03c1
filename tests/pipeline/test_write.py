"""write: what is put into output/, what is left alone, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import json

from disks import another_disk
from sites import article, build_site, built, tree, write_site
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, Manifest, encode_manifest
from yoyak.model.types import Output
from yoyak.pipeline.write import Target, Written, open_target


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    return folder


def opened(site: Path, output: Path) -> Target:
    return open_target(output, site, site / ".yoyak")


def write(site: Path, files: dict[str, str], output: Path | None = None) -> Written:
    target = opened(site, output or site / "output")
    try:
        staged = [target.stage(Output(path=p, data=t.encode())) for p, t in files.items()]
        return target.commit(staged, preview=False, base_url="https://digest.example.org/")
    finally:
        target.close()


def texts(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in tree(folder).items()}


def test_files_are_new_changed_removed_or_the_same(site: Path) -> None:
    write(site, {"same": "1", "a/changed": "1", "b/gone": "1"})
    done = write(site, {"same": "1", "a/changed": "2", "c/new": "1"})
    assert (done.new, done.changed, done.removed, done.unchanged) == (("c/new",), ("a/changed",), ("b/gone",), 1)
    assert texts(site / "output") == {"same": "1", "a/changed": "2", "c/new": "1"}
    assert not (site / "output/b").exists()


def test_the_manifest_lists_every_file(site: Path) -> None:
    write(site, {"b": "1", "a": "2"})
    manifest = json.decode((site / "output" / MANIFEST).read_bytes())
    assert list(manifest["files"]) == ["a", "b"]
    assert manifest["format"] == 1


def test_a_file_that_somebody_changed_is_written_again(site: Path) -> None:
    write(site, {"a": "1"})
    (site / "output/a").write_text("by hand", encoding="utf-8")
    assert write(site, {"a": "1"}).changed == ("a",)
    assert texts(site / "output") == {"a": "1"}


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: Path) -> None:
    write(site, {"a": "1", "b/c": "1"})
    write(site, {"a/c": "2", "b": "2"})
    assert texts(site / "output") == {"a/c": "2", "b": "2"}


def test_foreign_files_beside_ours_are_left_alone(site: Path) -> None:
    write(site, {"a/ours": "1"})
    (site / "output/a/theirs").write_text("x", encoding="utf-8")
    write(site, {})
    assert texts(site / "output") == {"a/theirs": "x"}


@pytest.mark.parametrize(("foreign", "wanted"), [("a", "a"), ("a", "a/b"), ("a", "a/b/c"), ("a/b", "a/b/c")])
def test_a_foreign_file_in_the_way_stops_the_build_before_anything_is_written(
    site: Path, foreign: str, wanted: str
) -> None:
    write(site, {"first": "1"})
    place = site / "output" / foreign
    place.parent.mkdir(exist_ok=True)
    place.write_text("x", encoding="utf-8")
    before = tree(site / "output")
    with pytest.raises(YoyakError, match="is not from yoyak and stands where the site needs a f"):
        write(site, {"first": "2", wanted: "1"})
    assert tree(site / "output") == before


# --- links ----------------------------------------------------------------------------------------


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("1", encoding="utf-8")
    write(site, {"a": "1"})
    (site / "output/a").unlink()
    (site / "output/a").symlink_to(tmp_path / "victim")
    write(site, {"a": "1"})
    assert not (site / "output/a").is_symlink()
    write(site, {"a": "2"})
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "1"


def test_a_link_in_the_place_of_a_folder_is_replaced_and_not_followed(site: Path, tmp_path: Path) -> None:
    write(site, {"a/x": "1", "a/y": "1"})
    (site / "output/a").rename(tmp_path / "elsewhere")
    (site / "output/a").symlink_to(tmp_path / "elsewhere")
    write(site, {"a/x": "2", "a/y": "1"})
    assert texts(site / "output") == {"a/x": "2", "a/y": "1"}
    assert not (site / "output/a").is_symlink()
    assert texts(tmp_path / "elsewhere") == {"x": "1", "y": "1"}


def test_nothing_is_removed_through_a_link(site: Path, tmp_path: Path) -> None:
    write(site, {"a/x": "1"})
    (site / "output/a").rename(tmp_path / "elsewhere")
    (site / "output/a").symlink_to(tmp_path / "elsewhere")
    write(site, {})
    assert texts(tmp_path / "elsewhere") == {"x": "1"}


def test_a_link_in_the_place_of_the_manifest_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("x", encoding="utf-8")
    (site / "output").mkdir()
    for name in (MANIFEST, f"{MANIFEST}.new"):
        (site / "output" / name).symlink_to(tmp_path / "victim")
    write(site, {"a": "1"})
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("path", ["../victim", "/etc/victim", "a/../../victim", "a//b", "."])
def test_a_manifest_cannot_name_files_elsewhere(site: Path, path: str) -> None:
    write(site, {"a": "1"})
    (site / "victim").write_text("x", encoding="utf-8")
    listing = Manifest(format=1, preview=False, base_url="https://digest.example.org/", files={path: "0"})
    (site / "output" / MANIFEST).write_bytes(encode_manifest(listing))
    (site / "output/a").unlink()
    assert write(site, {"a": "1"}).removed == ()
    assert (site / "victim").exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_a_page_cannot_lie_outside_the_output(site: Path, path: str) -> None:
    with pytest.raises(YoyakError, match="outside the output folder"):
        write(site, {path: "1"})


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}', '{"files": {"a": "0"}', "\0"])
def test_a_broken_manifest_makes_every_file_a_foreign_one(site: Path, text: str) -> None:
    write(site, {"a": "1"})
    (site / "output" / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(YoyakError, match="has files that yoyak did not write"):
        write(site, {"a": "2"})


# --- folders that are refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "output",
    [".", "..", "../..", "/", "~", "content", "content/2024", "templates", "templates/partials", ".git", ".git/x",
     ".yoyak",
     "output/..", "output/../content"],
)  # fmt: skip
def test_a_dangerous_folder_is_refused(site: Path, output: str) -> None:
    place = Path(output).expanduser() if output.startswith(("/", "~")) else site / output
    with pytest.raises(YoyakError, match="cannot be the output folder"):
        opened(site, place)


def test_a_link_to_a_dangerous_folder_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site / "content")
    with pytest.raises(YoyakError, match="cannot be the output folder"):
        opened(site, tmp_path / "link")


def test_content_behind_a_link_is_not_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(YoyakError, match="cannot be the output folder"):
        opened(tmp_path / "site", tmp_path / "elsewhere")


def test_a_file_is_no_output_folder(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(YoyakError, match="it is a file"):
        opened(site, tmp_path / "file")


def test_hidden_files_do_not_make_a_folder_foreign(site: Path) -> None:
    (site / "output").mkdir()
    (site / "output/.gitignore").write_text("*", encoding="utf-8")
    write(site, {"a": "1"})
    assert texts(site / "output") == {".gitignore": "*", "a": "1"}


# --- other disks -------------------------------------------------------------------------------------


def test_the_output_may_be_on_another_disk(site: Path, tmp_path: Path) -> None:
    output = another_disk(site) / f"yoyak-{os.getpid()}"
    try:
        write(site, {"a/b": "1", "c": "1"}, output)
        write(site, {"a/b": "2", "d/e": "1"}, output)
        assert texts(output) == {"a/b": "2", "d/e": "1"}
    finally:
        write(site, {}, output)
        (output / MANIFEST).unlink()
        output.rmdir()


def test_a_template_that_fails_leaves_the_output_as_it_was_and_a_mark(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article()})
    text = found.text("articles/a")
    write_site(tmp_path, {"templates/article.html": "{{ nothing }}"})
    with pytest.raises(YoyakError):
        build_site(tmp_path)
    assert found.text("articles/a") == text
    assert "'nothing' is undefined" in (tmp_path / ".yoyak/failed-build").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a", MANIFEST])
def test_a_link_is_not_followed_on_another_disk(site: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("x", encoding="utf-8")
    with TemporaryDirectory(dir=another_disk(site)) as folder:
        output = Path(folder)
        write(site, {"a": "1"}, output)
        (output / f".{name[:40]}.yoyak").symlink_to(victim)
        write(site, {"a": "2"}, output)
        assert (victim.read_text(encoding="utf-8"), (output / "a").read_text(encoding="utf-8")) == ("x", "2")
