"""Files of content/public/ and what hosts read: after every edit the output is that of a build from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sites import SETTINGS, article, build_site, problems, tree, write_site
from yoyak.incremental.unchanged import look
from yoyak.model.build import BuildRequest
from yoyak.store.stamps import concerns, scan

ADS = "content/public/ads.txt"
TOKEN = "content/public/.well-known/token"
FILES = {
    "content/a.md": article("글", aliases=["/old/a/"]),
    "content/b.md": article("다른 글", slug="b"),
    ADS: "a, b\n",
    TOKEN: "abc",
    "content/public/kit.pdf": "%PDF-1.4",
}
HOSTED = SETTINGS + "hosting: {headers: true, public: [kit.pdf]}\n"


def _write(path: str, text: str) -> Callable[[Path], object]:
    def edit(site: Path) -> None:
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    return edit


EDITS: dict[str, Callable[[Path], object]] = {
    "other bytes of one size": _write(ADS, "b, a\n"),
    "a new hidden file": _write("content/public/.well-known/acme-challenge/x", "x.y"),
    "a hidden file with other bytes": _write(TOKEN, "abd"),
    "a file that is gone": lambda site: (site / ADS).unlink(),
    "a hidden file that is gone": lambda site: (site / TOKEN).unlink(),
    "the folder that is gone": lambda site: shutil.rmtree(site / "content/public"),
    "another name": lambda site: (site / ADS).rename(site / "content/public/app-ads.txt"),
    "capitals": lambda site: (site / ADS).rename(site / "content/public/ADS.txt"),
    "a file that is held back now": _write("content/public/x.html", "<script>"),
    "a robots file": _write("content/public/robots.txt", "User-agent: *\n"),
    "an icon file where a page was": _write("content/public/old/a/index.html", "abc"),
    "nothing listed": _write("site.yaml", SETTINGS + "hosting: {headers: true}\n"),
    "no headers": _write("site.yaml", SETTINGS + "hosting: {public: [kit.pdf]}\n"),
    "another header": _write("site.yaml", HOSTED.replace("headers", "hsts: 60, headers")),
    "another old address": _write("content/a.md", article("글", aliases=["/older/a/"])),
    "another slug": _write("content/a.md", article("글", slug="c", aliases=["/old/a/"])),
    "only the body": _write("content/a.md", article("새 글", aliases=["/old/a/"])),
    "an inline style": _write("templates/partials/crumbs.html", "<style>nav{}</style>"),
    "an own file for hosts": lambda site: (
        _write("content/public/_headers", "/*\n  X: y\n")(site),
        _write("site.yaml", HOSTED.replace("kit.pdf", "_headers"))(site),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_output_is_that_of_a_build_from_nothing(tmp_path: Path, edit: str) -> None:
    folder = write_site(tmp_path / "site", FILES, HOSTED, plain=True)
    build_site(folder)
    EDITS[edit](folder)
    after = build_site(folder, keep_going=True)
    shutil.copytree(folder, tmp_path / "fresh", ignore=shutil.ignore_patterns("output", ".yoyak"))
    fresh = build_site(tmp_path / "fresh", keep_going=True)
    assert tree(after.output) == tree(fresh.output)
    assert problems(after) == problems(fresh)
    again = build_site(folder, keep_going=True)
    assert tree(again.output) == tree(fresh.output)
    assert (again.report.written, again.report.changed, again.report.removed) == ((), (), ())


def test_a_file_that_was_edited_in_the_output_is_put_right(tmp_path: Path) -> None:
    folder = write_site(tmp_path, FILES, HOSTED, plain=True)
    for path in ("ads.txt", "_headers", ".well-known/token"):
        before = tree(build_site(folder).output)
        (folder / "output" / path).write_text("edited")
        assert tree(build_site(folder).output) == before


def test_the_preview_looks_at_what_may_be_published(tmp_path: Path) -> None:
    names = ("ads.txt", ".well-known/x", ".nojekyll", ".ads.txt.swp", ".git/index", "ads.txt~")
    folder = write_site(tmp_path, {f"content/public/{name}": "x" for name in names} | {"content/.well-known/y": "x"})
    seen = {path for path in scan(folder, now=0, watching=True) if path.startswith("content/")}
    assert seen == {f"content/public/{name}" for name in names[:3]}
    paths = [*(f"content/public/{name}" for name in names), "content/.well-known/y"]
    assert {path for path in paths if concerns(Path(path))} == seen
    assert seen <= look(BuildRequest(folder=folder, output=folder / "output")).stamps.keys()
