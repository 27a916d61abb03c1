"""A host that speaks Netlify's protocol for deploys by digest."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import unquote

from publish.api_host import ApiHost, Asked, Told, require

SITE = "digest.netlify.app"


class NetlifyHost(ApiHost):
    """One site. A deploy is live when it has all of its files, and not before."""

    def __init__(self) -> None:
        super().__init__()
        self.blobs: dict[str, bytes] = {}
        self.deploys: list[dict[str, Any]] = []
        self.published = ""
        self.locked = False
        self.page = 100
        self.served = 200
        """The status with which a deploy's own address answers."""
        self.end_with = "ready"
        """The state in which a whole deploy ends; empty for never."""

    @property
    def live(self) -> dict[str, bytes]:
        """What readers see: every file of the published deploy."""
        return self.site_of(self.published) if self.published else {}

    def site_of(self, name: str) -> dict[str, bytes]:
        return {path: self.blobs[digest] for path, digest in self._deploy(name)["_files"].items()}

    def shows(self, files: dict[str, bytes], title: str = "Merge branch main") -> None:
        """Publish files as another program does."""
        digests = {f"/{path}": _sha1(data) for path, data in files.items()}
        self.blobs |= {_sha1(data): data for data in files.values()}
        self.deploys.insert(0, self._new(digests, title=title, draft=False))
        self._finish(self.deploys[0])

    def answer(self, asked: Asked) -> Told:
        if found := re.fullmatch(r"/served/(\w+)(/.*)", asked.path):
            require("authorization" not in asked.headers, "a token for a site that everybody can read")
            files = self.site_of(found[1])
            return Told(self.served, files.get(found[2], b"")) if found[2] in files else Told(404, b"")
        require("authorization" in asked.headers, "no token")
        if asked.headers["authorization"] != f"Bearer {self.token}":
            return Told(401, {"code": 401, "message": "Access Denied"})
        if asked.method in ("POST", "PUT"):
            require("content-type" in asked.headers, "no content type")
        path = asked.path
        if found := re.fullmatch(r"/api/v1/deploys/(\w+)/files/(.+)", path):
            return self._put(asked, found[1], f"/{unquote(found[2])}")
        if found := re.fullmatch(r"/api/v1/deploys/(\w+)/cancel", path):
            require(asked.method == "POST", "cancel is POST")
            if self._deploy(found[1])["state"] != "ready":
                self._deploy(found[1])["state"] = "error"
            return Told(201, self._shown(self._deploy(found[1])))
        found = re.fullmatch(r"/api/v1/sites/([^/]+)(/.*)?", path)
        require(found, "no such resource")
        assert found
        if unquote(found[1]) != SITE:
            return Told(404, {"code": 404, "message": "Not Found"})
        return self._of_site(asked, found[2] or "")

    def _of_site(self, asked: Asked, rest: str) -> Told:
        if rest == "":
            require(asked.method == "GET", "the site is only read")
            published = self._shown(self._deploy(self.published)) if self.published else None
            site = {"id": "5f1-site", "name": "digest", "ssl_url": f"https://{SITE}", "published_deploy": published}
            return Told(200, site)
        if rest == "/files":
            files = self._deploy(self.published)["_files"] if self.published else {}
            return self._paged(asked, [{"id": path, "path": path, "sha": sha} for path, sha in sorted(files.items())])
        if rest == "/deploys" and asked.method == "GET":
            return self._paged(asked, [self._shown(deploy) for deploy in self.deploys])
        if rest == "/deploys":
            require(asked.method == "POST", "deploys are made by POST")
            return self._create(asked)
        if found := re.fullmatch(r"/deploys/(\w+)/restore", rest):
            require(asked.method == "POST", "restore is POST")
            self.published = found[1]
            return Told(201, self._shown(self._deploy(found[1])))
        found = re.fullmatch(r"/deploys/(\w+)", rest)
        require(found and asked.method == "GET", "no such resource")
        assert found
        deploy = self._deploy(found[1])
        told = self._shown(deploy)
        self._go_on(deploy)
        return Told(200, told)

    def _create(self, asked: Asked) -> Told:
        about = asked.json()
        require(asked.headers["content-type"] == "application/json", "not JSON")
        require(set(about) <= {"files", "draft", "async"}, f"odd keys: {sorted(about)}")
        files = about["files"]
        require(files and all(path.startswith("/") and "//" not in path for path in files), "a path without its slash")
        require(not any(sign in path for path in files for sign in "#?"), "# or ? in a path")
        require(all(re.fullmatch(r"[0-9a-f]{40}", digest) for digest in files.values()), "no SHA-1")
        require(about.get("async", False) or len(files) <= 500, "too many files for an answer at once")
        deploy = self._new(files, title=asked.query.get("title", [""])[0], draft=about.get("draft", False))
        deploy["state"] = "preparing" if about.get("async") else "uploading"
        self.deploys.insert(0, deploy)
        return Told(200, self._shown(deploy))

    def _put(self, asked: Asked, name: str, path: str) -> Told:
        deploy = self._deploy(name)
        require(asked.method == "PUT", "files are PUT")
        require(asked.headers["content-type"] == "application/octet-stream", "no octet-stream")
        require(path in deploy["_files"], f"{path} is not in the deploy")
        digest = _sha1(asked.body)
        if digest != deploy["_files"][path]:
            return Told(422, {"code": 422, "message": "the digest differs"})
        if deploy["state"] == "error":  # it was cancelled while this was on its way
            return Told(422, {"code": 422, "message": "the deploy was cancelled"})
        require(deploy["state"] in ("uploading", "uploaded", "ready"), f"a file for a deploy that is {deploy['state']}")
        self.blobs[digest] = asked.body
        return Told(200, {"id": path, "path": path, "sha": digest})

    def _new(self, files: dict[str, str], *, title: str, draft: bool) -> dict[str, Any]:
        number = f"{len(self.deploys) + 1:024x}"
        missing = sorted({digest for digest in files.values() if digest not in self.blobs})
        return {
            "id": number, "state": "new", "title": title, "draft": draft, "_files": files, "required": missing,
            "created_at": f"2026-11-29T12:{len(self.deploys):02}:00.000Z", "context": "production",
            "deploy_ssl_url": f"{self.address}/served/{number}", "error_message": None,
        }  # fmt: skip

    def _go_on(self, deploy: dict[str, Any]) -> None:
        """Bring a deploy one step further, as time does."""
        if deploy["state"] == "preparing":
            deploy["state"] = "prepared"
        elif deploy["state"] in ("prepared", "uploading") and deploy["required"]:
            deploy["state"] = "uploading"
        if deploy["state"] in ("prepared", "uploading") and self.blobs.keys() >= set(deploy["_files"].values()):
            deploy["state"] = "processing"
        elif deploy["state"] == "processing" and self.end_with == "error":
            deploy["state"], deploy["error_message"] = "error", "post processing failed"
        elif deploy["state"] == "processing" and self.end_with:
            self._finish(deploy)

    def _finish(self, deploy: dict[str, Any]) -> None:
        deploy["state"] = "ready"
        if not deploy["draft"] and not self.locked:
            self.published = deploy["id"]

    def _deploy(self, name: str) -> dict[str, Any]:
        found = [deploy for deploy in self.deploys if deploy["id"] == name]
        require(found, f"no deploy {name}")
        return found[0]

    def _shown(self, deploy: dict[str, Any]) -> dict[str, Any]:
        shown = {name: value for name, value in deploy.items() if not name.startswith("_")}
        return {
            **shown,
            "locked": self.locked,
            "required": [] if deploy["state"] == "preparing" else deploy["required"],
        }

    def _paged(self, asked: Asked, every: list[Any]) -> Told:
        page, size = (
            int(asked.query.get("page", ["1"])[0]),
            min(int(asked.query.get("per_page", ["100"])[0]), self.page),
        )
        part = every[(page - 1) * size : page * size]
        more = len(every) > page * size
        return Told(200, part, {"Link": f'<{self.address}{asked.path}?page={page + 1}>; rel="next"'} if more else {})


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
