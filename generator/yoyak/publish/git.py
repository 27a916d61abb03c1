"""Deploy to a branch of a git repository: one commit on top of what is there, pushed, never forced.

All work happens in a bare repository of our own below ``.yoyak/deploy/``. It is a cache: delete it at any time.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from yoyak.error import YoyakError
from yoyak.locate import DEPLOY
from yoyak.publish import manifest
from yoyak.publish.guards import require_confirmed
from yoyak.publish.output import Built
from yoyak.publish.plan import DeployPlan, DeployReport, DeployRequest, There, make_plan, make_report
from yoyak.publish.repository import GitError, git, git_in, remote_address, without_password
from yoyak.publish.words import counted
from yoyak.schema import GitTarget
from yoyak.site_files import read_of_output

THERE = "refs/yoyak/there"
"""The cache's copy of the remote branch."""
BUILT = "refs/yoyak/built"
"""The commit that a deploy makes."""
NOBODY = ("-c", "user.name=yoyak", "-c", "user.email=yoyak@localhost")
NO_JEKYLL = ".nojekyll"
"""An empty file that tells GitHub Pages to serve the files as they are."""


def plan_git(request: DeployRequest, target: GitTarget, built: Built) -> DeployPlan:
    """Return what a deploy to the target's branch would do. Fetches the branch."""
    remote = remote_address(target.remote, Path(request.site))
    cache = _cache(request)
    _require_branch(cache, target.branch)
    there = _there(cache, f"{without_password(remote)} ({target.branch})", _fetch(cache, remote, target.branch))
    blobs = {path: _blob_id(read_of_output(Path(request.output), path)) for path in built.files}
    no_jekyll = {NO_JEKYLL: there.files.get(NO_JEKYLL, _blob_id(b""))}
    return make_plan(request.name, built, {**no_jekyll, **blobs}, there)


def deploy_git(
    request: DeployRequest, target: GitTarget, plan: DeployPlan, *, confirm_removals: int | None = None
) -> DeployReport:
    """Commit and push what the plan says. All of it arrives or nothing does."""
    require_confirmed(plan, confirm_removals=confirm_removals)
    if not plan.changes:
        return make_report(plan)
    cache = _cache(request)
    commit = _commit(cache, request, target, plan)
    _push(cache, remote_address(target.remote, Path(request.site)), target.branch, commit)
    git(cache, "update-ref", THERE, commit)
    return make_report(plan, commit=commit)


def _cache(request: DeployRequest) -> Path:
    cache = Path(request.site, DEPLOY, f"{request.name}.git")
    if not (cache / "HEAD").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        git(cache, "init", "--quiet", "--bare", "--template=", "--initial-branch=main")
    return cache


def _require_branch(cache: Path, branch: str) -> None:
    try:
        name = git(cache, "check-ref-format", "--branch", branch).decode().strip()
    except (GitError, ValueError):
        name = ""
    if not name or name != branch:
        raise YoyakError(f"The target's branch is {branch!a}, which git does not allow. Mend it in site.yaml.")


def _fetch(cache: Path, remote: str, branch: str) -> str:
    """Bring the branch's last commit into the cache and return its name, or an empty text for a branch to be made."""
    ref = f"refs/heads/{branch}"
    try:
        heads = git(cache, "ls-remote", "--heads", "--end-of-options", remote, ref).decode("utf-8", "replace")
        commits = [line.split("\t")[0] for line in heads.splitlines() if line.split("\t")[1:] == [ref]]
        if not commits:
            return ""
        if _resolve(cache, THERE) != commits[0]:
            git(cache, "fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", remote, f"+{ref}:{THERE}")
    except GitError as error:
        raise YoyakError(
            f"{without_password(remote)} could not be read. git says: {error} "
            "Check the address, the network and your right to read it."
        ) from error
    return _resolve(cache, THERE)


def _resolve(cache: Path, ref: str) -> str:
    try:
        return git(cache, "rev-parse", "--verify", "--quiet", ref).decode().strip()
    except GitError:
        return ""


