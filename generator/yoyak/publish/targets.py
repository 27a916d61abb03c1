"""The door of publish: plan a deploy, carry it out, roll it back, whatever kind of host the target is.

What each kind does is in `yoyak.publish.targets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout
from msgspec import structs

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, say
from yoyak.model.targets import (
    CloudflareTarget,
    FolderTarget,
    FtpsTarget,
    GitTarget,
    NetlifyTarget,
    RsyncTarget,
    S3Target,
    SftpTarget,
)
from yoyak.paths import DEPLOY
from yoyak.publish.guards import require_agreed
from yoyak.publish.output import Built, read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import DeployedRelease, RollbackReport, no_way_back
from yoyak.publish.repository import LIMITS, GitError, NetworkTimeouts
from yoyak.publish.texts import stopped
from yoyak.publish.web_api import PATIENCE
from yoyak.publish.whole_site import SwitchingHost, roll_back_site


class Host(NamedTuple):
    """What can be done at one target. Each raises `YoyakError` when the host or a guard refuses it."""

    plan: Callable[[Built], DeployPlan]
    deploy: Callable[[DeployPlan], DeployReport]
    releases: Callable[[], tuple[DeployedRelease, ...]] | None = None
    """None where the host keeps no earlier ones."""
    roll_back: Callable[..., RollbackReport] | None = None
    """Given the name of the release, as `to`."""
    instead: Message = say("rollback.none.files")
    """Where there are no releases: what to do instead."""


def host_of(request: DeployRequest, limits: NetworkTimeouts, progress: Progress | None) -> Host:
    """Return what can be done at the target of a request; nothing is connected or looked at yet."""
    match request.target:
        case FolderTarget(mode="release") as target:
            return _releases(request, target, progress)
        case FolderTarget() as target:
            return _folder(request, target, progress)
        case GitTarget() as target:
            return _git(request, target, limits, progress)
        case RsyncTarget() as target:
            return _rsync(request, target, progress)
        case SftpTarget() | FtpsTarget() as target:
            return _web_space(request, target, limits, progress)
        case S3Target() as target:
            return _bucket(request, target, limits, progress)
        case NetlifyTarget() as target:
            return _netlify(request, target, progress)
        case CloudflareTarget() as target:
            return _cloudflare(request, target, progress)


def _folder(request: DeployRequest, target: FolderTarget, progress: Progress | None) -> Host:
    from yoyak.publish.folder import deploy_folder, plan_folder

    return Host(
        partial(plan_folder, request, target, progress=progress),
        partial(deploy_folder, request, progress=progress),
        instead=say("rollback.none.folder"),
    )


def _releases(request: DeployRequest, target: FolderTarget, progress: Progress | None) -> Host:
    from yoyak.publish.release_folder import deploy_release, list_folder, plan_release, roll_back_folder

    return Host(
        partial(plan_release, request, target, progress=progress),
        partial(deploy_release, request, target, progress=progress),
        partial(list_folder, request, target),
        partial(roll_back_folder, request, target, progress=progress),
    )


def _git(request: DeployRequest, target: GitTarget, limits: NetworkTimeouts, progress: Progress | None) -> Host:
    from yoyak.publish.git import deploy_git, plan_git

    return Host(
        partial(plan_git, request, target, limits=limits, progress=progress),
        partial(deploy_git, request, target, limits=limits, progress=progress),
        instead=say("rollback.none.git"),
    )


def _rsync(request: DeployRequest, target: RsyncTarget, progress: Progress | None) -> Host:
    from yoyak.publish.rsync import deploy_rsync, list_rsync, plan_rsync, roll_back_rsync

    return Host(
        partial(plan_rsync, request, target, progress=progress),
        partial(deploy_rsync, request, target, progress=progress),
        partial(list_rsync, target, progress=progress),
        partial(roll_back_rsync, request, target, progress=progress),
    )


def _web_space(
    request: DeployRequest, target: SftpTarget | FtpsTarget, limits: NetworkTimeouts, progress: Progress | None
) -> Host:
    from yoyak.publish.ftps import open_ftps
    from yoyak.publish.sftp import open_sftp

    open_it: Any = open_sftp if isinstance(target, SftpTarget) else open_ftps
    return _files(request, partial(open_it, target, request.name, Path(request.site), seconds=limits.fetch), progress)


def _bucket(request: DeployRequest, target: S3Target, limits: NetworkTimeouts, progress: Progress | None) -> Host:
    from yoyak.publish.s3 import invalidate, open_bucket

    opened = partial(open_bucket, target, request.name, limits)
    return _files(request, opened, progress, finished=lambda host, plan: invalidate(host.session, plan))


def _files(
    request: DeployRequest,
    opened: Callable[[], Any],
    progress: Progress | None,
    finished: Callable[[Any, DeployPlan], None] = lambda *_: None,
) -> Host:
    """Return what can be done at a host of plain files, each time by a connection of its own."""
    from yoyak.publish.file_deploy import deploy_files, plan_files

    def planned(built: Built) -> DeployPlan:
        with closing(opened()) as host:
            return plan_files(request, host, built, progress=progress)

    def deployed(plan: DeployPlan) -> DeployReport:
        with closing(opened()) as host:
            return deploy_files(request, host, plan, finished=partial(finished, host, plan), progress=progress)

    return Host(planned, deployed)


def _netlify(request: DeployRequest, target: NetlifyTarget, progress: Progress | None) -> Host:
    from yoyak.publish.netlify import NetlifySite, deploy_netlify, plan_netlify

    opened = partial(NetlifySite, target, PATIENCE, progress)
    deploy = partial(deploy_netlify, request, opened, progress=progress)
    return _whole(request, opened, partial(plan_netlify, request, opened), deploy)


def _cloudflare(request: DeployRequest, target: CloudflareTarget, progress: Progress | None) -> Host:
    from yoyak.publish.cloudflare import deploy_cloudflare, plan_cloudflare
    from yoyak.publish.cloudflare_api import CloudflareProject

    opened = partial(CloudflareProject, target, PATIENCE, progress)
    deploy = partial(deploy_cloudflare, request, opened, progress=progress)
    return _whole(request, opened, partial(plan_cloudflare, request, opened), deploy)


def _whole(request: DeployRequest, opened: Callable[[], SwitchingHost], plan: Any, deploy: Any) -> Host:
    """Return what can be done at a host that switches as a whole, and keeps what was live before."""
    return Host(plan, deploy, lambda: opened().releases(), lambda to: roll_back_site(request, opened(), to=to))


def plan_deploy(
    request: DeployRequest, *, limits: NetworkTimeouts = LIMITS, progress: Progress | None = None
) -> DeployPlan:
    """Return what a deploy would do; nothing at the target is changed.

    Raises:
        YoyakError: The output may not be deployed, or not to this target. Its text says what to do.
    """
    with _at_host(request, limits, progress) as host:
        built = read_output(
            site=Path(request.site),
            output=Path(request.output),
            preview=request.preview,
            base_url=request.base_url,
            progress=progress,
        )
        plan = host.plan(built)
        gone = sorted(request.taken_down.intersection(plan.files))
        return structs.replace(plan, gone=tuple(gone), taken_down=tuple(sorted({*gone}.intersection(plan.changed))))


def carry_out(
    request: DeployRequest,
    plan: DeployPlan,
    *,
    confirm_removals: int | None = None,
    adopt: bool = False,
    limits: NetworkTimeouts = LIMITS,
    progress: Progress | None = None,
) -> DeployReport:
    """Do what the plan of this request says and report it.

    `confirm_removals` is how many removals a person has agreed to; without it, a deploy that removes a large part of
    what is deployed, or replaces another site, is refused. `adopt` is their consent to a first deploy into a folder
    that has files already. `limits` are for another machine that does not answer.

    Raises:
        YoyakError: The deploy was refused or cut short. Its text says what to do; to deploy again is always safe.
    """
    with _at_host(request, limits, progress) as host:
        require_agreed(plan, confirm_removals=confirm_removals, adopt=adopt)
        return host.deploy(plan)


def list_releases(
    request: DeployRequest, *, limits: NetworkTimeouts = LIMITS, progress: Progress | None = None
) -> tuple[DeployedRelease, ...]:
    """Return the releases of the site that the target keeps, the newest first; nothing there is changed.

    Raises:
        YoyakError: The host keeps none, or cannot be read. Its text says what to do instead.
    """
    with _at_host(request, limits, progress) as host:
        if host.releases is None:
            raise no_way_back(request.name, host.instead)
        return host.releases()


def roll_back(
    request: DeployRequest, *, to: str = "", limits: NetworkTimeouts = LIMITS, progress: Progress | None = None
) -> RollbackReport:
    """Make an earlier release live again, whole: the one named `to`, else the one that was live before.

    Raises:
        YoyakError: There is none, or the host refuses. What readers see is as it was.
    """
    with _at_host(request, limits, progress) as host:
        if host.roll_back is None:
            raise no_way_back(request.name, host.instead)
        return host.roll_back(to=to)


def is_name(name: str) -> bool:
    """Tell whether a target may be called this: files are named by it."""
    return re.fullmatch(r"\w[\w.-]*", name) is not None


@contextmanager
def _at_host(request: DeployRequest, limits: NetworkTimeouts, progress: Progress | None) -> Iterator[Host]:
    """Give what can be done at a target; hold its lock, and turn what the system says into words for a person."""
    if not is_name(request.name):
        raise YoyakError(say("deploy.bad-name", name=ascii(request.name)))
    folder = Path(request.site, DEPLOY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{request.name}.lock", timeout=0):
            yield host_of(request, limits, progress)
    except Timeout as error:
        raise YoyakError(say("deploy.running", name=request.name)) from error
    except GitError as error:
        cache = str(folder / f"{request.name}.git")
        raise YoyakError(say("deploy.git-failed", cache=cache, said=error.words, folder=str(folder))) from error
    except OSError as error:
        raise YoyakError(stopped(error, request.name)) from error
