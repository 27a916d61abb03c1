"""A table that one test goes through: no row is left out, and a red test names each row that is wrong."""

from __future__ import annotations

import inspect

import pytest

from rows import each_row

MARKED = pytest.param(1, marks=pytest.mark.slow)


def _said(test: object) -> str:
    with pytest.raises(pytest.fail.Exception) as failed:
        test()  # type: ignore[operator]
    return str(failed.value)


def test_every_row_that_fails_is_named_with_what_was_expected_and_what_came() -> None:
    rows = [("a", 1), ("bc", 3), pytest.param("가나", 2, id="fine"), pytest.param("", 7, id="no")]

    @each_row(("text", "length"), rows)
    def measure(text: str, length: int) -> None:
        assert len(text) == length

    said = _said(measure)
    assert said.startswith("2 of 4 rows fail:\n")
    assert "text='bc', length=3" in said
    assert "[no] text='', length=7" in said
    assert "assert 2 == 3" in said
    assert "assert 0 == 7" in said
    assert said.count("tests/test_rows.py:") == 2
    assert "fine" not in said


def test_an_error_of_the_code_is_the_failure_of_its_row_and_no_other() -> None:
    seen = []

    @each_row("number", [1, 0, 2])
    def divide(number: int) -> None:
        seen.append(number)
        assert 2 // number

    said = _said(divide)
    assert seen == [1, 0, 2]
    assert said.startswith("1 of 3 rows fail:\n\n[2] number=0\n")
    assert "ZeroDivisionError: integer division or modulo by zero" in said


def test_an_error_below_a_test_is_told_with_the_line_of_the_test_and_its_own() -> None:
    @each_row("value", ["{"])
    def load(value: str) -> None:
        inspect.signature(value)  # type: ignore[arg-type]

    assert "tests/test_rows.py:" in (said := _said(load))
    assert "inspect.py:" in said


def test_a_row_that_is_skipped_skips_no_other_and_hides_no_failure() -> None:
    words = ["skipped", "fine", "failed", "skipped"]

    @each_row("word", words)
    def say(word: str) -> None:
        seen.append(word)
        if word == "skipped":
            pytest.skip("nothing here")
        if word == failing:
            pytest.fail(f"it is {word}")

    seen: list[str] = []
    failing = "failed"
    said = _said(say)
    assert said.startswith("1 of 4 rows fail:\n\n[3] word='failed'\n")
    assert "it is failed" in said
    assert seen == words

    failing = ""
    with pytest.raises(pytest.skip.Exception, match="2 of 4 rows: nothing here"):
        say()  # type: ignore[call-arg]
    assert seen == words * 2


def test_tables_on_a_test_are_multiplied_and_the_rows_of_both_are_named() -> None:
    seen = []

    @each_row("letter", "ab")
    @each_row("number", [1, 2, 3])
    def multiply(letter: str, number: int) -> None:
        seen.append((letter, number))
        assert (letter, number) != ("b", 2)

    said = _said(multiply)
    assert seen == [(letter, number) for letter in "ab" for number in (1, 2, 3)]
    assert said.startswith("1 of 2 rows fail:\n\n[2] letter='b'\n    1 of 3 rows fail:\n")
    assert "number=2" in said
    assert "letter='a'" not in said


@pytest.mark.parametrize("ids", [["one", "two"], lambda value: f"<{value}>"])
def test_a_row_is_named_as_pytest_is_told_to(ids: object) -> None:
    @each_row("value", ["x", "y"], ids=ids)
    def refuse(value: str) -> None:
        raise AssertionError

    assert ("[one] value='x'" in (said := _said(refuse))) or "[<x>] value='x'" in said


def test_a_table_without_rows_or_with_a_row_of_another_length_is_refused() -> None:
    for names, table in (("a", []), ("a, b", [(1,)]), ("a", [MARKED])):
        with pytest.raises((AssertionError, ValueError)):
            each_row(names, table)(lambda **_: None)


def test_a_table_may_be_written_in_any_way_that_pytest_reads() -> None:
    seen: list[object] = []
    tables = (("a", {"x": 1}), ("a", iter(["y"])), (("a",), [("z",)]), ("a", [("t",)]), (["a"], [pytest.param("p")]))
    for names, table in tables:
        each_row(names, table)(lambda a: seen.append(a))()
    assert seen == ["x", "y", "z", ("t",), "p"]


@each_row("number", [1, 2])
@pytest.mark.parametrize("word", ["one", "two"])
def test_what_is_not_in_the_table_is_given_by_pytest(word: str, number: int, checkout: object) -> None:
    assert word in {"one", "two"}
    assert number in {1, 2}
    assert checkout
