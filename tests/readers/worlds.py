"""Surroundings for readers' tests."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from yoyak.model.sources import Asset, Reading
from yoyak.readers.around import Surroundings

SEOUL = ZoneInfo("Asia/Seoul")
TITLE = "누리군, 빈집 300채 고쳐 청년에게 빌려준다"
PARAGRAPHS = (
    (
        "누리군이 올해 안에 빈집 300채를 고쳐 청년에게 빌려준다고 4일 밝혔다. "
        "군은 예산 40억 원을 먼저 쓴 뒤 해마다 늘릴 계획이다."
    ),
    (
        "군 관계자는 “신청이 빈집 수의 세 배를 넘었다”며 “마을마다 두 채씩 먼저 고친다”고 말했다. "
        "주민들은 주차 문제를 걱정했다."
    ),
    (
        "전문가들은 일자리가 함께 생기지 않으면 오래가기 어렵다고 본다. "
        "누리대 연구팀은 교통편을 늘리는 것이 먼저라고 분석했다."
    ),
)


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
