"""What day an article is from: every kind of line, and lines that say no day or that of another thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readers.capture.test_bylines import PAGES
from readers.capture.test_days_and_names import PIECES, read
from rows import each_row

KINDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("page_days.yaml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(kind, line, day, id=f"{name}: {line}")
    for name, kind in KINDS.items()
    for line, day in kind["rows"].items()
]


@each_row(("kind", "line", "day"), ROWS)
def test_a_line_says_when_an_article_is_from(kind: dict[str, Any], line: str, day: object) -> None:
    language = kind["language"]
    headline = PAGES[language][0].format(**PIECES).rstrip("\n").split("\n")[-1]
    fields = read(f"{kind.get('head', '')}{headline}\n{line}\n\n{PIECES[language]}\n").fields
    assert (fields["date"].value.value.date() if "date" in fields else None) == day


@pytest.mark.parametrize(
    "line",
    [
        "03/07/2024 06:00h. Actualizado 12:30h",
        "03/07/2024 06:00h. Actualizado a las 12:30h.",
        "Publié le 3 juillet 2024 à 6h00, mis à jour à 12h30",
        "3. Juli 2024, 06:00 Uhr, aktualisiert um 12:30 Uhr",
        "입력 2024.07.03 06:00 수정 12:30",
        "Published July 3, 2024 6:00 AM | Updated 12:30 PM",
        "2024年7月3日 6時00分 更新 12:30",
    ],
)
def test_a_change_of_the_same_day_has_its_hour_only(line: str) -> None:
    fields = read(f"{PIECES['es']}\n{line}\n\n{PIECES['spanish']}\n").fields
    assert [fields[key].value.value.strftime("%d %H:%M") for key in ("date", "updated")] == ["03 06:00", "03 12:30"]
