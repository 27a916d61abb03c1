"""Names in bylines and in the data of pages."""

from __future__ import annotations

import pytest

from yoyak.readers.people import clean_people, split_names


@pytest.mark.parametrize(
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


def test_words_that_are_roles_are_no_names() -> None:
    assert split_names("이하늘 인턴") == ("이하늘",)
