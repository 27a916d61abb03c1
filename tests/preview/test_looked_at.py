"""Of all pages that a save changes, those that somebody looks at are made first, and are in their places at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sites import NOON, article, write_site
from yoyak.build.build import BuildRequest, build
from yoyak.engine.run import Session

LOOKED_AT, LIST = "articles/a/index.html", "tags/함께/index.html"


class Desk:
    """A site whose preview is built, and what its pages said whenever one was shown."""

    def __init__(self, folder: Path, first: tuple[str, ...]) -> None:
        self.folder = folder
        self.session = Session(first=lambda: first, shown=self.note)
        self.shown: list[tuple[str, bool, bool]] = []
        """Each path, and whether it and a list of all articles said the new words."""

    def build(self) -> None:
        build(BuildRequest(folder=self.folder, preview=True, keep_going=True, at=NOON), session=self.session)

    def note(self, path: str, _digest: str) -> None:
        self.shown.append((path, self.says(path), self.says(LIST)))

    def says(self, path: str) -> bool:
        return "새 제목" in (self.folder / "output" / path).read_text(encoding="utf-8")

    def save(self, **keys: str) -> None:
        (self.folder / "content/a.md").write_text(
            article("글.", title="새 제목", tags=["함께"], **keys), encoding="utf-8"
        )
        self.build()


@pytest.fixture(params=[(LOOKED_AT,), ()], ids=["looked at", "not looked at"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    files = {f"content/{name}.md": article("글.", tags=["함께"]) for name in "abc"}
    desk = Desk(write_site(tmp_path / "site", files), request.param)
    desk.build()
    yield desk
    desk.session.close()


@pytest.mark.parametrize("date", ["2024-07-03", "2024-06-01"], ids=["a headline", "another day"])
def test_page_that_is_looked_at_is_shown_before_others_are_in_their_places(desk: Desk, date: str) -> None:
    desk.save(date=date)
    expected = [(path, True, False) for path in desk.session.first()]
    assert (desk.shown, desk.says(LOOKED_AT), desk.says(LIST)) == (expected, True, True)
