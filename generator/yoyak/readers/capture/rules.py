"""The phrase lists of readers/rules/ and of a site's content/_rules/: what a line of a pasted page can be, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from yoyak.model.types import Record
from yoyak.readers.around import OwnRules
from yoyak.text.word_lists import data_of

RULE_FILES = ("ko", "en", "world")
"""All of them are used on every capture: outlets mix their languages."""
LABELS = ("ui", "rights", "promo", "theme", "publisher", "byline", "byline_tail", "opening", "caption")
_ANY_CASE = frozenset({"ui", "rights", "promo"})
"""Labels whose patterns fit capitals as well; names of people and places need theirs."""
_PART = re.compile(r"\{\{(\w+)\}\}")


class RuleKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One label of a rules file."""

    phrases: tuple[str, ...] = ()
    patterns: Mapping[str, str] = {}


class LabelRules(Record, kw_only=True):
    """The rules of one label from all files."""

    phrases: frozenset[str]
    """As `folded` gives them."""
    patterns: tuple[tuple[str, str], ...]
    case: re.RegexFlag
    hints: tuple[re.Pattern[str], ...]
    """What every line has that a pattern fits, as it begins and anywhere: most lines have neither."""

    def match(self, text: str) -> tuple[str, re.Match[str]] | None:
        """Return the first pattern that fits a line, with its name."""
        start, anywhere = self.hints
        for name, pattern in self.patterns if start.match(text) or anywhere.search(text) else ():
            if match := _compiled(pattern, self.case).search(text):
                return name, match
        return None


class Rules(Record, kw_only=True):
    """All rules, ready for use."""

    labels: Mapping[str, LabelRules]
    phrases: Mapping[str, str]
    """The label of each phrase."""


def folded(text: str) -> str:
    """Return a line for comparison with phrases: lower case, spaces as one, no brackets or bullets around it."""
    return " ".join(text.casefold().split()).strip("<>[]()·•|:")


@cache
def capture_rules(own: tuple[OwnRules, ...] = ()) -> Rules:
    """Return yoyak's rules with those of a site before them, and without what the site takes out."""
    labels = {label: _merged(label, own) for label in LABELS}
    phrases = {phrase: label for label, rules in reversed(labels.items()) for phrase in rules.phrases}
    return Rules(labels=labels, phrases=phrases)


LONGEST = 10_000
"""Characters of a pattern with its parts written out: parts that name parts multiply."""


def with_parts(pattern: str, parts: Mapping[str, str]) -> str:
    """Return a pattern with its ``{{parts}}`` written out.

    Raises:
        KeyError: there is no such part.
        ValueError: it is far too long with its parts.
    """
    for _ in range(5):
        if "{{" not in pattern:
            break
        size = len(pattern) + sum(len(parts[match[1]]) for match in _PART.finditer(pattern))
        if size > LONGEST:
            raise ValueError(f"With its parts it has more than {LONGEST:,} characters.")
        pattern = _PART.sub(lambda match: f"(?:{parts[match[1]]})", pattern)
    return pattern


@cache
def built_in_parts() -> Mapping[str, str]:
    """Return the pieces of patterns that yoyak's rules name."""
    return {name: part for parts, _ in map(_rules_file, RULE_FILES) for name, part in parts.items()}


def built_in(label: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """Return the phrases of a label as `folded` gives them, and its patterns with names, their parts written out."""
    found = [rules[label] for _, rules in map(_rules_file, RULE_FILES) if label in rules]
    phrases = frozenset(folded(phrase) for rules in found for phrase in rules.phrases)
    parts = built_in_parts()
    return phrases, tuple((name, with_parts(text, parts)) for rules in found for name, text in rules.patterns.items())


@cache
def _rules_file(name: str) -> tuple[Mapping[str, str], Mapping[str, RuleKeys]]:
    written = data_of(f"readers/rules/{name}", dict[str, Any])
    return written.pop("parts", {}), msgspec.convert(written, dict[str, RuleKeys])


def _merged(label: str, own: Iterable[OwnRules]) -> LabelRules:
    phrases, patterns = built_in(label)
    ours = [rules for rules in own if rules.label == label]
    gone = {word for rules in ours for word in rules.without}
    added = [pattern for rules in ours for pattern in rules.patterns]
    gone |= {name for name, _ in added}
    case = re.IGNORECASE if label in _ANY_CASE else re.NOFLAG
    kept = [(name, text) for name, text in patterns if name not in gone]
    return LabelRules(
        phrases=(phrases - {folded(word) for word in gone})
        | {folded(text) for rules in ours for text in rules.phrases},
        patterns=(*added, *kept),
        case=case,
        hints=_hints([text for _, text in (*added, *kept)], case),
    )


_compiled = cache(re.compile)
_NAMED = re.compile(r"\(\?P<\w+>")
_ESCAPED = re.compile(r"\\[^1-9]", re.DOTALL)
_BY_ITSELF = re.compile(r"\\[1-9]|(?<!\()\?P<|\(\?(?:P=|\(|#|[a-zA-Z-]*[x)])")
"""What a pattern means only when it stands alone: groups that it names again, flags for all of it."""
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_ANYTHING = re.compile(r"\^\(\?P<text>\.(?:\*|\{\d+,\d+\})\?\)(?:\\s\*)?(?:\[\\\[\(\]\?)?(?![?*+{])")
"""A beginning that most lines have: what stands behind it is looked for anywhere."""


def _hints(patterns: Iterable[str], case: re.RegexFlag) -> tuple[re.Pattern[str], ...]:
    found: tuple[list[str], list[str]] = [], []
    for choice in (choice for pattern in patterns for choice in _choices(pattern)):
        begun = _ANYTHING.match(choice)
        rest = choice[begun.end() :] if begun else choice
        found[not rest.startswith("^")].append(_NAMED.sub("(?:", rest))
    return tuple(_compiled("|".join(choices) or "(?!)", case) for choices in found)


def _choices(pattern: str) -> Iterator[str]:
    """Yield what stands between the ``|`` of a pattern that are in no group; nothing of one that may fit anything."""
    if _BY_ITSELF.search(_ESCAPED.sub("_", pattern)):
        yield "(?:)"
        return
    level = start = 0
    for sign in _SIGN.finditer(pattern):
        level += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == "|" and not level:
            yield pattern[start : sign.start()]
            start = sign.end()
    yield pattern[start:]
