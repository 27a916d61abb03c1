"""Run git: a fixed list of arguments each time, no shell, no question to the terminal, no hook."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import IO

from yoyak.error import YoyakError

OPTIONS = ("-c", f"core.hooksPath={os.devnull}", "-c", "core.ignoreCase=false", "-c", "gc.autoDetach=false")
PROTOCOLS = ("file", "git", "http", "https", "ssh")
OF_ANOTHER_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
)  # fmt: skip
"""Set when yoyak runs inside a git hook; they would lead git to the wrong repository."""


class GitError(Exception):
    """git ended with an error; its text is what git said last."""


def git(cache: Path, *arguments: str, data: IO[bytes] | None = None) -> bytes:
    """Return what git prints when it is run on the bare repository `cache`, with the file `data` as its input."""
    return _run("-C", str(cache), "--git-dir", ".", *OPTIONS, *arguments, data=data)


def git_in(folder: Path, *arguments: str) -> bytes:
    """Return what git prints when it is run in a folder that may be a person's working copy."""
    return _run("-C", str(folder), *OPTIONS, *arguments, data=None)


def _run(*arguments: str, data: IO[bytes] | None) -> bytes:
    try:
        done = subprocess.run(
            ("git", *arguments), stdin=data or subprocess.DEVNULL, capture_output=True, env=_environment(), check=False
        )
    except FileNotFoundError as error:
        raise YoyakError("git was not found. Install git, or deploy to a folder.") from error
    if done.returncode:
        raise GitError(_last_words(done.stdout + b"\n" + done.stderr))
    return done.stdout


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER_REPOSITORY}
    return {**inherited, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS)}


def _last_words(said: bytes) -> str:
    """Return the line of git's output that says why it failed; without any password."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line.split("\t")[-1] for line in lines if line.startswith("!")] or [
        line for line in lines if line.startswith(("fatal:", "error:", "remote: error:", "remote: fatal:"))
    ]
    return without_password((telling or lines or ["git gave no reason"])[-1])


def without_password(text: str) -> str:
    """Return the text with the user name and password of each address left out."""
    return re.sub(r"(\w://)[^/@\s'\"]+@", r"\1", text)


def remote_address(remote: str, site: Path) -> str:
    """Return what git is told to talk to: an address, or the absolute path of a repository.

    `remote` may be an address, a path (relative ones are below the site folder), or the name of a remote of the site's
    own repository, such as ``origin``. Anything that git could take for an option or a command is refused.
    """
    if re.fullmatch(r"\w[\w.-]*", remote) and not (site / remote).exists():
        remote = _named_remote(remote, site) or remote
    if not remote.strip() or not remote.isprintable() or remote.startswith("-") or re.match(r"[\w+.-]*::", remote):
        raise _bad_remote(remote)
    scheme, is_url, place = remote.partition("://")
    if is_url:
        host = place.partition("/")[0].rpartition("@")[2]
        return _checked(remote, good=scheme in PROTOCOLS and not host.startswith("-"))
    host, is_scp, _path = remote.partition(":")
    if is_scp and "/" not in host:
        return _checked(remote, good=not host.rpartition("@")[2].startswith("-"))
    return str((site / Path(remote).expanduser()).resolve())


def _checked(remote: str, *, good: bool) -> str:
    if not good:
        raise _bad_remote(remote)
    return remote


def _bad_remote(remote: str) -> YoyakError:
    shown = without_password(ascii(remote))
    return YoyakError(
        f"The target's remote is {shown}, which is no address of a git repository that yoyak uses. "
        "Write one like https://host/name.git, git@host:name.git or ../name.git into site.yaml."
    )


def _named_remote(name: str, site: Path) -> str:
    try:
        return git_in(site, "remote", "get-url", "--push", "--end-of-options", name).decode().strip()
    except GitError:
        return ""
