"""What holds for any file: only lines of the diff change, and every right value stays."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from fixing.desks import SETTINGS, head, place_in, run
from fixing.generated import Generated, damaged, generated
from sites import NOON, write_site
from yoyak.fixing.mending import diff_of, mend
from yoyak.model.message import errors
from yoyak.model.sources import SourceFile
from yoyak.pipeline.parse import read, surroundings
from yoyak.settings.config import load_config
from yoyak.text.byte_lines import Edit, edited, lines_of
from yoyak.text.decoding import UndecodableError

FILES = int(os.environ.get("YOYAK_FIXES", "500"))
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

Yoyak = Callable[..., CompletedProcess[str]]


@pytest.mark.slow
def test_any_files_change_only_in_the_lines_that_the_diff_showed(tmp_path: Path, yoyak: Yoyak) -> None:
    files = {f"content/2024/07/{seed:04}.md": generated(seed) for seed in range(FILES)}
    write_site(tmp_path, {path: file.data for path, file in files.items()}, SETTINGS)
    shown = yoyak("fix", "--site", tmp_path, "--at", "2024-07-10", "--json")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert all((tmp_path / path).read_bytes() == file.data for path, file in files.items())

    diffs = {file["path"]: file["diff"] for file in json.decode(shown.stdout)["files"]}
    assert diffs.keys() == {path for path, file in files.items() if file.bad}
    written = yoyak("fix", "--site", tmp_path, "--at", "2024-07-10", "--write", "--json")
    assert (written.returncode, written.stderr) == (0, "")
    told = json.decode(written.stdout)
    assert {file["path"]: file["diff"] for file in told["files"]} == diffs
    assert told["undecided"] == []

    for path, file in files.items():
        assert_patched(file, diffs.get(path, ""), (tmp_path / path).read_bytes())
    assert_values_kept(tmp_path, files)
    assert run(tmp_path).files == ()


def assert_patched(file: Generated, diff: str, after: bytes) -> None:
    """The file is what its diff makes of it: other lines byte for byte, new ones ended as lines of this file are."""
    mark = file.data[: len(file.data) - len(file.text.encode(file.codec))]
    lines = _LINES.findall(after[len(mark) :].decode(file.codec))
    wanted = list(_patched(_LINES.findall(file.text), diff))
    assert after.startswith(mark)
    assert [line if old else line.rstrip("\r\n") for line, (_, old) in zip(lines, wanted, strict=True)] == [
        text for text, _ in wanted
    ]
    assert {line[len(line.rstrip("\r\n")) :] for line in lines} <= _ends(file.text)


def _ends(text: str) -> set[str]:
    return {line[len(line.rstrip("\r\n")) :] for line in _LINES.findall(text)}


def _patched(old: list[str], diff: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines after a diff: old ones with their ends, new ones without."""
    at = 0
    for kind, text in _changes(diff):
        if isinstance(kind, int):
            yield from ((line, True) for line in old[at:kind])
            at = kind
        elif kind == "+":
            yield text, False
        else:
            assert old[at].rstrip("\r\n") == text
            if kind == " ":
                yield old[at], True
            at += 1
    yield from ((line, True) for line in old[at:])


def _changes(diff: str) -> Iterator[tuple[int | str, str]]:
    """Yield where each hunk begins (0-based), and the kind and the text of each of its lines."""
    for line in diff.split("\n")[2:-1]:
        hunk = _HUNK.fullmatch(line)
        if hunk:
            yield int(hunk[1]) - 1, ""
        elif not line.startswith("\\"):
            yield line[0], line[1:]


def assert_values_kept(folder: Path, files: dict[str, Generated]) -> None:
    """Every key that was right says what it said in a file without the mistakes; every key is there."""
    config, _ = load_config(folder, at=NOON, preview=True, environment={})
    assert config
    around = surroundings(config, {}, {})
    for path, file in files.items():
        found = read(SourceFile(path=path, data=(folder / path).read_bytes(), digest=""), around)
        assert {problem.code for problem in found.problems} <= {"encoding-unsure"}, path
        assert file.good | file.bad <= found.fields.keys(), path
        plain = read(SourceFile(path=path, data=file.right.encode(), digest=""), around)
        for name in file.good:
            assert found.fields[name].value == plain.fields[name].value, path
        assert found.reading
        assert plain.reading
        assert found.reading.html == plain.reading.html, path


