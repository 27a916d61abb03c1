"""Deploy to Cloudflare Pages, as its own program does: send the files that it lacks, then the list of all, wait for it.

A deployment is live as a whole or not at all. The one before stays there for a rollback.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.publish.cloudflare_api import CloudflareProject, stage_of
from yoyak.publish.cloudflare_assets import FORM_FILES, require_within_limits, send_assets
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.web_api import UNKNOWN, ApiRefusalError, quoted
from yoyak.publish.whole_site import at_host, deploy_site, digest_of, fingerprint_of, label_of, plan_site, read_built

_PROGRAMS = ("_worker.js", "_routes.json", "functions")
"""Files and folders that would be a program at the host."""


def plan_cloudflare(request: DeployRequest, opened: Callable[[], CloudflareProject], built: Built) -> DeployPlan:
    """Return what a deploy would do. A preview gets its own address; what is live stays."""
    program = next((path for path in sorted(built.files) if path.split("/")[0] in _PROGRAMS), "")
    if program:
        raise YoyakError(say("cloudflare.program", path=program))
    project = opened()
    require_within_limits(project, {path: size for path, size in built.sizes.items() if path not in FORM_FILES})
    return plan_site(request, project, built)


def deploy_cloudflare(
    request: DeployRequest,
    opened: Callable[[], CloudflareProject],
    plan: DeployPlan,
    *,
    progress: Progress | None = None,
) -> DeployReport:
    """Make the site of the plan live, or a preview of it. Cut short, it changes nothing for readers."""
    return deploy_site(request, opened, plan, partial(_sent, request, plan, progress))


def _sent(
    request: DeployRequest, plan: DeployPlan, progress: Progress | None, project: CloudflareProject
) -> tuple[int, str]:
    """Send a site, wait until it is live, and return how many bytes that were, and its own address."""
    output = Path(request.output)
    assets = {path: digest for path, digest in plan.files.items() if path not in FORM_FILES}
    keys, size = send_assets(project, output, assets, progress)
    if not request.preview and project.read_live() != plan.there.version:
        raise YoyakError(say("api.overtaken", where=plan.where))
    deployment = _create(project, output, plan, keys, preview=request.preview)
    done = _ready(project, plan, str(deployment["id"]))
    if not request.preview:
        project.require_live(str(deployment["id"]))
    url = str(done.get("url") or deployment.get("url") or "")
    _require_served(project, plan, url)
    return size, url


def _create(
    project: CloudflareProject, output: Path, plan: DeployPlan, keys: Mapping[str, str], *, preview: bool
) -> Mapping[str, Any]:
    fields = {
        "manifest": json.dumps({f"/{at_host(path)}": key for path, key in keys.items()}),
        "branch": f"{project.branch}-preview" if preview else project.branch,
        "commit_message": label_of(plan),
        "commit_hash": fingerprint_of(plan.files),
        "commit_dirty": "false",
    }
    files = {name: read_built(output, name, plan.files) for name in FORM_FILES if name in plan.files}
    kind, body = _form(fields, files)
    answer = project.ask("POST", f"{project.path}/deployments", body, kind=kind, outcome=UNKNOWN)
    if not isinstance(answer, dict) or not answer.get("id"):
        raise project.api.unusable(UNKNOWN)
    return answer


def _form(fields: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return a form as a browser sends it: its content type, and its bytes."""
    mark = f"yoyak-{digest_of(b''.join(files.values()))}"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    for name, data in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{name}"'
        parts.append(f"--{mark}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return f"multipart/form-data; boundary={mark}", b"".join((*parts, f"--{mark}--\r\n".encode()))


def _ready(project: CloudflareProject, plan: DeployPlan, name: str) -> Mapping[str, Any]:
    """Return the deployment when the host is done with it."""
    for _ in project.api.until_ready(plan.where):
        found = project.ask("GET", f"{project.path}/deployments/{quoted(name)}", outcome=UNKNOWN)
        if not isinstance(found, dict):
            raise project.api.unusable(UNKNOWN)
        stage, status = stage_of(found)
        if status in ("failure", "canceled"):
            raise project.api.failed(plan.where, _last_words(project, name))
        if (stage, status) == ("deploy", "success"):
            return found
    raise AssertionError("the last wait raises")


def _last_words(project: CloudflareProject, name: str) -> object:
    """Return the last line of a deployment's log; nothing where there is none."""
    try:
        log = project.ask("GET", f"{project.path}/deployments/{quoted(name)}/history/logs")
    except ApiRefusalError:
        return ""
    lines = log.get("data") if isinstance(log, dict) else None
    last = lines[-1] if isinstance(lines, list) and lines else None
    return last.get("line") if isinstance(last, dict) else ""


def _require_served(project: CloudflareProject, plan: DeployPlan, url: str) -> None:
    """Ask for a file of the deployment as a reader does: the host takes any key, and could fail to serve the file."""
    for _ in project.api.each_poll(project.api.patience.live):
        if not url or not project.fails_at(url):
            return
    raise YoyakError(say("cloudflare.not-served", where=plan.where, url=url))
