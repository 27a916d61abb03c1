"""Terms: spellings folded to one, its title, its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values import place as article
from yoyak.grouping.terms import Registered, make_terms
from yoyak.model.types import Term
from yoyak.text.names import path_key


def terms(*tags: tuple[str, ...], registry: tuple[Registered, ...] = ()) -> dict[str, Term]:
    articles = [article(f"a{number}", tags=names) for number, names in enumerate(tags)]
    found, _ = make_terms("tag", articles, lambda one: one.tags, registry, "/")
    return {term.title: term for term in found}


def slugs(*names: str, registry: tuple[Registered, ...] = ()) -> dict[str, str]:
    return {title: term.slug for title, term in terms(names, registry=registry).items()}


def test_spellings_that_differ_by_case_spacing_or_normal_form_are_one_term() -> None:
    found = terms(("소버린 AI",), ("소버린AI",), ("\u1109\u1169버린-ai",))
    assert len(found) == 1
    assert len(next(iter(found.values())).articles) == 3


def test_the_title_is_the_most_frequent_spelling() -> None:
    assert list(terms(("open source",), ("Open Source",), ("Open Source",))) == ["Open Source"]


def test_of_equally_frequent_spellings_the_title_is_the_first_by_order() -> None:
    assert list(terms(("b B",), ("B b",))) == ["B b"]


def test_the_editors_spelling_counts_more_than_any_number_of_others() -> None:
    entry = Registered(title="소버린 AI", slug="sovereign-ai", aliases=("Sovereign AI",), description="설명")
    found = terms(("sovereign ai",), ("Sovereign-AI",), ("소버린ai",), ("sovereign-ai",), registry=(entry,))
    assert list(found) == ["소버린 AI"]
    term = found["소버린 AI"]
    assert (term.slug, term.url, term.description, len(term.articles)) == (
        "sovereign-ai",
        "/tags/sovereign-ai/",
        "설명",
        4,
    )


def test_an_article_that_names_a_term_twice_is_in_it_once() -> None:
    (term,) = terms(("AI", "ai", "A I")).values()
    assert len(term.articles) == 1


def test_a_term_that_nobody_names_is_none() -> None:
    assert terms(("a",), registry=(Registered(title="b"),)).keys() == {"a"}


def test_terms_stand_in_alphabetical_order_hangul_first() -> None:
    assert list(terms(("zebra", "나", "Apple", "가", "1"))) == ["가", "나", "Apple", "zebra", "1"]


def test_a_name_that_is_its_own_address_keeps_it() -> None:
    found = slugs("C++", "C#", "c")
    assert found["c"] == "c"
    assert found["C++"].startswith("c-")
    assert found["C#"].startswith("c-")
    assert found["C++"] != found["C#"]


def test_an_address_of_the_registry_is_kept_from_others() -> None:
    found = slugs("cpp", "C++", registry=(Registered(title="C++", slug="cpp"),))
    assert found == {"C++": "cpp"}


def test_a_name_without_a_letter_has_an_address() -> None:
    assert all(slug.startswith("tag-") for slug in slugs("!?", "---", "👍").values())


def test_two_that_want_one_address_are_told() -> None:
    _, problems = make_terms("tag", [article("a", tags=("C++", "C#"))], lambda one: one.tags, (), "/")
    assert [(problem.code, problem.severity) for problem in problems] == [("same-address", "warning")]


@given(st.lists(st.text(min_size=1, max_size=6), max_size=12))
def test_no_two_terms_have_one_address(names: list[str]) -> None:
    found = slugs(*names)
    assert len({path_key(slug) for slug in found.values()}) == len(found)
    assert "" not in found.values()


@given(st.permutations(["A b", "a b", "가", "C++", "C#", "ss", "ß!"]))
def test_the_order_of_names_decides_nothing(names: list[str]) -> None:
    expected = slugs("A b", "a b", "가", "C++", "C#", "ss", "ß!")
    assert slugs(*names) == expected


@pytest.mark.parametrize("kind", ["theme", "tag", "source", "author"])
def test_each_kind_has_its_place(kind: str) -> None:
    found, _ = make_terms(kind, [article("a", tags=("x",))], lambda one: one.tags, (), "/digest/")  # type: ignore[arg-type]
    assert found[0].url == f"/digest/{kind}s/x/"
