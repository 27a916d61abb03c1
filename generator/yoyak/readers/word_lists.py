"""The words of many languages that readers know: files of lists in readers/rules, each list in groups of words.

A file is read with the first module, or for the first text, that asks for one of its lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from yoyak.text.word_lists import data_of


def words(name: str, file: str = "words") -> frozenset[str]:
    """Return a list of words."""
    return frozenset(word for part in groups(name, file).values() for word in part)


def alternatives(name: str, file: str = "words") -> str:
    """Return a list of patterns as one: ``by|von|par``."""
    return "|".join(pattern for part in groups(name, file).values() for pattern in part)


def by_group(name: str, file: str = "words") -> Mapping[str, str]:
    """Return the patterns of each group of a list as one, by the group's name, such as a language."""
    return {group: "|".join(part) for group, part in groups(name, file).items()}


def groups(name: str, file: str) -> Mapping[str, Sequence[str]]:
    """Return the words of each group of a list."""
    return _lists(file)[name]


@cache
def _lists(file: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return data_of(f"readers/rules/{file}", dict[str, dict[str, tuple[str, ...]]])
