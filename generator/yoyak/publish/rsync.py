"""Deploy by rsync over ssh, in releases: what changed is sent into a new folder, and a link is switched there.

The other machine needs a shell and rsync. Files that did not change are hard links to those of the last release, or of
one that was cut short.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import joined, say
from yoyak.model.targets import RsyncTarget
from yoyak.publish import manifest
from yoyak.publish import remote_releases as remote
from yoyak.publish.journal import NAME as JOURNAL
from yoyak.publish.journal import PART
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, There, make_plan, make_report
from yoyak.publish.releases import (
    CURRENT,
    OLD,
    RECORD,
    RELEASES,
    DeployedRelease,
    ReleaseFiles,
    ReleaseRecord,
    RollbackReport,
    deployed_at,
    go_back,
    new_name,
    surplus,
)
from yoyak.publish.remote_releases import RemotePlace
from yoyak.publish.seen import edited, entries
from yoyak.publish.ssh import SshHost, ask, host_at, started, unreached

_SENDING = ("--checksum", "--compress", "--perms", "--chmod=D755,F644", "--info=progress2", "--outbuf=Line")
_MOST_BASES = 19
"""rsync takes 20 folders to compare with."""


def plan_rsync(
    request: DeployRequest, target: RsyncTarget, built: Built, *, progress: Progress | None = None
) -> DeployPlan:
    """Return what a deploy would change for readers. Bytes are compared at both ends."""
    host = host_at(target.host, target.path, target.port)
    place = _look(host, progress)
    listing = manifest.read_manifest(place.manifest, where=f"{host.where}: {manifest.NAME}") if place.manifest else None
    found = [path for path in place.files if path not in (RECORD, JOURNAL)]
    both = sorted(built.files.keys() & set(found))
    differing = _compared(host, Path(request.output), place.live, both, progress) if both else frozenset()
    there = There(
        where=host.where,
        files={path: "" if path in differing else built.files.get(path, "") for path in found},
        ours=manifest.listed(listing),
        base_url=listing.base_url if listing else "",
        version=place.live,
        to_adopt=0 if place.ours else place.strangers,
    )
    return make_plan(request.name, built, built.files, there)


def deploy_rsync(
    request: DeployRequest, target: RsyncTarget, plan: DeployPlan, *, progress: Progress | None = None
) -> DeployReport:
    """Carry out the plan. Cut short at any end, what is live is the old release or the new one, whole."""
    if not plan.changes:
        return make_report(plan)
    host = host_at(target.host, target.path, target.port)
    place = _look(host, progress)
    name = new_name(plan.files[manifest.NAME], names=place.releases, now=datetime.now(UTC))
    _done(host, remote.prepare(host, name, plan.there.version), progress)
    bases = [one for one in (plan.there.version, *place.parts[-_MOST_BASES + 1 :]) if one]
    _send(host, Path(request.output), name, plan, bases, progress)
    _require_as_planned(request, plan, progress)
    record = ReleaseRecord(before=plan.there.version, gone=plan.gone)
    switch = remote.finish(host, name, record, len(plan.files), kept=plan.kept, parts=place.parts)
    _done(host, switch, progress)
    before = plan.there.version
    old = surplus((*place.releases, name), live=name, before=before, keep=target.keep)
    _remove(host, [*place.old, *old], progress)
    return make_report(plan, release=name)


def list_rsync(target: RsyncTarget, *, progress: Progress | None = None) -> tuple[DeployedRelease, ...]:
    """Return the releases that the other machine keeps, the newest first."""
    return _listed(_look(host_at(target.host, target.path, target.port), progress))


def roll_back_rsync(
    request: DeployRequest, target: RsyncTarget, *, to: str = "", progress: Progress | None = None
) -> RollbackReport:
    """Switch the link to an earlier release, if all of its files are there."""
    host = host_at(target.host, target.path, target.port)
    place = _look(host, progress)

    def files_in(name: str) -> ReleaseFiles:
        inside = _look(host, progress, name)
        listing = manifest.read_manifest(inside.manifest or b"", where=f"{host.where}: {name}")
        if missing := sorted(listing.files.keys() - set(inside.files)):
            raise YoyakError(say("rollback.damaged", release=name, path=missing[0]))
        return ReleaseFiles(files=listing.files, gone=place.records.get(name, ReleaseRecord()).gone)

    def make_live(name: str) -> None:
        _done(host, remote.switch_to(host, name, place.live), progress)

    found, where = _listed(place), host.where
    return go_back(request, found, to=to, where=where, live=place.live, files_in=files_in, make_live=make_live)


def _listed(place: RemotePlace) -> tuple[DeployedRelease, ...]:
    known = {name: place.records.get(name, ReleaseRecord()).before for name in reversed(place.releases)}
    return tuple(
        DeployedRelease(name=name, live=name == place.live, before=one, at=deployed_at(name))
        for name, one in known.items()
    )


def _look(host: SshHost, progress: Progress | None, release: str = "") -> RemotePlace:
    return remote.understood(ask(host, remote.look_at(host, release), waiting=_waiting(host, progress)), host)


def _done(host: SshHost, script: str, progress: Progress | None) -> None:
    """Run a script that says whether it could be done.

    Raises:
        YoyakError: another release is live meanwhile.
    """
    answer = ask(host, script, waiting=_waiting(host, progress))
    if b"moved" in answer.split(b"\n"):
        raise YoyakError(say("deploy.appeared", path=f"{host.where}/{CURRENT}"))


def _remove(host: SshHost, names: list[str], progress: Progress | None) -> None:
    """Remove releases, of each what its manifest lists."""
    if not names:
        return
    waiting = _waiting(host, progress)
    manifests = ask(host, remote.retire(host, names), waiting=waiting).split(b"\0")
    for name, data in zip(names, manifests, strict=False):
        listing = manifest.read_manifest(data, where=f"{host.where}: {name}")
        ask(host, remote.remove(host, name.removeprefix(OLD), listing.files), waiting=waiting)


def _compared(host: SshHost, output: Path, live: str, paths: list[str], progress: Progress | None) -> frozenset[str]:
    """Return those of the paths that have other bytes in the live release."""
    ended = _rsync(
        host, output, f"{RELEASES}/{live}", paths, ("--checksum", "--dry-run", "--out-format=%n"), progress=progress
    )
    return frozenset(os.fsdecode(ended).split("\n"))


def _send(
    host: SshHost, output: Path, name: str, plan: DeployPlan, bases: Iterable[str], progress: Progress | None
) -> None:
    links = tuple(f"--link-dest=../{base}" for base in bases)
    if progress:
        progress("deploy", len(plan.files), 0)
    _rsync(host, output, f"{RELEASES}/{PART}{name}", sorted(plan.files), (*_SENDING, *links), progress=progress)


def _rsync(
    host: SshHost, output: Path, folder: str, paths: Iterable[str], options: Iterable[str], *, progress: Progress | None
) -> bytes:
    """Run rsync on these files of the output, and return what it prints.

    Raises:
        YoyakError: it did not end well.
    """
    with _listing(paths) as listing:
        command = [
            "rsync", "--recursive", "--secluded-args", "--8-bit-output", "--timeout=60",
            f"--rsh={shlex.join(host.shell)}", "--from0", f"--files-from={listing}", *options,
            "--", f"{output}/", f"{host.for_rsync}:{host.path}/{folder}/",
        ]  # fmt: skip
        ended = started(command, host, waiting=_waiting(host, progress), heard=_heard(progress))
    if ended.code in (255, 127) or (ended.code == 12 and b"onnection" not in ended.said):
        raise unreached(host, ended.said, code=ended.code)
    if ended.code:
        raise YoyakError(joined(say("deploy.cut-short", where=host.where, said=_last_words(ended.said, ended.code))))
    return ended.answer


def _last_words(said: bytes, code: int) -> str:
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith("rsync error: some files")]
    words = (telling or lines or [f"exit code {code}"])[0]
    return "".join(c for c in words if c.isprintable())


@contextmanager
def _listing(paths: Iterable[str]) -> Iterator[str]:
    with tempfile.NamedTemporaryFile() as file:
        # A name that begins with # or ; would be a comment.
        file.write(b"".join(b"./" + os.fsencode(path) + b"\0" for path in paths))
        file.flush()
        yield file.name


def _heard(progress: Progress | None) -> Callable[[bytes], None] | None:
    """Report what rsync counts while it works: ``to-chk=20/1000``."""
    if progress is None:
        return None

    def report(said: bytes) -> None:
        if counts := re.findall(rb"to-chk=(\d{1,9})/(\d{1,9})", said):
            left, items = map(int, counts[-1])
            progress("deploy", items, items - left)

    return report


def _waiting(host: SshHost, progress: Progress | None) -> Callable[[], None]:
    def wait() -> None:
        if progress:
            progress(speak(say("deploy.waiting", host=host.host)), 0)

    return wait


def _require_as_planned(request: DeployRequest, plan: DeployPlan, progress: Progress | None) -> None:
    """Refuse to make live what is not the planned build: a build may have written meanwhile."""
    output = Path(request.output)
    found = {path: status for path, status in entries(output) if path in plan.files}
    gone = plan.files.keys() - found.keys()
    if wrong := sorted(gone or edited(Path(request.site), output, plan.files, found, progress)):
        raise YoyakError(say("deploy.changed-meanwhile", path=str(output / wrong[0])))
