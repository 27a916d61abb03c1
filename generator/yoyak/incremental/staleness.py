"""Which pages are stale, and why: one answer for the full build, the partial build and ``yoyak why``. Pure.

All three ask with what a page was made of and what it would be made of now. A build knows each part. ``yoyak why``
reads no text: to it, a part that comes from a file that changed since is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from yoyak.model.message import Words, joined, listed, say
from yoyak.model.types import Record, Show

Fault = Literal["", "missing", "edited"]
"""What is wrong with a page's file in the output: it is not there, or is not as it was written."""


class Parts(Record, kw_only=True):
    """What a page is made of, each part as something that can be compared."""

    kind: str
    template: str
    frame: bytes
    """Of the settings."""
    templates: bytes
    """Of its templates and all else that they read."""
    recipe: bytes
    """Of everything that is on it besides articles, and of which articles are."""
    shown: Mapping[Show, bytes] = {}
    """Of what it shows of articles, in its order."""
    sources: Mapping[str, bytes] = {}
    """Of the files that it is made of, by path, when a recipe does not tell: it is made of files as they were."""


class Reason(Record, kw_only=True):
    """One reason why a page is stale."""

    what: Literal[
        "new", "missing", "edited", "source", "kind", "setting", "templates", "changed", "added", "removed", "order",
        "besides",
    ]  # fmt: skip
    names: tuple[str, ...] = ()
    """The files, templates or articles by which it is. Of `templates` none: what they read of the site changed."""
    shows: tuple[Show, ...] = ()
    """Of `changed`: what the page shows that is another now."""


Reasons = tuple[Reason, ...]
_NEW = (Reason(what="new"),)


def stale(
    now: Mapping[str, object],
    before: Mapping[str, object],
    *,
    fault_of: Callable[[str], Fault],
    parts_of: Callable[[Sequence[str]], Mapping[str, tuple[Parts, Parts]]],
    changed_templates: Callable[[str], Sequence[str]],
) -> dict[str, Reasons]:
    """Return the pages that have to be made again, by output path, each with all its reasons.

    `now` and `before` have a page's fingerprint, or whatever else is equal when the page would be. What follows is only
    asked of pages of which it counts, since a site has many: `fault_of` of those that were there before, `parts_of`
    (then, now) of those whose fingerprints differ, `changed_templates` (the changed ones that a template reads) of
    those whose templates do.
    """
    known = [output for output in now if output in before]
    faults = {output: fault_of(output) for output in known}
    parts = parts_of([output for output in known if now[output] != before[output]])
    found: dict[str, Reasons] = {}
    for output, fingerprint in now.items():
        if output not in before:
            found[output] = _NEW
        elif fingerprint == before[output]:
            found[output] = _of_fault(faults[output])
        else:
            others = _reasons(*parts[output], changed_templates) if output in parts else _NEW
            found[output] = (*_of_fault(faults[output]), *others)
    return {output: reasons for output, reasons in found.items() if reasons}


def _of_fault(fault: Fault) -> Reasons:
    return (Reason(what=fault),) if fault else ()


def _reasons(then: Parts, now: Parts, changed_templates: Callable[[str], Sequence[str]]) -> Iterator[Reason]:
    if then.kind != now.kind:
        yield Reason(what="kind")
        return
    found = [*_of_sources(then, now), *_of_looks(then, now, changed_templates), *_of_articles(then, now)]
    yield from found or (Reason(what="besides"),)


def _of_sources(then: Parts, now: Parts) -> Iterator[Reason]:
    changed = tuple(path for path, digest in now.sources.items() if then.sources.get(path) != digest)
    if changed:
        yield Reason(what="source", names=changed)


def _of_looks(then: Parts, now: Parts, changed_templates: Callable[[str], Sequence[str]]) -> Iterator[Reason]:
    if then.frame != now.frame:
        yield Reason(what="setting")
    if then.templates != now.templates:
        yield Reason(what="templates", names=tuple(changed_templates(now.template)))


def _of_articles(then: Parts, now: Parts) -> Iterator[Reason]:
    """Yield which of its articles are others, and which came or went; if none, whether they stand in another order."""
    old, new = then.shown, now.shown
    changed = tuple(show for show, digest in new.items() if show in old and old[show] != digest)
    paths_then, paths_now = {path for _, path in old}, {path for _, path in new}
    if changed:
        yield Reason(what="changed", shows=changed)
    if paths_now - paths_then:
        yield Reason(what="added", names=tuple(sorted(paths_now - paths_then)))
    if paths_then - paths_now:
        yield Reason(what="removed", names=tuple(sorted(paths_then - paths_now)))
    if not changed and paths_then == paths_now and list(old) != list(new):
        yield Reason(what="order")


# --- why a page was made again, in sentences ---------------------------------------------------------------------


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
