"""The phrase lists of readers/rules/: what a line of a pasted page can be, by language, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from yoyak.model import Record

RULE_LANGUAGES = ("ko", "en")
"""All of them are used on every capture: outlets mix their languages."""


class RuleKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One label of a rules file."""

    phrases: tuple[str, ...] = ()
    patterns: Mapping[str, str] = {}


class LabelRules(Record, kw_only=True):
    """The rules of one label from all languages."""

    phrases: frozenset[str]
    """As `folded` gives them."""
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def match(self, text: str) -> tuple[str, re.Match[str]] | None:
        """Return the first pattern that fits a line, with its name."""
        return next(((name, match) for name, pattern in self.patterns if (match := pattern.search(text))), None)


def folded(text: str) -> str:
    """Return a line for comparison with phrases: lower case, spaces as one, no brackets or bullets around it."""
    return " ".join(text.casefold().split()).strip("<>[]()·•|:")


@cache
def capture_rules() -> Mapping[str, LabelRules]:
    """Return the rules by label: ``ui``, ``rights``, ``promo``, ``theme``, ``byline``, ``opening``, ``caption`` …"""
    read = [_rules_file(language) for language in RULE_LANGUAGES]
    labels = sorted({label for rules in read for label in rules})
    return {label: _merged([rules[label] for rules in read if label in rules]) for label in labels}


def _rules_file(language: str) -> dict[str, RuleKeys]:
    source = files("yoyak.readers").joinpath("rules", f"{language}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(source), dict[str, RuleKeys])


def _merged(rules: list[RuleKeys]) -> LabelRules:
    patterns = [(name, re.compile(pattern)) for rule in rules for name, pattern in rule.patterns.items()]
    return LabelRules(
        phrases=frozenset(folded(phrase) for rule in rules for phrase in rule.phrases), patterns=tuple(patterns)
    )
