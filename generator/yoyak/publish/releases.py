"""Releases: what a host keeps of a site, each whole, one of which is live, and to which one a rollback goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, advised, did_you_mean, joined, say
from yoyak.model.types import Record
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.texts import listed

RELEASES = "releases"
"""Below a target's folder: where its releases are."""
CURRENT = "current"
"""Beside it: the link to the release that is live. A web server's document root."""
RECORD = ".yoyak-release.json"
"""In a release, beside the manifest."""
OLD = ".yoyak-old-"
"""How the name of a release begins while it is removed."""
_NAME = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}")
_TIME = "%Y%m%d-%H%M%S"


class ReleaseRecord(Record, frozen=True, kw_only=True):
    """What a release knows of itself."""

    before: str = ""
    """The name of the release that was live before."""
    gone: tuple[str, ...] = ()
    """The pages that only say that nothing is there any more."""


class DeployedRelease(Record, frozen=True, kw_only=True):
    """The site as it was deployed once, which the host keeps whole."""

    name: str
    """What `--to` takes."""
    live: bool
    """Whether readers see it now. At most one of a target's is."""
    before: str = ""
    """The name of the release that was live before this one became live; empty where nobody knows."""
    at: str = ""
    """When it was deployed, as ISO 8601 in UTC; empty where the host does not say."""
    files: int = 0
    """0 where the host does not say."""
    base_url: str = ""


class RollbackReport(Record, frozen=True, kw_only=True):
    """What a rollback did."""

    name: str
    """The target's, in site.yaml."""
    where: str
    before: str
    """The release that was live."""
    now: str
    """The release that is live."""


def choose(releases: Sequence[DeployedRelease], *, to: str, where: str) -> DeployedRelease:
    """Return the release that a rollback makes live; `releases` begin with the newest.

    Without `to`, it is the one that was live before; if that is gone or not known, the newest that is older.

    Raises:
        YoyakError: there is none, or it is live already.
    """
    if to:
        return _named(releases, to, where)
    live = next((place for place, release in enumerate(releases) if release.live), None)
    if live is None:
        raise YoyakError(joined(say("rollback.nothing-live", where=where), _how_to_choose(releases)))
    before = releases[live].before
    found = next((release for release in releases if before and release.name == before), None)
    older = found or next(iter(releases[live + 1 :]), None)
    if older is None:
        raise YoyakError(joined(*advised("rollback.only-one", where=where)))
    return older


def new_name(digest: str, *, names: Iterable[str], now: datetime) -> str:
    """Return the name of a release that is deployed `now`, with this digest of its manifest. It sorts after `names`."""
    latest = max((found[1] for name in names if (found := _NAME.fullmatch(name))), default="")
    moment = now.astimezone(UTC)
    if latest and moment.strftime(_TIME) <= latest:
        moment = datetime.strptime(latest, _TIME).replace(tzinfo=UTC) + timedelta(seconds=1)
    return f"{moment.strftime(_TIME)}-{digest[:8]}"


def deployed_at(name: str) -> str:
    """Return when a release was deployed, by its name.

    >>> deployed_at("20241129-153000-0a1b2c3d")
    '2024-11-29T15:30:00Z'
    """
    try:
        return datetime.strptime(name[:15], _TIME).replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""


def is_release(name: str) -> bool:
    """Tell whether a folder with this name may be a release."""
    return _NAME.fullmatch(name) is not None


def release_of_link(goal: str) -> str:
    """Return the release that a link leads to; empty when it leads elsewhere.

    >>> [release_of_link(f"releases/{name}") for name in ("20241129-153000-0a1b2c3d", "../etc")]
    ['20241129-153000-0a1b2c3d', '']
    """
    folder, _, name = goal.rstrip("/").partition("/")
    return name if folder == RELEASES and is_release(name) else ""


def surplus(names: Iterable[str], *, live: str, before: str, keep: int) -> list[str]:
    """Return the releases to remove when `keep` are to stay: the live one, the one before it, then the newest."""
    order = sorted(names, key=lambda name: (name == live, name == before, name), reverse=True)
    return order[max(keep, 1) :]


def _named(releases: Sequence[DeployedRelease], name: str, where: str) -> DeployedRelease:
    names = [release.name for release in releases]
    if name not in names:
        unknown = say("rollback.no-such", where=where, release=ascii(name)[1:-1])
        raise YoyakError(joined(unknown, did_you_mean(name, names) or _how_to_choose(releases)))
    found = releases[names.index(name)]
    if found.live:
        raise YoyakError(say("rollback.live-already", where=where, release=name))
    return found


def _how_to_choose(releases: Sequence[DeployedRelease]) -> Message:
    if not releases:
        return say("rollback.no-releases")
    return say("rollback.choose", names=", ".join(release.name for release in releases[:10]))


def no_way_back(name: str, why: Message) -> YoyakError:
    """Return what is said of a target whose host keeps no earlier release; `why` also says what to do instead."""
    return YoyakError(joined(say("rollback.none", name=name), why))


class Host:
    """What can be done at one target. Each raises `YoyakError` when the host or a guard refuses it."""

    instead: Message = say("rollback.none.files")
    """Where no earlier releases are kept: what to do instead."""

    def __init__(self, request: DeployRequest, progress: Progress | None) -> None:
        self.request, self.progress = request, progress
        self.target: Any = request.target
        self.output = Path(request.output)

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy would do."""
        raise NotImplementedError

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Carry out the plan."""
        raise NotImplementedError

    def releases(self) -> tuple[DeployedRelease, ...]:
        """Return the releases that the host keeps, the newest first."""
        raise no_way_back(self.request.name, self.instead)

    def roll_back(self, to: str) -> RollbackReport:  # noqa: ARG002 - the name of a release
        """Make an earlier release live again."""
        raise no_way_back(self.request.name, self.instead)


# --- A rollback, whatever keeps the releases: choose one, look at what it would show again, make it live ---------


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
