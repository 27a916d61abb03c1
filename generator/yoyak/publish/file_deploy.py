"""Deploy to a host of plain files, whatever it speaks: in the order of `order`, with a journal there as in a folder.

The journal stands at the host from before the first change until after the last, so a deploy that was cut short is
continued, from any machine, and what it wrote is known as ours. A small mark beside it says how far the deploy got.

Of two deploys at once one goes on: whoever puts the journal there first. The other one finds it, or the manifest that
is not the planned one any more. A deploy that another one took for cut short finds that one's journal or mark.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import Any

import msgspec

from yoyak.files.site_files import open_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.publish import manifest
from yoyak.publish.file_host import MOST, Cut, DeployMark, FileHost, decode_mark, digest_of, look_at, read_cut
from yoyak.publish.journal import JOURNAL, MARK, PART_FILE, Journal
from yoyak.publish.output import Built
from yoyak.publish.plan import (
    DeployPlan,
    DeployReport,
    DeployRequest,
    folders_of,
    in_order,
    in_the_way,
    make_plan,
    make_report,
)
from yoyak.publish.releases import Host

_EVERY = 2.0
"""Seconds between two marks: what a deploy sends again, at most, after it was killed."""


def plan_files(request: DeployRequest, host: FileHost, built: Built, *, progress: Progress | None = None) -> DeployPlan:
    """Return what a deploy to the host would do."""
    there = look_at(host, built, check_files=request.check_files, progress=progress)
    return make_plan(request.name, built, built.files, there)


def deploy_files(
    request: DeployRequest,
    host: FileHost,
    plan: DeployPlan,
    *,
    finished: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> DeployReport:
    """Carry out the plan. Cut short, it leaves a working site, and the next deploy goes on from there.

    `finished` is called when the site is in place. If it fails, the next deploy calls it again.
    """
    cut = read_cut(host)
    if cut.version != plan.there.version:
        raise YoyakError(say("deploy.meanwhile", where=host.where))
    if plan.changes or cut.version:
        _change(host, plan, cut, Path(request.output), progress)
        if finished:
            finished()
        host.remove((JOURNAL, MARK, PART_FILE))
    return make_report(plan)


class PlainFiles(Host):
    """A target at such a host; `opened` connects to it, each time anew, `finished` is called after a deploy."""

    def __init__(
        self,
        request: DeployRequest,
        progress: Progress | None,
        opened: Callable[[], Any],
        finished: Callable[[Any, DeployPlan], None],
    ) -> None:
        super().__init__(request, progress)
        self._opened, self._finished = opened, finished

    def plan(self, built: Built) -> DeployPlan:
        with closing(self._opened()) as host:
            return plan_files(self.request, host, built, progress=self.progress)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        with closing(self._opened()) as host:
            finished = partial(self._finished, host, plan)
            return deploy_files(self.request, host, plan, finished=finished, progress=self.progress)


def _change(host: FileHost, plan: DeployPlan, cut: Cut, output: Path, progress: Progress | None) -> None:
    first = in_the_way(plan)
    groups = in_order((*plan.added, *plan.changed))
    mark = _begun(host, plan, cut, groups)
    _remove(host, plan, first)
    _clear(host, plan, (*cut.journal.writing, *cut.journal.earlier))
    done, total = 0, sum(map(len, groups))
    for paths in groups:
        if paths is groups[-1]:
            mark.require_ours()
        for _ in _each(partial(_send, host, plan, output), paths, lanes=host.lanes):
            done += 1
            mark.note(done)
            if progress:
                progress("deploy", total, done)
    last = [path for path in plan.removed if path not in first]
    for paths in reversed(in_order(last)):
        _remove(host, plan, paths)


def _begun(host: FileHost, plan: DeployPlan, cut: Cut, groups: Iterable[Sequence[str]]) -> _Mark:
    """Write down what this deploy is about to do; return what notes how much of it is done.

    Raises:
        YoyakError: another deploy has changed the host since it was looked at, or began in the same moment.
    """
    there, left = plan.there, cut.journal
    noted = {*left.earlier, *left.known, *left.writing} & there.ours
    journal = Journal(
        deploy=token_hex(8),
        base_url=plan.base_url,
        earlier=tuple(sorted(there.ours & {*plan.removed, *plan.changed})),
        known={path: there.files[path] for path in plan.unchanged if path in noted},
        writing={path: plan.files[path] for paths in groups for path in paths},
    )
    data = msgspec.json.encode(journal)
    try:
        _put(host, JOURNAL, data, new=not cut.version)
    except FileExistsError as error:
        raise YoyakError(say("deploy.meanwhile", where=host.where)) from error
    mark = _Mark(host, data)
    ours = mark.is_ours()
    if not ours or digest_of(host.read(manifest.NAME, most=MOST)) != there.listing:
        if ours and not cut.version:
            host.remove((JOURNAL,))
        raise YoyakError(say("deploy.meanwhile", where=host.where))
    if cut.version:
        mark.put(0)  # whoever wrote the journal before, and is not dead, finds it
    return mark


class _Mark:
    """How far a deploy got, as it says at the host every two seconds; and whether the host still is its own."""

    def __init__(self, host: FileHost, journal: bytes) -> None:
        self._host, self._journal, self._at = host, journal, monotonic()
        self._version = digest_of(journal)

    def note(self, done: int) -> None:
        if monotonic() - self._at >= _EVERY:
            there = decode_mark(self._host.read(MARK, most=1000))
            if there and there.journal != self._version:
                self.require_ours()
            self.put(done)

    def put(self, done: int) -> None:
        _put(self._host, MARK, msgspec.json.encode(DeployMark(journal=self._version, done=done)))
        self._at = monotonic()

    def is_ours(self) -> bool:
        return digest_of(self._host.read(JOURNAL, most=MOST)) == self._version

    def require_ours(self) -> None:
        """Refuse to go on when another deploy has put its journal in the place of this one's.

        If that one has ended, this journal is put back: the next deploy looks at what was written by then.
        """
        if not self.is_ours():
            with suppress(FileExistsError):
                _put(self._host, JOURNAL, self._journal, new=True)
            raise YoyakError(say("deploy.meanwhile", where=self._host.where))


def _put(host: FileHost, path: str, data: bytes, *, new: bool = False) -> None:
    host.write(path, io.BytesIO(data), size=len(data), sha256=digest_of(data), new=new)


def _send(host: FileHost, plan: DeployPlan, output: Path, path: str) -> None:
    with os.fdopen(open_output(output, path), "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != plan.files[path]:
            raise YoyakError(say("deploy.changed-meanwhile", path=str(output / path)))
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        try:
            host.write(path, file, size=size, sha256=plan.files[path], new=path not in plan.there.files)
        except FileExistsError as error:
            raise YoyakError(say("deploy.appeared", path=f"{host.where}/{path}")) from error


def _each(send: Callable[[str], None], paths: Sequence[str], *, lanes: int) -> Iterator[None]:
    """Send the files, several at once, and yield once for each, in their order."""
    if lanes == 1:
        yield from map(send, paths)
        return
    pool = ThreadPoolExecutor(lanes)
    try:
        yield from pool.map(send, paths)
    finally:
        pool.shutdown(cancel_futures=True)


def _remove(host: FileHost, plan: DeployPlan, paths: Sequence[str]) -> None:
    if paths:
        host.remove(paths)
        _clear(host, plan, paths)


def _clear(host: FileHost, plan: DeployPlan, paths: Iterable[str]) -> None:
    """Remove the folders above the paths that the site has no file in any more, if nobody else has, deepest first."""
    needed = {folder for path in plan.files for folder in folders_of(path)}
    folders = {folder for path in paths for folder in folders_of(path)} - needed
    if folders:
        host.clear(sorted(folders, key=lambda folder: (-folder.count("/"), folder)))
