"""A new site: a copy of the sample, which builds at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from yoyak.error import YoyakError
from yoyak.locate import STARTER_PARTS, starter_folder

_IGNORED = "/output/*\n!/output/.gitignore\n/.yoyak/\n"
_TEMPLATES = """\
A template here takes the place of yoyak's template of the same name.
{% extends "yoyak/article.html" %} reaches the original, so that one block can be changed alone.
A style.css in assets/ takes the place of the whole style sheet.
"""


def make_site(folder: Path) -> int:
    """Make a new site in `folder` and return the number of its files.

    Raises:
        YoyakError: something is in the folder already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise YoyakError(f"{folder} is not empty. Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for part in STARTER_PARTS:
        _copy(starter_folder() / part, folder / part)
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    for name in ("output", "templates"):
        (folder / name).mkdir()
    (folder / "output" / ".gitignore").write_text("*\n!.gitignore\n", encoding="utf-8")
    (folder / "templates" / "README").write_text(_TEMPLATES, encoding="utf-8")
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
    else:
        shutil.copyfile(source, target)
