"""A host that speaks the protocol of Cloudflare Pages' direct uploads, and serves the sites that it got."""

from __future__ import annotations

import base64
import json
import re
from email.message import Message
from email.parser import BytesParser
from time import time
from typing import Any

from publish.api_host import ApiHost, Asked, Told, require

ACCOUNT = "acc0unt"
PROJECT = "digest"
ROOT = f"/accounts/{ACCOUNT}/pages/projects/{PROJECT}"
MOST_FILES, MOST_BYTES = 2000, 40 * 1024 * 1024


class CloudflareHost(ApiHost):
    """One project. Files are kept by the client's keys; a deployment lists keys by path."""

    def __init__(self) -> None:
        super().__init__()
        self.assets: dict[str, tuple[bytes, str]] = {}
        self.deployments: list[dict[str, Any]] = []
        self.canonical = ""
        self.source: object = None
        self.end_with = "success"
        """The status in which a deployment ends; empty for never."""
        self.lasts = 300.0
        """Seconds that an upload token lasts."""
        self.most_files: int | None = None
        self.served = 200
        """The status with which a deployment's own address answers."""
        self.keeps = True
        """Whether files that are sent are kept."""
        self._tokens: dict[str, float] = {}

    @property
    def live(self) -> dict[str, bytes]:
        """What readers see, with the rules for the host."""
        return self.site_of(self.canonical) if self.canonical else {}

    def site_of(self, name: str) -> dict[str, bytes]:
        deployment = self._deployment(name)
        return {path: self.assets[key][0] for path, key in deployment["_manifest"].items()} | deployment["_files"]

    def shows(self, files: dict[str, bytes]) -> None:
        """Publish files as another program does."""
        keys = {f"/{path}": f"{number:032x}" for number, path in enumerate(files)}
        self.assets |= {f"{number:032x}": (data, "") for number, data in enumerate(files.values())}
        self._finish(self._made(keys, {}, {"branch": "main", "commit_message": "Merge branch main"}))

    def answer(self, asked: Asked) -> Told:
        if found := re.fullmatch(r"/served/(\w+)(/.*)", asked.path):
            require("authorization" not in asked.headers, "a token for a site that everybody can read")
            files = self.site_of(found[1])
            known = self.served == 200 and found[2] in files
            return Told(200 if known else self.served if self.served != 200 else 404, files.get(found[2], b""))
        require(asked.path.startswith("/client/v4/"), "no such resource")
        path = asked.path.removeprefix("/client/v4")
        if path.startswith("/pages/assets/"):
            return self._of_assets(asked, path.removeprefix("/pages/assets/"))
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return _error(403, 10000, "Authentication error")
        if not path.startswith(f"/accounts/{ACCOUNT}/pages/projects/"):
            return _error(404, 7003, "Could not route to this account")
        if not re.match(f"{ROOT}(/|$)", path):
            return _error(404, 8000007, "Project not found")
        return self._of_project(asked, path.removeprefix(ROOT))

    def _of_project(self, asked: Asked, rest: str) -> Told:
        if rest == "" and asked.method == "GET":
            canonical = self._shown(self._deployment(self.canonical)) if self.canonical else None
            about = {"name": PROJECT, "subdomain": "", "production_branch": "main", "source": self.source}
            return _result({**about, "canonical_deployment": canonical})
        if rest == "/upload-token" and asked.method == "GET":
            return _result({"jwt": self._new_token()})
        if rest == "/deployments" and asked.method == "POST":
            return self._create(asked)
        if rest == "/deployments" and asked.method == "GET":
            require(int(asked.query.get("per_page", ["25"])[0]) <= 25, "per_page is above 25")
            page = int(asked.query.get("page", ["1"])[0])
            every = [self._shown(one) for one in self.deployments if one["environment"] == asked.query["env"][0]]
            return _result(every[(page - 1) * 25 : page * 25])
        found = re.fullmatch(r"/deployments/(\w+)(/rollback|/history/logs)?", rest)
        require(found, "no such resource")
        assert found
        deployment = self._deployment(found[1])
        if found[2] == "/rollback":
            require(asked.method == "POST", "rollback is POST")
            require(deployment["environment"] == "production", "a preview cannot be live")
            self.canonical = found[1]
        elif found[2]:
            return _result({"total": 1, "data": [{"ts": "", "line": "Error: the assets are gone"}]})
        else:
            self._go_on(deployment)
        return _result(self._shown(deployment))

    def _of_assets(self, asked: Asked, rest: str) -> Told:
        require(asked.method == "POST", "assets are POSTed")
        require(asked.headers.get("content-type") == "application/json", "not JSON")
        ends = self._tokens.get(asked.headers.get("authorization", "").removeprefix("Bearer "))
        require(ends is not None, "not an upload token")
        assert ends is not None
        if ends < time():
            return _error(401, 8000013, "Authorization failed")
        body = asked.json()
        if rest == "upload":
            return self._upload(body)
        require(set(body) == {"hashes"} and body["hashes"], "no hashes")
        require(all(re.fullmatch(r"[0-9a-f]{32}", key) for key in body["hashes"]), "a key of another form")
        require(len(set(body["hashes"])) == len(body["hashes"]), "a key twice")
        if rest == "check-missing":
            return _result([key for key in body["hashes"] if key not in self.assets])
        require(rest == "upsert-hashes", "no such resource")
        require(self.assets.keys() >= set(body["hashes"]) or not self.keeps, "hashes of files that were not sent")
        return _result(None)

    def _upload(self, body: Any) -> Told:
        require(isinstance(body, list) and 0 < len(body) <= MOST_FILES, "no portion of files")
        total = 0
        for one in body:
            require(set(one) == {"key", "value", "metadata", "base64"} and one["base64"] is True, "an odd file")
            require(re.fullmatch(r"[0-9a-f]{32}", one["key"]), "a key of another form")
            require(set(one["metadata"]) == {"contentType"}, "no content type")
            data = base64.b64decode(one["value"], validate=True)
            total += len(data)
            if self.keeps:
                self.assets[one["key"]] = (data, one["metadata"]["contentType"])
        require(total <= MOST_BYTES, "the portion is too large")
        failed = [] if self.keeps else [one["key"] for one in body]
        return _result({"successful_key_count": len(body) - len(failed), "unsuccessful_keys": failed})

    def _create(self, asked: Asked) -> Told:
        fields, files = _form(asked)
        odd = fields.keys() - {"manifest", "branch", "commit_message", "commit_hash", "commit_dirty"}
        require(not odd and files.keys() <= {"_headers", "_redirects"}, f"odd fields: {sorted(odd)}")
        manifest = json.loads(fields["manifest"])
        require(all(path.startswith("/") for path in manifest), "a path without its slash")
        require(not {"/_headers", "/_redirects"} & manifest.keys(), "rules among the pages")
        require(set(manifest.values()) <= self.assets.keys(), "a deployment of files that were not sent")
        require(len(fields["commit_message"]) <= 384, "the message is too long")
        made = self._made(manifest, {f"/{name}": data for name, data in files.items()}, fields)
        return _result(self._shown(made))

    def _made(self, manifest: dict[str, str], files: dict[str, bytes], fields: dict[str, str]) -> dict[str, Any]:
        number = f"{len(self.deployments) + 1:08x}"
        about = {name: fields.get(name, "") for name in ("branch", "commit_hash", "commit_message")}
        made = {
            "id": number, "url": f"{self.address}/served/{number}", "_manifest": manifest, "_files": files,
            "environment": "production" if fields.get("branch", "main") == "main" else "preview",
            "latest_stage": {"name": "queued", "status": "idle"}, "deployment_trigger": {"metadata": about},
            "created_on": f"2026-11-29T12:{len(self.deployments):02}:00.000Z",
        }  # fmt: skip
        self.deployments.insert(0, made)
        return made

    def _go_on(self, deployment: dict[str, Any]) -> None:
        """Bring a deployment one step further, as time does."""
        stage = deployment["latest_stage"]
        if stage["name"] == "queued":
            deployment["latest_stage"] = {"name": "deploy", "status": "active"}
        elif stage["status"] == "active" and self.end_with == "success":
            self._finish(deployment)
        elif stage["status"] == "active" and self.end_with:
            stage["status"] = self.end_with

    def _finish(self, deployment: dict[str, Any]) -> None:
        deployment["latest_stage"] = {"name": "deploy", "status": "success"}
        if deployment["environment"] == "production":
            self.canonical = deployment["id"]

    def _new_token(self) -> str:
        claims: dict[str, object] = {"exp": int(time() + self.lasts), "n": len(self._tokens)}
        if self.most_files:
            claims["max_file_count_allowed"] = self.most_files
        parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
        token = ".".join(parts)
        self._tokens[token] = time() + self.lasts
        return token

    def _deployment(self, name: str) -> dict[str, Any]:
        found = [one for one in self.deployments if one["id"] == name]
        require(found, f"no deployment {name}")
        return found[0]

    def _shown(self, deployment: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in deployment.items() if not name.startswith("_")}


def _result(value: object) -> Told:
    return Told(200, {"success": True, "errors": [], "messages": [], "result": value})


def _error(status: int, code: int, message: str) -> Told:
    errors = [{"code": code, "message": message}]
    return Told(status, {"success": False, "errors": errors, "messages": [], "result": None})


def _form(asked: Asked) -> tuple[dict[str, str], dict[str, bytes]]:
    kind = asked.headers.get("content-type", "")
    require(kind.startswith("multipart/form-data; boundary="), "no form")
    whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + asked.body)
    fields, files = {}, {}
    for part in whole.get_payload():
        assert isinstance(part, Message)
        name, data = str(part.get_param("name", header="content-disposition")), part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_filename():
            files[name] = data
        else:
            fields[name] = data.decode()
    return fields, files
