"""Run git: a fixed list of arguments each time, no shell, no question to the terminal, no hook, no wait without end.

A password goes to git by its environment, which other users of the machine cannot read, and through a helper that knows
one server only: an argument is seen by everybody, and a redirection leads to another server.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.paths import DEPLOY
from yoyak.publish.plan import DeployRequest
from yoyak.publish.remotes import PROTOCOLS, Remote, remote_at
from yoyak.publish.running import SilenceError, attended, run
from yoyak.text.secrets import secrets_of, without_secrets

OPTIONS = ("-c", f"core.hooksPath={os.devnull}", "-c", "core.ignoreCase=false", "-c", "gc.autoDetach=false")
OF_ANOTHER_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
)  # fmt: skip
"""Set when yoyak runs inside a git hook; they would lead git to the wrong repository."""
HERE = 600.0
"""Seconds of silence that git gets for work on this machine."""
_SSH = "ssh -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
_HELPER = (
    '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$YOYAK_GIT_USER" "$YOYAK_GIT_PASSWORD"; }; f'
)


class GitError(Exception):
    def __init__(self, words: Words) -> None:
        """`words` are what git said last, without any password."""
        super().__init__(words)
        self.words = words


class GitSilenceError(GitError):
    """git did nothing for too long, and was ended."""


def git(cache: Path, *arguments: str, data: IO[bytes] | None = None) -> bytes:
    """Return what git prints when it is run on the bare repository `cache`, with the file `data` as its input."""
    return _run("-C", str(cache), "--git-dir", ".", *OPTIONS, *arguments, data=data)


def git_in(folder: Path, *arguments: str) -> bytes:
    """Return what git prints when it is run in a folder that may be a person's working copy."""
    return _run("-C", str(folder), *OPTIONS, *arguments)


def git_at(
    cache: Path,
    remote: Remote,
    *arguments: str,
    limit: float,
    waiting: Callable[[], None],
    heard: Callable[[bytes], None] | None = None,
) -> bytes:
    """Return what git prints when it is run on `cache` and talks to `remote`, whose address stands in `arguments`.

    `heard` gets what it says on the way.

    Raises:
        GitSilenceError: git wrote nothing for `limit` seconds. `waiting` is called some time before.
    """
    more = {**_of_network(cache, remote, limit), **_of_password(remote)}
    secrets = (*remote.secrets, *_rewritten(cache))
    command = ("-C", str(cache), "--git-dir", ".", *OPTIONS, *arguments)
    may_ask = not remote.server  # ssh may want the passphrase of a key
    return _run(*command, more=more, secrets=secrets, limit=limit, waiting=waiting, heard=heard, may_ask=may_ask)


def _run(
    *arguments: str,
    more: Mapping[str, str] | None = None,
    secrets: tuple[str, ...] = (),
    limit: float = HERE,
    **running: Any,
) -> bytes:
    """Return what git prints; `running` is as for `run`."""
    try:
        ended = run(("git", *arguments), environment={**_environment(), **(more or {})}, limit=limit, **running)
    except FileNotFoundError as error:
        raise YoyakError(say("git.missing")) from error
    except SilenceError:
        raise GitSilenceError(say("git.silent", seconds=f"{limit:g}")) from None
    if ended.code:
        killed = say("git.killed", signal=str(-ended.code)) if ended.code < 0 else None
        raise GitError(killed or _last_words(ended.answer + b"\n" + ended.said, secrets))
    return ended.answer


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER_REPOSITORY}
    return {**inherited, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS)}


def _of_network(cache: Path, remote: Remote, limit: float) -> dict[str, str]:
    """Return limits for what git starts: it lives on for a while when git itself was ended at a terminal."""
    slow = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": f"{limit + 10:.0f}"}
    given = {name: os.environ.get(name, value) for name, value in slow.items()}
    if remote.server or {"GIT_SSH_COMMAND", "GIT_SSH"} & os.environ.keys() or _said(cache, "core.sshCommand"):
        return given
    return {**given, "GIT_SSH_COMMAND": _SSH if attended() else f"{_SSH} -o BatchMode=yes"}


def _said(cache: Path, *question: str) -> str:
    try:
        return git(cache, "config", *question).decode("utf-8", "replace").strip()
    except GitError:
        return ""


