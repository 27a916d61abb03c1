"""The door of publish: plan a deploy, carry it out, roll it back, whatever kind of host the target is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from msgspec import structs

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
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
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import DeployedRelease, Host, RollbackReport
from yoyak.publish.repository import GitError
from yoyak.publish.texts import stopped


def host_of(request: DeployRequest, progress: Progress | None) -> Host:
    """Return what can be done at the target of a request; nothing is connected or looked at yet."""
    site, seconds = Path(request.site), request.limits.fetch
    match request.target:
        case FolderTarget(mode="release"):
            from yoyak.publish.release_folder import ReleaseFolder

            return ReleaseFolder(request, progress)
        case FolderTarget():
            from yoyak.publish.folder import PlainFolder

            return PlainFolder(request, progress)
        case GitTarget():
            from yoyak.publish.git import GitBranch

            return GitBranch(request, progress)
        case RsyncTarget():
            from yoyak.publish.rsync import RsyncHost

            return RsyncHost(request, progress)
        case SftpTarget() as target:
            from yoyak.publish.sftp import open_sftp

            return _files(request, partial(open_sftp, target, request.name, site, seconds=seconds), progress)
        case FtpsTarget() as target:
            from yoyak.publish.ftps import open_ftps

            return _files(request, partial(open_ftps, target, request.name, site, seconds=seconds), progress)
        case S3Target() as target:
            from yoyak.publish.s3 import invalidate, open_bucket

            opened = partial(open_bucket, target, request.name, request.limits)
            return _files(request, opened, progress, lambda host, plan: invalidate(host.session, plan))
        case NetlifyTarget():
            from yoyak.publish.netlify import NetlifyDeployments

            return NetlifyDeployments(request, progress)
        case CloudflareTarget():
            from yoyak.publish.cloudflare import CloudflareDeployments

            return CloudflareDeployments(request, progress)


def _files(
    request: DeployRequest,
    opened: Callable[[], Any],
    progress: Progress | None,
    finished: Callable[[Any, DeployPlan], None] = lambda *_: None,
) -> Host:
    from yoyak.publish.file_deploy import PlainFiles

    return PlainFiles(request, progress, opened, finished)


def plan_deploy(request: DeployRequest, *, progress: Progress | None = None) -> DeployPlan:
    """Return what a deploy would do; nothing at the target is changed.

    Raises:
        YoyakError: The output may not be deployed, or not to this target. Its text says what to do.
    """
    with _at_host(request, progress) as host:
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
    progress: Progress | None = None,
) -> DeployReport:
    """Do what the plan of this request says and report it.

    `confirm_removals` is how many removals a person has agreed to; without it, a deploy that removes a large part of
    what is deployed, or replaces another site, is refused. `adopt` is their consent to a first deploy into a folder
    that has files already.

    Raises:
        YoyakError: The deploy was refused or cut short. Its text says what to do; to deploy again is always safe.
    """
    with _at_host(request, progress) as host:
        require_agreed(plan, confirm_removals=confirm_removals, adopt=adopt)
        return host.deploy(plan)


def list_releases(request: DeployRequest, *, progress: Progress | None = None) -> tuple[DeployedRelease, ...]:
    """Return the releases of the site that the target keeps, the newest first; nothing there is changed.

    Raises:
        YoyakError: The host keeps none, or cannot be read. Its text says what to do instead.
    """
    with _at_host(request, progress) as host:
        return host.releases()


def roll_back(request: DeployRequest, *, to: str = "", progress: Progress | None = None) -> RollbackReport:
    """Make an earlier release live again, whole: the one named `to`, else the one that was live before.

    Raises:
        YoyakError: There is none, or the host refuses. What readers see is as it was.
    """
    with _at_host(request, progress) as host:
        return host.roll_back(to)


def is_name(name: str) -> bool:
    """Tell whether a target may be called this: files are named by it."""
    return re.fullmatch(r"\w[\w.-]*", name) is not None


@contextmanager
def _at_host(request: DeployRequest, progress: Progress | None) -> Iterator[Host]:
    """Give what can be done at a target; hold its lock, and turn what the system says into words for a person."""
    if not is_name(request.name):
        raise YoyakError(say("deploy.bad-name", name=ascii(request.name)))
    folder = Path(request.site, DEPLOY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{request.name}.lock", timeout=0):
            yield host_of(request, progress)
    except Timeout as error:
        raise YoyakError(say("deploy.running", name=request.name)) from error
    except GitError as error:
        cache = str(folder / f"{request.name}.git")
        raise YoyakError(say("deploy.git-failed", cache=cache, said=error.words, folder=str(folder))) from error
    except OSError as error:
        raise YoyakError(stopped(error, request.name)) from error
