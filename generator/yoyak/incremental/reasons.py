"""Why a page was made again, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.incremental.staleness import Reason, Reasons
from yoyak.model.message import Words, joined, listed, say

_FEW = 3
_PLAIN = {
    "new": "reason.new",
    "source": "reason.besides-articles",
    "kind": "reason.kind",
    "setting": "reason.setting",
    "order": "reason.order",
    "besides": "reason.besides-articles",
}
_OF_ARTICLES = {"added": "reason.added", "removed": "reason.removed"}


def words_of(reasons: Reasons) -> Words:
    """Return why a page was made again. That its file was lost counts when nothing else does."""
    found = [one for one in reasons if one.what not in ("missing", "edited")]
    return joined(*(words for one in found for words in _words(one))) if found else say("reason.lost")


def _words(reason: Reason) -> Sequence[Words]:
    if reason.what == "changed":
        found = [say(f"reason.changed.{view}", path=path) for view, path in reason.shows[:_FEW]]
        more = len(reason.shows) - _FEW
        return [*found, say("reason.changed.more", count=more)] if more > 0 else found
    if reason.what == "templates":
        return [_of_templates(reason.names)]
    if key := _OF_ARTICLES.get(reason.what):
        return [say(key, names=_named(reason.names), count=len(reason.names))]
    return [say(_PLAIN[reason.what])]


def _of_templates(names: Sequence[str]) -> Words:
    if not names:
        return say("reason.chrome")
    return say("reason.templates.more" if len(names) > _FEW else "reason.templates", names=", ".join(names[:_FEW]))


def _named(paths: Sequence[str]) -> Words:
    return listed(paths) if len(paths) <= 2 else say("list.others", first=paths[0], count=len(paths) - 1)
