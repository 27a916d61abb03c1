"""Deploy to Cloudflare Pages, as its own program does: send the files that it lacks, then the list of all, wait for it.

A deployment is live as a whole or not at all. The one before stays there for a rollback.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Words, joined, say
from yoyak.publish.cloudflare_api import NAME, CloudflareProject, quoted, stage_of
from yoyak.publish.cloudflare_assets import FORM_FILES, require_within_limits, send_assets
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, There, make_plan, make_report
from yoyak.publish.web_api import UNCHANGED, UNKNOWN, ApiRefusalError
from yoyak.publish.whole_site import (
    as_at_host,
    at_host,
    digest_of,
    fingerprint_of,
    label_of,
    read_built,
    require_agreed,
)

_PROGRAMS = ("_worker.js", "_routes.json", "functions")
"""Files and folders that would be a program at the host."""


def plan_cloudflare(request: DeployRequest, opened: Callable[[], CloudflareProject], built: Built) -> DeployPlan:
    """Return what a deploy would do. A preview gets its own address; what is live stays."""
    program = next((path for path in sorted(built.files) if path.split("/")[0] in _PROGRAMS), "")
    if program:
        raise YoyakError(say("cloudflare.program", path=program))
    project = opened()
    require_within_limits(project, {path: size for path, size in built.sizes.items() if path not in FORM_FILES})
    wanted = {at_host(path): digest for path, digest in built.files.items()}
    there = There(where=project.where, files={}, ours=frozenset()) if request.preview else project.there(built.files)
    return make_plan(request.name, as_at_host(built), wanted, there)


def deploy_cloudflare(
    request: DeployRequest,
    opened: Callable[[], CloudflareProject],
    plan: DeployPlan,
    *,
    confirm_removals: int | None = None,
    progress: Progress | None = None,
) -> DeployReport:
    """Make the site of the plan live, or a preview of it. Cut short, it changes nothing for readers."""
    require_agreed(plan, confirm_removals=confirm_removals)
    if not plan.changes:
        return make_report(plan)
    project = opened()
    if not request.preview and project.live != plan.there.version:
        raise YoyakError(say("api.overtaken", where=plan.where))
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
    return replace(make_report(plan), size=size, url=url if request.preview else "")


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
    seconds = project.api.patience.ready
    project.api.told(say("deploy.waiting", host=NAME))
    for _ in project.api.each_poll(seconds):
        found = project.ask("GET", f"{project.path}/deployments/{quoted(name)}", outcome=UNKNOWN)
        if not isinstance(found, dict):
            raise project.api.unusable(UNKNOWN)
        stage, status = stage_of(found)
        if status in ("failure", "canceled"):
            said = _last_words(project, name)
            raise YoyakError(joined(say("api.failed", where=plan.where, said=said), UNCHANGED))
        if (stage, status) == ("deploy", "success"):
            return found
    raise YoyakError(say("api.not-ready", where=plan.where, seconds=f"{seconds:g}"))


def _last_words(project: CloudflareProject, name: str) -> Words:
    """Return the last line of a deployment's log, or words for none."""
    try:
        log = project.ask("GET", f"{project.path}/deployments/{quoted(name)}/history/logs")
    except ApiRefusalError:
        return say("api.no-reason")
    lines = log.get("data") if isinstance(log, dict) else None
    last = lines[-1] if isinstance(lines, list) and lines else None
    return (project.api.cleaned(last.get("line") or "") if isinstance(last, dict) else "") or say("api.no-reason")


def _require_served(project: CloudflareProject, plan: DeployPlan, url: str) -> None:
    """Ask for a file of the deployment as a reader does: the host takes any key, and could fail to serve the file."""
    for _ in project.api.each_poll(project.api.patience.live):
        if not url or not project.fails_at(url):
            return
    raise YoyakError(say("cloudflare.not-served", where=plan.where, url=url))
