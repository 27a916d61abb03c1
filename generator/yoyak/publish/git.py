"""Deploy to a branch of a git repository: one commit on top of what is there, pushed, never forced.

All work happens in a bare repository of our own, see `yoyak.publish.repository`.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple

from msgspec import structs

from yoyak.files.site_files import read_of_output
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress, counted
from yoyak.model.message import Message, joined, say
from yoyak.model.targets import GitTarget
from yoyak.publish import manifest
from yoyak.publish.output import Built, read_built
from yoyak.publish.plan import (
    DeployPlan,
    DeployReport,
    DeployRequest,
    NetworkTimeouts,
    There,
    folders_of,
    make_plan,
    make_report,
)
from yoyak.publish.releases import Host
from yoyak.publish.remotes import Remote
from yoyak.publish.repository import (
    GitError,
    GitSilenceError,
    git,
    git_at,
    git_in,
    remote_of,
    with_cache,
)
from yoyak.publish.texts import listed
from yoyak.text.secrets import words_without_secrets

THERE = "refs/yoyak/there"
"""The cache's copy of the remote branch."""
BUILT = "refs/yoyak/built"
"""The commit that a deploy makes."""
NOBODY = ("-c", "user.name=yoyak", "-c", "user.email=yoyak@localhost")
NO_JEKYLL = ".nojekyll"
"""An empty file that tells GitHub Pages to serve the files as they are."""


class GitBranch(Host):
    """A branch of a repository."""

    target: GitTarget
    instead = say("rollback.none.git")

    @cached_property
    def _remote(self) -> _Branch:
        remote = remote_of(self.target.remote, Path(self.request.site))
        return _Branch(remote, self.target.branch, self.request.limits, self.progress)

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy to the target's branch would do. Fetches the branch."""
        host = self._remote
        _require_branch(Path(self.request.site), self.target.branch)
        there = with_cache(self.request, lambda cache: _there(cache, host))
        blobs = {path: _blob_id(read_of_output(self.output, path)) for path in built.files}
        no_jekyll = {NO_JEKYLL: there.files.get(NO_JEKYLL, _blob_id(b""))}
        return make_plan(self.request.name, built, {**no_jekyll, **blobs}, there)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Commit and push what the plan says. All of it arrives or nothing does."""
        if not plan.changes:
            return make_report(plan)
        host = self._remote
        if self.progress:
            self.progress("deploy", 0)
        commit = with_cache(self.request, lambda cache: _deploy(cache, self.request, self.target, plan, host))
        return make_report(plan, commit=commit)


def branch_at(cache: Path, request: DeployRequest, target: GitTarget) -> tuple[str, str]:
    """Return the last commit of the target's branch, empty where there is none, and the place in words. Fetches it."""
    host = _Branch(remote_of(target.remote, Path(request.site)), target.branch, request.limits, None)
    _require_branch(Path(request.site), target.branch)
    return _fetch(cache, host), f"{host.remote.shown} ({host.branch})"


class _Branch(NamedTuple):
    """The branch of a remote, and how long it is waited for."""

    remote: Remote
    branch: str
    limits: NetworkTimeouts
    progress: Progress | None

    def wait(self) -> None:
        """Say what is waited for."""
        if self.progress:
            self.progress(speak(say("deploy.waiting", host=self.remote.host)), 0)

    def report(self, said: bytes) -> None:
        """Report what git counts while it works: ``Writing objects:  45% (450/1000)``."""
        if self.progress and (counts := re.findall(rb"\((\d{1,9})/(\d{1,9})\)", said)):
            done, items = map(int, counts[-1])
            self.progress("deploy", items, done)

    def asked(self, cache: Path, *arguments: str) -> bytes:
        return git_at(cache, self.remote, *arguments, limit=self.limits.fetch, waiting=self.wait)


class _OvertakenError(YoyakError):
    """The branch is not as it was when the plan was made."""


def _deploy(cache: Path, request: DeployRequest, target: GitTarget, plan: DeployPlan, host: _Branch) -> str:
    """Commit and push, and once more on top of what others pushed meanwhile, if they left our files alone."""
    try:
        return _deploy_once(cache, request, target, plan, host)
    except _OvertakenError:
        if (moved := _on_top(plan, cache, host)) is None:
            raise
        return _deploy_once(cache, request, target, moved, host)


def _on_top(plan: DeployPlan, cache: Path, host: _Branch) -> DeployPlan | None:
    """Return the plan on top of the branch's new commits, or None when the branch is gone or new.

    Raises:
        YoyakError: they changed files of the site, or put something where the site has its own.
    """
    commit = _fetch(cache, host)
    if not commit or not plan.there.version:
        return None
    files = _tree(cache, commit)
    before = plan.there.files
    touched = {path for path in files.keys() | before.keys() if files.get(path) != before.get(path)}
    ours = {NO_JEKYLL, *plan.files, *plan.there.ours}
    folders = {folder for path in plan.files for folder in folders_of(path)}
    clash = sorted(path for path in touched if path in ours or path in folders or not ours.isdisjoint(folders_of(path)))
    if clash:
        where = {"remote": host.remote.shown, "branch": host.branch}
        raise YoyakError(say("deploy.overtaken.ours", **where, names=listed(clash)))
    return structs.replace(plan, there=structs.replace(plan.there, files=files, version=commit))


