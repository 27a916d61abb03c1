"""The files beside an original: which are kept with it, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.importing.article import Draft
from yoyak.importing.originals import Original
from yoyak.model.message import Problem, Words, say, warning
from yoyak.readers.odd_names import unfit


def files_beside(original: Original, drafts: Sequence[Draft]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pictures and frames that an original has in files of their own, so that it can be read again.

    Its page knows them by their names, so one whose name Windows refuses is not kept, with a warning.
    """
    found = {picture.name: picture.data for draft in drafts for picture in draft.pictures.values()}
    found |= {name: data for draft in drafts for name, data in draft.beside.items()}
    found = {name: data for name, data in found.items() if original.find(name) is not None}
    refused = {name: why for name in found if (why := unfit(tuple(name.split("/"))))}
    kept = {name: data for name, data in found.items() if name not in refused}
    return kept, [_not_kept(original, name, why) for name, why in refused.items()]


def _not_kept(original: Original, name: str, why: Words) -> Problem:
    return warning(
        "left-behind",
        original.given,
        say("left-behind.windows", name=name[:120], why=why),
        say("left-behind.windows.hint"),
    )


def left_out(original: Original, name: str, why: Words) -> Problem:
    """Return the warning that a picture of an original is not in its article."""
    return warning(
        "left-behind",
        original.given,
        say("left-behind.picture", name=name[:120], why=why),
        say("left-behind.picture.hint"),
    )
