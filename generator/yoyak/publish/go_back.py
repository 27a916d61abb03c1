"""A rollback, whatever keeps the releases: choose one, look at what it would show again, make it live."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from yoyak.messages.errors import YoyakError
from yoyak.model.message import joined, say
from yoyak.model.types import Record
from yoyak.publish.plan import DeployRequest
from yoyak.publish.releases import DeployedRelease, RollbackReport, choose
from yoyak.publish.texts import listed


class ReleaseFiles(Record, frozen=True, kw_only=True):
    """What is in a release."""

    files: Mapping[str, str]
    """SHA-256 by path."""
    gone: Collection[str] = ()
    """Those that only say that nothing is there any more, where the release knows."""


def go_back(
    request: DeployRequest,
    releases: Sequence[DeployedRelease],
    *,
    to: str,
    where: str,
    live: str,
    files_in: Callable[[str], ReleaseFiles | None],
    make_live: Callable[[str], object],
) -> RollbackReport:
    """Make an earlier release live again, if it shows nothing that is not published any more, or that was confirmed.

    `files_in` gives what is in a release, or None when that cannot be known; it may refuse a damaged one.
    """
    chosen = choose(releases, to=to, where=where).name
    _require_published(request, chosen, files_in(chosen))
    make_live(chosen)
    return RollbackReport(name=request.name, where=where, before=live, now=chosen)


def _require_published(request: DeployRequest, release: str, found: ReleaseFiles | None) -> None:
    if not request.withdrawn:
        return
    if found is None:
        names, key = sorted({*request.withdrawn.values()}), "rollback.may-show-again"
    else:
        paths = request.withdrawn.keys() & found.files.keys() - {*found.gone}
        shown = (path for path in paths if found.files[path] != request.notes.get(path))
        names, key = sorted({request.withdrawn[path] for path in shown}), "rollback.shows-again"
    if names and (request.confirm_shown is None or request.confirm_shown < len(names)):
        again = say(key, release=release, names=listed(names))
        raise YoyakError(joined(again, say("rollback.confirm-shown", number=str(len(names)))))
