"""What hosts have in common that switch to a new deployment as a whole, and replace everything that stands there.

Such a host keeps no file that is not in the new deployment, so all that stands there counts as removed. What it says of
a deployment is one line of text, which is therefore made to say whose it is: `label_of`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec.structs import replace

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.model.types import Record
from yoyak.publish import manifest
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, There, make_plan, make_report
from yoyak.publish.releases import DeployedRelease, Host, ReleaseFiles, RollbackReport, go_back
from yoyak.publish.web_api import PATIENCE, ApiPatience, WebApi

PUBLIC_MANIFEST = "yoyak-manifest.json"
"""The manifest's name at a host: one that begins with a dot may be left out or not be served."""
_LABEL = re.compile(r"Publish (\S*): (\d{1,7}) files? \[yoyak ([0-9a-f]{40})\]")


class DeploymentLabel(Record, frozen=True, kw_only=True):
    """What the description of a deployment at a host says."""

    base_url: str
    files: int
    fingerprint: str
    """The beginning of its manifest's SHA-256."""


def label_of(plan: DeployPlan) -> str:
    """Return the description of a deployment. It is in English whoever deploys: it stays at the host.

    It is read again by `read_label`, and shown by the host to people.
    """
    count = len(plan.files)
    return f"Publish {plan.base_url}: {count} file{'' if count == 1 else 's'} [yoyak {fingerprint_of(plan.files)}]"


def fingerprint_of(files: Mapping[str, str]) -> str:
    """Return what tells a deployment from every other one: its manifest lists all its files with their digests."""
    return files[manifest.NAME][:40]


def read_label(text: object) -> DeploymentLabel | None:
    """Return what a description says, or None when it is not from yoyak.

    >>> read_label("Publish https://digest.kr/: 1 file [yoyak " + "0" * 40 + "]").base_url
    'https://digest.kr/'
    >>> read_label("Merge branch main")
    """
    found = _LABEL.fullmatch(text.strip()) if isinstance(text, str) else None
    return DeploymentLabel(base_url=found[1], files=int(found[2]), fingerprint=found[3]) if found else None


def digest_of(data: bytes) -> str:
    """Return the SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def files_of(
    label: DeploymentLabel, built: Mapping[str, str], api: WebApi, addresses: Sequence[str]
) -> Mapping[str, str] | None:
    """Return the SHA-256 of a deployment's files by their paths in output/, or None when that cannot be known.

    If it is the built site, its label says so. Of another one the manifest is read as every reader can, at the first
    of the addresses that has it, and believed only if it has the label's digest.
    """
    if label.fingerprint == fingerprint_of(built):
        return built
    for address in filter(None, addresses):
        answer = api.fetch(manifest_at(address))
        data = answer.data if answer and answer.status == 200 else b""
        if digest_of(data)[: len(label.fingerprint)] == label.fingerprint:
            return {**manifest.read_manifest(data, where=address).files, manifest.NAME: digest_of(data)}
    return None


def files_at(label: DeploymentLabel | None, api: WebApi, addresses: Sequence[str]) -> ReleaseFiles | None:
    """Return what is in an earlier deployment, or None when that cannot be known."""
    files = files_of(label, {manifest.NAME: ""}, api, addresses) if label else None
    return None if files is None else ReleaseFiles(files=files)


def kept_deployment(name: str, live: str, at: str, label: DeploymentLabel | None) -> DeployedRelease:
    """Return a deployment as the host lists it; `live` is the name of the one that readers see."""
    files, base_url = (label.files, label.base_url) if label else (0, "")
    return DeployedRelease(name=name, live=name == live, at=at, files=files, base_url=base_url)


class SwitchingHost(Protocol):
    """A host that keeps earlier deployments and switches to one of them as a whole."""

    where: str

    @property
    def live(self) -> str: ...
    def there(self, built: Built) -> There: ...
    def releases(self) -> tuple[DeployedRelease, ...]: ...
    def files_in(self, name: str) -> ReleaseFiles | None: ...
    def restore(self, name: str) -> None: ...


class WholeSite(Host):
    """A target at such a host."""

    def __init__(self, request: DeployRequest, progress: Progress | None, patience: ApiPatience = PATIENCE) -> None:
        super().__init__(request, progress)
        self.patience = patience

    def opened(self) -> Any:
        """Ask the host what is there, and return it as a `SwitchingHost`."""
        raise NotImplementedError

    def sent(self, host: Any, plan: DeployPlan) -> tuple[int, str]:
        """Send a site, wait until it is live, and return how many bytes that were, and its own address."""
        raise NotImplementedError

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy would do. A preview gets its own address; what is live stays."""
        return self.planned(self.opened(), built)

    def planned(self, host: SwitchingHost, built: Built) -> DeployPlan:
        """Return the plan at a host that was asked. A preview stands beside what is live: nothing is in its place."""
        there = There(where=host.where, files={}, ours=frozenset()) if self.request.preview else host.there(built)
        wanted = {at_host(path): digest for path, digest in built.files.items()}
        sizes = {at_host(path): size for path, size in built.sizes.items()}
        return make_plan(self.request.name, replace(built, sizes=sizes), wanted, there)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Make the site of the plan live, or a preview of it. Cut short, it changes nothing for readers."""
        if not plan.changes:
            return make_report(plan)
        host = self.opened()
        if not self.request.preview and host.live != plan.there.version:
            raise YoyakError(say("api.overtaken", where=plan.where))
        size, url = self.sent(host, plan)
        return replace(make_report(plan), size=size, url=url if self.request.preview else "")

    def releases(self) -> tuple[DeployedRelease, ...]:
        found: SwitchingHost = self.opened()
        return found.releases()

    def roll_back(self, to: str) -> RollbackReport:
        host: SwitchingHost = self.opened()
        found, live, files_in = host.releases(), host.live, host.files_in if self.request.withdrawn else lambda _: None
        return go_back(
            self.request, found, to=to, where=host.where, live=live, files_in=files_in, make_live=host.restore
        )


def manifest_at(address: str) -> str:
    """Return where a deployment that stands at an address has its manifest."""
    return f"{address.rstrip('/')}/{PUBLIC_MANIFEST}"


def at_host(path: str) -> str:
    """Return the path that a file of output/ gets at the host."""
    return PUBLIC_MANIFEST if path == manifest.NAME else path
