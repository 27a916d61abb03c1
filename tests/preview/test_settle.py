"""When the worker looks after a hint."""

from __future__ import annotations

import pytest

from yoyak.preview.hints import LIMIT, QUIET, Pending, due, noted


def test_one_hint_is_answered_after_a_short_quiet() -> None:
    assert due(noted(None, 10.0)) == 10.0 + QUIET


def test_every_further_hint_extends_the_wait() -> None:
    pending = noted(noted(None, 10.0), 10.04)
    assert due(pending) == 10.04 + QUIET


def test_hints_without_end_do_not_extend_it_for_ever() -> None:
    assert due(Pending(first=10.0, last=19.0)) == 10.0 + LIMIT


def test_a_save_is_answered_fast_enough_to_be_felt_as_at_once() -> None:
    assert pytest.approx(0.05, abs=0.02) == QUIET
