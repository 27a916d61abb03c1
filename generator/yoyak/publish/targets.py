"""The door of publish: plan a deploy, then carry it out, whatever kind of host the target is.

Another kind of host is a type in yoyak.model.targets, a file beside this one with the same two functions, and a case in
each function here. A host that keeps earlier editions also has two functions for `list_releases` and `roll_back`; of
another one they say what to do instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.protocols import Progress
from yoyak.model.targets import FolderTarget, GitTarget, RsyncTarget
from yoyak.paths import DEPLOY
from yoyak.publish.folder import deploy_folder, plan_folder
from yoyak.publish.git import deploy_git, plan_git
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.release_folder import deploy_release, list_folder, plan_release, roll_back_folder
from yoyak.publish.releases import DeployedRelease, RollbackReport, no_way_back
from yoyak.publish.repository import LIMITS, GitError, NetworkTimeouts
from yoyak.publish.rsync import deploy_rsync, list_rsync, plan_rsync, roll_back_rsync
from yoyak.publish.texts import stopped


def plan_deploy(
    request: DeployRequest, *, limits: NetworkTimeouts = LIMITS, progress: Progress | None = None
) -> DeployPlan:
    """Return what a deploy would do; nothing at the target is changed.

    Raises:
        YoyakError: The output may not be deployed, or not to this target. Its text says what to do.
    """
    with _deploying(request):
        built = read_output(
            site=Path(request.site),
            output=Path(request.output),
            preview=request.preview,
            base_url=request.base_url,
            progress=progress,
        )
        match request.target:
            case FolderTarget(mode="release") as target:
                return plan_release(request, target, built, progress=progress)
            case FolderTarget() as target:
                return plan_folder(request, target, built, progress=progress)
            case GitTarget() as target:
                return plan_git(request, target, built, limits=limits, progress=progress)
            case RsyncTarget() as target:
                return plan_rsync(request, target, built, progress=progress)


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
            case FolderTarget(mode="release") as target:
                return deploy_release(
                    request, target, plan, confirm_removals=confirm_removals, adopt=adopt, progress=progress
                )
            case FolderTarget():
                return deploy_folder(request, plan, confirm_removals=confirm_removals, adopt=adopt, progress=progress)
            case RsyncTarget() as target:
                return deploy_rsync(
                    request, target, plan, confirm_removals=confirm_removals, adopt=adopt, progress=progress
                )
            case GitTarget() as target:
                if progress:
                    progress("deploy", 0)
                return deploy_git(
                    request, target, plan, confirm_removals=confirm_removals, limits=limits, progress=progress
                )


def list_releases(
    request: DeployRequest,
    *,
    limits: NetworkTimeouts = LIMITS,  # noqa: ARG001 - of hosts that are other machines
    progress: Progress | None = None,
) -> tuple[DeployedRelease, ...]:
    """Return the editions of the site that the target keeps, the newest first; nothing there is changed.

    Raises:
        YoyakError: The host keeps none, or cannot be read. Its text says what to do instead.
    """
    with _deploying(request):
        match request.target:
            case FolderTarget(mode="release") as target:
                return list_folder(request, target)
            case RsyncTarget() as target:
                return list_rsync(target, progress=progress)
            case FolderTarget():
                raise no_way_back(request.name, say("rollback.none.folder"))
            case GitTarget():
                raise no_way_back(request.name, say("rollback.none.git"))


def roll_back(
    request: DeployRequest,
    *,
    to: str = "",
    limits: NetworkTimeouts = LIMITS,  # noqa: ARG001
    progress: Progress | None = None,
) -> RollbackReport:
    """Make an earlier edition live again, whole: the one named `to`, else the one that was live before.

    Raises:
        YoyakError: There is none, or the host refuses. What readers see is as it was.
    """
    with _deploying(request):
        match request.target:
            case FolderTarget(mode="release") as target:
                return roll_back_folder(request, target, to=to, progress=progress)
            case RsyncTarget() as target:
                return roll_back_rsync(request, target, to=to, progress=progress)
            case FolderTarget():
                raise no_way_back(request.name, say("rollback.none.folder"))
            case GitTarget():
                raise no_way_back(request.name, say("rollback.none.git"))


def is_name(name: str) -> bool:
    """Tell whether a target may be called this: files are named by it."""
    return re.fullmatch(r"\w[\w.-]*", name) is not None


@contextmanager
def _deploying(request: DeployRequest) -> Iterator[None]:
    """Hold the target's lock, and turn what the system says into words for a person."""
    if not is_name(request.name):
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