PLACES = ("content/2024/07/a.md", "content/a.txt", "content/editions/2024-W27.md", "content/pages/x.md")


@pytest.mark.slow
@pytest.mark.parametrize("path", PLACES)
def test_a_damaged_file_loses_nothing_by_its_repairs(tmp_path: Path, path: str) -> None:
    place = place_in(tmp_path, path)
    made = 0
    for seed in range(250):
        data = damaged(seed)
        found = mend(data, place)
        if found is None or not found.made:
            assert found is None or (found.after, found.diff) == (data, "")
            continue
        made += 1
        before, after = place.look(data), place.look(found.after)
        assert before.keys.keys() <= after.keys.keys(), seed
        assert after.whole or not before.whole, seed
        assert len(errors(after.problems)) <= len(errors(before.problems)) or not before.whole, seed
        again = mend(found.after, place)
        assert again is None or again.made == (), seed
    assert made > 30


# --- lines --------------------------------------------------------------------------------------------

PIECES = [*"가나a #:-\t\u1112\u1161\u2028\ufeff\x0c", "\n", "\r", "\r\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])


@given(TEXTS, CODECS)
def test_lines_are_the_file(text: str, codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""
    data = (mark + text).encode(codec)
    try:
        lines = lines_of(data)
    except UndecodableError:
        return
    assert lines.data == data
    assert edited(lines, ()).data == data


@given(TEXTS, st.sampled_from(["utf-8-sig", "utf-16"]), st.data())
def test_an_edit_changes_its_own_lines(text: str, codec: str, data: st.DataObject) -> None:
    lines = lines_of(text.encode(codec))
    at = data.draw(st.integers(1, len(lines.lines) + 1))
    count = data.draw(st.integers(0, len(lines.lines) + 1 - at))
    new = tuple(data.draw(st.lists(st.sampled_from(["가", "b: c"]), max_size=3)))
    after = edited(lines, (Edit(line=at, count=count, texts=new),))
    above, below = lines.lines[: at - 1], lines.lines[at - 1 + count :]
    assert [line.text for line in after.lines] == [*(line.text for line in above), *new, *(line.text for line in below)]
    assert after.lines[len(after.lines) - len(below) :] == below
    assert [line.data for line in after.lines[: max(at - 2, 0)]] == [
        line.data for line in lines.lines[: max(at - 2, 0)]
    ]
    if after.are_lines:
        assert [line.text for line in lines_of(after.data).lines] == [line.text for line in after.lines]


@given(st.binary(max_size=200))
def test_any_bytes_are_their_lines_or_cannot_be_edited(data: bytes) -> None:
    try:
        assert lines_of(data).data == data
    except UndecodableError:
        return


def test_a_second_spelling_of_a_character_is_kept() -> None:
    """Two bytes of gb18030 may say what four say, too."""
    data = b'<meta charset="gb18030">\n' + "중국".encode("gb18030") + b"\x84\x31\xa4\x37\n\xa2\xe3\n"
    lines = lines_of(data)
    assert lines.data == data


def test_a_file_without_mistakes_is_let_alone(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/a.md": head("title: 배", "date: 2024-07-03", "themes: [culture]")}, SETTINGS)
    assert run(tmp_path, write=True).files == ()


def test_a_diff_is_one_that_git_can_apply(tmp_path: Path) -> None:
    made = (file.data for file in map(generated, range(10_000)) if file.codec == "utf-8")
    for data in islice((data for data in made if data.startswith(b"---") and b"\r" not in data), 40):
        lines = lines_of(data)
        last = len(lines.lines)
        above, below = Edit(line=1, count=0, texts=("---",)), Edit(line=last + 1, count=0, texts=("끝",))
        after = edited(lines, (above, Edit(line=last // 2, texts=("x", "y")), Edit(line=last - 1), below))
        (tmp_path / "a.md").write_bytes(data)
        diff = diff_of("a.md", lines, after)
        subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=diff.encode(), check=True)
        assert (tmp_path / "a.md").read_bytes() == after.data
