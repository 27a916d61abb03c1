"""Links by headline: an edit of the article that they name is seen where they stand, as a build from nothing would."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import article, build_site, tree, write_site

FILES = {
    "content/a.md": article("[[부두 이야기]]와 [[harbour]], [[셋째]]."),
    "content/harbour.md": article("부두 글.", title="부두 이야기", date="2024-07-02"),
    "content/c.md": article("셋째 글.", title="셋째", date="2024-07-01"),
    "content/pages/about.md": "---\ntitle: 소개\n---\n\n[[부두 이야기]]를 보라.\n",
}
EDITS: dict[str, Callable[[Path], object]] = {
    "another headline": lambda content: _write(content / "harbour.md", title="부두 소식"),
    "a headline that was missing": lambda content: _write(content / "c.md", title="또 다른 글"),
    "two of one headline": lambda content: _write(content / "c.md", title="부두 이야기"),
    "a draft": lambda content: _write(content / "harbour.md", title="부두 이야기", status="draft"),
    "gone": lambda content: (content / "harbour.md").unlink(),
    "another file": lambda content: (content / "harbour.md").rename(content / "pier.md"),
    "only the body": lambda content: _write(content / "harbour.md", title="부두 이야기", body="새 글."),
    "the one that links": lambda content: (content / "a.md").write_text(article("[[셋째]]만."), encoding="utf-8"),
}


def _write(path: Path, *, body: str = "부두 글.", **keys: str) -> None:
    path.write_text(article(body, date="2024-07-02", **keys), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS)
def test_a_link_by_name_follows_every_edit(tmp_path: Path, edit: str) -> None:
    folder = write_site(tmp_path / "site", FILES, plain=True)
    build_site(folder)
    EDITS[edit](folder / "content")
    after = build_site(folder)
    shutil.copytree(folder / "content", tmp_path / "fresh" / "content")
    fresh = write_site(tmp_path / "fresh", {}, plain=True)
    assert tree(after.output) == tree(build_site(fresh).output)
