"""Names at the start of a line, word by word."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.readers.signatures import is_office, signature_of


@each_row(
    ("line", "names"),
    [
        ("By Haru Lee and Tom Okafor, Staff Writers", ["Haru Lee", "Tom Okafor"]),
        ("By HARU LEE and TOM OKAFOR - Example Technology Writers", ["HARU LEE", "TOM OKAFOR"]),
        ("Haru Lee Senior Naru Correspondent", ["Haru Lee"]),
        ("Haru Lee, EXAMPLE TODAY", ["Haru Lee"]),
        ("Haru Lee NBG News", ["Haru Lee"]),
        ("Article by: HARU LEE CONTINENTAL PRESS", ["HARU LEE"]),
        ("posted by Haru Lee July 3, 2024 Health", ["Haru Lee"]),
        ("By Haru LeePublished Tuesday", ["Haru Lee"]),
        ("By Dana A. Ford , James S.A. Cory, and Tom Okafor, NBG", ["Dana A. Ford", "James S.A. Cory", "Tom Okafor"]),
        ("Par CLAIRE AUBIN, LAURE BRET Envoyés spéciaux", ["CLAIRE AUBIN", "LAURE BRET"]),
        ("Von Anke Brandt und Uwe Sorge, Gaon", ["Anke Brandt", "Uwe Sorge"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Por Ana Ruiz y Eva Sol", ["Ana Ruiz", "Eva Sol"]),
        ("Autori: Anna Ūdre (LTB)", ["Anna Ūdre"]),
        ("Полина Белова", ["Полина Белова"]),
        ("By April Jones", ["April Jones"]),
        ("by Michael deLange", ["Michael deLange"]),
        ("Door Anna van der Meer", ["Anna van der Meer"]),
    ],
)  # fmt: skip
def test_names_end_where_another_thing_begins(line: str, names: list[str]) -> None:
    found = signature_of(line)
    assert found is not None
    assert list(found.names) == names


@pytest.mark.parametrize(
    "line", ["Release Date", "By The Numbers", "Play NBG News Video", "By Staff", "Filed Under", "Share", "12 comments"]
)
def test_labels_are_no_names(line: str) -> None:
    assert signature_of(line) is None


@pytest.mark.parametrize(
    "rest", [", Staff Writer", "Health and science reporter, NBG", "NBG News", ", Special for NARU TODAY"]
)
def test_an_office_behind_a_name_is_known(rest: str) -> None:
    assert is_office(rest)


def test_a_verb_behind_a_name_is_no_office() -> None:
    assert not is_office("wins the race")
