"""Why a page was made again, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from yoyak.incremental.fingerprints import PageInputs
from yoyak.model.message import Message, Words, joined, listed, say
from yoyak.model.types import Show
from yoyak.pages.shown import SIZE
from yoyak.pages.types import ANY_RECIPE
from yoyak.store.remembered import RecipeRow, decode, encode

_FEW = 3


def reason(before: RecipeRow | None, now: PageInputs, changed_templates: Iterable[str]) -> Words:
    """Return why a page was made again. `before` is how it was made last, None for a new page."""
    if before is None:
        return say("reason.new")
    found = [*_of_frame(before, now), *_of_templates(before, now, changed_templates), *_of_articles(before, now)]
    if not found and before.recipe != encode(now.recipe):
        found.append(say("reason.besides-articles"))
    return joined(*found) or say("reason.lost")


def _of_frame(before: RecipeRow, now: PageInputs) -> list[Message]:
    return [say("reason.setting")] if before.frame != now.frame else []


def _of_templates(before: RecipeRow, now: PageInputs, changed: Iterable[str]) -> list[Message]:
    if before.templates == now.templates:
        return []
    names = list(islice(changed, _FEW + 1))
    if not names:
        return [say("reason.chrome")]
    return [say("reason.templates.more" if len(names) > _FEW else "reason.templates", names=", ".join(names[:_FEW]))]


def _of_articles(before: RecipeRow, now: PageInputs) -> list[Message]:
    old = _digests(list(decode(before.recipe, ANY_RECIPE).shows()), before.shown)
    new = _digests(list(now.recipe.shows()), now.shown)
    changed = [(view, path) for (view, path) in new if (view, path) in old and old[view, path] != new[view, path]]
    added = sorted({path for _, path in new} - {path for _, path in old})
    gone = sorted({path for _, path in old} - {path for _, path in new})
    found = [say(f"reason.changed.{view}", path=path) for view, path in changed[:_FEW]]
    if len(changed) > _FEW:
        found.append(say("reason.changed.more", count=len(changed) - _FEW))
    if added:
        found.append(say("reason.added", names=_named(added), count=len(added)))
    if gone:
        found.append(say("reason.removed", names=_named(gone), count=len(gone)))
    if not found and list(old) != list(new):
        found.append(say("reason.order"))
    return found


def _digests(shows: Sequence[Show], shown: bytes) -> Mapping[Show, bytes]:
    return {show: shown[place * 2 * SIZE : (place + 1) * 2 * SIZE] for place, show in enumerate(shows)}


def _named(paths: Sequence[str]) -> Words:
    return listed(paths) if len(paths) <= 2 else say("list.others", first=paths[0], count=len(paths) - 1)
