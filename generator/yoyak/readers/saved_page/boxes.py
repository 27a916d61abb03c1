"""Boxes inside an article that are no part of it: invitations to subscribe, placeholders of content of elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from yoyak.readers.capture.boxes import ACTS, INVITES
from yoyak.readers.saved_page.pieces import Piece
from yoyak.readers.word_lists import alternatives

_LARGEST = 600
"""Characters of a box."""
_SMALLEST = 40
_MOST = 6
"""Pieces of a box."""
_CONSENT = re.compile(alternatives("consent"), re.IGNORECASE)


def boxes(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the ids of pieces in small elements of their own that invite to subscribe or ask for consent."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.furniture is None:
            groups[id(piece.home)].append(piece)
    return frozenset(id(piece) for group in groups.values() if _is_box(group) for piece in group)


def _is_box(group: Sequence[Piece]) -> bool:
    worded = [piece for piece in group if piece.text and piece.links < 0.9]
    size = sum(piece.size for piece in worded)
    if len(group) > _MOST or not _SMALLEST <= size <= _LARGEST:
        return False
    text = " ".join(piece.text for piece in worded)
    if _CONSENT.search(text):
        return True
    return len(INVITES.findall(text)) > 1 or (INVITES.search(text) is not None and ACTS.search(text) is not None)
