"""Deploy by rsync over ssh, in releases: what changed is sent into a new folder, and a link is switched there.

The other machine needs a shell and rsync. Files that did not change are hard links to those of the last release, or of
one that was cut short.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import RsyncTarget
from yoyak.publish import manifest
from yoyak.publish import remote_releases as remote
from yoyak.publish.journal import JOURNAL, PART
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, There, make_plan, make_report
from yoyak.publish.releases import (
    CURRENT,
    OLD,
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
    surplus,
)
from yoyak.publish.remote_releases import RemotePlace
from yoyak.publish.seen import edited, entries
from yoyak.publish.ssh import SshHost, ask, host_at, started, unreached

_SENDING = ("--checksum", "--compress", "--perms", "--chmod=D755,F644", "--info=progress2", "--outbuf=Line")
_MOST_BASES = 19
"""rsync takes 20 folders to compare with."""


class RsyncHost(Host):
    """A folder on another machine that keeps releases."""

    target: RsyncTarget

    @cached_property
    def _host(self) -> SshHost:
        return host_at(self.target.host, self.target.path, self.target.port)

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy would change for readers. Bytes are compared at both ends."""
        host, place = self._host, self._look()
        data = place.manifest
        listing = manifest.read_manifest(data, where=f"{host.where}: {manifest.NAME}") if data else None
        found = [path for path in place.files if path not in (RECORD, JOURNAL)]
        both = sorted(built.files.keys() & set(found))
        differing = self._compared(place.live, both) if both else frozenset()
        there = There(
            where=host.where,
            files={path: "" if path in differing else built.files.get(path, "") for path in found},
            ours=manifest.listed(listing),
            base_url=listing.base_url if listing else "",
            version=place.live,
            to_adopt=0 if place.ours else place.strangers,
        )
        return make_plan(self.request.name, built, built.files, there)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Carry out the plan. Cut short at any end, what is live is the old release or the new one, whole."""
        if not plan.changes:
            return make_report(plan)
        host, before, place = self._host, plan.there.version, self._look()
        name = new_name(plan.files[manifest.NAME], names=place.releases, now=datetime.now(UTC))
        self._done(remote.prepare(host, name, before))
        self._send(name, plan, [one for one in (before, *place.parts[-_MOST_BASES + 1 :]) if one])
        self._require_as_planned(plan)
        record = ReleaseRecord(before=before, gone=plan.gone)
        self._done(remote.finish(host, name, record, len(plan.files), kept=plan.kept, parts=place.parts))
        old = surplus((*place.releases, name), live=name, before=before, keep=self.target.keep)
        self._remove([*place.old, *old])
        return make_report(plan, release=name)

    def releases(self) -> tuple[DeployedRelease, ...]:
        """Return the releases that the other machine keeps, the newest first."""
        return _listed(self._look())

    def roll_back(self, to: str) -> RollbackReport:
        """Switch the link to an earlier release, if all of its files are there."""
        host, place = self._host, self._look()

        def files_in(name: str) -> ReleaseFiles:
            inside = self._look(name)
            listing = manifest.read_manifest(inside.manifest or b"", where=f"{host.where}: {name}")
            if missing := sorted(listing.files.keys() - set(inside.files)):
                raise YoyakError(say("rollback.damaged", release=name, path=missing[0]))
            return ReleaseFiles(files=listing.files, gone=place.records.get(name, ReleaseRecord()).gone)

        def make_live(name: str) -> None:
            self._done(remote.switch_to(host, name, place.live))

        found, live = _listed(place), place.live
        return go_back(self.request, found, to=to, where=host.where, live=live, files_in=files_in, make_live=make_live)

    def _ask(self, script: str) -> bytes:
        return ask(self._host, script, waiting=self._wait)

    def _wait(self) -> None:
        """Say what is waited for."""
        if self.progress:
            self.progress(speak(say("deploy.waiting", host=self._host.host)), 0)

    def _heard(self, said: bytes) -> None:
        """Report what rsync counts while it works: ``to-chk=20/1000``."""
        if self.progress and (counts := re.findall(rb"to-chk=(\d{1,9})/(\d{1,9})", said)):
            left, items = map(int, counts[-1])
            self.progress("deploy", items, items - left)

    def _look(self, release: str = "") -> RemotePlace:
        return remote.understood(self._ask(remote.look_at(self._host, release)), self._host)

    def _done(self, script: str) -> None:
        """Run a script that says whether it could be done.

        Raises:
            YoyakError: another release is live meanwhile.
        """
        if b"moved" in self._ask(script).split(b"\n"):
            raise YoyakError(say("deploy.appeared", path=f"{self._host.where}/{CURRENT}"))

    def _remove(self, names: list[str]) -> None:
        """Remove releases, of each what its manifest lists."""
        manifests = self._ask(remote.retire(self._host, names)).split(b"\0") if names else []
        for name, data in zip(names, manifests, strict=False):
            listing = manifest.read_manifest(data, where=f"{self._host.where}: {name}")
            self._ask(remote.remove(self._host, name.removeprefix(OLD), listing.files))

    def _compared(self, live: str, paths: list[str]) -> frozenset[str]:
        """Return those of the paths that have other bytes in the live release."""
        said = self._rsync(f"{RELEASES}/{live}", paths, ("--checksum", "--dry-run", "--out-format=%n"))
        return frozenset(os.fsdecode(said).split("\n"))

    def _send(self, name: str, plan: DeployPlan, bases: Iterable[str]) -> None:
        links = tuple(f"--link-dest=../{base}" for base in bases)
        if self.progress:
            self.progress("deploy", len(plan.files), 0)
        self._rsync(f"{RELEASES}/{PART}{name}", sorted(plan.files), (*_SENDING, *links))

    def _rsync(self, folder: str, paths: Iterable[str], options: Iterable[str]) -> bytes:
        """Run rsync on these files of the output, and return what it prints.

        Raises:
            YoyakError: it did not end well.
        """
        host = self._host
        with _listing(paths) as listing:
            command = [
                "rsync", "--recursive", "--secluded-args", "--8-bit-output", "--timeout=60",
                f"--rsh={shlex.join(host.shell)}", "--from0", f"--files-from={listing}", *options,
                "--", f"{self.output}/", f"{host.for_rsync}:{host.path}/{folder}/",
            ]  # fmt: skip
            ended = started(command, host, waiting=self._wait, heard=self._heard if self.progress else None)
        if ended.code in (255, 127) or (ended.code == 12 and b"onnection" not in ended.said):
            raise unreached(host, ended.said, code=ended.code)
        if ended.code:
            raise YoyakError(say("deploy.cut-short", where=host.where, said=_last_words(ended.said, ended.code)))
        return ended.answer

    def _require_as_planned(self, plan: DeployPlan) -> None:
        """Refuse to make live what is not the planned build: a build may have written meanwhile."""
        found = {path: status for path, status in entries(self.output) if path in plan.files}
        gone = plan.files.keys() - found.keys()
        if wrong := sorted(gone or edited(Path(self.request.site), self.output, plan.files, found, self.progress)):
            raise YoyakError(say("deploy.changed-meanwhile", path=str(self.output / wrong[0])))


def _listed(place: RemotePlace) -> tuple[DeployedRelease, ...]:
    known = {name: place.records.get(name, ReleaseRecord()).before for name in reversed(place.releases)}
    return tuple(
        DeployedRelease(name=name, live=name == place.live, before=one, at=deployed_at(name))
        for name, one in known.items()
    )


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
