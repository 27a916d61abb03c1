"""Deploy to a host of plain files, whatever it speaks: in the order of `order`, with a journal there as in a folder.

The journal stands at the host from before the first change until after the last, so a deploy that was cut short is
continued, from any machine, and what it wrote is known as ours. A small mark beside it says how far the deploy got.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

import msgspec

from yoyak.files.site_files import open_output
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.protocols import Progress
from yoyak.publish.file_host import FileHost
from yoyak.publish.file_there import Cut, DeployMark, look_at, read_cut
from yoyak.publish.guards import require_adopted, require_confirmed
from yoyak.publish.journal import MARK, PART_FILE, Journal
from yoyak.publish.journal import NAME as JOURNAL
from yoyak.publish.order import in_order, in_the_way
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, folders_of, make_plan, make_report

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
    confirm_removals: int | None = None,
    adopt: bool = False,
    finished: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> DeployReport:
    """Carry out the plan. Cut short, it leaves a working site, and the next deploy goes on from there.

    `finished` is called when the site is in place. If it fails, the next deploy calls it again.
    """
    require_adopted(plan, adopt=adopt)
    require_confirmed(plan, confirm_removals=confirm_removals)
    cut = read_cut(host)
    if cut.version != plan.there.version:
        raise YoyakError(say("deploy.meanwhile", where=host.where))
    if plan.changes or cut.version:
        _change(host, plan, cut, Path(request.output), progress)
        if finished:
            finished()
        host.remove((JOURNAL, MARK, PART_FILE))
    return make_report(plan)


def _change(host: FileHost, plan: DeployPlan, cut: Cut, output: Path, progress: Progress | None) -> None:
    first = in_the_way(plan)
    groups = in_order((*plan.added, *plan.changed))
    mark = _begun(host, plan, cut, groups)
    _remove(host, plan, first)
    _clear(host, plan, (*cut.journal.writing, *cut.journal.earlier))
    done, total = 0, sum(map(len, groups))
    for paths in groups:
        for _ in _each(partial(_send, host, plan, output), paths, lanes=host.lanes):
            done += 1
            mark(done)
            if progress:
                progress("deploy", total, done)
    last = [path for path in plan.removed if path not in first]
    for paths in reversed(in_order(last)):
        _remove(host, plan, paths)


def _begun(host: FileHost, plan: DeployPlan, cut: Cut, groups: Iterable[Sequence[str]]) -> Callable[[int], None]:
    """Write down what this deploy is about to do; return what notes how much of it is done."""
    there, left = plan.there, cut.journal
    noted = {*left.earlier, *left.known, *left.writing} & there.ours
    journal = Journal(
        base_url=plan.base_url,
        earlier=tuple(sorted(there.ours & {*plan.removed, *plan.changed})),
        known={path: there.files[path] for path in plan.unchanged if path in noted},
        writing={path: plan.files[path] for paths in groups for path in paths},
    )
    data = msgspec.json.encode(journal)
    version = hashlib.sha256(data).hexdigest()
    try:
        _put(host, JOURNAL, data, new=not cut.version)
    except FileExistsError as error:
        raise YoyakError(say("deploy.meanwhile", where=host.where)) from error
    noted_at = monotonic()

    def mark(done: int) -> None:
        nonlocal noted_at
        if monotonic() - noted_at >= _EVERY:
            _put(host, MARK, msgspec.json.encode(DeployMark(journal=version, done=done)))
            noted_at = monotonic()

    return mark


def _put(host: FileHost, path: str, data: bytes, *, new: bool = False) -> None:
    host.write(path, io.BytesIO(data), size=len(data), sha256=hashlib.sha256(data).hexdigest(), new=new)


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
