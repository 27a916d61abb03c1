"""Deploy to Cloudflare Pages, as its own program does: send the files that it lacks, then the list of all, wait for it.

A deployment is live as a whole or not at all. The one before stays there for a rollback.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from time import time
from typing import Any

from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import say
from yoyak.publish.cloudflare_api import CloudflareProject, stage_of
from yoyak.publish.output import Built, read_built
from yoyak.publish.plan import DeployPlan
from yoyak.publish.web_api import UNCHANGED, UNKNOWN, ApiRefusalError, quoted
from yoyak.publish.whole_site import WholeSite, at_host, digest_of, fingerprint_of, label_of
from yoyak.text.media_types import UNKNOWN_TYPE, content_type

_PROGRAMS = ("_worker.js", "_routes.json", "functions")
"""Files and folders that would be a program at the host."""


class CloudflareDeployments(WholeSite):
    def opened(self) -> CloudflareProject:
        return CloudflareProject(self.target, self.patience, self.progress)

    def plan(self, built: Built) -> DeployPlan:
        program = next((path for path in sorted(built.files) if path.split("/")[0] in _PROGRAMS), "")
        if program:
            raise YoyakError(say("cloudflare.program", path=program))
        project = self.opened()
        require_within_limits(project, {path: size for path, size in built.sizes.items() if path not in FORM_FILES})
        return self.planned(project, built)

    def sent(self, host: CloudflareProject, plan: DeployPlan) -> tuple[int, str]:
        preview = self.request.preview
        assets = {path: digest for path, digest in plan.files.items() if path not in FORM_FILES}
        keys, size = send_assets(host, self.output, assets, self.progress)
        if not preview and host.read_live() != plan.there.version:
            raise YoyakError(say("api.overtaken", where=plan.where))
        deployment = _create(host, self.output, plan, keys, preview=preview)
        done = _ready(host, plan, str(deployment["id"]))
        if not preview:
            host.require_live(str(deployment["id"]))
        url = str(done.get("url") or deployment.get("url") or "")
        _require_served(host, plan, url)
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


# --- the files ---------------------------------------------------------------------------------------------------
# Send the files of a site to Cloudflare Pages: only those that it lacks, in portions, with a token for this alone.

FORM_FILES = ("_headers", "_redirects")
"""These are rules for the host, and no pages: they are sent with the deployment."""
MOST_FILES = 20_000
MOST_BYTES = 25 * 1024 * 1024
"""Of one file."""
_PORTION_FILES = 500
_PORTION_BYTES = 8 * 1024 * 1024
"""Less than the host takes (2,000 files, 40 MiB): what a cut has to be sent again for is a portion."""
_SOON = 20.0
"""Seconds before its end at which an upload token is replaced."""


class UploadToken:
    """A token for the project's files. It lasts for minutes, so it is asked for again."""

    def __init__(self, project: CloudflareProject) -> None:
        self._project = project
        self._renew()

    @property
    def most_files(self) -> int:
        """How many files a deployment may have, by what the account pays for."""
        allowed = self._claims.get("max_file_count_allowed")
        return allowed if isinstance(allowed, int) and allowed > 0 else MOST_FILES

    def post(self, path: str, body: object) -> Any:
        """Ask with the token; once more with a new one if the host does not accept it any more."""
        ends = self._claims.get("exp")
        if isinstance(ends, int | float) and ends - _SOON < time():
            self._renew()
        try:
            return self._project.ask("POST", path, body, token=self._text)
        except ApiRefusalError as error:
            if error.status not in (401, 403):
                raise
            self._renew()
        return self._project.ask("POST", path, body, token=self._text)

    def _renew(self) -> None:
        answer = self._project.ask("GET", f"{self._project.path}/upload-token")
        text = answer.get("jwt") if isinstance(answer, dict) else None
        if not isinstance(text, str) or not text or not text.isascii() or any(sign <= " " for sign in text):
            raise self._project.api.unusable(UNCHANGED)
        self._text, self._claims = text, _claims(text)


def key_of(path: str, sha256: str) -> str:
    """Return the name by which the host is to know a file with these bytes.

    The host keeps a file's type with it, and decides it when the file is sent first; so the ending is part of the name.

    >>> key_of("index.html", "0" * 64) == key_of("a/b.html", "0" * 64)
    True
    """
    return hashlib.sha256(f"{sha256}{PurePosixPath(path).suffix.lower()}".encode()).hexdigest()[:32]


def require_within_limits(project: CloudflareProject, sizes: Mapping[str, int]) -> None:
    """Refuse a site that the host would refuse after it had most of it."""
    large = [path for path, size in sizes.items() if size > MOST_BYTES]
    if large:
        raise YoyakError(say("cloudflare.large-file", path=min(large), most=MOST_BYTES // 1024**2))
    if len(sizes) > MOST_FILES and len(sizes) > (most := UploadToken(project).most_files):
        raise YoyakError(say("cloudflare.many-files", count=len(sizes), most=most))


def send_assets(
    project: CloudflareProject, output: Path, files: Mapping[str, str], progress: Progress | None
) -> tuple[dict[str, str], int]:
    """Send what the host lacks; return the key of each file, and how many bytes were sent."""
    keys = {path: key_of(path, digest) for path, digest in files.items()}
    paths = {key: path for path, key in sorted(keys.items(), reverse=True)}
    token = UploadToken(project)
    every = sorted(paths)
    missing = token.post("/pages/assets/check-missing", {"hashes": every})
    if not isinstance(missing, list) or not set(missing) <= paths.keys():
        raise project.api.unusable(UNCHANGED)
    size = done = 0
    wanted = sorted({paths[key] for key in missing})
    for portion in _portions(wanted, output, files):
        if progress:
            progress("deploy", len(wanted), done)
        answer = token.post("/pages/assets/upload", [_asset(keys[path], path, data) for path, data in portion])
        failed = (answer.get("unsuccessful_keys") or ()) if isinstance(answer, dict) else ()
        if not isinstance(failed, list | tuple):
            raise project.api.unusable(UNCHANGED)
        if failed:
            raise YoyakError(say("cloudflare.unsent", count=len(failed)))
        size += sum(len(data) for _, data in portion)
        done += len(portion)
    token.post("/pages/assets/upsert-hashes", {"hashes": every})
    return keys, size


def _portions(paths: Sequence[str], output: Path, files: Mapping[str, str]) -> Iterator[list[tuple[str, bytes]]]:
    portion: list[tuple[str, bytes]] = []
    size = 0
    for path in paths:
        data = read_built(output, path, files)
        if portion and (len(portion) == _PORTION_FILES or size + len(data) > _PORTION_BYTES):
            yield portion
            portion, size = [], 0
        portion.append((path, data))
        size += len(data)
    if portion:
        yield portion


def _asset(key: str, path: str, data: bytes) -> dict[str, Any]:
    ending = PurePosixPath(path).suffix.lower()
    kind = content_type(f"a{ending}").partition(";")[0]
    if kind == UNKNOWN_TYPE:  # what is in the list is the same on every machine
        kind = mimetypes.guess_type(f"a{ending}")[0] or kind
    return {
        "key": key, "value": base64.b64encode(data).decode(), "metadata": {"contentType": kind}, "base64": True,
    }  # fmt: skip


def _claims(token: str) -> Mapping[str, Any]:
    """Return what an upload token says of itself; nothing when it cannot be read, since the host decides."""
    part = token.split(".")[1] if token.count(".") == 2 else ""
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
