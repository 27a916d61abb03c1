"""Repairs of the addresses of pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yoyak.fixing.case import Case, Found, Repair, becomes
from yoyak.fixing.slips import nearest
from yoyak.model.message import Words

_DIGITS = re.compile(r"\d+")


def address_of_picture(case: Case) -> Found:
    """Write the name of the picture that was meant, where one slip parts the two and the address stands once.

    ``pier-2.jpg`` for ``pier-1.jpg`` is no slip: they are two pictures.
    """
    named = {**_values_in(case.problem.message), **_values_in(case.problem.hint)}
    written, meant = named.get("missing-picture", ""), named.get("did-you-mean", "")
    if not (written and meant and case.at):
        return
    same_digits = _DIGITS.findall(written) == _DIGITS.findall(meant)
    if same_digits and nearest(written, [meant]) and case.line.count(written) == 1:
        start = case.line.index(written)
        edits = case.put(start, start + len(written), meant)
        what = becomes(written, meant)
        yield Repair(what=what, edits=edits, changes=frozenset({"image"}), in_body=case.at not in case.looked.head)


def _values_in(words: Words) -> Mapping[str, str]:
    """Return the first text that each message in a message has as a value, by the key of the message."""
    if isinstance(words, str):
        return {}
    found: dict[str, str] = {}
    for _, value in words.values:
        if isinstance(value, str):
            found.setdefault(words.key, value)
        elif not isinstance(value, int):
            found |= _values_in(value)
    return found
