"""Deploy to Netlify: say which files a deployment has by their digests, send those that Netlify lacks, wait for it.

Netlify makes a deployment live when it has all of its files, and all at once. Until then readers see the one before,
and it stays there for a rollback.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from yoyak.files.site_files import read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, joined, say
from yoyak.model.targets import NetlifyTarget
from yoyak.publish.output import Built, read_built
from yoyak.publish.plan import DeployPlan, There
from yoyak.publish.releases import DeployedRelease, ReleaseFiles
from yoyak.publish.web_api import UNCHANGED, UNKNOWN, ApiPatience, ApiRefusalError, WebApi, quoted
from yoyak.publish.whole_site import (
    WholeSite,
    at_host,
    files_at,
    files_of,
    kept_deployment,
    label_of,
    read_label,
)

API = "https://api.netlify.com/api/v1"
TOKEN, ADDRESS = "NETLIFY_AUTH_TOKEN", "NETLIFY_API_URL"
NAME = "Netlify"
_PAGE = 100
_MOST_PAGES = 1000


class NetlifySite:
    """One site at Netlify."""

    def __init__(self, target: NetlifyTarget, patience: ApiPatience, progress: Progress | None) -> None:
        name = target.site.strip()
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]{0,254}", name, re.ASCII):
            raise YoyakError(say("netlify.bad-site", site=ascii(target.site)))
        address, token = os.environ.get(ADDRESS) or API, os.environ.get(TOKEN, "")
        self.api = WebApi(NAME, (address, ADDRESS), (token, TOKEN), patience, progress)
        self.path = f"/sites/{quoted(name)}"
        site = self._read(name)
        self.where = f"{site.get('ssl_url') or site.get('url') or name} ({NAME})"
        self.published = self._published(site)

    @property
    def live(self) -> str:
        """The id of the deploy that readers see; empty when there is none."""
        return str(self.published.get("id") or "")

    def there(self, built: Built) -> There:
        """Return what readers see. All of it is replaced by a deploy, so all of it counts as ours.

        If the manifest of what is live can be read, the host need not list the files: it does so a hundred at a time.
        """
        label = read_label(self.published.get("title"))
        address = str(self.published.get("deploy_ssl_url") or "")
        known = files_of(label, built.files, self.api, (address,)) if label else None
        if known is not None:
            files = {at_host(path): digest for path, digest in known.items()}
        else:
            files = _like(self._files(), built) if self.live else {}
        foreign = bool(files) and not label
        return There(
            where=self.where,
            files=files,
            ours=frozenset(files),
            base_url=label.base_url if label else "",
            version=self.live,
            replaces=say("netlify.foreign", where=self.where, count=len(files)) if foreign else "",
            to_replace=len(files) if foreign else 0,
        )

    def releases(self) -> tuple[DeployedRelease, ...]:
        """Return the deployments that can be live, the newest first."""
        found = []
        for one in self._all(f"{self.path}/deploys"):
            label = read_label(one.get("title"))
            if one.get("state") == "ready" and not one.get("draft") and one.get("context") in (None, "production"):
                found.append(kept_deployment(str(one.get("id")), self.live, str(one.get("created_at") or ""), label))
        return tuple(sorted(found, key=lambda release: release.at, reverse=True))

    def deploy(self, name: str, outcome: Message) -> dict[str, Any]:
        """Return what the host says of a deploy."""
        return self.checked(self.api.ask("GET", f"{self.path}/deploys/{quoted(name)}", outcome=outcome), outcome)

    def checked(self, value: object, outcome: Message) -> dict[str, Any]:
        """Return the value if it is a deploy."""
        if not isinstance(value, dict) or not re.fullmatch(r"[\w-]{1,80}", str(value.get("id") or "")):
            raise self.api.unusable(outcome)
        return value

    def files_in(self, name: str) -> ReleaseFiles | None:
        """Return what is in a deploy, by the manifest at its own address."""
        one = self.deploy(name, UNCHANGED)
        return files_at(read_label(one.get("title")), self.api, (str(one.get("deploy_ssl_url") or ""),))

    def restore(self, name: str) -> None:
        """Make an earlier deploy live, and wait until readers see it."""
        self.api.ask("POST", f"{self.path}/deploys/{quoted(name)}/restore", outcome=UNKNOWN)
        self.require_live(name)

    def require_live(self, name: str) -> None:
        locked = False
        for _ in self.api.each_poll(self.api.patience.live):
            published = self._published(self.api.ask("GET", self.path, outcome=UNKNOWN))
            if published.get("id") == name:
                return
            locked = bool(published.get("locked"))
        hint = say("netlify.locked") if locked else say("netlify.not-live.hint")
        raise YoyakError(joined(say("api.not-live", where=self.where), hint))

    def _read(self, name: str) -> dict[str, Any]:
        try:
            site = self.api.ask("GET", self.path)
        except ApiRefusalError as error:
            if error.status != 404:
                raise
            raise YoyakError(say("netlify.no-site", site=name)) from error
        if not isinstance(site, dict) or not site.get("id"):
            raise self.api.unusable(UNCHANGED)
        return site

    def _published(self, site: object) -> Mapping[str, Any]:
        published = site.get("published_deploy") if isinstance(site, dict) else None
        return published if isinstance(published, dict) else {}

    def _files(self) -> dict[str, str]:
        """Return the digests of the files that are live, by path."""
        found: dict[str, str] = {}
        for one in self._all(f"{self.path}/files"):
            path, digest = one.get("path"), one.get("sha")
            if not isinstance(path, str) or not isinstance(digest, str):
                raise self.api.unusable(UNCHANGED)
            found[path.removeprefix("/")] = digest
        return found

    def _all(self, path: str) -> list[dict[str, Any]]:
        """Return a list that the host may give in pages."""
        found: list[dict[str, Any]] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = self.api.answer("GET", f"{path}?page={page}&per_page={_PAGE}")
            part = self.api.read(answer, UNCHANGED)
            if not isinstance(part, list) or not all(isinstance(one, dict) for one in part):
                raise self.api.unusable(UNCHANGED)
            found += part
            if not part or 'rel="next"' not in answer.headers.get("link", ""):
                break
        return found


def sha1_of(data: bytes) -> str:
    """Return the digest by which the host knows a file."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _like(there: Mapping[str, str], built: Built) -> dict[str, str]:
    """Return the host's files with the SHA-256 of those that equal a file of the built site."""
    same = {}
    for path, digest in built.files.items():
        place = at_host(path)
        if place in there and there[place] == sha1_of(read_of_output(Path(built.folder), path)):
            same[place] = digest
    return {**there, **same}


_AT_ONCE = 4
"""Files that are sent side by side: Netlify refuses more than five."""
_FEW = 100
"""A larger deployment is compared by Netlify after its answer, as its own program asks for."""
_PREPARED = ("prepared", "uploading", "uploaded", "processing", "processed", "ready")


class NetlifyDeployments(WholeSite):
    def opened(self) -> NetlifySite:
        return NetlifySite(self.target, self.patience, self.progress)

    def plan(self, built: Built) -> DeployPlan:
        odd = next((path for path in sorted(built.files) if "#" in path or "?" in path), "")
        if odd:
            raise YoyakError(say("netlify.bad-path", path=odd))
        return super().plan(built)

    def sent(self, host: NetlifySite, plan: DeployPlan) -> tuple[int, str]:
        deployment = _Deployment(host, plan, self.output, self.progress)
        deploy = deployment.create(draft=self.request.preview)
        try:
            size = deployment.send(deploy)
            done = deployment.wait(deploy, ("ready",))
        except BaseException:
            deployment.cancel(deploy)
            raise
        if not self.request.preview:
            host.require_live(deploy)
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
