"""Surroundings for readers' tests."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from yoyak.model import Asset, Reading
from yoyak.readers.around import Surroundings

SEOUL = ZoneInfo("Asia/Seoul")


def around(path: str = "content/2024/article.txt", assets: tuple[str, ...] = (), first_line: int = 1) -> Surroundings:
    """Return the surroundings of a file in a Korean site, read on 5 July 2024, with these files beside it."""
    return Surroundings(
        path=path,
        first_line=first_line,
        zone=SEOUL,
        reference=date(2024, 7, 5),
        language="ko",
        base_path="/",
        base_url="https://digest.example.org/",
        assets={asset: _asset(asset) for asset in assets},
        addresses={},
    )


def _asset(path: str) -> Asset:
    name = path.rpartition("/")[2]
    return Asset(path=path, location=f"/{path}", digest="0", output=f"assets/{name}", width=640, height=480)


def value(reading: Reading, name: str) -> object:
    """Return the value of a field, or None."""
    return reading.fields[name].value if name in reading.fields else None
