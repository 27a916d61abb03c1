"""The door of publish: plan a deploy, carry it out, roll it back, whatever kind of host the target is.

What each kind does is in `yoyak.publish.kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import structs

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.paths import DEPLOY
from yoyak.publish.guards import require_agreed
from yoyak.publish.kinds import Host, host_of
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import DeployedRelease, RollbackReport, no_way_back
from yoyak.publish.repository import LIMITS, GitError, NetworkTimeouts
from yoyak.publish.texts import stopped


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
