"""Deploy to a folder in releases: each is written whole beside the last one, then one rename of a link makes it live.

    path/current -> releases/20241129-153000-0a1b2c3d
    path/releases/…

Files that did not change are hard links to those of the last release, where the file system has such.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress, counted
from yoyak.model.message import say
from yoyak.model.targets import FolderTarget
from yoyak.publish import files, manifest
from yoyak.publish.guards import safe_folder
from yoyak.publish.journal import JOURNAL, PART, Journal
from yoyak.publish.old_releases import (
    clear_leftovers,
    digest_at,
    found_in,
    manifest_of,
    ours_at,
    record_of,
    releases_at,
    remove_surplus,
    strangers,
)
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, There, make_plan, make_report
from yoyak.publish.releases import (
    CURRENT,
    RECORD,
    RELEASES,
    DeployedRelease,
    Host,
    ReleaseFiles,
    ReleaseRecord,
    RollbackReport,
    deployed_at,
    go_back,
    new_name,
    release_of_link,
)
from yoyak.publish.seen import digests_of, entries, record_links

_LINK = f"{PART}{CURRENT}"
"""The link before it takes its place."""


class ReleaseFolder(Host):
    """A folder that keeps releases."""

    target: FolderTarget

    @cached_property
    def _place(self) -> Path:
        return safe_folder(self.target.path, site=Path(self.request.site), output=self.output)

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy would change for readers: what is live is compared with the built site."""
        place, live = self._place, live_release(self._place)
        there = _there(self.request, place, live, built.files, self.progress) if live else _nothing_there(place)
        return make_plan(self.request.name, built, built.files, there)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Carry out the plan. Cut short, what is live is the old release or the new one, whole."""
        place = Path(plan.where)
        if live_release(place) != plan.there.version:
            raise YoyakError(say("deploy.appeared", path=str(place / CURRENT)))
        clear_leftovers(place, plan.there.version)
        _remove_link(place)
        name, linked = "", dict[str, str]()
        if plan.changes:
            files.make_folder(place)
            files.make_folder(place / RELEASES)
            name = new_name(plan.files[manifest.NAME], names=releases_at(place), now=datetime.now(UTC))
            linked = _write_release(place, name, plan, self.output, self.progress)
            switch(place, name)
        remove_surplus(place, live=name or plan.there.version, keep=self.target.keep)
        if name:  # a removal changes their ctime, too
            record_links(Path(self.request.site), place, place / RELEASES / name, linked)
        return make_report(plan, release=name)

    def releases(self) -> tuple[DeployedRelease, ...]:
        live = live_release(self._place)
        return tuple(_described(self._place, name, live) for name in reversed(releases_at(self._place)))

    def roll_back(self, to: str) -> RollbackReport:
        """Switch the link to an earlier release, if that is whole."""
        place = self._place

        def files_in(name: str) -> ReleaseFiles:
            root = place / RELEASES / name
            listing = _listed(root)
            if wrong := _wrong(root, listing, self.progress):
                raise YoyakError(say("rollback.damaged", release=name, path=wrong))
            return ReleaseFiles(files=listing, gone=record_of(root).gone)

        def make_live(name: str) -> None:
            _remove_link(place)
            switch(place, name)

        live, found = live_release(place), self.releases()
        return go_back(self.request, found, to=to, where=str(place), live=live, files_in=files_in, make_live=make_live)


def live_release(place: Path) -> str:
    """Return the name of the release that is live in a target's folder, or an empty text.

    Raises:
        YoyakError: something that is not ours is where the link has to be, or the releases.
    """
    link, folder = place / CURRENT, place / RELEASES
    name = release_of_link(os.fspath(link.readlink())) if link.is_symlink() else ""
    if (os.path.lexists(link) and not name) or folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        wrong = CURRENT if os.path.lexists(link) and not name else RELEASES
        raise YoyakError(say("deploy.in-the-way", where=str(place), names=wrong))
    return name if (folder / name).is_dir() and not (folder / name).is_symlink() else ""


def switch(place: Path, name: str) -> None:
    """Make a release live, by one rename."""
    with files.naming(place / CURRENT, written_as=place / _LINK):
        (place / _LINK).symlink_to(f"{RELEASES}/{name}", target_is_directory=True)
        (place / _LINK).replace(place / CURRENT)
    files.sync_folders(place, (CURRENT,))


def _remove_link(place: Path) -> None:
    """Remove the link of a deploy that was cut short before it took its place."""
    if (place / _LINK).is_symlink():
        (place / _LINK).unlink()


def _there(request: DeployRequest, place: Path, live: str, wanted: Collection[str], progress: Progress | None) -> There:
    root = place / RELEASES / live
    listing = manifest_of(root)
    found = {path: status for path, status in found_in(root) if path not in (RECORD, JOURNAL)}
    plain = {path: status for path, status in found.items() if path in wanted and stat.S_ISREG(status.st_mode)}
    known = digests_of(Path(request.site), root, plain, place=place, progress=progress)
    return There(
        where=str(place),
        files={**dict.fromkeys(found, ""), **known},
        ours=manifest.listed(listing),
        base_url=listing.base_url if listing else "",
        version=live,
    )


def _nothing_there(place: Path) -> There:
    if (place / manifest.NAME).is_file():
        raise YoyakError(say("deploy.in-place-there", where=str(place)))
    found = (path for path, _ in entries(place)) if place.exists() else ()
    to_adopt = 0 if ours_at(place) else strangers(place, found, RELEASES)
    return There(where=str(place), files={}, ours=frozenset(), to_adopt=to_adopt)


def _write_release(place: Path, name: str, plan: DeployPlan, output: Path, progress: Progress | None) -> dict[str, str]:
    """Write a release beside the others, under a name that no release has until all of it is there; as `_fill`."""
    part = place / RELEASES / f"{PART}{name}"
    try:
        linked = _fill(part, place / RELEASES / plan.there.version, plan, output, progress)
        part.rename(place / RELEASES / name)
    except OSError as error:
        if error.filename:  # a person knows the release by its name
            error.filename, error.filename2 = os.fsdecode(error.filename).replace(part.name, name), None
        raise
    files.sync_folders(place / RELEASES, (name,))
    return linked


def _fill(part: Path, last: Path, plan: DeployPlan, output: Path, progress: Progress | None) -> dict[str, str]:
    """Write a release, and return the digests of those of its files that are those of the last one."""
    part.mkdir()
    part.chmod(files.FOLDER_MODE)
    journal = Journal(earlier=plan.kept, writing=plan.files)
    files.write_file(part, JOURNAL, msgspec.json.encode(journal, order="sorted"))
    same = frozenset(plan.unchanged)
    for path in counted(sorted(plan.files), "deploy", progress):
        if not (path in same and files.link_file(last, part, path)):
            files.copy_file(output, part, path, plan.files[path])
    for path in plan.kept:
        files.carry_over(last, part, path)
    record = ReleaseRecord(before=plan.there.version, gone=plan.gone)
    files.write_file(part, RECORD, msgspec.json.encode(record))
    files.sync_folders(part, (*plan.files, *plan.kept))
    linked = {path: plan.files[path] for path in same if _is_one(last, part, path)}
    written = {path: digest for path, digest in plan.files.items() if path not in linked}
    if wrong := _wrong(part, written, progress):
        raise YoyakError(say("deploy.changed-meanwhile", path=str(part / wrong)))
    files.remove_file(part, JOURNAL)
    return linked


def _is_one(last: Path, part: Path, path: str) -> bool:
    """Tell whether a file of a new release is that of the last one, which the plan has compared with the build."""
    try:
        there, here = os.lstat(f"{last}{os.sep}{path}"), os.lstat(f"{part}{os.sep}{path}")
    except OSError:
        return False
    return (there.st_ino, there.st_dev) == (here.st_ino, here.st_dev)


def _listed(root: Path) -> dict[str, str]:
    """Return the digests of a release's files by path."""
    listing = manifest_of(root)
    return dict(listing.files) if listing else {manifest.NAME: "-"}


def _wrong(root: Path, listed: Mapping[str, str], progress: Progress | None) -> str:
    """Return the first path at which a release has not the file that it has to have, or an empty text."""
    each = counted([*listed.items()], "compare", progress)
    return next((path for path, digest in each if digest_at(root, path) != digest), "")


def _described(place: Path, name: str, live: str) -> DeployedRelease:
    try:
        listing = manifest_of(place / RELEASES / name)
    except YoyakError:  # a damaged one must not keep anybody from going back to another
        listing = None
    before = record_of(place / RELEASES / name).before
    count, url = (len(listing.files) + 1, listing.base_url) if listing else (0, "")
    at, is_live = deployed_at(name), name == live
    return DeployedRelease(name=name, live=is_live, before=before, at=at, files=count, base_url=url)
