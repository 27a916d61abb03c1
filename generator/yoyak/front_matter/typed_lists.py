"""Lists and names: values that hold other values of one kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yoyak.front_matter.typed_values import FAILED, Conversion, Convert, lead_of, name_of, text_of
from yoyak.front_matter.yaml_nodes import Mapping, Node, Scalar, Sequence
from yoyak.front_matter.yaml_words import LONGEST, WIDE_COMMA, quoted
from yoyak.model.message import Words, joined, say


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
        hint = say("wrong-shape.behind-list.hint", line=line) if len(node.text) < LONGEST else ""
        reading.report("wrong-shape", node, say("wrong-shape.behind-list", key=name_of(key)), hint)
    elif ", " in (text := WIDE_COMMA.sub(", ", node.text)) and len(node.text) < LONGEST:
        hint = say("single-item.hint", line=f"{lead_of(key)} [{text}]")
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