def _there(cache: Path, where: str, commit: str) -> There:
    files = _tree(cache, commit) if commit else {}
    if manifest.NAME not in files:
        return There(where=where, files=files, ours=frozenset(), version=commit)
    data = git(cache, "cat-file", "blob", f"{commit}:{manifest.NAME}")
    listing = manifest.read_manifest(data, where=f"{where}: {manifest.NAME}")
    ours = frozenset({*listing.files, manifest.NAME})
    return There(where=where, files=files, ours=ours, base_url=listing.base_url, version=commit)


def _tree(cache: Path, commit: str) -> dict[str, str]:
    """Return the blobs of a commit by path; anything that is no plain file has a digest that no file has."""
    entries = git(cache, "ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape")
    files = {}
    for entry in filter(None, entries.split("\0")):
        about, _tab, path = entry.partition("\t")
        mode, _type, blob = about.split(" ")
        files[path] = blob if mode.startswith("100") else about
    return files


def _blob_id(data: bytes) -> str:
    """Return git's name for a file's bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _commit(cache: Path, request: DeployRequest, target: GitTarget, plan: DeployPlan) -> str:
    git(cache, "update-ref", "-d", BUILT)
    with tempfile.TemporaryFile() as script:
        message = target.message or f"Publish {plan.base_url}: {counted(len(plan.files), 'file')}"
        _write_head(script, _committer(cache, Path(request.site)), message, plan.there.version)
        script.writelines(b"D %s\n" % _quoted(path) for path in plan.removed)
        for path in (*plan.added, *plan.changed):
            _write_blob(script, path, _read(Path(request.output), path, plan.files))
        script.write(b"done\n")
        script.seek(0)
        git(cache, "fast-import", "--quiet", "--done", "--date-format=raw", data=script)
    return _resolve(cache, BUILT)


def _committer(cache: Path, site: Path) -> bytes:
    """Return git's own idea of who commits, and when; a neutral name where git knows none."""
    ask = ("var", "GIT_COMMITTER_IDENT")
    try:
        return git_in(site, "-c", "user.useConfigOnly=true", *ask).strip()
    except GitError:
        return git(cache, *NOBODY, *ask).strip()


def _write_head(script: IO[bytes], committer: bytes, message: str, parent: str) -> None:
    text = message.strip().encode() + b"\n"
    script.write(b"commit %s\ncommitter %s\ndata %d\n%s\n" % (BUILT.encode(), committer, len(text), text))
    if parent:
        script.write(b"from %s\n" % parent.encode())


def _write_blob(script: IO[bytes], path: str, data: bytes) -> None:
    script.write(b"M 100644 inline %s\ndata %d\n" % (_quoted(path), len(data)))
    script.write(data)
    script.write(b"\n")


def _quoted(path: str) -> bytes:
    """Return a path as fast-import reads it. Ours have no backslash and no control character (`manifest.is_safe`)."""
    return b'"%s"' % path.replace('"', '\\"').encode()


def _read(output: Path, path: str, files: Mapping[str, str]) -> bytes:
    if path not in files:
        return b""  # .nojekyll
    data = read_of_output(output, path)
    if hashlib.sha256(data).hexdigest() != files[path]:
        raise YoyakError(f"{output / path} changed while it was deployed. Wait for the build to end and deploy again.")
    return data


def _push(cache: Path, remote: str, branch: str, commit: str) -> None:
    refs = f"{commit}:refs/heads/{branch}"
    try:
        git(cache, "push", "--quiet", "--porcelain", "--no-verify", "--end-of-options", remote, refs)
    except GitError as error:
        shown = without_password(remote)
        if "[rejected]" in str(error):
            raise YoyakError(f"{shown} ({branch}) was changed by someone else meanwhile. Deploy again.") from error
        raise YoyakError(
            f"{shown} did not take the deploy; nothing there was changed. git says: {error} "
            "Check your right to write to it, and deploy again."
        ) from error
