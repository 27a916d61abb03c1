"""Deploy to a folder: a mounted web space, a server's document root, a disk to carry away.

Whatever a visitor asks for is there while a deploy runs: pictures and styles come first, then pages, then what leads to
pages (feeds, sitemap), then the manifest; old files go last.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.model.targets import FolderTarget
from yoyak.publish import files, manifest
from yoyak.publish.guards import safe_folder
from yoyak.publish.journal import JOURNAL, MARK, PART, Journal, parts_left, read_journal
from yoyak.publish.old_releases import manifest_of, ours_at, strangers
from yoyak.publish.output import Built
from yoyak.publish.plan import (
    DeployPlan,
    DeployReport,
    There,
    in_order,
    in_the_way,
    make_plan,
    make_report,
)
from yoyak.publish.releases import Host
from yoyak.publish.seen import digests_of, entries


class PlainFolder(Host):
    """A folder whose files are changed one by one."""

    target: FolderTarget
    instead = say("rollback.none.folder")

    def plan(self, built: Built) -> DeployPlan:
        site = Path(self.request.site)
        folder = safe_folder(self.target.path, site=site, output=self.output)
        return make_plan(self.request.name, built, built.files, _there(site, folder, built.files, self.progress))

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Carry out the plan. Cut short, it leaves a working site, and the next deploy goes on from there."""
        folder = Path(plan.where)
        left = read_journal(folder)
        if plan.changes or left:
            _prepare(folder, plan, left)
            _change(folder, plan, self.output, self.progress)
            if files.remove_empty_folders(folder, plan.removed):  # else the next deploy removes the rest
                files.remove_file(folder, JOURNAL)
                files.remove_file(folder, MARK)
        return make_report(plan)


def _prepare(folder: Path, plan: DeployPlan, left: Journal | None) -> None:
    """Clear what an earlier deploy left half-written, then write down what this one is about to do."""
    files.make_folder(folder)
    cut = left or Journal()
    for part in parts_left(cut):
        files.remove_file(folder, part)
    files.remove_empty_folders(folder, (*cut.writing, *cut.earlier))
    writing = {path: plan.files[path] for path in (*plan.added, *plan.changed)}
    earlier = tuple(sorted(plan.there.ours & plan.there.files.keys()))
    files.write_file(
        folder,
        JOURNAL,
        msgspec.json.encode(Journal(base_url=plan.base_url, earlier=earlier, writing=writing), order="sorted"),
    )
    files.sync_folders(folder, (JOURNAL,))


def _change(folder: Path, plan: DeployPlan, output: Path, progress: Progress | None) -> None:
    written, done = len(plan.added) + len(plan.changed), 0
    first = in_the_way(plan)
    _remove(folder, first)
    for paths in in_order((*plan.added, *plan.changed)):
        for path in paths:
            if progress:
                progress("deploy", written, done)
            _require_still_free(folder, plan, path)
            files.copy_file(output, folder, path, plan.files[path])
            done += 1
        files.sync_folders(folder, paths)
    last = [path for path in plan.removed if path not in first]
    for paths in reversed(in_order(last)):
        _remove(folder, paths)


def _require_still_free(folder: Path, plan: DeployPlan, path: str) -> None:
    if path not in plan.there.files and os.path.lexists(folder / path):
        raise YoyakError(say("deploy.appeared", path=str(folder / path)))


def _remove(folder: Path, paths: Sequence[str]) -> None:
    for path in paths:
        files.remove_file(folder, path)
    files.remove_empty_folders(folder, paths)
    files.sync_folders(folder, paths)


def _there(site: Path, folder: Path, wanted: Collection[str], progress: Progress | None) -> There:
    """Return what the folder holds, which of it is ours, and digests of the files that `wanted` asks about."""
    found = dict(_found(folder))
    listing = manifest_of(folder)
    left = read_journal(folder)
    if listing is None and left is None and ours_at(folder):
        raise YoyakError(say("deploy.releases-there", where=str(folder)))
    journal = left or Journal()
    asked = {*wanted, *journal.writing}
    plain = {path: status for path, status in found.items() if path in asked and stat.S_ISREG(status.st_mode)}
    digests = {**dict.fromkeys(found, ""), **digests_of(site, folder, plain, progress=progress)}
    written = {path for path, digest in journal.writing.items() if digests.get(path) == digest}
    return There(
        where=str(folder),
        files=digests,
        ours=frozenset({*manifest.listed(listing), *journal.earlier, *journal.known, *written}),
        base_url=listing.base_url if listing else journal.base_url,
        to_adopt=0 if listing or left else strangers(folder, (path for path, _ in _found(folder))),
    )


def _found(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield what is in the folder but the traces of a deploy that was cut short."""
    for path, status in entries(folder) if folder.exists() else ():
        name = path.rpartition("/")[2]
        if path not in (JOURNAL, MARK) and not name.startswith(PART):
            yield path, status
