"""The kinds of targets: what a deploy, a list of releases and a rollback are at each. One function for each kind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import NamedTuple

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
from yoyak.publish.file_host import FileHost
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import DeployedRelease, RollbackReport
from yoyak.publish.repository import NetworkTimeouts


class Host(NamedTuple):
    """What can be done at one target. Each raises `YoyakError` when the host or a guard refuses it."""

    plan: Callable[[Built], DeployPlan]
    deploy: Callable[[DeployPlan, int | None, bool], DeployReport]
    """With how many removals a person has agreed to, and whether to a first deploy into a folder that has files."""
    releases: Callable[[], tuple[DeployedRelease, ...]] | None = None
    """None where the host keeps no earlier ones."""
    roll_back: Callable[[str], RollbackReport] | None = None
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
            return _files(request, target, limits, progress)
        case S3Target() as target:
            return _bucket(request, target, limits, progress)
        case NetlifyTarget() as target:
            return _netlify(request, target, progress)
        case CloudflareTarget() as target:
            return _cloudflare(request, target, progress)


def _folder(request: DeployRequest, target: FolderTarget, progress: Progress | None) -> Host:
    from yoyak.publish.folder import deploy_folder, plan_folder

    return Host(
        lambda built: plan_folder(request, target, built, progress=progress),
        lambda plan, removals, adopt: deploy_folder(
            request, plan, confirm_removals=removals, adopt=adopt, progress=progress
        ),
        instead=say("rollback.none.folder"),
    )


def _releases(request: DeployRequest, target: FolderTarget, progress: Progress | None) -> Host:
    from yoyak.publish.release_folder import deploy_release, list_folder, plan_release, roll_back_folder

    return Host(
        lambda built: plan_release(request, target, built, progress=progress),
        lambda plan, removals, adopt: deploy_release(
            request, target, plan, confirm_removals=removals, adopt=adopt, progress=progress
        ),
        lambda: list_folder(request, target),
        lambda to: roll_back_folder(request, target, to=to, progress=progress),
    )


def _git(request: DeployRequest, target: GitTarget, limits: NetworkTimeouts, progress: Progress | None) -> Host:
    from yoyak.publish.git import deploy_git, plan_git

    def deployed(plan: DeployPlan, removals: int | None, _adopt: bool) -> DeployReport:  # noqa: FBT001 - as `Host` says
        if progress:
            progress("deploy", 0)
        return deploy_git(request, target, plan, confirm_removals=removals, limits=limits, progress=progress)

    return Host(
        lambda built: plan_git(request, target, built, limits=limits, progress=progress),
        deployed,
        instead=say("rollback.none.git"),
    )


def _rsync(request: DeployRequest, target: RsyncTarget, progress: Progress | None) -> Host:
    from yoyak.publish.rsync import deploy_rsync, list_rsync, plan_rsync, roll_back_rsync

    return Host(
        lambda built: plan_rsync(request, target, built, progress=progress),
        lambda plan, removals, adopt: deploy_rsync(
            request, target, plan, confirm_removals=removals, adopt=adopt, progress=progress
        ),
        lambda: list_rsync(target, progress=progress),
        lambda to: roll_back_rsync(request, target, to=to, progress=progress),
    )


def _files(
    request: DeployRequest, target: SftpTarget | FtpsTarget, limits: NetworkTimeouts, progress: Progress | None
) -> Host:
    from yoyak.publish.file_deploy import deploy_files, plan_files

    def planned(built: Built) -> DeployPlan:
        with _opened(request, target, limits) as host:
            return plan_files(request, host, built, progress=progress)

    def deployed(plan: DeployPlan, removals: int | None, adopt: bool) -> DeployReport:  # noqa: FBT001 - as `Host` says
        with _opened(request, target, limits) as host:
            return deploy_files(request, host, plan, confirm_removals=removals, adopt=adopt, progress=progress)

    return Host(planned, deployed)


def _opened(
    request: DeployRequest, target: SftpTarget | FtpsTarget, limits: NetworkTimeouts
) -> AbstractContextManager[FileHost]:
    """Open a connection to a host of plain files, until the end of a with statement."""
    from yoyak.publish.ftps import open_ftps
    from yoyak.publish.sftp import open_sftp

    site = Path(request.site)
    if isinstance(target, SftpTarget):
        return closing(open_sftp(target, request.name, site, seconds=limits.fetch))
    return closing(open_ftps(target, request.name, site, seconds=limits.fetch))


def _bucket(request: DeployRequest, target: S3Target, limits: NetworkTimeouts, progress: Progress | None) -> Host:
    from yoyak.publish.bucket import deploy_bucket, plan_bucket

    return Host(
        lambda built: plan_bucket(request, target, built, limits=limits, progress=progress),
        lambda plan, removals, adopt: deploy_bucket(
            request, target, plan, confirm_removals=removals, adopt=adopt, limits=limits, progress=progress
        ),
    )


def _netlify(request: DeployRequest, target: NetlifyTarget, progress: Progress | None) -> Host:
    from yoyak.publish.netlify import deploy_netlify, list_netlify, plan_netlify, roll_back_netlify

    return Host(
        lambda built: plan_netlify(request, target, built, progress=progress),
        lambda plan, removals, _adopt: deploy_netlify(
            request, target, plan, confirm_removals=removals, progress=progress
        ),
        lambda: list_netlify(target, progress=progress),
        lambda to: roll_back_netlify(request, target, to=to, progress=progress),
    )


def _cloudflare(request: DeployRequest, target: CloudflareTarget, progress: Progress | None) -> Host:
    from yoyak.publish.cloudflare import deploy_cloudflare, list_cloudflare, plan_cloudflare, roll_back_cloudflare

    return Host(
        lambda built: plan_cloudflare(request, target, built, progress=progress),
        lambda plan, removals, _adopt: deploy_cloudflare(
            request, target, plan, confirm_removals=removals, progress=progress
        ),
        lambda: list_cloudflare(target, progress=progress),
        lambda to: roll_back_cloudflare(request, target, to=to, progress=progress),
    )
