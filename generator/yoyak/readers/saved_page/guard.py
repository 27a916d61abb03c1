"""Pages that are built to take a parser's time: made harmless before they are parsed, in one pass over their tags.

A parser of HTML takes the square of the levels below an open element, of the attributes of one tag and of the emphasis
that is never closed: 22 seconds for 100,000 opened ``<div>`` (measured, Lexbor). No word of a page is lost here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from yoyak.readers.saved_page.lazy import with_late_pictures

_MANY_TAGS = 5_000
"""Below this, no nesting takes more than a tenth of a second."""
_DEEPEST = 1_000
_LONG_TAG = 20_000
_MOST_ATTRIBUTES = 5_000
_MOST_UNCLOSED = 60
_FEW_TAGS = 1_000

_NAME = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*")
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>?""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_GAP = re.compile(r"[\s/]")
_RAW = frozenset("script style textarea title iframe noscript xmp noembed noframes plaintext".split())
_EMPHASIS = frozenset("b big code em font i nobr s small strike strong tt u".split())
_EMPHASIS_TAG = re.compile(r"</?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^<>]*>", re.IGNORECASE)
_NEVER_NESTED = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li dd dt option tr td th tbody thead tfoot""".split()
)
"""Elements without an end, and those whose next one ends them."""


def tamed(text: str) -> str:
    """Return a page's text without what could only slow a parser down or hide words; most pages as they are."""
    ends = text.rfind("-->")
    if text.find("<!--", ends + 1) >= 0:
        text = text[: ends + 1] + text[ends + 1 :].replace("<!--", "")
    parts = text.split("<")
    long = [part for part in parts if len(part) > _LONG_TAG]
    if any(len(part.partition(">")[0]) > _LONG_TAG for part in long):
        text = _TAG.sub(_without_attributes, text)
    tags = _NAME.findall(text)
    times = Counter(tags)
    kinds = {tag: (tag.startswith("</"), tag.strip("</").lower()) for tag in times}
    surplus: Counter[str] = Counter()
    for tag, (end, name) in kinds.items():
        surplus[name] += -times[tag] if end else times[tag]
    backwards = tags[::-1]
    for raw in sorted(_RAW & surplus.keys()):
        _, end = min((backwards.index(tag), end) for tag, (end, name) in kinds.items() if name == raw)
        text = text if end else _without_last(text, raw)
    if "noscript" in surplus:
        # Browsers that run scripts take it for a text without tags; parsed, an open paragraph in it swallows the page.
        text = with_late_pictures(text)
    if len(tags) < _FEW_TAGS:
        return text
    if sum(surplus[name] for name in _EMPHASIS) > _MOST_UNCLOSED:
        text = _EMPHASIS_TAG.sub("", text)
    steps = {tag: 0 if name in _NEVER_NESTED else -1 if end else 1 for tag, (end, name) in kinds.items()}
    deep = len(tags) > _MANY_TAGS and _depth(list(map(steps.__getitem__, tags))) > _DEEPEST
    return _flattened(text) if deep else text


def _without_last(text: str, name: str) -> str:
    """Return the page without the tags ``<name>`` behind its last ``</name>``."""
    ends = [found.end() for found in re.finditer(rf"</{name}\b", text, re.IGNORECASE)]
    at = ends[-1] if ends else 0
    return text[:at] + re.sub(rf"<{name}\b[^<>]*>?", " ", text[at:], flags=re.IGNORECASE)


def _without_attributes(found: re.Match[str]) -> str:
    if len(found[3]) < _LONG_TAG or len(_GAP.findall(_QUOTED.sub("", found[3]))) < _MOST_ATTRIBUTES:
        return found[0]
    return f"<{found[1]}{found[2]}>"


def _depth(steps: Sequence[int]) -> int:
    """Return how deep a page goes, counted from the deepest level to which it came up before."""
    levels = list(accumulate(steps))
    return max(map(sub, levels, accumulate(levels, min)), default=0)


def _flattened(text: str) -> str:
    """Return the page without the tags of its deepest levels."""
    level = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal level
        if found[2].lower() in _NEVER_NESTED:
            return found[0] if level < _DEEPEST else " "
        inside = level
        level = max(0, level - 1) if found[1] else level + 1
        return found[0] if max(inside, level) <= _DEEPEST else " "

    return _TAG.sub(kept, text)
