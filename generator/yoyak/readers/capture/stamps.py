"""Days that a page writes on several lines: a label above its moment, and a year apart from its day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from yoyak.readers.around import Surroundings
from yoyak.readers.capture.lines import CaptureLine
from yoyak.text.dates import find_moments, role_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = 14
"""Characters of a label that stands alone: ``최초 입력 일시 :``."""
_PIECE = 12
"""Characters of a piece of a day, as ``September``."""


def stamped(lines: Sequence[CaptureLine], around: Surroundings) -> tuple[CaptureLine, ...]:
    """Return the lines, a moment with the role that the line above gives it, a day in pieces with its moment.

    ``입력 :`` stands above ``2024.07.03 15:05``; ``15``, ``May`` and ``2013`` stand on three lines.
    """
    found = list(lines)
    for index, line in enumerate(lines):
        if line.look == "date" and index and len(lines[index - 1].text) <= _LABEL:
            found[index] = _labelled(line, lines[index - 1])
            if found[index] is not line:
                found[index - 1] = structs.replace(lines[index - 1], look="ui", rule="label-of-a-date", confidence=0.9)
        elif _YEAR.fullmatch(line.text) and not line.moments:
            found[index] = _in_pieces(lines, index, around)
    return tuple(found)


def _labelled(line: CaptureLine, above: CaptureLine) -> CaptureLine:
    role = role_of(above.text)
    if not role or not line.moments or line.moments[0].role:
        return line
    first = structs.replace(line.moments[0], role=role)
    return structs.replace(line, rule="date-with-label", moments=(first, *line.moments[1:]))


def _in_pieces(lines: Sequence[CaptureLine], index: int, around: Surroundings) -> CaptureLine:
    """Return a line of a year with the moment that it is together with the lines around it."""
    line, texts = lines[index], [other.text for other in lines[max(0, index - 2) : index + 4]]
    at = min(index, 2)
    before, behind = " ".join(texts[:at]), texts[at + 1 : at + 3]
    day = behind[0] if behind else ""
    clock = behind[1] if len(behind) > 1 and len(behind[1]) <= _PIECE else ""
    for written in (f"{line.text}/{day} {clock}", f"{before} {line.text} {day[:_PIECE]}", f"{before} {line.text}"):
        if len(written) > 4 * _PIECE:
            continue
        moments = find_moments(written, around.zone, around.reference)
        if moments and moments[0].end - moments[0].start >= len(written.strip()) - 1:
            return structs.replace(line, look="date", rule="date-in-pieces", moments=moments[:1])
    return line
