"""What a mail styles so that nobody sees it: the line that mail programs show in their lists, and other hidden text.

Nothing is rendered. Styles of the elements themselves and simple rules of the mail's own sheet are read; rules for
narrow screens are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bs4.element import NavigableString, PageElement, Tag

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PIECE = re.compile(r"[@;{}]|[^@;{}]+")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIMPLE = re.compile(r"(?P<tag>[a-z0-9]*)(?P<names>(?:[.#][\w-]+)*)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|)", re.IGNORECASE)
_TINY = 2.0
"""Pixels of a letter below which nobody reads it."""
_FAR = -500.0
_NAMES = {"white": "ffffff", "black": "000000", "red": "ff0000", "gray": "808080", "grey": "808080"}
_GONE = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "mso-hide": re.compile(r"all"),
    "opacity": re.compile(r"0*\.?0+%?|0*\.0\d*"),
    "max-height": re.compile(r"0[a-z%]*"),
}
"""Styles that hide an element with everything in it."""


class _Seen(NamedTuple):
    """What the elements around a text say of it."""

    tiny: bool
    color: str
    """Six digits; empty when it is not understood, ``clear`` for none."""
    ground: str
    """The colour behind it: ``ffffff``; ``?`` for a picture or a colour that is not understood."""


class _Rule(NamedTuple):
    """One rule of a sheet for an element by its name and its classes."""

    tag: str
    names: frozenset[str]
    style: Mapping[str, str]


def unseen_texts(root: Tag) -> list[NavigableString]:
    """Return the texts below `root` that nobody sees, in order; the scripts and styles among them."""
    rules, others = _rules(root)
    found: list[NavigableString] = []
    ground = "?" if "background" in others else "ffffff"  # what a rule that is not read may paint
    waiting: list[tuple[PageElement, _Seen, bool]] = [(root, _Seen(tiny=False, color="000000", ground=ground), False)]
    while waiting:
        node, seen, gone = waiting.pop()
        if isinstance(node, Tag):
            style = _style(node, rules)
            gone = gone or _hides(node, style)
            inner = _inside(node, style, seen)
            waiting += [(child, inner, gone) for child in reversed(node.contents)]
        elif type(node) is NavigableString and (gone or seen.tiny or seen.color in ("clear", seen.ground)):
            found.append(node)
    return found


def _hides(tag: Tag, style: Mapping[str, str]) -> bool:
    if tag.name in ("head", "title", "script", "style", "template", "noscript") or tag.has_attr("hidden"):
        return True
    if tag.name in ("html", "body"):
        return False
    if any(pattern.fullmatch(style.get(name, "")) for name, pattern in _GONE.items()):
        return True
    small = any(_pixels(style.get(name, "")) in (0.0, 1.0) for name in ("height", "width"))
    clipped = small and "hidden" in style.get("overflow", "")
    away = any((_pixels(style.get(name, "")) or 0) <= _FAR for name in ("text-indent", "left", "top", "margin-left"))
    return clipped or away or bool(re.match(r"rect\((?:0|1px|0px)[ ,]", style.get("clip", "")))


def _inside(tag: Tag, style: Mapping[str, str], seen: _Seen) -> _Seen:
    size = _pixels(style.get("font-size", ""))
    written = style.get("color") or str(tag.get("color", ""))
    color = _color(written) if written else "0000ee" if tag.name == "a" else seen.color
    ground = style.get("background-color") or style.get("background") or str(tag.get("bgcolor", ""))
    pictured = tag.get("background") or "background-image" in style
    return _Seen(
        tiny=seen.tiny if size is None else size <= _TINY,
        color=seen.color if written in ("inherit", "initial") else color,
        ground="?" if pictured else _ground(ground, seen.ground),
    )


def _ground(written: str, around: str) -> str:
    if not written or written in ("none", "transparent", "inherit", "initial"):
        return around
    return (
        "?" if "url(" in written else (_color(written.split(maxsplit=1)[0] if "(" not in written else written) or "?")
    )


def _pixels(written: str) -> float | None:
    found = _LENGTH.match(written)
    try:
        value = float(found[1]) if found else None
    except ValueError:
        return None
    if found is None or value is None:
        return None
    unit = found[2].lower()
    return value * {"em": 16, "rem": 16, "%": 0.16, "pt": 4 / 3}.get(unit, 1)


def _color(written: str) -> str:
    """Return a colour as six digits; empty when it is not understood, ``clear`` for none."""
    text = written.strip().lower()
    if text == "transparent" or re.match(r"rgba\([^)]*,\s*0(?:\.0+)?\s*\)", text):
        return "clear"
    if found := re.match(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])", text):
        return found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    if found := re.match(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})", text):
        return "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _NAMES.get(text.partition(" ")[0], "")


def _style(tag: Tag, rules: Sequence[_Rule]) -> Mapping[str, str]:
    own = _declarations(str(tag.get("style", "")))
    if not rules:
        return own
    classes = tag.get("class")
    names = {f".{name}" for name in (classes if isinstance(classes, list) else str(classes or "").split())}
    names |= {f"#{tag['id']}"} if tag.get("id") else set()
    given: dict[str, str] = {}
    for rule in rules:
        if rule.tag in ("", tag.name) and rule.names <= names:
            given |= rule.style
    return {**given, **own}


def _rules(root: Tag) -> tuple[list[_Rule], str]:
    """Return the simple rules of the sheets, and what the others declare."""
    found: list[_Rule] = []
    others: list[str] = []
    for sheet in root.find_all("style"):
        text = _without_at_rules(_COMMENT.sub("", sheet.get_text()[:100_000]))
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple:
                    names = frozenset(re.findall(r"[.#][\w-]+", simple["names"]))
                    found.append(_Rule(simple["tag"].lower(), names, _declarations(body)))
                else:
                    others.append(body)
    return found, " ".join(others)


def _without_at_rules(sheet: str) -> str:
    """Return a sheet without its rules for screens, fonts and the like, in one pass."""
    kept: list[str] = []
    level = skipped = 0
    skipping = False
    for piece in _PIECE.findall(sheet):
        if piece == "@" and not skipping:
            skipping, skipped = True, level
        if not skipping:
            kept.append(piece)
        level = max(0, level + (piece == "{") - (piece == "}"))
        if skipping and piece in ";}" and level <= skipped:
            skipping = False
    return "".join(kept)


def _declarations(style: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found
