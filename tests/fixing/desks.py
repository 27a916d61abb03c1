"""Sites with files to repair."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sites import NOON, write_site
from yoyak.fixing.fix import FixReport, FixRequest, fix
from yoyak.fixing.looking import RepairContext, place_of_article, place_of_settings
from yoyak.fixing.mending import Mended, mend
from yoyak.model.sources import SourceFile
from yoyak.pipeline.parse import surroundings
from yoyak.settings.config import load_config

SETTINGS = """title: 시험 다이제스트
base_url: https://digest.example.org/
timezone: Asia/Seoul
themes:
  - {slug: transport, title: 교통과 항만}
  - {slug: culture, title: 말과 문화}
"""
ARTICLE = "content/2024/07/ferry.md"
CAPTURE = """물길을 따라 걷는 시의회
가온일보
입력 7월 3일 (수) 오전 9:00

시의회는 사흘째 물길을 따라 걸으며 오래된 다리와 둑을 살폈다. 의원들은 저마다 수첩을 꺼내 적었다.

시의회는 사흘째 물길을 따라 걸으며 오래된 다리와 둑을 살폈다. 의원들은 저마다 수첩을 꺼내 적었다.
"""


def place_in(folder: Path, path: str, settings: str = SETTINGS) -> RepairContext:
    """Return how a file of a site is read, for repairs in memory."""
    write_site(folder, {}, settings)
    if path == "site.yaml":
        return place_of_settings(folder, NOON, {})
    config, problems = load_config(folder, at=NOON, preview=True, environment={})
    assert config, problems
    return place_of_article(SourceFile(path=path, data=b"", digest=""), config, surroundings(config, {}, {}))


def mended(folder: Path, text: str | bytes, path: str = ARTICLE, settings: str = SETTINGS) -> Mended | None:
    """Return the repairs of one file of a site, made in memory."""
    data = text.encode() if isinstance(text, str) else text
    return mend(data, place_in(folder, path, settings))


def head(*lines: str, body: str = "배가 떠났다.\n") -> str:
    """Return an article with these lines in its front matter."""
    return "\n".join(["---", *lines, "---", "", body])


def changed(found: Mended | None) -> list[str]:
    """Return the lines of a diff that begin with ``-`` or ``+``, in order."""
    lines = found.diff.split("\n")[2:] if found else []
    return [line for line in lines if line.startswith(("-", "+"))]


def run(folder: Path, *files: Path, write: bool = False, at: datetime = NOON) -> FixReport:
    return fix(FixRequest(folder=folder, files=files, write=write, at=at))
