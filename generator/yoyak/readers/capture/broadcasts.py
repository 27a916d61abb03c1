"""The script of a report on television: who speaks stands on a line of its own, or before what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import SPEAKER

_OPENS, _CLOSES = r"[\[<〈〔【《(◀]\s?", r"\s?[\]>〉〕】》)▶]"
_WORDS = r"(?:[남여]\s?)?앵커(?:\s?멘트)?|(?:[가-힣]{2,4}\s)?기자|리포트|리포터|인터뷰|녹취|싱크|현장음|스탠딩|VCR"
_ANCHOR = re.compile(rf"{_OPENS}(?:[남여]\s?)?앵커(?:\s?멘트)?{_CLOSES}")
_NAMED = re.compile(rf"{_OPENS}[가-힣]{{2,4}}\s앵커{_CLOSES}")
"""An anchor by name, who is no author of what somebody else reports."""
_LABEL = re.compile(rf"{_OPENS}(?:{_WORDS}){_CLOSES}")
_INTERVIEWED = re.compile(rf"{_OPENS}(?:[^\s/\])>]{{1,12}}\s?){{1,3}}/[^/\])>]{{2,40}}{_CLOSES}")
_SAID = ("short", "long", "body", "caption", "byline")


def with_turns(lines: Sequence[CaptureLine]) -> list[CaptureLine]:
    """Return the lines; in the script of a report, what is said below ``[앵커]`` or ``<기자>`` as text."""
    found = list(lines)
    if not any(_ANCHOR.match(line.text) or _NAMED.match(line.text) for line in lines):
        return found
    reported = any(line.look == "byline" and "names" in line.parts and "앵커" not in line.text for line in lines)
    for at in _turns(lines):
        line = lines[at]
        if _LABEL.fullmatch(line.text) or (reported and _NAMED.fullmatch(line.text)):
            found[at] = structs.replace(line, look="ui", rule=SPEAKER, confidence=0.9, parts={})
        elif line.look in ("short", "long") and (ends_a_sentence(line.prose) or _INTERVIEWED.fullmatch(line.text)):
            found[at] = structs.replace(line, look="body", confidence=0.8)
    return found


def _turns(lines: Sequence[CaptureLine]) -> Iterator[int]:
    """Yield where somebody is named, and the lines below up to the first that is no speech."""
    speaks = False
    for at, line in enumerate(lines):
        speaks = (_LABEL.match(line.text) or _NAMED.match(line.text)) is not None or (speaks and line.look in _SAID)
        if speaks:
            yield at