def _rewritten(cache: Path) -> tuple[str, ...]:
    """Return the secrets of addresses that git's settings put in the place of others (``url.<base>.insteadOf``)."""
    keys = _said(cache, "--name-only", "--get-regexp", r"^url\..*\.(push)?insteadof$").splitlines()
    return tuple(secret for key in keys for secret in secrets_of(key.removeprefix("url.").rpartition(".")[0]))


def _of_password(remote: Remote) -> dict[str, str]:
    """Return the environment by which git gets a user name and a password, for this one server."""
    if not remote.user and remote.password is None:
        return {}
    settings = [*_plain(remote)]
    if remote.password is None:
        settings.append((f"credential.{remote.server}.username", remote.user))
    else:
        settings += [(f"credential.{remote.server}.helper", helper) for helper in ("", _HELPER)]
    before = os.environ.get("GIT_CONFIG_COUNT", "")
    first = int(before) if before.isdecimal() else 0
    return {
        "GIT_CONFIG_COUNT": str(first + len(settings)),
        **{f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in enumerate(settings, first)},
        **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in enumerate(settings, first)},
        "YOYAK_GIT_USER": remote.user,
        "YOYAK_GIT_PASSWORD": remote.password or "",
    }


def _plain(remote: Remote) -> Iterator[tuple[str, str]]:
    """Yield settings that keep an address as it is: git may have others for one without a password."""
    for name in ("insteadOf", "pushInsteadOf"):
        yield f"url.{remote.address}.{name}", remote.address


def _last_words(said: bytes, secrets: tuple[str, ...]) -> Words:
    """Return what git said about why it failed; without any password."""
    # Progress is written over itself with carriage returns.
    lines = [line.strip() for line in re.split(r"[\r\n]", said.decode("utf-8", "replace")) if line.strip()]
    refused = [line.split("\t")[-1] for line in lines if line.startswith("!")]
    afar = [line for line in lines if line.startswith(("remote: error:", "remote: fatal:"))]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    telling = [": ".join([refused[-1], *afar[-1:]])] if refused else [*afar, *fatal] or lines
    return without_secrets(telling[-1], secrets) if telling else say("git.no-reason")


def remote_of(written: str, site: Path) -> Remote:
    """Return the repository that `remote` of site.yaml means.

    It may be an address, a path (relative ones are below the site folder), or the name of a remote of the site's own
    repository, such as ``origin``. Anything that git could take for an option or a command is refused.
    """
    if re.fullmatch(r"\w[\w.-]*", written) and not (site / written).exists():
        written = _named_remote(written, site) or written
    return remote_at(written, site)


def _named_remote(name: str, site: Path) -> str:
    try:
        return git_in(site, "remote", "get-url", "--push", "--end-of-options", name).decode().strip()
    except GitError:
        return ""


# --- The cache: a repository of our own below .yoyak/deploy/. When it is broken, it is made anew once --------------


T = TypeVar("T")


def with_cache(request: DeployRequest, work: Callable[[Path], T]) -> T:
    """Return what `work` gives for the cache; it is called again with a new one when the cache was broken.

    What git says does not tell whether the cache or the host is at fault, so the cache is looked at.
    """
    cache = Path(request.site, DEPLOY, f"{request.name}.git")
    try:
        return work(_opened(cache))
    except (GitError, YoyakError, FileExistsError, NotADirectoryError) as error:
        if isinstance(error, YoyakError) and not isinstance(error.__cause__, GitError):
            raise
        if isinstance(error.__cause__ or error, GitSilenceError) or _sound(cache):
            raise
    _discard(cache)
    return work(_opened(cache))


def _opened(cache: Path) -> Path:
    if not (cache / "HEAD").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        git(cache, "init", "--quiet", "--bare", "--template=", "--initial-branch=main")
    return cache


def _sound(cache: Path) -> bool:
    """Tell whether git finds nothing wrong with the cache, and no lock lies in it.

    The target's lock is ours, so that no other deploy works there: such a lock is of a git that was killed.
    """
    if cache.is_symlink() or not cache.is_dir() or next(cache.rglob("*.lock"), None):
        return False
    try:
        git(cache, "fsck", "--no-progress", "--no-dangling")
    except GitError:
        return False
    return True


def _discard(cache: Path) -> None:
    if cache.is_dir() and not cache.is_symlink():
        shutil.rmtree(cache)
    else:
        cache.unlink(missing_ok=True)
