"""Names in bylines and in the data of pages."""

from __future__ import annotations

import pytest

from rows import each_row
from yoyak.model.types import Person
from yoyak.readers.people import clean_people, merged, signed, split_names
from yoyak.readers.source import without_role


@each_row(
    ("written", "names"),
    [
        ("한빛일보;신현주 기자", ["신현주"]),
        ("박준석 기자 외", ["박준석"]),
        ("박준석 기자 외 1명", ["박준석"]),
        ("배윤경", ["배윤경"]),
        ("이하늘·정초록 기자", ["이하늘", "정초록"]),
        ("이하늘 정초록 기자", ["이하늘", "정초록"]),
        ("By Jane Doe and Sam Lee", ["Jane Doe", "Sam Lee"]),
        ("Jane Doe, Sam Lee & Kim van Dyke", ["Jane Doe", "Sam Lee", "Kim van Dyke"]),
        ("한빛일보", []),
        ("https://www.facebook.com/hanbit", []),
        ("admin", []),
    ],
)
def test_names_are_cleaned_of_roles_counts_and_the_outlet(written: str, names: list[str]) -> None:
    assert [person.name for person in clean_people([written], ["한빛일보"])] == names


def test_a_lone_name_gets_the_address_beside_it() -> None:
    (person,) = clean_people(["이하늘 기자 (sky@nuri.example)"])
    assert (person.name, person.email) == ("이하늘", "sky@nuri.example")


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("이하늘 사회부 기자, 정초록 기자", [("이하늘", None), ("정초록", None)]),
        ("이하늘기자", [("이하늘", None)]),
        ("이하늘 기자 sky@nuri.example, 정초록 기자 green@nuri.example",
         [("이하늘", "sky@nuri.example"), ("정초록", "green@nuri.example")]),
        ("이하늘·정초록 기자 sky@nuri.example", [("이하늘", None), ("정초록", None)]),
        ("Jana Muster und Peter Beispiel", [("Jana Muster", None), ("Peter Beispiel", None)]),
        ("José Ortega y Gasset", [("José Ortega y Gasset", None)]),
    ],
)  # fmt: skip
def test_people_who_sign_together_have_an_address_each_or_none(
    written: str, people: list[tuple[str, str | None]]
) -> None:
    assert [(person.name, person.email) for person in signed(written, None)] == people


def test_words_that_are_roles_are_no_names() -> None:
    assert split_names("이하늘 인턴") == ("이하늘",)


@each_row(
    ("written", "name"),
    [
        ("김하늘 기자", "김하늘"),
        ("김하늘 인턴기자", "김하늘"),
        ("김하늘 시민 기자", "김하늘"),
        ("Hana Kim PD", "Hana Kim"),
        ("이바다 논설위원", "이바다"),
        ("기자", "기자"),
        ("한기자", "한기자"),
        ("김앵커", "김앵커"),
        ("작가 김하늘", "작가 김하늘"),
    ],
)
def test_a_job_title_is_taken_off_only_as_a_last_word_of_its_own(written: str, name: str) -> None:
    assert without_role(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada BrookAda Brook", "Ada Brook"),
        ("Ada Brook Ada Brook", "Ada Brook"),
        ("Haru Lee @harulee", "Haru Lee"),
        ("Duran Duran", "Duran Duran"),
    ],
)
def test_a_name_that_stands_twice_or_before_its_handle_is_one(written: str, name: str) -> None:
    assert [person.name for person in merged([Person(name=written)])] == [name]
