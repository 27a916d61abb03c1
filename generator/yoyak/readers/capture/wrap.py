"""Paragraphs that a mail program or an editor has cut into short lines, put together again.

Such a file shows its width: no line is longer, and nearly every long line ends where the next word would not have fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

from yoyak.model.types import Record


class Wrapped(Record, kw_only=True):
    """A line that is not blank, with those that were joined to it."""

    n: int
    more: tuple[int, ...] = ()
    text: str


class _Raw(Record, kw_only=True):
    n: int
    text: str
    apart: bool
    """A blank line or an indent is before it."""
    flows: bool
    """A space stands at its end, as mails of format=flowed have it."""
    leads: bool
    """A single space stands at its start."""


_NARROWEST, _WIDEST = 36, 100
_FEWEST = 2
"""Lines that must end in the middle of a sentence."""
_CERTAIN = 8
"""Full lines of one length that leave no doubt that words were cut."""
_STARTS_ANEW = re.compile(r"(?:[-–—*•▲△■◆◇▶▷●○◎※☞＃#>〈《【\[]|\d{1,2}[.)]\s|[①-⑳]|[QA문답]\s?[.:)]\s)")
_ENDS = re.compile(r"""[.!?。…:][^\w\s]{0,3}$""")
_QUOTED = re.compile(r"\s*>\s?")


def unwrapped(
    raws: Sequence[str], first_line: int, tidied: Callable[[str], str], by_rule: Mapping[str, object]
) -> tuple[Wrapped, ...]:
    """Return the lines that are not blank. `tidied` makes one plain; what a rule knows is no part of a paragraph."""
    lines = tuple(_lines(_unquoted(raws), first_line, tidied))
    width = _width_of(lines)
    if width is None:
        return tuple(Wrapped(n=line.n, text=line.text) for line in lines)
    return tuple(_paragraphs(lines, width, by_rule))


@lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """Return how wide a text is on a terminal: Hangul and Chinese characters take two columns."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


class _Width(Record, kw_only=True):
    measure: Callable[[str], int]
    width: int
    exact: bool
    """Words are cut too: each full line is as long as the next."""

    def is_full(self, line: str, following: str) -> bool:
        """Tell whether the next line's first word would not have fit behind a line."""
        word = following.split(" ", 1)[0]
        # Chinese and Japanese lines are cut between any two characters.
        return (
            self.measure(line) + 1 + self.measure(word[:2] if "\u3040" <= word[:1] <= "\u9fff" else word) > self.width
        )


def _unquoted(raws: Sequence[str]) -> Sequence[str]:
    """Return the lines without the ``>`` of a mail when all of them have it."""
    written = [raw for raw in raws if raw.strip()]
    if len(written) < 3 or not all(raw.lstrip().startswith(">") for raw in written):
        return raws
    return [_QUOTED.sub("", raw, count=1) for raw in raws]


def _lines(raws: Sequence[str], first_line: int, tidied: Callable[[str], str]) -> Iterator[_Raw]:
    apart, before = True, ""
    for n, raw in enumerate(raws, first_line):
        if not raw.strip():
            # A quoted mail's empty lines are not blank in the file, and have a label.
            apart = True
            continue
        margin = raw[: len(raw) - len(raw.lstrip())]
        # A document may have one margin for all of its lines.
        indented = margin.startswith(("  ", "\t", "\u3000")) and not (margin == before and margin.isascii())
        before = margin
        yield _Raw(
            n=n,
            text=tidied(raw),
            apart=apart or indented,
            flows=raw.endswith(" "),
            leads=raw[0] == " " and not indented,
        )
        apart = False


def _width_of(lines: Sequence[_Raw]) -> _Width | None:
    """Return the width at which a file is wrapped, or None; counted in columns, else in characters."""
    if len(lines) < _FEWEST or sum(len(line.text) > 2 * _WIDEST for line in lines) > max(1, len(lines) // 20):
        return None
    found = [width for measure in (columns, len) if (width := _measured(lines, measure))]
    return next((width for width in found if width.exact), found[0] if found else None)


def _measured(lines: Sequence[_Raw], measure: Callable[[str], int]) -> _Width | None:
    widths = sorted((measure(line.text[: 4 * _WIDEST]) for line in lines), reverse=True)
    width = widths[min(len(widths) - 1, len(widths) // 20)]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    found = _Width(measure=measure, width=width, exact=False)
    pairs = [(line, after) for line, after in pairwise(lines) if not after.apart]
    long = [(line, after) for line, after in pairs if measure(line.text) >= 0.6 * width]
    full = [(line, after) for line, after in long if found.is_full(line.text, after.text)]
    cut = [(line, after) for line, after in full if not _ends(line)]
    if (
        len(cut) < max(_FEWEST, len(full) / 2)
        or len(full) < 2 * _FEWEST
        or len(cut) < 0.6 * sum(not _ends(line) for line, _ in long)
    ):
        return None
    alike = sum(measure(line.text) + line.flows + after.leads >= width - 1 for line, after in cut) >= 0.9 * len(cut)
    spaces = any(line.flows or after.leads for line, after in cut)
    return _Width(measure=measure, width=width, exact=alike and (spaces or len(cut) >= _CERTAIN))


def _ends(line: _Raw) -> bool:
    return _ENDS.search(line.text[-6:]) is not None


def _paragraphs(lines: Sequence[_Raw], width: _Width, by_rule: Mapping[str, object]) -> Iterator[Wrapped]:
    index = 0
    while index < len(lines):
        first, parts, more = lines[index], [lines[index].text], []
        last = first
        while index + 1 < len(lines) and _continues(last, lines[index + 1], width, by_rule):
            index += 1
            glue = "" if width.exact and not last.flows and not lines[index].leads else " "
            parts += [glue, lines[index].text]
            more.append(lines[index].n)
            last = lines[index]
        yield Wrapped(n=first.n, more=tuple(more), text="".join(parts))
        index += 1


def _continues(line: _Raw, following: _Raw, width: _Width, by_rule: Mapping[str, object]) -> bool:
    if following.apart or not following.text or not width.is_full(line.text, following.text):
        return False
    if width.measure(line.text) < 0.6 * width.width or _STARTS_ANEW.match(following.text):
        return False
    # One of the two that no rule knows is enough: so in a long paragraph every other line is looked for.
    if by_rule.get(line.text, line) is None and not _ends(line):
        return True
    return by_rule[following.text] is None or not (_ends(line) or by_rule[line.text])
