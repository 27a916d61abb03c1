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


@pytest.mark.parametrize("below", [True, False], ids=["change first", "change last"])
@pytest.mark.parametrize(
    ("change", "published"),
    [
        ("Cập nhật: 03/07/2024 15:05", "Xuất bản: 02/07/2024 09:00"),
        ("Cập nhật lúc 03/07/2024 15:05", "Đăng lúc 02/07/2024 09:00"),
        ("CẬP NHẬT LẦN CUỐI 03/07/2024 15:05", "02/07/2024 09:00"),
        ("Diperbarui: 03/07/2024 15:05", "Diterbitkan: 02/07/2024 09:00"),
        ("Diperbarui pada 03/07/2024 15:05", "Dipublikasikan pada 02/07/2024 09:00"),
        ("Güncelleme: 03.07.2024 15:05", "Giriş: 02.07.2024 09:00"),
        ("Son Güncelleme Tarihi: 03.07.2024 15:05", "Yayınlanma Tarihi: 02.07.2024 09:00"),
        ("Güncellendi 03.07.2024 15:05", "Yayın 02.07.2024 09:00"),
    ],
)
def test_a_change_is_one_in_vietnamese_indonesian_and_turkish(change: str, published: str, below: bool) -> None:
    stamps = f"{change}\n{published}" if below else f"{published}\n{change}"
    fields = read(f"{PIECES['es']}\n{stamps}\n\n{PIECES['spanish']}\n").fields
    found = [fields[key].value.value.strftime("%d %H:%M") for key in ("date", "updated")]
    assert found == ["02 09:00", "03 15:05"]
