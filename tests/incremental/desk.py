"""A site that goes back and forth between two states, so that every build of it writes, changes and removes files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from incremental.oracle import File, bytes_of, difference, files_below
from sites import NOON, Files, article, build_site, write_site

State = Literal["old", "new"]
AT = f"{NOON:%Y-%m-%d %H:%M}"
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="3"/>\n'


def _articles(state: State) -> Files:
    shift = 0 if state == "old" else 4
    files: dict[str, str | bytes] = {"content/picture.svg": _PICTURE % (shift + 1)}
    for number in range(shift, shift + 10):
        following = shift + (number + 1 - shift) % 10
        files[f"content/{number % 3}/글-{number}.md"] = article(
            f"{number}번째 글, {state if number % 2 else '언제나'}. [다음](../{following % 3}/글-{following}.md)\n\n"
            "![그림](../picture.svg)",
            title=f"글 {number}",
            date=f"2024-0{5 + number % 3}-0{1 + number % 9}",
            tags=["함께", f"꼬리표 {number % 4}", state],
            authors=["김하늘"],
        )
    return files


SITES: dict[State, Files] = {"old": _articles("old"), "new": _articles("new")}


class Desk(NamedTuple):
    """A site folder, and what a clean build gives in each of its states."""

    folder: Path
    clean: dict[State, dict[str, bytes]]
    elsewhere: Path | None = None
    """Its output folder, if that is outside of the site."""

    @property
    def output(self) -> Path:
        return self.elsewhere or self.folder / "output"

    @property
    def store(self) -> Path:
        return self.folder / ".yoyak"

    def writes(self, state: State) -> None:
        """Make the content that of a state. What is the same in both stays untouched."""
        for path in sorted((self.folder / "content").rglob("*")):
            if path.is_file() and path.relative_to(self.folder).as_posix() not in SITES[state]:
                path.unlink()
        for name, text in SITES[state].items():
            place = self.folder / name
            data = text.encode() if isinstance(text, str) else text
            if not place.exists() or place.read_bytes() != data:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)

    def builds(self) -> None:
        assert build_site(self.folder, output=self.output).report.complete

    def assert_output(self, state: State) -> None:
        """Assert that the output is what a clean build of a state gives, and nothing else."""
        told = difference(bytes_of(files_below(self.output)), self.clean[state])
        assert not told, told
        assert [path for path in self.output.rglob("*") if path.is_dir() and not any(path.iterdir())] == []

    def assert_next_build_renders_nothing(self) -> None:
        assert dict(build_site(self.folder).report.reasons) == {}


def open_desk(folder: Path, elsewhere: Path | None = None) -> Desk:
    """Return a desk whose site is in its old state, and built."""
    desk = Desk(write_site(folder / "site", SITES["old"], plain=True), _clean(), elsewhere)
    desk.builds()
    return desk


@cache
def _clean() -> dict[State, dict[str, bytes]]:
    """Return what a build from nothing gives in each state. No path of a folder is in it."""
    clean: dict[State, dict[str, bytes]] = {}
    for state, files in SITES.items():
        with TemporaryDirectory() as folder:
            found = build_site(write_site(Path(folder), files, plain=True))
            assert found.report.complete
            clean[state] = bytes_of(files_below(found.output))
    return clean


def other(state: State) -> State:
    return "new" if state == "old" else "old"


def is_whole(path: str, file: File, desk: Desk) -> bool:
    """Tell whether a file of the output is one that a build gives, and not half of one."""
    return file.data in (desk.clean["old"].get(path), desk.clean["new"].get(path))
