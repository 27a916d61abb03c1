"""The fields of a capture that its furniture gives: its theme and its tags."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Record
from yoyak.readers.capture.lines import CaptureLine
from yoyak.readers.capture.span import Span


class Finding(Record, kw_only=True):
    """A field, and the indices of the lines that it was taken from."""

    field: Field
    taken: tuple[int, ...]


def wall_after(lines: Sequence[CaptureLine], span: Span) -> int:
    """Return the index of the first rights line behind the body: what stands behind it is not this article's."""
    behind = (index for index in range(span.end, len(lines)) if lines[index].look == "rights")
    return next(behind, len(lines))


_BEHIND = 3
"""Lines behind the text in which those sign who wrote it."""


def end_of_signing(lines: Sequence[CaptureLine], span: Span) -> int:
    """Return where authors can no longer sign: a few lines behind the text, or at a list of other stories."""
    for index in range(span.end, min(span.end + _BEHIND, len(lines))):
        if lines[index].look == "promo":
            return index
    return span.end + _BEHIND


def find_label(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the page's own theme: an issue line above the body, else the outlet's section.

    Behind the body the word 이슈 heads a list of other stories.
    """
    found = [
        i for i, line in enumerate(lines) if line.look == "theme" and (line.rule == "section-notice" or i < span.start)
    ]
    if not found:
        return None
    found.sort(key=lambda index: (lines[index].rule == "section-notice", index))
    labels = list(dict.fromkeys(lines[index].parts["label"] for index in found))
    evidence = (Evidence(rule=lines[found[0]].rule, line=lines[found[0]].n),)
    field = Field(value=labels[0], confidence=0.9, evidence=evidence, alternatives=tuple(labels[1:4]))
    return Finding(field=field, taken=(found[0],))


def find_tags(lines: Sequence[CaptureLine], span: Span) -> Finding | None:
    """Return the words of lines that have nothing but ``#words``."""
    found = [index for index in range(wall_after(lines, span)) if lines[index].look == "tags"]
    tags = tuple(dict.fromkeys(tag for index in found for tag in re.findall(r"#([^\s#,]+)", lines[index].text)))
    if not tags:
        return None
    evidence = tuple(Evidence(rule="tags", line=lines[index].n) for index in found)
    return Finding(field=Field(value=tags, confidence=0.85, evidence=evidence), taken=tuple(found))
