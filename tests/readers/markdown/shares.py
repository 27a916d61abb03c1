"""How many examples come out as the oracle's, by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from readers.markdown.gfm_examples import EXAMPLES
from readers.markdown.oracle import expected, ours
from readers.markdown.spec_examples import examples

CLOSE = (
    *("List items", "Lists", "Fenced code blocks", "Emphasis and strong emphasis", "Autolinks"),
    *("Tables", "Task lists", "Strikethrough", *EXAMPLES),
)
"""Of these sections 97 % come out as the oracle's; of the others 90 %."""


class Share(NamedTuple):
    section: str
    equal: int
    total: int

    @property
    def wanted(self) -> float:
        return 0.97 if self.section in CLOSE else 0.9

    @property
    def is_enough(self) -> bool:
        return self.equal >= self.wanted * self.total


@cache
def shares() -> list[Share]:
    """Return the shares of the specification's sections, where it is there, and of GitHub's extensions."""
    total, equal = Counter[str](), Counter[str]()
    for section, source in _all():
        total[section] += 1
        equal[section] += expected(source) == ours(source)
    return [Share(section, equal[section], total[section]) for section in total]


def _all() -> Iterator[tuple[str, str]]:
    for example in examples():
        yield example.section, example.source
    for section, sources in EXAMPLES.items():
        for source in sources:
            yield section, source
