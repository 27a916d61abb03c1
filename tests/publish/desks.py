"""A desk that deploys: a site folder whose output/ is written by hand, and what a target has afterwards."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from yoyak.messages.errors import YoyakError
from yoyak.model.targets import Target
from yoyak.publish.manifest import NAME, Manifest
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest
from yoyak.publish.releases import RollbackReport
from yoyak.publish.targets import carry_out, plan_deploy, roll_back

PAGES = {
    "index.html": '<link href="assets/style.1.css"><a href="articles/항구/">항구</a>',
    "articles/항구/index.html": '<link href="assets/style.1.css">항구의 하루',
    "assets/style.1.css": "body {}",
    "feed.xml": "<feed/>",
}


class Desk:
    """A person's site folder below `folder`, with one target called ``live``."""

    def __init__(self, folder: Path, target: Target) -> None:
        self.site = folder / "site"
        self.output = self.site / "output"
        self.target = target
        self.check_files = False
        (self.site / "content").mkdir(parents=True, exist_ok=True)

    @property
    def request(self) -> DeployRequest:
        return DeployRequest(
            site=str(self.site),
            output=str(self.output),
            name="live",
            target=self.target,
            check_files=self.check_files,
        )

    def builds(
        self, pages: Mapping[str, str] = PAGES, *, preview: bool = False, base_url: str = "https://digest.example.org/"
    ) -> None:
        """Leave output/ as a build of these pages does."""
        for path in sorted(self.output.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        files = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in pages.items()}
        manifest = Manifest(format=1, preview=preview, base_url=base_url, files=files)
        write(self.output, {**pages, NAME: msgspec.json.encode(manifest, order="sorted").decode()})

    def plans(self) -> DeployPlan:
        return plan_deploy(self.request)

    def goes_back(self, to: str = "") -> RollbackReport:
        return roll_back(self.request, to=to)

    def deploys(self, *, confirm_removals: int | None = None, adopt: bool = False) -> DeployReport:
        return carry_out(self.request, self.plans(), confirm_removals=confirm_removals, adopt=adopt)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by path; a folder that holds nothing is there with a slash at its end."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + bytes(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def run_git(*arguments: str | Path, data: bytes = b"") -> bytes:
    """Run git as a person would."""
    return subprocess.run(("git", *map(str, arguments)), input=data, capture_output=True, check=True).stdout


def branch_tree(repository: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Return the files of a branch by path, read by git itself."""
    names = run_git("--git-dir", repository, "ls-tree", "-r", "-z", "--name-only", branch).decode().split("\0")
    return {name: run_git("--git-dir", repository, "show", f"{branch}:{name}") for name in names if name}


def commits(repository: Path, branch: str = "gh-pages") -> list[str]:
    """Return the subjects of a branch's commits, newest first."""
    return run_git("--git-dir", repository, "log", "--format=%s", branch).decode().splitlines()


def killed_after(work: Callable[[], object], seconds: float, *, with_children: bool = False) -> bool:
    """Do the work in a child process, kill it after so many seconds, and tell whether that was before its end."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            work()
            code = 0
        except YoyakError as error:
            os.write(2, str(error).encode())
        finally:
            os._exit(code)
    time.sleep(seconds)
    if with_children and os.getpgid(child) == child:
        os.killpg(child, signal.SIGKILL)
    else:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status)
    time.sleep(0.02)  # what was on its way arrives
    return status != 0
