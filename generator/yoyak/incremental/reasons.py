"""Why a page was made again, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from yoyak.incremental.fingerprints import PageInputs
from yoyak.model.types import Show
from yoyak.pages.shown import SIZE
from yoyak.pages.types import ANY_RECIPE
from yoyak.store.remembered import RecipeRow, decode, encode

NEW = "It is new."
LOST = "Its file in the output was missing or had been changed."
_FEW = 3

VIEW_WORDS = {
    "card": "in a list",
    "teaser": "as something to read next",
    "link": "by its headline",
    "own": "whole",
    "entry": "in a feed",
    "content": "in a feed with its text",
}


def reason(before: RecipeRow | None, now: PageInputs, changed_templates: Iterable[str]) -> str:
    """Return why a page was made again. `before` is how it was made last, None for a new page."""
    if before is None:
        return NEW
    clauses = [
        *_of_frame(before, now),
        *_of_templates(before, now, changed_templates),
        *_of_articles(before, now),
    ]
    if not clauses and before.recipe != encode(now.recipe):
        clauses.append("what stands on it besides articles changed: counts, neighbours, names or addresses")
    if not clauses:
        return LOST
    told = "; ".join(clauses)
    return f"{told[0].upper()}{told[1:]}."


def _of_frame(before: RecipeRow, now: PageInputs) -> list[str]:
    return ["a setting of site.yaml that it reads changed"] if before.frame != now.frame else []


def _of_templates(before: RecipeRow, now: PageInputs, changed: Iterable[str]) -> list[str]:
    if before.templates == now.templates:
        return []
    names = list(islice(changed, _FEW + 1))
    if not names:
        return ["what its templates read of the site's name, menu or address changed"]
    more = " and others" if len(names) > _FEW else ""
    return [f"a template that it uses changed: {', '.join(names[:_FEW])}{more}"]


def _of_articles(before: RecipeRow, now: PageInputs) -> list[str]:
    old = _digests(list(decode(before.recipe, ANY_RECIPE).shows()), before.shown)
    new = _digests(list(now.recipe.shows()), now.shown)
    changed = [(view, path) for (view, path) in new if (view, path) in old and old[view, path] != new[view, path]]
    added = sorted({path for _, path in new} - {path for _, path in old})
    gone = sorted({path for _, path in old} - {path for _, path in new})
    clauses = [f"it shows {path} {VIEW_WORDS[view]}, and that changed" for view, path in changed[:_FEW]]
    if len(changed) > _FEW:
        clauses.append(f"so did {len(changed) - _FEW} others")
    if added:
        clauses.append(f"{_named(added)} came onto it")
    if gone:
        clauses.append(f"{_named(gone)} went from it")
    if not clauses and list(old) != list(new):
        clauses.append("the order of its articles changed")
    return clauses


def _digests(shows: Sequence[Show], shown: bytes) -> Mapping[Show, bytes]:
    return {show: shown[place * 2 * SIZE : (place + 1) * 2 * SIZE] for place, show in enumerate(shows)}


def _named(paths: Sequence[str]) -> str:
    if len(paths) <= 2:
        return " and ".join(paths)
    return f"{paths[0]} and {len(paths) - 1} others"
