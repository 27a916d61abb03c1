"""Bounds of what readers find: the first of a long list, and a warning with the number."""

from __future__ import annotations

import pytest

from readers.worlds import around
from yoyak.messages.catalogue import printed, speak
from yoyak.model.schema import FrontMatter
from yoyak.model.sources import Evidence, Field, SourceFile
from yoyak.model.types import Person
from yoyak.readers.around import FoundPicture
from yoyak.readers.bounds import bounds_of, within_bounds
from yoyak.readers.source import read_source

PATH = "content/2024/ferry.html"


def _field(value: object) -> Field:
    return Field(value=value, confidence=0.9, evidence=(Evidence(rule="test", line=7),))


def test_the_first_of_too_many_items_are_taken_with_a_warning() -> None:
    found, problems = within_bounds({"tags": _field(tuple(f"섬 {n}" for n in range(300)))}, PATH)
    assert found["tags"].value == tuple(f"섬 {n}" for n in range(100))
    (problem,) = problems
    assert printed(problem) == (
        f'{PATH}:7: warning: "tags" has 300 items; 100 are allowed. The first 100 are taken. '
        "Check it against the original. [too-many]"
    )


def test_the_end_of_a_text_that_is_too_long_is_left_out_between_words() -> None:
    found, problems = within_bounds({"title": _field("새 배가 " * 100)}, PATH)
    title = found["title"].value
    assert len(title) <= 300
    assert title.endswith(("새…", "배가…"))
    assert [problem.code for problem in problems] == ["too-long"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source_url", f"https://gaon.example/{'a' * 2000}"),
        ("image", FoundPicture(src="p" * 2001)),
        ("authors", (Person(name="한" * 201),)),
        ("aliases", (f"/{'a' * 2000}/",)),
    ],
)
def test_the_beginning_of_an_address_or_a_name_is_another_one_so_it_is_left_out(name: str, value: object) -> None:
    found, problems = within_bounds({name: _field(value)}, PATH)
    assert name not in found
    assert [problem.code for problem in problems] == ["too-long"]
    assert "It is left out." in speak(problems[0].message)


def test_a_part_of_a_picture_is_cut_and_the_picture_stays() -> None:
    picture = FoundPicture(src="p.png", alt="부두 " * 2000, credit="한" * 400)
    found, problems = within_bounds({"image": _field(picture)}, PATH)
    assert found["image"].value.src == "p.png"
    assert len(found["image"].value.alt) <= 2000
    assert found["image"].value.credit == ""
    assert sorted(problem.code for problem in problems) == ["too-long", "too-long"]


def test_what_is_within_its_bound_is_the_same_value() -> None:
    fields = {"tags": _field(("섬",)), "title": _field("새 배"), "press_release": _field(True)}
    assert within_bounds(fields, PATH) == (fields, ())


def test_every_key_of_front_matter_has_its_bounds() -> None:
    bounds = bounds_of(FrontMatter)
    assert bounds["tags"].most == 100
    assert bounds["tags"].longest == 200
    assert bounds["authors"].parts["name"].longest == 200
    assert bounds["image"].parts["src"].longest == 2000
    assert bounds["date"].most is bounds["date"].longest is None


def test_front_matter_past_its_bounds_is_an_error_of_whoever_wrote_it() -> None:
    written = f"---\ntags: [{', '.join(f'섬{n}' for n in range(101))}]\n---\n새 배 뜬다\n2024-07-03 09:00\n"
    read = read_source(SourceFile(path="content/a.txt", data=written.encode(), digest=""), around("content/a.txt"))
    assert read.reading is None
    assert [(problem.code, problem.severity) for problem in read.problems] == [("too-many", "error")]
