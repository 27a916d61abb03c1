"""A site's own rules for captures: the files of content/_rules/, checked, as values that the reader adds to yoyak's.

A file with a mistake is an error and counts for nothing: it must not change a reading in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.front_matter.read import text_keys
from yoyak.front_matter.typed import convert
from yoyak.front_matter.yaml_nodes import compose
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, advised, did_you_mean, errors, in_order, joined, problem_of, say
from yoyak.model.schema import EdgeRuleKeys, LabelRuleKeys, RuleFileKeys
from yoyak.model.sources import SourceFile
from yoyak.readers.around import OwnRules
from yoyak.readers.capture.rules import LABELS, built_in, built_in_parts, folded, with_parts
from yoyak.text.decoding import UndecodableError, file_text

_LIMIT = 256 * 1024
_LONGEST_PATTERN = 1000
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "theme": ("label",),
    "byline": ("names", "mail"),
    "byline_tail": ("names", "mail", "agency"),
    "opening": ("place", "agency", "names"),
    "caption": ("text", "credit"),
}
"""What the patterns of a label must give: at least one of these."""
_Lines = Mapping[str, tuple[int, int]]


@cache
def own_rules(files: tuple[SourceFile, ...]) -> tuple[tuple[OwnRules, ...], tuple[Problem, ...]]:
    """Return the rules of those files that have no mistake, and the problems of the others."""
    found: list[OwnRules] = []
    problems: list[Problem] = []
    for file in files:
        rules, mistakes = _read(file)
        found += [] if errors(mistakes) else rules
        problems += mistakes
    return tuple(found), in_order(problems)


def refuse_bad_rules(files: tuple[SourceFile, ...]) -> None:
    """Do nothing when the rules of a site have no mistake.

    Raises:
        YoyakError: they have; a file that was read without them would be read differently later.
    """
    if problems := errors(own_rules(files)[1]):
        raise YoyakError(*problems)


def _read(file: SourceFile) -> tuple[Sequence[OwnRules], Sequence[Problem]]:
    try:
        text = file_text(file.data)
    except UndecodableError as error:
        return (), (Problem(code="undecodable", path=file.path, message=error.words, hint=say("not-utf-8.hint")),)
    composed = compose(text, file.path, 1, text_keys(RuleFileKeys), limit=_LIMIT)
    converted = convert(composed.node, RuleFileKeys, file.path, ZoneInfo("UTC"))
    problems = [*composed.problems, *converted.problems]
    if converted.partial is None or errors(problems):
        return (), problems
    keys = converted.partial
    rules = [_rules(label, getattr(keys, label), keys.parts) for label in LABELS]
    mistakes = [
        structs.replace(problem, path=file.path)
        for label in LABELS
        for problem in _mistakes(label, getattr(keys, label), keys.parts, converted.lines)
    ]
    return [rule for rule in rules if rule.phrases or rule.patterns or rule.without], [*problems, *mistakes]


def _rules(label: str, keys: LabelRuleKeys | EdgeRuleKeys, parts: Mapping[str, str]) -> OwnRules:
    known = {**built_in_parts(), **parts}
    written = ((name, _written_out(pattern, known)) for name, pattern in keys.patterns.items())
    return OwnRules(
        label=label,
        phrases=keys.phrases if isinstance(keys, LabelRuleKeys) else (),
        patterns=tuple((name, pattern) for name, pattern in written if pattern is not None),
        without=keys.without,
    )


def _written_out(pattern: str, parts: Mapping[str, str]) -> str | None:
    try:
        return with_parts(pattern, parts)
    except (KeyError, ValueError):
        return None


# --- mistakes -------------------------------------------------------------------------------------


def _mistakes(
    label: str, keys: LabelRuleKeys | EdgeRuleKeys, parts: Mapping[str, str], lines: _Lines
) -> Iterator[Problem]:
    known = {**built_in_parts(), **parts}
    for name, pattern in keys.patterns.items():
        place = _place(lines, f"{label}.patterns.{name}", f"{label}.patterns", label)
        if problem := _mistake(label, name, pattern, known):
            yield structs.replace(problem, line=place[0], column=place[1])
    phrases, patterns = built_in(label)
    names = {name for name, _ in patterns}
    for at, word in enumerate(keys.without):
        if word not in names and folded(word) not in phrases:
            line, column = _place(lines, f"{label}.without.{at}", f"{label}.without", label)
            hint = did_you_mean(word, [*names, *phrases]) or say("unknown-rule.hint")
            yield problem_of("unknown-rule", "", line, column, hint=hint, word=word[:60], label=label)


def _mistake(label: str, name: str, pattern: str, parts: Mapping[str, str]) -> Problem | None:
    try:
        compiled = re.compile(with_parts(pattern[:_LONGEST_PATTERN], parts))
    except KeyError as error:
        unknown = str(error.args[0])
        hint = did_you_mean(unknown, parts) or say("bad-pattern.part.hint")
        return problem_of("bad-pattern.part", hint=hint, name=name, part=unknown)
    except ValueError as error:
        message, hint = advised("bad-pattern.long", name=name)
        return Problem(code="bad-pattern", message=joined(message, str(error)), hint=hint)
    except (re.error, OverflowError, RecursionError) as error:
        return problem_of("bad-pattern", name=name, error=str(error))
    if compiled.search(""):
        return problem_of("bad-pattern.everything", name=name)
    wanted = _GROUPS.get(label, ())
    if wanted and not any(group in compiled.groupindex for group in wanted):
        *more, last = (f"(?P<{group}>…)" for group in wanted)
        groups = say("value.one-of", first=", ".join(more), last=last) if more else last
        return problem_of("missing-group", hint=say("missing-group.hint", groups=groups), name=name)
    return None


def _place(lines: _Lines, *keys: str) -> tuple[int, int]:
    """Return where the nearest of some keys stands."""
    return next((lines[key] for key in keys if key in lines), (0, 0))
