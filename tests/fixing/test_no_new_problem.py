"""A repair never makes a new problem, whatever stands on the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixing.desks import changed, head, mended, place_in
from fixing.generated import BAD
from yoyak.fixing.looking import RepairContext
from yoyak.fixing.mending import mend

KEYS = (
    "images image imge cover titel title summery tag tags theme themes autors authors author wieght weight rihgts"
    " rights update updated date slug sulg lang edition aliases alias publish_at status sttaus source_url"
).split()
VALUES = (
    '["/images/hero.png"]', "[https://a.example/a.png]", "[a.png, b.png]", "a.png", "{src: a.png}", "[{src: a.png}]",
    '{url: "https://a.example/a.png"}', "\n  - a.png", "\n  - src: https://a.example/a.png", "[]", "{}", "[[a]]",
    "010", "20240703", "2024-13-45", "transprot", "섬, 배", "[섬, 섬]", "{name: 한서우}", "darft", "approvd", "true",
    "Full", "https://a.example/a b", "“ko”", "ko_KR", "[속보] 배", "'배", '"배', "배: 뜬다", "&a b", "*b", "| x", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> RepairContext:
    return place_in(tmp_path_factory.mktemp("site"), "content/2024/07/ferry.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('images: ["https://a.example/a.png"]', 'image: {src: "https://a.example/a.png"}'),
        ("image: [https://a.example/a.png]", "image: {src: https://a.example/a.png}"),
        ("images: {src: https://a.example/a.png}", "image: {src: https://a.example/a.png}"),
    ],
)
def test_a_list_of_one_picture_becomes_a_picture(before: str, after: str, tmp_path: Path) -> None:
    assert changed(mended(tmp_path, head("title: 배", "date: 2024-07-03", before))) == [f"-{before}", f"+{after}"]


@pytest.mark.parametrize("line", ['images: ["/images/hero.png"]', "images: [a.png, b.png]", "images: a.png"])
def test_what_would_have_another_error_is_left_to_people(line: str, tmp_path: Path) -> None:
    found = mended(tmp_path, head("title: 배", "date: 2024-07-03", line))
    assert found
    assert (found.made, changed(found)) == ((), [])
    assert [problem.code for problem in found.left] == ["unknown-key"]


@pytest.mark.parametrize(
    "lines",
    [
        ("date: 7월 3일", "date: 7월 3일 오전 9시"),
        ("author: 한서우, 도윤재", "author: 도윤재"),
        ("updated: 내일", "updated: 모레"),
        ("wordcount: 1", "wordcount: 2"),
        ("weight: 높음", "weight: 낮음"),
        ("image: {url: a.png}", "image: {url: b.png}"),
    ],
)
def test_of_two_values_that_nobody_can_read_neither_goes(lines: tuple[str, ...], tmp_path: Path) -> None:
    found = mended(tmp_path, head("title: 배", *lines))
    assert found
    kept = found.after.decode()
    assert all(line in kept or line.replace("author", "authors") in kept for line in lines)
    assert {"duplicate-key", "foreign-key"} & {problem.code for problem in found.left}


_LINES = st.one_of(
    st.builds(
        lambda key, value: f"{key}: {value}".replace(": \n", ":\n"), st.sampled_from(KEYS), st.sampled_from(VALUES)
    ),
    st.sampled_from([line for lines in BAD.values() for line in lines]),
)


@pytest.mark.slow
@given(st.lists(_LINES, min_size=1, max_size=4))
def test_no_line_that_is_repaired_has_an_error_that_it_had_not(place: RepairContext, lines: list[str]) -> None:
    data = head("title: 제목", "date: 2024-07-03", *lines).encode()
    found = mend(data, place)
    if not found or not found.made:
        return
    before, after = place.look(data), place.look(found.after)
    repaired = {made.problem.line for made in found.made}
    had = {(problem.line, problem.code) for problem in before.problems}
    if found.before.count(b"\n") == found.after.count(b"\n"):
        of_head = {*after.of_lines, *after.of_values}
        assert not [p for p in of_head if p.severity == "error" and p.line in repaired and (p.line, p.code) not in had]
