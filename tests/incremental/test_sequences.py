"""The law of incremental builds: after any sequence of edits, a build gives what a clean one gives, byte for byte.

A sequence that fails is printed as a value; put it into `REMEMBERED`, and it is walked on every run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from incremental.amounts import SEQUENCES
from incremental.laws import (
    FULLY,
    renders_nothing_in_vain,
    tells_why,
)
from incremental.sequences import Step, Story, hold, story, story_of_articles, walk

REMEMBERED = [
    Story(0, 3, True, (Step(()), Step((("delete", 1),)), Step((("restore", 1),)))),
    Story(926361, 1, True, (Step((), preview=True), Step((("link output", 138911),), preview=True))),
    Story(842729, 2, True, (Step(()), Step((("set timezone of the site", 929434),)))),
]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


ended: dict[int, list[bool]] = {}
"""By the number of a sequence that held: which of its builds came to their end."""


@pytest.mark.parametrize("number", SEQUENCES)
def test_any_sequence_of_edits_gives_what_a_clean_build_gives_and_says_why(quick_path: Path, number: int) -> None:
    builds: list[bool] = []
    hold(story(number), quick_path, *FULLY, tells_why, lambda found: builds.append(found.found.complete), compared=0)
    ended[number] = builds


@pytest.mark.parametrize("told", REMEMBERED)
def test_sequence_that_once_failed_gives_what_a_clean_build_gives(quick_path: Path, told: Story) -> None:
    hold(told, quick_path, *FULLY, compared=0)


def test_most_builds_of_the_sequences_come_to_their_end(quick_path: Path) -> None:
    """A sequence in which every build stops at a broken template would hold to any law."""
    for number in range(8):
        if number not in ended:
            ended[number] = [found.found.complete for found in walk(story(number), quick_path / str(number), [])]
    rounds = [complete for number in range(8) for complete in ended[number]]
    assert sum(rounds) > 0.75 * len(rounds)


@pytest.mark.parametrize("number", SEQUENCES[::4])
def test_an_edit_of_articles_renders_no_page_in_vain(quick_path: Path, number: int) -> None:
    hold(story_of_articles(number), quick_path, renders_nothing_in_vain)
