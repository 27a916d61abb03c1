"""Medians, ratios and tables say what was measured."""

from __future__ import annotations

from bench.figures import as_markdown, as_text, changes, growth, medians, number, ratios, table

MEASURED = {"yoyak": {"cold s": 3.0, "no-op s": 0.05, "sample site s": 0.6}, "hugo": {"cold s": 1.5, "no-op s": 0.5}}


def test_a_median_is_that_of_the_rounds_that_have_the_measure() -> None:
    assert medians([{"cold s": 1.0}, {"cold s": 9.0, "cold MB": 40.0}, {"cold s": 2.0}]) == {
        "cold s": 2.0,
        "cold MB": 40.0,
    }


def test_a_ratio_is_how_many_times_a_peers_number_yoyaks_is() -> None:
    assert ratios(MEASURED) == {"hugo": {"cold s": 2.0, "no-op s": 0.1}}


def test_growth_is_the_larger_site_over_the_smaller() -> None:
    assert growth({"cold s": 2.0, "--version s": 0.1}, {"cold s": 9.0}) == {"cold s growth": 4.5}


def test_a_table_has_a_row_for_each_measure_and_a_gap_where_a_peer_has_none() -> None:
    assert list(table(MEASURED)) == [
        ["", "yoyak", "hugo", "yoyak/hugo"],
        ["cold s", "3.00", "1.50", "2.00"],
        ["no-op s", "0.0500", "0.500", "0.10"],
        ["sample site s", "0.600", "", ""],
    ]


def test_a_change_has_both_numbers_and_both_ratios() -> None:
    faster = MEASURED | {"yoyak": {"cold s": 1.5, "body edit s": 1.0}}
    assert list(changes(MEASURED, faster)) == [
        ["", "before", "now", "now/before", "yoyak/hugo"],
        ["cold s", "3.00", "1.50", "0.50", "2.00 → 1.00"],
    ]


def test_numbers_have_three_digits_that_matter() -> None:
    assert [number(value) for value in (0.04567, 1.0, 45.67, 2093.4)] == ["0.0457", "1.00", "45.7", "2,093"]


def test_columns_line_up_for_a_terminal() -> None:
    assert as_text([["", "yoyak"], ["cold s", "3.00"]]) == "        yoyak\ncold s   3.00"


def test_a_markdown_table_has_its_rule() -> None:
    assert as_markdown([["", "yoyak"], ["cold s", "3.00"]]) == "|  | yoyak |\n| --- | ---: |\n| cold s | 3.00 |"
