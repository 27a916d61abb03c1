"""Repairs of the addresses of pictures."""

from __future__ import annotations

import re

from yoyak.fixing.case import Case, Found, Repair
from yoyak.fixing.slips import nearest
from yoyak.messages.problems import said

_MISSING = re.compile(r'There is no picture "(?P<written>[^"]+)" beside this file\. Did you mean "(?P<meant>[^"]+)"\?')
_DIGITS = re.compile(r"\d+")


def address_of_picture(case: Case) -> Found:
    """Write the name of the picture that was meant, where one slip parts the two and the address stands once.

    ``pier-2.jpg`` for ``pier-1.jpg`` is no slip: they are two pictures.
    """
    match = _MISSING.match(said(case.problem))
    if not match or not case.at:
        return
    written, meant = match["written"], match["meant"]
    same_digits = _DIGITS.findall(written) == _DIGITS.findall(meant)
    if same_digits and nearest(written, [meant]) and case.line.count(written) == 1:
        start = case.line.index(written)
        edits = case.put(start, start + len(written), meant)
        what = f'"{written}" becomes "{meant}".'
        yield Repair(what=what, edits=edits, changes=frozenset({"image"}), in_body=case.at not in case.looked.head)
