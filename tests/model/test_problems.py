"""Problems: their order, and how one is printed."""

from __future__ import annotations

from yoyak.messages.catalogue import paragraph, printed, speak
from yoyak.model.message import Problem, at_the_top, in_order


def test_problems_of_one_place_and_wording_have_an_order_too() -> None:
    found = [Problem(code="bad-key", message="What.", hint=hint, path="a.md", line=1) for hint in "hgfedcba"]
    assert [speak(problem.hint) for problem in in_order(found)] == list("abcdefgh")


def test_a_problem_is_told_with_its_place_its_sentence_and_what_to_do() -> None:
    problem = Problem(code="bad-key", message="What.", hint="Do.", path="a.md", line=3, column=9, severity="warning")
    assert printed(problem) == "a.md:3:9: warning: What. Do. [bad-key]"
    assert paragraph(problem) == "a.md:3:9: warning: What. Do."


def test_the_lines_to_write_show_the_fences_only_where_there_are_none() -> None:
    hint, write = at_the_top("title: …", fenced=True)
    assert (speak(hint), write) == ("Write one at its top: title: …", ())
    problem = Problem(code="no-title", message="No title.", **at_the_top("title: …", fenced=False)._asdict())
    assert paragraph(problem).splitlines()[-3:] == ["---", "title: …", "---"]
