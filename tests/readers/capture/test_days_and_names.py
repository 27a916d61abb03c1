"""Whose day and whose names a capture gives: every way to sign and to date that was found on pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from msgspec import structs

from readers.worlds import around
from rows import each_row
from yoyak.model.sources import Reading
from yoyak.readers.capture.read import read_capture

DATA: dict[str, Any] = yaml.safe_load((Path(__file__).with_name("days_and_names.yaml")).read_text(encoding="utf-8"))
PIECES: dict[str, str] = DATA["pieces"]
KO, EN = PIECES["ko"], PIECES["en"]


@each_row("page", DATA["pages"], ids=lambda page: page["name"])
def test_day_and_names_are_those_of_the_article(page: dict[str, Any]) -> None:
    fields = read(page["page"].format(**PIECES)).fields
    day = fields["date"].value.value.date() if "date" in fields else None
    assert day == page["day"]
    names = [author.name for author in fields["authors"].value] if "authors" in fields else []
    assert sorted(_closed(name) for name in names) == sorted(_closed(name) for name in page["names"])


def test_a_label_on_the_line_above_says_what_its_moment_is() -> None:
    fields = page(f"{KO}\n수정 :\n2024.07.03 12:00\n입력 :\n2024.07.02 09:00", PIECES["korean"]).fields
    assert [fields[key].value.value.day for key in ("date", "updated")] == [2, 3]


def test_a_day_to_come_is_no_day_of_an_article() -> None:
    assert page(f"{KO}\n행사 2024.09.14 10:00\n2024.07.02", PIECES["korean"]).fields["date"].value.value.month == 7


def test_a_day_in_three_pieces_is_one() -> None:
    moment = page(f"{EN}\n2\nJuly\n2024\n3:06pm", PIECES["english"]).fields["date"].value
    assert moment.value.isoformat() == "2024-07-02T15:06:00+09:00"


def test_a_page_of_an_earlier_year_understands_its_days_by_that_year() -> None:
    text = f"{EN}\nBy Mara Oduya\nJul 2, 4:03 PM EDT\n\n{PIECES['english']}\n© 2019 Gaon Post. All rights reserved."
    field = read(text).fields["date"]
    assert field.value.value.year == 2019
    assert "year-from-page" in [evidence.rule for evidence in field.evidence]


def test_a_file_that_says_its_day_is_believed_before_its_page() -> None:
    told = structs.replace(around(path="content/a.txt"), reference=date(2024, 7, 5), reference_from="captured")
    text = f"{EN}\nJul 2, 4:03 PM EDT\n\n{PIECES['english']}\n© 2019 Gaon Post. All rights reserved."
    assert read_capture(text, told).fields["date"].value.value.year == 2024


def test_what_is_less_sure_says_so() -> None:
    near = page(f"{EN}\nBy Mara Oduya\nJuly 2, 2024 6:00 PM EDT", PIECES["english"])
    far = page(EN, f"{PIECES['english']}\nConference\nWorkshops\nTickets\nMap\nPort Days July 2, 2024")
    assert near.fields["date"].confidence > 0.9
    assert far.fields["date"].confidence < 0.7


def page(head: str, text: str) -> Reading:
    return read(f"{head}\n\n{text}")


def read(text: str) -> Reading:
    return read_capture(text, around(path="content/pasted.txt"))


def _closed(name: str) -> str:
    return "".join(name.split())
