"""Markdown comes out as CommonMark and GitHub show it, but where yoyak means to differ: `deviations` says why."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from readers.markdown.deviations import ALLOWED_SHARES, GENERATED, GITHUB, OWN, SPECIFICATION
from readers.markdown.documents import common_blocks, documents
from readers.markdown.gfm_examples import EXAMPLES
from readers.markdown.oracle import comparable, expected, ours, plain_html
from readers.markdown.shares import shares
from readers.markdown.spec_examples import Example, examples
from rows import each_row


@pytest.fixture
def specification() -> list[Example]:
    found = examples()
    if not found:
        pytest.skip("commonmark-spec.txt is not here: it is not part of the project")
    return found


def test_the_oracle_gives_what_the_specification_prints(specification: list[Example]) -> None:
    assert len(specification) > 600
    assert [e.number for e in specification if comparable(plain_html(e.source)) != comparable(e.html)] == []


def test_examples_of_the_specification_differ_where_it_is_meant(specification: list[Example]) -> None:
    differing = {e.number for e in specification if expected(e.source) != ours(e.source)}
    assert sorted(differing) == sorted(SPECIFICATION)


def test_examples_of_githubs_extensions_differ_where_it_is_meant() -> None:
    differing = {source for sources in EXAMPLES.values() for source in sources if expected(source) != ours(source)}
    assert sorted(differing) == sorted(GITHUB)


@each_row(("source", "reason"), OWN)
def test_a_text_that_is_meant_to_differ_does(source: str, reason: str) -> None:
    assert expected(source) != ours(source), reason


def test_each_section_has_its_share_or_a_reason() -> None:
    assert [share for share in shares() if not share.is_enough and share.section not in ALLOWED_SHARES] == []


def test_no_section_has_a_reason_that_it_does_not_need(specification: list[Example]) -> None:
    assert {share.section for share in shares() if not share.is_enough} == set(ALLOWED_SHARES)


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(documents(common_blocks()))
def test_blocks_in_blocks_come_out_as_the_oracles(document: str) -> None:
    if not any(pattern.search(document) for _, pattern in GENERATED):
        assert ours(document) == expected(document)


@pytest.mark.parametrize("document", ["1. 1. w1", "![w1](p.svg)\n낱말2"])
def test_what_is_excused_in_generated_documents_differs(document: str) -> None:
    assert any(pattern.search(document) for _, pattern in GENERATED)
    assert ours(document) != expected(document)
