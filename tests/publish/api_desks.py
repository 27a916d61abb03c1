"""Desks whose targets are at Netlify and at Cloudflare Pages, and the hosts as the environment names them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from publish.api_host import ApiHost, serving_api
from publish.cloudflare_host import ACCOUNT, PROJECT, CloudflareHost
from publish.desks import Desk
from publish.netlify_host import SITE, NetlifyHost
from yoyak.model.targets import CloudflareTarget, NetlifyTarget
from yoyak.publish.cloudflare import CloudflareDeployments
from yoyak.publish.guards import require_agreed
from yoyak.publish.manifest import NAME
from yoyak.publish.netlify import NetlifyDeployments
from yoyak.publish.output import Built, read_output
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.web_api import ApiPatience
from yoyak.publish.whole_site import PUBLIC_MANIFEST, WholeSite

QUICK = ApiPatience(silence=10, tries=3, pause=0.01, longest=5, poll=0.01, ready=30, live=10)
"""Of hosts that do what they are to do, however busy this machine is."""
SHORT = replace(QUICK, silence=0.3, ready=0.5, live=0.2)
"""Of hosts that let one wait."""
IMPATIENT = replace(SHORT, silence=0.1)
"""Of hosts that never answer: whatever is asked of them takes all of it, twice."""
AT_NETLIFY = NetlifyTarget(site=SITE)
AT_CLOUDFLARE = CloudflareTarget(project=PROJECT)


class ApiDesk(Desk):
    """A desk whose target is at a host with an API."""

    patience = QUICK
    previews = False
    """Whether it deploys a preview."""

    @property
    def request(self) -> DeployRequest:
        return replace(super().request, preview=self.previews)

    @property
    def built(self) -> Built:
        return read_output(site=self.site, output=self.output, preview=self.previews)

    @property
    def site_files(self) -> dict[str, bytes]:
        """What is to stand at the host."""
        found = {path.relative_to(self.output).as_posix(): path for path in self.output.rglob("*") if path.is_file()}
        return {f"/{PUBLIC_MANIFEST if name == NAME else name}": path.read_bytes() for name, path in found.items()}

    kind: type[WholeSite]

    @property
    def host(self) -> WholeSite:
        """What can be done at its target."""
        return self.kind(self.request, None, self.patience)

    def plans(self) -> DeployPlan:
        return self.host.plan(self.built)

    def deploys(self, *, confirm_removals: int | None = None, adopt: bool = False) -> DeployReport:
        plan = self.plans()
        require_agreed(plan, confirm_removals=confirm_removals, adopt=adopt)
        return self.host.deploy(plan)


class NetlifyDesk(ApiDesk):
    kind = NetlifyDeployments


class CloudflareDesk(ApiDesk):
    kind = CloudflareDeployments


@contextmanager
def as_netlify(host: NetlifyHost, monkeypatch: pytest.MonkeyPatch) -> Iterator[NetlifyHost]:
    """Serve a host in Netlify's place."""
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", host.token)
    monkeypatch.setenv("NETLIFY_API_URL", f"{host.address}/api/v1")
    with serving_api(host):
        yield host


@contextmanager
def as_cloudflare(host: CloudflareHost, monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudflareHost]:
    """Serve a host in Cloudflare's place."""
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", host.token)
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", ACCOUNT)
    monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", f"{host.address}/client/v4")
    with serving_api(host):
        yield host


@contextmanager
def serving(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    """Serve a host by its name: ``netlify`` or ``cloudflare``."""
    if kind == "netlify":
        with as_netlify(NetlifyHost(), monkeypatch) as netlify:
            yield netlify
    else:
        with as_cloudflare(CloudflareHost(), monkeypatch) as cloudflare:
            yield cloudflare
