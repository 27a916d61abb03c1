"""The lines of a capture, each with what it looks like by itself. Where it stands is judged later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from yoyak.model import Person, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.capture_rules import capture_rules, folded
from yoyak.readers.people import signed
from yoyak.text.dates import FoundMoment, find_moments

Look = Literal["ui", "rights", "promo", "date", "theme", "byline", "caption", "tags", "name", "body", "long", "short"]
"""``name`` is a short line that stands twice or more; ``long`` and ``short`` are lines that no rule knows."""


class CaptureLine(Record, kw_only=True):
    n: int
    """The number of the line in its file."""
    text: str
    """As pasted, with plain spaces and without invisible characters."""
    look: Look
    rule: str
    confidence: float
    prose: str
    """`text` without a glued ``#``, a dateline before and a byline behind it: for lines of a body."""
    parts: Mapping[str, str] = {}
    """What the rules found in it: names, mail, place, agency, label, credit."""
    moments: tuple[FoundMoment, ...] = ()


BODY_LENGTH = 45
"""Characters from which a line with a sentence end is a paragraph by itself."""

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_SENTENCE_END = re.compile(r"""[.。]["”’'」』)\]]*$|[다요죠까][.?!]["”’'」』)\]]*$""")
_INNER_END = re.compile(r"""(?:[다요죠까][.?!]["”’']?|[a-z0-9][.?!]["”’']?(?=\s+["“‘]?[A-Z]))(?=\s|["“‘])""")
_PLAIN_STYLE = re.compile(r"""[^니]다\.["”’']?$""")
_TAGS_ONLY = re.compile(r"#[^\s#]+(?:[\s,]+#[^\s#]+)*")
_GLUED = re.compile(r"^#(?=[^\s#])")


def capture_lines(text: str, around: Surroundings) -> tuple[CaptureLine, ...]:
    """Return every line of `text` that is not blank, in order."""
    written = [(n, tidied(raw)) for n, raw in enumerate(text.split("\n"), around.first_line) if raw.strip()]
    often = Counter(line for _, line in written)
    return tuple(_line(n, line, often[line], around) for n, line in written)


def tidied(raw: str) -> str:
    """Return a line with plain spaces and without characters that nobody sees."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", raw)).strip()


def ends_a_sentence(text: str) -> bool:
    """Tell whether a line ends as prose does; a headline that ends with ``?`` does not."""
    return _SENTENCE_END.search(text) is not None


def sentences(text: str) -> int:
    """Return how many sentences end in a line, roughly."""
    return len(_INNER_END.findall(text)) + ends_a_sentence(text)


def _line(n: int, text: str, times: int, around: Surroundings) -> CaptureLine:
    known = known_line(n, text) or _by_moment(n, text, around)
    if known:
        return known
    if _is_name(text) and times > 1:
        return CaptureLine(n=n, text=text, look="name", rule="repeated-line", confidence=0.6, prose=text)
    return _prose_line(n, text)


def known_line(n: int, text: str) -> CaptureLine | None:
    """Return the line by the first rule that knows it. Rules are for short lines: prose that speaks of logins stays."""
    rules = capture_rules()
    if not text or folded(text) in rules["ui"].phrases:
        return CaptureLine(n=n, text=text, look="ui", rule="phrase", confidence=0.95, prose=text)
    if len(text) <= 200 and _TAGS_ONLY.fullmatch(text) and len(text) < 20 * text.count("#") + 20:
        return CaptureLine(n=n, text=text, look="tags", rule="tags", confidence=0.9, prose=text)
    for look in _looks_to_try(text):
        found = rules[look].match(text)
        if found:
            name, match = found
            parts = {key: value.strip() for key, value in match.groupdict().items() if value and value.strip()}
            return CaptureLine(n=n, text=text, look=look, rule=name, confidence=0.9, prose=text, parts=parts)
    return None


def signed_by(line: CaptureLine) -> tuple[Person, ...]:
    """Return the people whom a line names as its authors."""
    return signed(line.parts.get("names", ""), line.parts.get("mail"))


_LookWithRules = Literal["rights", "theme", "ui", "byline", "caption", "promo"]


def _looks_to_try(text: str) -> tuple[_LookWithRules, ...]:
    if len(text) > 220:
        return ()
    korean_prose = len(re.findall(r"[^니]다\.", text))
    looks: list[_LookWithRules] = ["rights"] if korean_prose < 2 else []
    if len(text) <= 120:
        looks += ["theme", "ui", "byline"]
    if korean_prose < 2 and sentences(text) <= 3:
        looks.append("caption")
    if len(text) <= 120 and not _PLAIN_STYLE.search(text):
        looks.append("promo")
    return tuple(looks)


def _by_moment(n: int, text: str, around: Surroundings) -> CaptureLine | None:
    """Return the line as a date when there is little else in it; a date inside a sentence is none."""
    if len(text) > 120 or not any(char.isdigit() for char in text):
        return None
    moments = find_moments(text, around.zone, around.reference)
    rest = len(text) - sum(moment.end - moment.start for moment in moments)
    if not moments or rest > 25 or (rest > 10 and ends_a_sentence(text)):
        return None
    rule = "date-with-label" if any(moment.role for moment in moments) else "date"
    return CaptureLine(n=n, text=text, look="date", rule=rule, confidence=0.9, prose=text, moments=moments)


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 20 and not re.search(r"\d", text) and not ends_a_sentence(text)


_Edge = Literal["opening", "byline_tail"]
_EDGE = 200
"""Characters at the start and the end of a paragraph in which a dateline or a byline is looked for."""


def _prose_line(n: int, text: str) -> CaptureLine:
    glued = _GLUED.sub("", text)
    rest, opening = _cut(glued, "opening")
    prose, behind = _cut(rest, "byline_tail")
    parts = opening | behind
    complete = ends_a_sentence(prose) or (sentences(prose) > 0 and len(prose) > 80)
    look: Look = "long" if len(prose) >= BODY_LENGTH else "short"
    if complete and (look == "long" or "names" in opening):
        look = "body"
    rule = "opening" if opening else "glued-hash" if glued != text else "sentence" if complete else "plain"
    return CaptureLine(
        n=n, text=text, look=look, rule=rule, confidence=0.9 if look == "body" else 0.5, prose=prose, parts=parts
    )


def _cut(text: str, label: _Edge) -> tuple[str, dict[str, str]]:
    """Return `text` without the match of a rule at its start or end, and what the rule found there."""
    head, edge = ("", text[:_EDGE]) if label == "opening" else (text[:-_EDGE], text[-_EDGE:])
    found = capture_rules()[label].match(edge)
    if not found:
        return text, {}
    match = found[1]
    rest = (head + edge[: match.start()] + edge[match.end() :] + text[len(head) + len(edge) :]).strip()
    if not rest:
        return text, {}
    return rest, {key: value.strip() for key, value in match.groupdict().items() if value and value.strip()}
