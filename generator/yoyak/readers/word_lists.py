"""The words of many languages that readers of saved pages and of bylines know, from readers/rules/words.yaml.

A list is loaded with the first module that asks for one. A build of Markdown alone imports none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
import yaml


def words(name: str) -> frozenset[str]:
    """Return a list of words."""
    return frozenset(word for part in _lists()[name].values() for word in part)


def alternatives(name: str) -> str:
    """Return a list of patterns as one: ``by|von|par``."""
    return "|".join(pattern for part in _lists()[name].values() for pattern in part)


def by_group(name: str) -> Mapping[str, str]:
    """Return the patterns of each group of a list as one, by the group's name, such as a language."""
    return {group: "|".join(part) for group, part in _lists()[name].items()}


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    source = files("yoyak.readers").joinpath("rules", "words.yaml").read_text(encoding="utf-8")
    written = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return msgspec.convert(written, dict[str, dict[str, tuple[str, ...]]])
