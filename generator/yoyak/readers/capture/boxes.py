"""What stands between the paragraphs of an article and is none of them: a gallery, a box of other stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from yoyak.readers.capture.akin import is_akin, known_words
from yoyak.readers.capture.lines import CaptureLine, ends_a_sentence
from yoyak.readers.capture.span import ITEM_SIGN, OF_A_GALLERY, is_paragraph, reach_of
from yoyak.readers.word_lists import alternatives

_PICTURES = 4
"""How often the button of a gallery stands between its captions, one line each."""
_BUTTON = 20
_CAPTION = 170
"""Characters of a caption in a gallery, in the mean; in longer ones an article may be told."""
_BOX = 40
"""Lines of a box of other stories, at most."""
_STORIES = 2
_PLEA = 240
"""Characters of a paragraph that invites to subscribe."""
INVITES = re.compile(alternatives("invitations"), re.IGNORECASE)
ACTS = re.compile(alternatives("invitation-terms"), re.IGNORECASE)

_PLEADS = re.compile(alternatives("pleas"), re.IGNORECASE)
_SUMMARY = re.compile(alternatives("machine-summaries"), re.IGNORECASE)
_BY_MACHINE = re.compile(alternatives("made-by-machines"), re.IGNORECASE)
_SUMMED = 10
"""Lines of what a machine says of an article, with its heading."""


def without_boxes(lines: Sequence[CaptureLine]) -> tuple[CaptureLine, ...]:
    """Return the lines with captions of galleries as such, and the summaries in boxes of other stories as no prose."""
    found = list(lines)
    for index, line in _galleries(lines):
        parts = {"text": line.prose, **line.parts}
        found[index] = structs.replace(line, look="caption", rule="gallery", confidence=0.7, parts=parts)
        if index + 1 < len(lines):
            found[index + 1] = structs.replace(lines[index + 1], look="name", rule=OF_A_GALLERY, confidence=0.7)
    for index in (*_invitations(lines), *_summaries(lines), *_by_machines(lines)):
        found[index] = structs.replace(found[index], look="name", rule="other-stories", confidence=0.7)
    return tuple(found)


def _by_machines(lines: Sequence[CaptureLine]) -> Iterator[int]:
    """Yield the lines below a heading such as ``AI summary``: items, and what stands above a notice that says it."""
    for head, line in enumerate(lines):
        if len(line.text) > _BUTTON or not _SUMMARY.fullmatch(line.text):
            continue
        below = range(head + 1, min(head + _SUMMED, len(lines)))
        noted = (at + 1 for at in below if len(lines[at].text) <= _PLEA // 2 and _BY_MACHINE.search(lines[at].text))
        end = next(noted, head + 1)
        while end < below.stop and ITEM_SIGN.match(lines[end].text):
            end += 1
        yield from range(head + (line.look == "ui"), end)


def _galleries(lines: Sequence[CaptureLine]) -> Iterator[tuple[int, CaptureLine]]:
    """Yield the lines above each of the buttons of a gallery, which stand again and again."""
    index = 0
    while index + 2 * _PICTURES < len(lines):
        button = lines[index].text
        end = index
        while end + 2 < len(lines) and lines[end + 2].text == button and lines[end + 1].text != button:
            end += 2
        if 1 < len(button) <= _BUTTON and end >= index + 2 * _PICTURES and _are_captions(lines, index, end):
            for at in range(index - 1 if index else index + 1, end, 2):
                yield at, lines[at]
        index = max(end, index + 1)


def _are_captions(lines: Sequence[CaptureLine], start: int, end: int) -> bool:
    """Tell whether every second line is a caption: short, or with less to say than the other paragraphs of the page."""
    told = lines[start + 1 : end : 2]
    if sum(is_paragraph(line) or line.look == "caption" for line in told) <= len(told) // 2:
        return False
    told_in = reach_of(line.text for line in told)
    others = reach_of(line.prose for line in (*lines[:start], *lines[end:]) if is_paragraph(line))
    return told_in <= _CAPTION * len(told) or told_in <= others


def _invitations(lines: Sequence[CaptureLine]) -> Iterator[int]:
    """Yield the lines of boxes that invite to subscribe: a heading that says so and the paragraph below it."""
    for index, line in enumerate(lines[1:], 1):
        head = lines[index - 1]
        if len(line.text) > _PLEA or not is_paragraph(line):
            continue
        if _PLEADS.search(line.text):
            yield index
        if (
            head.look in ("short", "long")
            and not ends_a_sentence(head.prose)
            and len(head.text) <= _PLEA // 4
            and INVITES.search(head.text)
            and ACTS.search(line.text)
        ):
            yield from (index - 1, index)


def _summaries(lines: Sequence[CaptureLine]) -> Iterator[int]:
    """Yield the paragraphs below ``Related news`` that each stand under a headline, if the article goes on below."""
    for place, line in enumerate(lines):
        if line.look != "promo" or not any(is_paragraph(above) for above in lines[max(0, place - _BOX) : place]):
            continue
        alone: list[int] = []
        for index in range(place + 1, min(place + _BOX, len(lines) - 1)):
            if lines[index].look in ("rights", "promo"):
                break
            if not is_paragraph(lines[index]):
                continue
            if is_paragraph(lines[index + 1]):
                if len(alone) >= _STORIES:
                    below = [line.prose for line in lines[index + 1 : index + _BOX] if is_paragraph(line)]
                    # What says words of the paragraphs below it opens the text again.
                    yield from alone if is_akin(lines[index].prose, known_words(below)) else (*alone, index)
                break
            alone.append(index)
