"""Deploy to a branch of a git repository: one commit on top of what is there, pushed, never forced.

All work happens in a bare repository of our own, see `yoyak.publish.repository`.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import IO

from msgspec import structs

from yoyak.files.site_files import read_of_output
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.build import counted
from yoyak.model.message import Message, joined, say
from yoyak.model.targets import GitTarget
from yoyak.publish import manifest
from yoyak.publish.output import Built, read_built
from yoyak.publish.plan import DeployPlan, DeployReport, There, folders_of, make_plan, make_report
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
    def _remote(self) -> Remote:
        return remote_of(self.target.remote, self._site)

    @property
    def _site(self) -> Path:
        return Path(self.request.site)

    @property
    def where(self) -> str:
        """The branch as a person would name it; without any password."""
        return f"{self._remote.shown} ({self.target.branch})"

    def plan(self, built: Built) -> DeployPlan:
        """Return what a deploy to the target's branch would do. Fetches the branch."""
        self._require_branch()
        there = with_cache(self.request, self._there)
        blobs = {path: _blob_id(read_of_output(self.output, path)) for path in built.files}
        no_jekyll = {NO_JEKYLL: there.files.get(NO_JEKYLL, _blob_id(b""))}
        return make_plan(self.request.name, built, {**no_jekyll, **blobs}, there)

    def deploy(self, plan: DeployPlan) -> DeployReport:
        """Commit and push what the plan says. All of it arrives or nothing does."""
        if not plan.changes:
            return make_report(plan)
        if self.progress:
            self.progress("deploy", 0)
        return make_report(plan, commit=with_cache(self.request, lambda cache: self._deploy(cache, plan)))

    def last_commit(self, cache: Path) -> str:
        """Return the branch's last commit, empty where there is none. Fetches it."""
        self._require_branch()
        return self._fetch(cache)

    def _deploy(self, cache: Path, plan: DeployPlan) -> str:
        """Commit and push, and once more on top of what others pushed meanwhile, if they left our files alone."""
        try:
            return self._deploy_once(cache, plan)
        except _OvertakenError:
            if (moved := self._on_top(cache, plan)) is None:
                raise
            return self._deploy_once(cache, moved)

    def _on_top(self, cache: Path, plan: DeployPlan) -> DeployPlan | None:
        """Return the plan on top of the branch's new commits, or None when the branch is gone or new.

        Raises:
            YoyakError: they changed files of the site, or put something where the site has its own.
        """
        commit = self._fetch(cache)
        if not commit or not plan.there.version:
            return None
        files, before = _tree(cache, commit), plan.there.files
        touched = {path for path in files.keys() | before.keys() if files.get(path) != before.get(path)}
        ours = {NO_JEKYLL, *plan.files, *plan.there.ours}
        taken = ours | {folder for path in plan.files for folder in folders_of(path)}
        clash = sorted(path for path in touched if path in taken or not ours.isdisjoint(folders_of(path)))
        if clash:
            where = {"remote": self._remote.shown, "branch": self.target.branch}
            raise YoyakError(say("deploy.overtaken.ours", **where, names=listed(clash)))
        return structs.replace(plan, there=structs.replace(plan.there, files=files, version=commit))

    def _deploy_once(self, cache: Path, plan: DeployPlan) -> str:
        if _resolve(cache, THERE) != plan.there.version and self._fetch(cache) != plan.there.version:
            raise self._overtaken()
        commit = self._commit(cache, plan)
        self._push(cache, commit, plan.there.version)
        with suppress(GitError):  # the deploy is done; the next one finds what is wrong with the cache
            git(cache, "update-ref", THERE, commit)
        return commit

    def _require_branch(self) -> None:
        branch = self.target.branch
        try:
            git_in(self._site, "check-ref-format", f"refs/heads/{branch}")
            good = branch != "HEAD" and not branch.startswith("-")
        except (GitError, ValueError):
            good = False
        if not good:
            raise YoyakError(say("deploy.bad-branch", branch=ascii(branch)))

    def _there(self, cache: Path) -> There:
        commit = self._fetch(cache)
        files = _tree(cache, commit) if commit else {}
        there = There(where=self.where, files=files, ours=frozenset(), version=commit)
        if manifest.NAME not in files:
            return there
        data = git(cache, "cat-file", "blob", f"{commit}:{manifest.NAME}")
        listing = manifest.read_manifest(data, where=f"{self.where}: {manifest.NAME}")
        return structs.replace(there, ours=manifest.listed(listing), base_url=listing.base_url)

    # --- what git is asked at the remote ---

    def _fetch(self, cache: Path) -> str:
        """Bring the branch's last commit into the cache and return its name; empty for a branch to be made."""
        ref, remote, limit = f"refs/heads/{self.target.branch}", self._remote, self.request.limits.fetch
        asked = partial(git_at, cache, remote, limit=limit, waiting=self._wait)
        try:
            heads = asked("ls-remote", "--heads", "--end-of-options", remote.address, ref).decode("utf-8", "replace")
            commits = [line.split("\t")[0] for line in heads.splitlines() if line.split("\t")[1:] == [ref]]
            if not commits:
                return ""
            if _resolve(cache, THERE) != commits[0]:
                how = ("--progress", "--depth=1", "--no-tags", "--no-write-fetch-head")
                asked("fetch", *how, "--end-of-options", remote.address, f"+{ref}:{THERE}")
        except GitSilenceError as error:
            raise self._silent(limit, say("deploy.silent.unchanged")) from error
        except GitError as error:
            raise YoyakError(say("deploy.unread", remote=remote.shown, said=error.words)) from error
        return _resolve(cache, THERE)

    def _push(self, cache: Path, commit: str, before: str) -> None:
        refs, remote, limit = f"{commit}:refs/heads/{self.target.branch}", self._remote, self.request.limits.push
        push = ("push", "--progress", "--porcelain", "--no-verify", "--end-of-options", remote.address, refs)
        try:
            git_at(cache, remote, *push, limit=limit, waiting=self._wait, heard=self._heard)
        except GitSilenceError as error:
            raise self._silent(limit, say("deploy.silent.unknown")) from error
        except GitError as error:
            if "[rejected]" in str(error) or self._moved(cache, before):
                raise self._overtaken() from error
            raise YoyakError(say("deploy.refused", remote=remote.shown, said=error.words)) from error

    def _moved(self, cache: Path, before: str) -> bool:
        """Tell whether others pushed while we did: a host may say so in words of its own."""
        try:
            return self._fetch(cache) != before
        except YoyakError:
            return False

    def _wait(self) -> None:
        """Say what is waited for."""
        if self.progress:
            self.progress(speak(say("deploy.waiting", host=self._remote.host)), 0)

    def _heard(self, said: bytes) -> None:
        """Report what git counts while it works: ``Writing objects:  45% (450/1000)``."""
        if self.progress and (counts := re.findall(rb"\((\d{1,9})/(\d{1,9})\)", said)):
            done, items = map(int, counts[-1])
            self.progress("deploy", items, done)

    def _silent(self, seconds: float, result: Message) -> YoyakError:
        host, shown = self._remote.host, self._remote.shown
        silent = say("deploy.silent", host=host, seconds=f"{seconds:g}", remote=shown)
        return YoyakError(joined(silent, result, say("deploy.silent.hint")))

    def _overtaken(self) -> YoyakError:
        return _OvertakenError(say("deploy.overtaken", remote=self._remote.shown, branch=self.target.branch))

    # --- the commit ---

    def _commit(self, cache: Path, plan: DeployPlan) -> str:
        git(cache, "update-ref", "-d", BUILT)
        with tempfile.TemporaryFile() as script:
            message = words_without_secrets(self.target.message) or _message(plan)
            _write_head(script, _committer(cache, self._site), message, plan.there.version)
            script.writelines(b"D %s\n" % _quoted(path) for path in plan.removed)
            for path in counted([*plan.added, *plan.changed], "deploy", self.progress):
                data = read_built(self.output, path, plan.files) if path in plan.files else b""  # .nojekyll
                _write_blob(script, path, data)
            script.write(b"done\n")
            script.seek(0)
            git(cache, "fast-import", "--quiet", "--done", "--date-format=raw", data=script)
        return _resolve(cache, BUILT)


class _OvertakenError(YoyakError):
    """The branch is not as it was when the plan was made."""


def _resolve(cache: Path, ref: str) -> str:
    try:
        return git(cache, "rev-parse", "--verify", "--quiet", ref).decode().strip()
    except GitError:
        return ""


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
