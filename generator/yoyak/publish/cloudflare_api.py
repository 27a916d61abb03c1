"""What Cloudflare Pages says of a project: which deployment is live, what it has, which ones can be live again."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, joined, say
from yoyak.model.targets import CloudflareTarget
from yoyak.publish.output import Built
from yoyak.publish.plan import There
from yoyak.publish.releases import DeployedRelease, ReleaseFiles
from yoyak.publish.web_api import UNCHANGED, UNKNOWN, ApiPatience, ApiRefusalError, WebApi, quoted
from yoyak.publish.whole_site import (
    DeploymentLabel,
    at_host,
    files_at,
    files_of,
    kept_deployment,
    manifest_at,
    read_label,
)

API = "https://api.cloudflare.com/client/v4"
TOKEN, ACCOUNT, ADDRESS = "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_BASE_URL"
NAME = "Cloudflare Pages"
NO_PROJECT = 8000007
"""The code of an error: there is no such project."""
BAD_TOKEN = frozenset({6003, 6111})
"""The codes of errors: what was sent as a token cannot be one."""
_PAGE = 25
_PAGES = 8


class CloudflareProject:
    """One project at Cloudflare Pages."""

    def __init__(self, target: CloudflareTarget, patience: ApiPatience, progress: Progress | None) -> None:
        account = (target.account or os.environ.get(ACCOUNT, "")).strip()
        if not re.fullmatch(r"[0-9A-Za-z]{1,64}", account):
            raise YoyakError(say("cloudflare.no-account", variable=ACCOUNT))
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z-]{0,62}", target.project):
            raise YoyakError(say("cloudflare.bad-project", project=ascii(target.project)))
        address, token = os.environ.get(ADDRESS) or API, os.environ.get(TOKEN, "")
        self.api = WebApi(NAME, (address, ADDRESS), (token, TOKEN), patience, progress)
        self.path = f"/accounts/{account}/pages/projects/{target.project}"
        self._about = self._read(target.project)
        self._subdomain = str(self._about.get("subdomain") or "")
        self.where = f"{(self._subdomain and f'https://{self._subdomain}') or target.project} ({NAME})"
        self.branch = str(self._about.get("production_branch") or "main")
        self.deployment = self._canonical(self._about)

    @property
    def live(self) -> str:
        """The id of the deployment that readers see; empty when there is none."""
        return str(self.deployment.get("id") or "")

    def there(self, built: Built) -> There:
        """Return what readers see, of which all is replaced by a deploy.

        The host does not list the files of a deployment, see `files_of`.
        """
        if not self.live:
            return There(where=self.where, files={}, ours=frozenset())
        label = label_of_deployment(self.deployment)
        if not label:
            foreign = say("cloudflare.foreign", where=self.where)
            return There(
                where=self.where, files={}, ours=frozenset(), version=self.live, replaces=foreign, to_replace=1
            )
        files = files_of(label, built.files, self.api, self._addresses)
        unread = say("cloudflare.unlisted", where=self.where, count=label.files)
        return There(
            where=self.where,
            files={at_host(path): digest for path, digest in (files or {}).items()},
            ours=frozenset(map(at_host, files or ())),
            base_url=label.base_url,
            version=self.live,
            replaces="" if files else unread,
            to_replace=0 if files else max(label.files, 1),
        )

    @property
    def _addresses(self) -> tuple[str, ...]:
        """Where readers may find what is live."""
        return (str(self.deployment.get("url") or ""), f"https://{self._subdomain}" if self._subdomain else "")

    def releases(self) -> tuple[DeployedRelease, ...]:
        """Return the deployments that can be live, the newest first."""
        found = []
        for one in self._deployments():
            label = label_of_deployment(one)
            if stage_of(one) == ("deploy", "success"):
                found.append(kept_deployment(str(one.get("id")), self.live, str(one.get("created_on") or ""), label))
        return tuple(sorted(found, key=lambda release: release.at, reverse=True))

    def files_in(self, name: str) -> ReleaseFiles | None:
        """Return what is in a deployment, by the manifest at its own address."""
        one = self.ask("GET", f"{self.path}/deployments/{quoted(name)}")
        if not isinstance(one, dict):
            raise self.api.unusable(UNCHANGED)
        return files_at(label_of_deployment(one), self.api, (str(one.get("url") or ""),))

    def restore(self, name: str) -> None:
        """Make an earlier deployment live, and wait until readers see it."""
        self.ask("POST", f"{self.path}/deployments/{quoted(name)}/rollback", outcome=UNKNOWN)
        self.require_live(name)

    def require_live(self, name: str) -> None:
        for _ in self.api.each_poll(self.api.patience.live):
            if self._canonical(self.ask("GET", self.path, outcome=UNKNOWN)).get("id") == name:
                return
        raise YoyakError(joined(say("api.not-live", where=self.where), say("cloudflare.not-live.hint")))

    def ask(self, method: str, path: str, body: object = None, *, outcome: Message = UNCHANGED, **more: str) -> Any:
        """Return the result in the host's answer, which has an envelope around it; the rest is as for `WebApi.ask`."""
        answer = self.api.ask(method, path, body, outcome=outcome, **more)
        if not isinstance(answer, dict) or answer.get("success") is not True:
            raise self.api.unusable(outcome)
        return answer.get("result")

    def fails_at(self, address: str) -> bool:
        """Tell whether the host itself fails when a reader asks for a file of a deployment.

        Whoever does not let everybody in says nothing about that, so only such answers count.
        """
        answer = self.api.fetch(manifest_at(address))
        return answer is not None and (answer.status == 404 or answer.status >= 500)

    def read_live(self) -> str:
        """Ask again for the deployment that readers see."""
        return str(self._canonical(self.ask("GET", self.path)).get("id") or "")

    def _read(self, name: str) -> Mapping[str, Any]:
        try:
            project = self.ask("GET", self.path)
        except ApiRefusalError as error:
            if error.codes & BAD_TOKEN:
                raise YoyakError(joined(say("api.bad-token", host=NAME, variable=TOKEN), UNCHANGED)) from error
            if NO_PROJECT in error.codes or (error.status == 404 and not error.codes):
                raise YoyakError(say("cloudflare.no-project", project=name)) from error
            if error.status in (400, 404):
                raise YoyakError(say("cloudflare.no-route", said=error.said, variable=ACCOUNT)) from error
            raise
        if not isinstance(project, dict) or not project.get("name"):
            raise self.api.unusable(UNCHANGED)
        if project.get("source"):
            raise YoyakError(say("cloudflare.from-git", project=name))
        return project

    def _canonical(self, project: object) -> Mapping[str, Any]:
        found = project.get("canonical_deployment") if isinstance(project, dict) else None
        return found if isinstance(found, dict) else {}

    def _deployments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, _PAGES + 1):
            part = self.ask("GET", f"{self.path}/deployments?env=production&page={page}&per_page={_PAGE}")
            if not isinstance(part, list) or not all(isinstance(one, dict) for one in part):
                raise self.api.unusable(UNCHANGED)
            found += part
            if len(part) < _PAGE:
                break
        return found


def stage_of(deployment: Mapping[str, Any]) -> tuple[str, str]:
    """Return how far a deployment is: the name of its stage, and the stage's status."""
    stage = deployment.get("latest_stage")
    return (str(stage.get("name")), str(stage.get("status"))) if isinstance(stage, dict) else ("", "")


def label_of_deployment(deployment: Mapping[str, Any]) -> DeploymentLabel | None:
    """Return the label that a deploy of yoyak gave a deployment."""
    trigger = deployment.get("deployment_trigger")
    about = trigger.get("metadata") if isinstance(trigger, dict) else None
    return read_label(about.get("commit_message")) if isinstance(about, dict) else None