def _deploy_once(cache: Path, request: DeployRequest, target: GitTarget, plan: DeployPlan, host: _Branch) -> str:
    if _resolve(cache, THERE) != plan.there.version and _fetch(cache, host) != plan.there.version:
        raise _overtaken(host)
    commit = _commit(cache, request, target, plan, host.progress)
    _push(cache, host, commit, plan.there.version)
    with suppress(GitError):  # the deploy is done; the next one finds what is wrong with the cache
        git(cache, "update-ref", THERE, commit)
    return commit


def _require_branch(site: Path, branch: str) -> None:
    try:
        git_in(site, "check-ref-format", f"refs/heads/{branch}")
        good = branch != "HEAD" and not branch.startswith("-")
    except (GitError, ValueError):
        good = False
    if not good:
        raise YoyakError(say("deploy.bad-branch", branch=ascii(branch)))


def _fetch(cache: Path, host: _Branch) -> str:
    """Bring the branch's last commit into the cache and return its name, or an empty text for a branch to be made."""
    ref, address = f"refs/heads/{host.branch}", host.remote.address
    try:
        heads = host.asked(cache, "ls-remote", "--heads", "--end-of-options", address, ref).decode("utf-8", "replace")
        commits = [line.split("\t")[0] for line in heads.splitlines() if line.split("\t")[1:] == [ref]]
        if not commits:
            return ""
        if _resolve(cache, THERE) != commits[0]:
            how = ("--progress", "--depth=1", "--no-tags", "--no-write-fetch-head")
            host.asked(cache, "fetch", *how, "--end-of-options", address, f"+{ref}:{THERE}")
    except GitSilenceError as error:
        raise _silent(host, host.limits.fetch, say("deploy.silent.unchanged")) from error
    except GitError as error:
        raise YoyakError(say("deploy.unread", remote=host.remote.shown, said=error.words)) from error
    return _resolve(cache, THERE)


def _moved(cache: Path, host: _Branch, before: str) -> bool:
    """Tell whether others pushed while we did: a host may say so in words of its own."""
    try:
        return _fetch(cache, host) != before
    except YoyakError:
        return False


def _silent(host: _Branch, seconds: float, result: Message) -> YoyakError:
    silent = say("deploy.silent", host=host.remote.host, seconds=f"{seconds:g}", remote=host.remote.shown)
    return YoyakError(joined(silent, result, say("deploy.silent.hint")))


def _overtaken(host: _Branch) -> YoyakError:
    return _OvertakenError(say("deploy.overtaken", remote=host.remote.shown, branch=host.branch))


def _resolve(cache: Path, ref: str) -> str:
    try:
        return git(cache, "rev-parse", "--verify", "--quiet", ref).decode().strip()
    except GitError:
        return ""


def _there(cache: Path, host: _Branch) -> There:
    where = f"{host.remote.shown} ({host.branch})"
    commit = _fetch(cache, host)
    files = _tree(cache, commit) if commit else {}
    if manifest.NAME not in files:
        return There(where=where, files=files, ours=frozenset(), version=commit)
    data = git(cache, "cat-file", "blob", f"{commit}:{manifest.NAME}")
    listing = manifest.read_manifest(data, where=f"{where}: {manifest.NAME}")
    return There(where=where, files=files, ours=manifest.listed(listing), base_url=listing.base_url, version=commit)


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


def _commit(cache: Path, request: DeployRequest, target: GitTarget, plan: DeployPlan, progress: Progress | None) -> str:
    git(cache, "update-ref", "-d", BUILT)
    with tempfile.TemporaryFile() as script:
        message = words_without_secrets(target.message) or _message(plan)
        _write_head(script, _committer(cache, Path(request.site)), message, plan.there.version)
        script.writelines(b"D %s\n" % _quoted(path) for path in plan.removed)
        for path in counted([*plan.added, *plan.changed], "deploy", progress):
            data = read_built(Path(request.output), path, plan.files) if path in plan.files else b""  # .nojekyll
            _write_blob(script, path, data)
        script.write(b"done\n")
        script.seek(0)
        git(cache, "fast-import", "--quiet", "--done", "--date-format=raw", data=script)
    return _resolve(cache, BUILT)


def _message(plan: DeployPlan) -> str:
    """Return a commit's message. It is in English whoever deploys: it stays in the repository."""
    count = len(plan.files)
    return f"Publish {plan.base_url}: {count} file{'' if count == 1 else 's'}"


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


def _push(cache: Path, host: _Branch, commit: str, before: str) -> None:
    refs, limit = f"{commit}:refs/heads/{host.branch}", host.limits.push
    push = ("push", "--progress", "--porcelain", "--no-verify", "--end-of-options", host.remote.address, refs)
    try:
        git_at(cache, host.remote, *push, limit=limit, waiting=host.wait, heard=host.report)
    except GitSilenceError as error:
        raise _silent(host, limit, say("deploy.silent.unknown")) from error
    except GitError as error:
        if "[rejected]" in str(error) or _moved(cache, host, before):
            raise _overtaken(host) from error
        raise YoyakError(say("deploy.refused", remote=host.remote.shown, said=error.words)) from error
