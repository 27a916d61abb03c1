"""Sites for tests: written from a few values, built in this process, read back as bytes and as facts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import json

from yoyak.build.build import BuildRequest, build
from yoyak.messages.catalogue import paragraph
from yoyak.model.build import MANIFEST, BuildReport

NOON = datetime(2024, 7, 10, 12, 0)
"""The clock of most sites: a Wednesday, in the site's own zone."""
SETTINGS = "title: 시험 다이제스트\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
PLAIN_TEMPLATES = Path(__file__).parent / "sites" / "plain_templates"
Files = Mapping[str, str | bytes]


class Built(NamedTuple):
    """A built site: what the build said, and where the output is."""

    report: BuildReport
    output: Path

    def text(self, path: str) -> str:
        """Return a file of the output as text; a folder by its index."""
        place = self.output / path
        return (place / "index.html" if place.is_dir() else place).read_text(encoding="utf-8")

    def paths(self) -> set[str]:
        """Return the paths of all files but the manifest."""
        return set(tree(self.output))


def article(body: str = "첫 문단이다.", /, **keys: Any) -> str:
    """Return an article of Markdown; values are written as JSON, which YAML reads."""
    written = {"title": "제목", "date": "2024-07-03", "themes": ["ai"], **keys}
    lines = [f"{key}: {json.encode(value).decode()}" for key, value in written.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body, ""])


def write_site(folder: Path, files: Files, settings: str = SETTINGS, *, plain: bool = False) -> Path:
    """Write a site folder and return it; with `plain` it has templates of a few lines each."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    for path, data in {"site.yaml": settings, **files}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    if plain:
        use_plain_templates(folder)
    return folder


def use_plain_templates(folder: Path) -> None:
    """Give a site those templates that show each page's values in a few lines, where it has none of its own."""
    templates = folder / "templates"
    for name in {Path(name).parent for name in _plain_templates()}:
        (templates / name).mkdir(parents=True, exist_ok=True)
    for name, data in _plain_templates().items():
        with suppress(FileExistsError), (templates / name).open("xb") as file:
            file.write(data)


@cache
def _plain_templates() -> Mapping[str, bytes]:
    return {path.relative_to(PLAIN_TEMPLATES).as_posix(): path.read_bytes() for path in PLAIN_TEMPLATES.rglob("*.html")}


def build_site(folder: Path, *, at: datetime = NOON, **request: Any) -> Built:
    """Build a site in this process."""
    output = request.setdefault("output", folder / "output")
    return Built(build(BuildRequest(folder=folder, at=at, **request)), output)


def built(folder: Path, files: Files, settings: str = SETTINGS, *, plain: bool = True, **request: Any) -> Built:
    """Write and build a site."""
    return build_site(write_site(folder, files, settings, plain=plain), **request)


def problems(found: Built) -> list[str]:
    """Return the printed lines of all problems."""
    return [paragraph(problem) for problem in found.report.problems]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` but the manifest, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def everything(folder: Path) -> str:
    """Return all that a built site says, names and texts, also the manifest, with references undone."""
    texts = [f"{path}\n{data.decode('utf-8', 'replace')}" for path, data in tree(folder).items()]
    texts.append((folder / MANIFEST).read_text(encoding="utf-8"))
    return unescape("\n".join(texts))
