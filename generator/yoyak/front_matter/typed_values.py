"""Values: what a text means as text, as a number, as a date, as one of a few words; and lists and names of such values.

Each function takes a node, the reading that gathers problems and the dotted key, and gives the value or `FAILED`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from yoyak.front_matter.yaml_nodes import Mapping, Node, Scalar, Sequence
from yoyak.front_matter.yaml_words import LONGEST, WIDE_COMMA, quoted, write
from yoyak.model.message import Message, Problem, Words, did_you_mean, joined, say
from yoyak.text.calendar import in_zone, written_moment

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_PUBLIC = ("published", "publish", "public", "live", "final", "발행", "공개")

FAILED: Any = object()
"""Stands for a value that could not be read; there is a problem for it."""


class Conversion:
    """What one conversion gathers on its way."""

    __slots__ = ("cuts", "days", "lines", "path", "problems", "zone")

    def __init__(self, path: str, zone: ZoneInfo, *, cuts: bool = False) -> None:
        self.path = path
        self.zone = zone
        self.cuts = cuts
        """What is past a bound is left out with a warning; else it is an error."""
        self.problems: list[Problem] = []
        self.lines: dict[str, tuple[int, int]] = {}
        self.days: list[str] = []

    def report(self, code: str, at: Node, message: Words, hint: Words = "") -> Any:
        """Note an error at a node and return the value that stands for "no value"."""
        self.problems.append(
            Problem(code=code, message=message, hint=hint, path=self.path, line=at.line, column=at.column)
        )
        return FAILED

    def warn(self, code: str, at: Node, message: Words, hint: Words = "") -> None:
        self.report(code, at, message, hint)
        self.problems[-1] = replace(self.problems[-1], severity="warning")


Convert = Callable[[Node, Conversion, str], Any]


def text_of(node: Node, reading: Conversion, key: str) -> Any:
    if not isinstance(node, Scalar):
        return not_text(node, reading, key)
    text = node.text
    if text.isprintable():  # no control is
        return text if text.isascii() else normalize("NFC", text)
    bad = None if node.plain else _CONTROLS.search(text)
    if bad:
        message = say("control-character.in-value", key=name_of(key), character=f"U+{ord(bad[0]):04X}")
        return reading.report("control-character", node, message, say("control-character.in-value.hint"))
    return normalize("NFC", text)


def text_within(longest: int | None) -> Convert:
    """Return the function for a text of at most so many characters."""
    if longest is None:
        return text_of

    def text(node: Node, reading: Conversion, key: str) -> Any:
        found = text_of(node, reading, key)
        if found is FAILED or len(found) <= longest:
            return found
        message = say("too-long", key=name_of(key), size=len(found), count=longest)
        if not reading.cuts:
            return reading.report("too-long", node, message, say("too-long.hint"))
        kept, what = within(found, longest)
        reading.warn("too-long", node, joined(message, what), say("too-long.cut"))
        return kept or FAILED

    return text


def within(text: str, longest: int) -> tuple[str, Words]:
    """Return the beginning of a text that is too long, and what was done with it; nothing of one that is no words.

    The beginning of an address is another address.
    """
    cut = text[: longest - 1].rsplit(None, 1)[0] if " " in text[:longest] else ""
    if not cut or " " not in text.strip():
        return "", say("too-long.left-out")
    return f"{cut.rstrip()}…", say("too-long.end-left-out")


def not_text(node: Sequence | Mapping, reading: Conversion, key: str) -> Any:
    written = as_written(node)
    lead = "" if node.source and lead_of(key) == "-" else lead_of(key)
    hint = write(lead, written) if written else say("wrong-shape.text.hint")
    message = "wrong-shape.list-for-text" if isinstance(node, Sequence) else "wrong-shape.keys-for-text"
    return reading.report("wrong-shape", node, say(message, key=name_of(key)), hint)


def as_written(node: Sequence | Mapping) -> str:
    """Return the line that YAML took for a list or for keys, or an empty text when it cannot be told."""
    if isinstance(node, Mapping) and not node.source and len(node.entries) == 1:
        key, value = node.entries[0]
        if isinstance(value, Scalar) and value.line == key.line:
            return f"{key.text}: {value.text}".strip()
    return node.source


def _scalar(node: Node, reading: Conversion, key: str, what: Words) -> Any:
    if isinstance(node, Scalar):
        return node.text
    message = "wrong-shape.list-for-value" if isinstance(node, Sequence) else "wrong-shape.keys-for-value"
    return reading.report("wrong-shape", node, say(message, key=name_of(key), what=what))


def number_within(low: int | None, high: int | None) -> Convert:
    """Return the function for a whole number between the bounds, which belong to it."""

    def number(node: Node, reading: Conversion, key: str) -> Any:
        text = _scalar(node, reading, key, say("value.number"))
        if text is FAILED:
            return text
        if not _NUMBER.fullmatch(text):
            message = say("bad-number", key=name_of(key), written=text[:80])
            return reading.report("bad-number", node, message, _digits(key, text))
        value = int(text)
        if (low is not None and value < low) or (high is not None and value > high):
            return reading.report("bad-number", node, _outside(name_of(key), low, high, value))
        return value

    return number


def _outside(key: Words, low: int | None, high: int | None, value: int) -> Message:
    if low is not None and high is not None:
        return say("bad-number.between", key=key, low=str(low), high=str(high), written=str(value))
    if low is not None:
        return say("bad-number.low", key=key, low=str(low), written=str(value))
    return say("bad-number.high", key=key, high=str(high), written=str(value))


def _digits(key: str, text: str) -> Message:
    """Return the number that ``012``, ``1_000`` or ``1,000`` probably is."""
    digits = re.sub(r"[_,\s]", "", text)
    if re.fullmatch(r"[0-9]{1,15}", digits):
        return say("write", line=f"{lead_of(key)} {int(digits)}")
    return say("bad-number.hint", line=f"{lead_of(key)} 10")


def code_like(pattern: str, longest: int | None = None) -> Convert:
    """Return the function for a text of a pattern and a length; the only such texts are codes of languages."""

    def code(node: Node, reading: Conversion, key: str) -> Any:
        text = text_of(node, reading, key)
        if text is FAILED or (re.fullmatch(pattern, text) and len(text) <= (longest or len(text))):
            return text
        message = say("bad-language", key=name_of(key), written=text[:80])
        return reading.report("bad-language", node, message, say("bad-language.hint"))

    return code


def truth_of(node: Node, reading: Conversion, key: str) -> Any:
    text = _scalar(node, reading, key, say("value.truth"))
    if text is FAILED:
        return text
    if text in ("true", "false"):
        return bool(text == "true")
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.lower(), text.lower())
    hint = say("write", line=f"{lead_of(key)} {meant}") if meant in ("true", "false") else ""
    message = say("bad-choice", key=name_of(key), choices=say("value.truth"), written=text[:80])
    return reading.report("bad-choice", node, message, hint)


def moment_of(node: Node, reading: Conversion, key: str) -> datetime | Any:
    text = _scalar(node, reading, key, say("value.date"))
    if text is FAILED:
        return text
    try:
        written = written_moment(text, reading.zone)
        moment = in_zone(written, reading.zone, text)
    except ValueError as error:
        message = say("bad-date.key", key=name_of(key), why=error.args[0])
        return reading.report("bad-date", node, message, say("date.example"))
    if moment.day_only and "." not in key:
        reading.days.append(key)
    return moment.value if written.value.tzinfo is reading.zone else written.value


def choice_among(choices: tuple[str, ...]) -> Convert:
    few = say("value.one-of", first=", ".join(choices[:-1]), last=choices[-1])
    listed: Words = few if len(choices) > 1 else choices[0]

    def choice(node: Node, reading: Conversion, key: str) -> Any:
        text = _scalar(node, reading, key, listed)
        if text is FAILED or text in choices:
            return text
        public = text.lower() in _PUBLIC and "approved" in choices
        hint = say("bad-choice.published") if public else near(text, choices)
        message = say("bad-choice", key=name_of(key), choices=listed, written=text[:80])
        return reading.report("bad-choice", node, message, hint)

    return choice


# --- how keys are named in sentences --------------------------------------------------------------


def near(word: str, known: Iterable[str]) -> Words:
    from yoyak.front_matter.korean_words import meant_by  # here, because most builds have nothing to guess

    if len(word) > 60:
        return ""
    plain = word.strip().lower().replace("-", "_")
    same = next((name for name in known if name == plain), "") or meant_by(word, known)
    return say("did-you-mean", word=same) if same else did_you_mean(word, known)


def name_of(key: str) -> Message:
    """Return a dotted key for the beginning of a sentence; an item goes by the name of its list."""
    parts = key.split(".")
    if parts[-1].isdigit():
        return say("key.item", number=str(int(parts[-1]) + 1), list=".".join(parts[:-1]))
    if len(parts) > 2 and parts[-2].isdigit():
        return say("key.of-item", key=parts[-1], number=str(int(parts[-2]) + 1), list=".".join(parts[:-2]))
    return say("key", key=key)


def lead_of(key: str) -> str:
    """Return how the line of a dotted key begins: ``title:``, or the dash of an item."""
    last = key.rsplit(".", 1)[-1]
    return "-" if last.isdigit() else f"{last}:"


# --- lists and names: values that hold other values of one kind --------------------------------------------------


def list_of(item: Convert, *, takes_text: bool, most: int | None = None) -> Convert:
    """Return the function for a list of what `item` converts; one text alone is a list when `takes_text`.

    More than `most` items are refused before they are read.
    """

    def items(node: Node, reading: Conversion, key: str) -> Any:
        if type(node) is Sequence:
            return _all(node, reading, key)
        if isinstance(node, Scalar) and takes_text:
            _check_single(node, reading, key)
            value = item(node, reading, key)
            return value if value is FAILED else (value,)
        if not takes_text:
            first = f"{node.entries[0][0].text}: …" if isinstance(node, Mapping) and node.entries else "…"
            hint: Words = say("wrong-shape.list.dashes", line=f"- {first}")
        else:
            words = _words(node)
            hint = say("write", line=f"{lead_of(key)} [{', '.join(words)}]") if words else ""
        return reading.report("wrong-shape", node, say("wrong-shape.list", key=name_of(key)), hint)

    def _all(node: Sequence, reading: Conversion, key: str) -> Any:
        found = []
        fits = fit(node.items[most:] if most else (), len(node.items), most, reading, key)
        for number, part in enumerate(node.items[:most]):
            place = f"{key}.{number}"
            reading.lines[place] = part.line, part.column
            if isinstance(part, Scalar) and part.plain and not part.text:
                message = say("empty-value.item", key=name_of(key))
                reading.report("empty-value", part, message, say("empty-value.item.hint"))
            elif isinstance(part, Scalar) and part.refused:
                found.append(FAILED)
            else:
                found.append(item(part, reading, place))
        if reading.cuts:
            found = [value for value in found if value is not FAILED]
        return FAILED if not fits or any(value is FAILED for value in found) else tuple(found)

    return items


def fit(more: Iterable[Node], number: int, most: int | None, reading: Conversion, key: str) -> bool:
    """Tell whether a list may stand although it has `more` items than allowed; report it at the first of these."""
    first = next(iter(more), None)
    if first is None or most is None:
        return True
    message = say("too-many", key=name_of(key), number=number, most=most)
    if reading.cuts:
        reading.warn("too-many", first, joined(message, say("too-many.cut", most=most)), say("too-many.cut.hint"))
        return True
    reading.report("too-many", first, message, say("too-many.hint"))
    return False


def _words(node: Node) -> list[str]:
    if isinstance(node, Mapping):
        return [key.text for key, _ in node.entries][:8]
    return [part.strip() for part in node.text.strip("[]").split(",")][:8] if isinstance(node, Scalar) else []


def _check_single(node: Scalar, reading: Conversion, key: str) -> None:
    """Doubt a single text in the place of a list when it looks like several."""
    if not node.plain:
        return
    if node.text.startswith("["):
        line = f"{lead_of(key)} {quoted(node.text)}"
        hint: Words = say("wrong-shape.behind-list.hint", line=line) if len(node.text) < LONGEST else ""
        if hint and re.fullmatch(r"\[[^][{}]+\]\]", node.text):
            hint = joined(say("unclosed-bracket.hint", line=f"{lead_of(key)} {node.text[:-1]}"), hint)
        reading.report("wrong-shape", node, say("wrong-shape.behind-list", key=name_of(key)), hint)
    elif ", " in (text := WIDE_COMMA.sub(", ", node.text)) and len(node.text) < LONGEST:
        hint = say("single-item.hint", line=f"{lead_of(key)} [{text.strip('[]')}]")
        reading.warn("single-item", node, say("single-item", key=name_of(key)), hint)


def names_of(value_of: Convert, most: int | None = None) -> Convert:
    """Return the function for names that the writer gives, each with a value that `value_of` converts."""

    def names(node: Node, reading: Conversion, key: str) -> Any:
        if not isinstance(node, Mapping):
            return reading.report("wrong-shape", node, say("wrong-shape.names", key=name_of(key)))
        found = {}
        fits = fit((name for name, _ in node.entries[most:]) if most else (), len(node.entries), most, reading, key)
        for name, part in node.entries[:most]:
            place = f"{key}.{name.text}"
            reading.lines[place] = part.line, part.column
            inner = Mapping((), part.line, part.column) if is_empty(part) else part
            found[text_of(name, reading, place)] = value_of(inner, reading, place)
        return FAILED if not fits or any(FAILED in pair for pair in found.items()) else found

    return names


def is_empty(node: Node) -> bool:
    """Tell whether a key was written without a value."""
    return type(node) is Scalar and node.plain and not node.text
