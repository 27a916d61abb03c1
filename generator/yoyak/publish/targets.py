"""The door of publish: plan a deploy, then carry it out, whatever kind of host the target is.

Another kind of host is a type in yoyak.model.schema, a file beside this one with the same two functions, and a case in
each function here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.protocols import Progress
from yoyak.model.targets import FolderTarget, FtpsTarget, GitTarget, S3Target, SftpTarget
from yoyak.paths import DEPLOY
from yoyak.publish.bucket import deploy_bucket, plan_bucket
from yoyak.publish.file_deploy import deploy_files, plan_files
from yoyak.publish.file_host import FileHost
from yoyak.publish.folder import deploy_folder, plan_folder
from yoyak.publish.ftps import open_ftps
from yoyak.publish.git import deploy_git, plan_git
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.repository import LIMITS, GitError, NetworkTimeouts
from yoyak.publish.sftp import open_sftp
from yoyak.publish.texts import stopped


def plan_deploy(
    request: DeployRequest, *, limits: NetworkTimeouts = LIMITS, progress: Progress | None = None
) -> DeployPlan:
    """Return what a deploy would do; nothing at the target is changed.

    Raises:
        YoyakError: The output may not be deployed, or not to this target. Its text says what to do.
    """
    with _deploying(request):
        built = read_output(site=Path(request.site), output=Path(request.output), progress=progress)
        match request.target:
            case FolderTarget() as target:
                return plan_folder(request, target, built, progress=progress)
            case GitTarget() as target:
                return plan_git(request, target, built, limits=limits, progress=progress)
            case S3Target() as target:
                return plan_bucket(request, target, built, limits=limits, progress=progress)
            case SftpTarget() | FtpsTarget():
                with _open_host(request, limits) as host:
                    return plan_files(request, host, built, progress=progress)


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
    with _deploying(request):
        match request.target:
            case FolderTarget():
                return deploy_folder(request, plan, confirm_removals=confirm_removals, adopt=adopt, progress=progress)
            case GitTarget() as target:
                if progress:
                    progress("deploy", 0)
                return deploy_git(
                    request, target, plan, confirm_removals=confirm_removals, limits=limits, progress=progress
                )
            case S3Target() as target:
                return deploy_bucket(
                    request,
                    target,
                    plan,
                    confirm_removals=confirm_removals,
                    adopt=adopt,
                    limits=limits,
                    progress=progress,
                )
            case SftpTarget() | FtpsTarget():
                with _open_host(request, limits) as host:
                    return deploy_files(
                        request, host, plan, confirm_removals=confirm_removals, adopt=adopt, progress=progress
                    )


def _open_host(request: DeployRequest, limits: NetworkTimeouts) -> AbstractContextManager[FileHost]:
    """Open a connection to a host of plain files, until the end of a with statement."""
    site, name = Path(request.site), request.name
    match request.target:
        case SftpTarget() as target:
            return closing(open_sftp(target, name, site, seconds=limits.fetch))
        case FtpsTarget() as target:
            return closing(open_ftps(target, name, site, seconds=limits.fetch))
    raise TypeError(request.target)


@contextmanager
def _deploying(request: DeployRequest) -> Iterator[None]:
    """Hold the target's lock, and turn what the system says into words for a person."""
    if not re.fullmatch(r"\w[\w.-]*", request.name):
        raise YoyakError(say("deploy.bad-name", name=ascii(request.name)))
    folder = Path(request.site, DEPLOY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{request.name}.lock", timeout=0):
            yield
    except Timeout as error:
        raise YoyakError(say("deploy.running", name=request.name)) from error
    except GitError as error:
        cache = str(folder / f"{request.name}.git")
        raise YoyakError(say("deploy.git-failed", cache=cache, said=error.words, folder=str(folder))) from error
    except OSError as error:
        raise YoyakError(stopped(error, request.name)) from error
