"""What a deploy is asked to do, would do and has done. `make_plan` decides it, whatever the host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate
from pathlib import Path

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.model.targets import Target
from yoyak.model.types import Record
from yoyak.publish import manifest
from yoyak.publish.output import Built
from yoyak.publish.texts import listed


class NetworkTimeouts(Record, frozen=True, kw_only=True):
    """Seconds of silence after which another machine is given up."""

    fetch: float = 60.0
    push: float = 120.0
    """Longer: a server may look at what it got before it answers."""


class DeployRequest(Record, frozen=True, kw_only=True):
    """A target of site.yaml and the built site that is to stand there."""

    site: str
    """The site folder, absolute."""
    output: str
    """The built site's folder, absolute."""
    name: str
    """The target's name in site.yaml."""
    target: Target
    taken_down: frozenset[str] = frozenset()
    """Files of the output that only say that a page is not there any more: to put them there is to remove the page."""
    check_files: bool = False
    """Whether to look at what the host really has, where a deploy goes by the manifest there."""
    base_url: str = ""
    """The address for which the site has to be built; empty for any."""
    preview: bool = False
    """Whether it has to be a preview."""
    withdrawn: Mapping[str, str] = {}
    """The files that are not published now, by the paths at which an earlier release may have their pages."""
    notes: Mapping[str, str] = {}
    """SHA-256 by path of the built site: a release that has the same there shows nothing again."""
    confirm_shown: int | None = None
    """How many files that are not published a person has agreed to show again."""
    limits: NetworkTimeouts = NetworkTimeouts()


class There(Record, frozen=True, kw_only=True):
    """What a target holds before the deploy."""

    where: str
    """The host's place, as a person would name it; without any password."""
    files: Mapping[str, str]
    """By path, a digest of the kind that the host can give."""
    ours: frozenset[str]
    """The paths that earlier deploys put there. Only these are ever removed or written over."""
    base_url: str = ""
    """The site that stands there; empty when there is none of ours."""
    version: str = ""
    """The commit, the release or the journal that was looked at, where the host has such."""
    listing: str = ""
    """SHA-256 of the manifest that was read there, at a host of plain files; empty when there was none."""
    to_adopt: int = 0
    """Files in a folder to which yoyak never deployed."""
    replaces: Words = ""
    """At a host that switches as a whole: what the deploy would replace although it is not ours or not known."""
    to_replace: int = 0
    """How many files that are, as far as the host says, and at least 1."""


class DeployPlan(Record, frozen=True, kw_only=True):
    """What a deploy would do. All paths are sorted."""

    name: str
    where: str
    base_url: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    taken_down: tuple[str, ...] = ()
    """Of what is changed: pages in whose place stands only that they are not there any more."""
    gone: tuple[str, ...] = ()
    """All such pages of the built site."""
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    """Files at the target that are not ours. They stay as they are."""
    left_out: tuple[str, ...]
    """Hidden files of output/ that no build wrote. They are not sent."""
    size: int
    """Bytes to send."""
    to_adopt: int
    """Files that lie in the target's folder although yoyak never deployed to it. They stay, and need consent."""
    files: Mapping[str, str]
    """SHA-256 by path, of all files of the built site."""
    to_replace: int
    """Files at the target that are not ours or not known, and that the deploy replaces: they need consent."""
    there: There

    @property
    def changes(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class DeployReport(Record, frozen=True, kw_only=True):
    name: str
    where: str
    added: int
    changed: int
    removed: int
    unchanged: int
    size: int
    """Bytes sent."""
    commit: str = ""
    """Its full name; empty when the target is no repository or nothing changed."""
    release: str = ""
    """Its name; empty when the target keeps no releases or nothing changed."""
    url: str = ""
    """Where a host shows a preview; empty for a deploy to the target's own address."""


def make_plan(name: str, built: Built, wanted: Mapping[str, str], there: There) -> DeployPlan:
    """Compare what is wanted at a target with what is there, both by digest, and say what to do.

    Refuses when a file that is not ours stands where one of ours has to go.
    """
    same = {path for path, digest in wanted.items() if there.files.get(path) == digest}
    added = wanted.keys() - there.files.keys()
    changed = wanted.keys() & there.files.keys() - same
    removed = there.files.keys() & there.ours - wanted.keys()
    kept = there.files.keys() - wanted.keys() - removed
    if taken := (changed - there.ours) | set(_in_the_way(kept, wanted.keys())):
        raise YoyakError(say("deploy.in-the-way", where=there.where, names=listed(sorted(taken))))
    return DeployPlan(
        name=name,
        where=there.where,
        base_url=built.base_url,
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        unchanged=tuple(sorted(same)),
        kept=tuple(sorted(kept)),
        left_out=built.left_out,
        size=sum(built.sizes.get(path, 0) for path in added | changed),
        to_adopt=there.to_adopt,
        files=built.files,
        to_replace=there.to_replace,
        there=there,
    )


def _in_the_way(kept: Set[str], wanted: Set[str]) -> Iterator[str]:
    """Yield the kept files that stand where a folder has to go, or below where a file has to go."""
    folders = {folder for path in wanted for folder in folders_of(path)}
    for path in kept:
        if path in folders or not wanted.isdisjoint(folders_of(path)):
            yield path


def folders_of(path: str) -> tuple[str, ...]:
    """Return the folders above a path, outermost first: ``a`` and ``a/b`` for ``a/b/c.html``."""
    return tuple(accumulate(path.split("/")[:-1], lambda folder, name: f"{folder}/{name}"))


def make_report(plan: DeployPlan, *, commit: str = "", release: str = "") -> DeployReport:
    """Return the report of a plan that was carried out."""
    return DeployReport(
        name=plan.name,
        where=plan.where,
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=len(plan.unchanged),
        size=plan.size,
        commit=commit,
        release=release,
    )


# --- the order of a deploy ---------------------------------------------------------------------------------------
# In which order a deploy changes a host that has no switch, such that no page there ever lacks what it refers to.


def in_order(paths: Sequence[str]) -> list[list[str]]:
    """Return the paths in groups, such that no group refers to a later one.

    Pictures and styles come first, then pages, then what leads to pages (feeds, sitemap), then the manifest.
    """
    groups: list[list[str]] = [[], [], [], []]
    for path in sorted(paths):
        groups[_rank(path)].append(path)
    return groups


def _rank(path: str) -> int:
    if path == manifest.NAME:
        return 3
    if path.startswith("assets/"):
        return 0
    return {".html": 1, ".xml": 2, ".json": 2, ".txt": 2}.get(Path(path).suffix, 0)


def in_the_way(plan: DeployPlan) -> list[str]:
    """Return our old files that cannot go last: a new folder has their name, or they are in a new file's place."""
    written = {*plan.added, *plan.changed}
    folders = {folder for path in written for folder in folders_of(path)}
    return [path for path in plan.removed if path in folders or not written.isdisjoint(folders_of(path))]
