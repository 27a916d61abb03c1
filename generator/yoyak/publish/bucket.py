"""Deploy to a bucket: a host of plain files, with CloudFront in front of it if the target says so."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

from yoyak.model.build import Progress
from yoyak.model.targets import S3Target
from yoyak.publish.cloudfront import invalidate
from yoyak.publish.file_deploy import deploy_files, plan_files
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.repository import NetworkTimeouts
from yoyak.publish.s3 import S3Host
from yoyak.publish.s3_keys import checked
from yoyak.publish.s3_session import StoreSession


def plan_bucket(
    request: DeployRequest, target: S3Target, built: Built, *, limits: NetworkTimeouts, progress: Progress | None = None
) -> DeployPlan:
    """Return what a deploy to the target's bucket would do."""
    session = StoreSession(checked(target), name=request.name, limits=limits)
    with closing(S3Host(session)) as host:
        return plan_files(request, host, built, progress=progress)


def deploy_bucket(
    request: DeployRequest, target: S3Target, plan: DeployPlan, *, limits: NetworkTimeouts, **given: Any
) -> DeployReport:
    """Carry out the plan, and tell CloudFront when the site is there. The rest is given as to `deploy_files`."""
    session = StoreSession(checked(target), name=request.name, limits=limits)
    with closing(S3Host(session)) as host:
        return deploy_files(request, host, plan, finished=partial(invalidate, session, plan), **given)
