"""Deploy to Netlify: say which files a deployment has by their digests, send those that Netlify lacks, wait for it.

Netlify makes a deployment live when it has all of its files, and all at once. Until then readers see the one before,
and it stays there for a rollback.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.publish.netlify_api import NetlifySite, sha1_of
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.web_api import UNCHANGED, UNKNOWN, quoted
from yoyak.publish.whole_site import at_host, deploy_site, label_of, plan_site, read_built

_AT_ONCE = 4
"""Files that are sent side by side: Netlify refuses more than five."""
_FEW = 100
"""A larger deployment is compared by Netlify after its answer, as its own program asks for."""
_PREPARED = ("prepared", "uploading", "uploaded", "processing", "processed", "ready")


def plan_netlify(request: DeployRequest, opened: Callable[[], NetlifySite], built: Built) -> DeployPlan:
    """Return what a deploy would do. A preview gets its own address; what is live stays."""
    odd = next((path for path in sorted(built.files) if "#" in path or "?" in path), "")
    if odd:
        raise YoyakError(say("netlify.bad-path", path=odd))
    return plan_site(request, opened(), built)


def deploy_netlify(
    request: DeployRequest, opened: Callable[[], NetlifySite], plan: DeployPlan, *, progress: Progress | None = None
) -> DeployReport:
    """Make the site of the plan live, or a preview of it. Cut short, it changes nothing for readers."""
    return deploy_site(request, opened, plan, partial(_sent, request, plan, progress))


def _sent(request: DeployRequest, plan: DeployPlan, progress: Progress | None, site: NetlifySite) -> tuple[int, str]:
    """Send a site, wait until it is live, and return how many bytes that were, and its own address."""
    deployment = _Deployment(site, plan, Path(request.output), progress)
    deploy = deployment.create(draft=request.preview)
    try:
        size = deployment.send(deploy)
        done = deployment.wait(deploy, ("ready",))
    except BaseException:
        deployment.cancel(deploy)
        raise
    if not request.preview:
        site.require_live(deploy)
    return size, str(done.get("deploy_ssl_url") or done.get("deploy_url") or "")


class _Deployment:
    """The deployment of a plan, on its way to the host."""

    def __init__(self, site: NetlifySite, plan: DeployPlan, output: Path, progress: Progress | None) -> None:
        self._site, self._api, self._plan = site, site.api, plan
        self._output, self._progress = output, progress
        self._digests = {path: sha1_of(read_built(output, path, plan.files)) for path in plan.files}

    def create(self, *, draft: bool) -> str:
        """Tell the host which files the deployment has, and return the name that it gives the deploy."""
        files = {f"/{at_host(path)}": digest for path, digest in self._digests.items()}
        about = {"files": files, "draft": draft, "async": len(files) > _FEW}
        path = f"{self._site.path}/deploys?{urlencode({'title': label_of(self._plan)})}"
        return str(self._site.checked(self._api.ask("POST", path, about, outcome=UNKNOWN), UNKNOWN)["id"])

    def send(self, deploy: str) -> int:
        """Send the files that the host lacks and return how many bytes that were."""
        required = {str(digest) for digest in self.wait(deploy, _PREPARED).get("required") or ()}
        if required - set(self._digests.values()):
            raise self._api.unusable(UNCHANGED)
        paths = sorted(path for path, digest in self._digests.items() if digest in required)
        size, pool = 0, ThreadPoolExecutor(_AT_ONCE)
        try:
            for done, sent in enumerate(pool.map(lambda path: self._send(deploy, path), paths)):
                if self._progress:
                    self._progress("deploy", len(paths), done)
                size += sent
        except BaseException:
            self._api.stop()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
        return size

    def wait(self, deploy: str, states: tuple[str, ...]) -> Mapping[str, Any]:
        """Return what the host says of the deploy when it has come to one of these states."""
        for _ in self._api.until_ready(self._plan.where):
            found = self._site.deploy(deploy, UNKNOWN)
            if found.get("state") in states:
                return found
            if found.get("state") in ("error", "rejected"):
                raise self._api.failed(self._plan.where, found.get("error_message"))
        raise AssertionError("the last wait raises")

    def cancel(self, deploy: str) -> None:
        """Tell the host that a deploy that failed is not to go on; it would not be live without this, either."""
        self._api.once("POST", f"/deploys/{quoted(deploy)}/cancel")

    def _send(self, deploy: str, path: str) -> int:
        data = read_built(self._output, path, self._plan.files)
        place = f"/deploys/{quoted(deploy)}/files/{quote(at_host(path))}"
        self._api.answer("PUT", place, data, kind="application/octet-stream", outcome=UNKNOWN)
        return len(data)
