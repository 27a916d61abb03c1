"""Repairs of a file's beginning and of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yoyak.fixing.case import ENTRY, Case, Found, Repair
from yoyak.model.message import say
from yoyak.text.byte_lines import Edit, Lines
from yoyak.text.decoding import clean_text

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_ALMOST = re.compile("[-\u2010-\u2015\u2212\u2500\u2501\uff0d\u30fc+]{2,}[ \t]*")
_KEY = re.compile(r"[ \t]*[\"']?(?P<key>[A-Za-z_]+)[\"']?[ \t]*[:：﹕=]")
_BREAKS = "\u2028\u2029"
_NOTHING = "\ufeff"


class _Keys(NamedTuple):
    """The lines at the beginning that are keys beyond doubt. Numbers are 1-based; `end` is the line behind them."""

    start: int
    end: int


def fence(case: Case) -> Found:
    """Put the fences where they belong, when it is plain which lines are keys and where the text begins."""
    lines = case.lines
    top = next((n for n in range(1, len(lines.lines) + 1) if lines.text(n).strip()), 0)
    opening = bool(_ALMOST.fullmatch(lines.text(top)))
    keys = _keys_from(case, top + 1 if opening else top)
    if keys is None:
        return
    edits = list(_opening(lines, top, opened=opening)) + list(_closing(case, keys))
    if edits and _ends_well(case, keys):
        yield Repair(what=say("repair.fences"), edits=tuple(edits), fences=True)


def _keys_from(case: Case, start: int) -> _Keys | None:
    known = set(case.names(top=True))
    end = start
    for number in range(start, len(case.lines.lines) + 1):
        text = case.lines.text(number)
        entry = ENTRY.match(text)
        is_key = entry is not None and not entry["lead"] and entry["key"].strip("\"'") in known
        goes_on = number > start and bool(re.match(r"[ ]+\S|- ", text))
        if not is_key and not goes_on:
            break
        end = number + 1
    return _Keys(start, end) if start and end > start else None


def _opening(lines: Lines, top: int, *, opened: bool) -> Iterator[Edit]:
    if not opened:
        yield Edit(line=1, count=0, texts=("---",))
    elif top > 1 or lines.text(top).rstrip() != "---":
        yield Edit(line=1, count=top, texts=("---",))


def _closing(case: Case, keys: _Keys) -> Iterator[Edit]:
    text = case.lines.text(keys.end)
    if not text.strip():
        yield Edit(line=keys.end, count=0, texts=("---",))
    elif not _FENCE.fullmatch(text):
        yield Edit(line=keys.end, texts=("---",))


def _ends_well(case: Case, keys: _Keys) -> bool:
    """Tell whether the keys end at something like a fence, or at a blank line, and leave no key behind.

    A ``status: draft`` that would be left in the text would publish the draft.
    """
    text = case.lines.text(keys.end)
    below = [case.lines.text(n) for n in range(keys.end + 1, len(case.lines.lines) + 1)]
    if _FENCE.fullmatch(text) or _ALMOST.fullmatch(text):
        below = [line for line in below if line.strip()][:1]
    elif text.strip():
        return False
    known = set(case.names(top=True))
    return not any(match and match["key"].lower() in known for match in map(_KEY.match, below))


# --- characters ---------------------------------------------------------------------------------------


def stray_characters(case: Case) -> Found:
    """Take the characters out that no page can hold and that were left out in reading."""
    edits = []
    for number, line in enumerate(case.lines.lines, 1):
        strays = {stray.code_point for stray in clean_text(line.text)[1] if not stray.kept}
        if strays:
            text = line.text.translate({code_point: clean_text(chr(code_point))[0] for code_point in strays})
            edits.append(Edit(line=number, texts=(text,)))
    yield Repair(what=say("repair.stray"), edits=tuple(edits))


def invisible(case: Case) -> Found:
    """Take invisible characters out of a line of the front matter; a break between two words becomes a space."""
    text = case.line.replace(_NOTHING, "")
    text = re.sub(rf"(?<=\S)[{_BREAKS}](?=\S)", " ", text)
    text = re.sub(f"[{_BREAKS}]", "", text)
    if text != case.line:
        changes = frozenset({case.top_key()})
        yield Repair(what=say("repair.invisible"), edits=(Edit(line=case.at, texts=(text,)),), changes=changes)
