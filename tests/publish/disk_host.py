"""A host of plain files that is a folder of this machine: what a deploy asks of a host is counted, and can be cut."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from publish.desks import Desk
from yoyak.messages.errors import YoyakError
from yoyak.publish.file_deploy import deploy_files, plan_files
from yoyak.publish.file_host import AtHost
from yoyak.publish.guards import require_agreed
from yoyak.publish.journal import PART_FILE
from yoyak.publish.output import read_output
from yoyak.publish.plan import DeployPlan, DeployReport, folders_of

Request = tuple[str, str]


class DiskHost:
    """Changes `root` as a server would; `on` is told of every request before it is carried out."""

    def __init__(self, root: Path, *, lanes: int = 1, on: Callable[[Request], None] | None = None) -> None:
        self.root, self.where, self.lanes = root, str(root), lanes
        self.asked: list[Request] = []
        self.on = on

    def _ask(self, what: str, path: str) -> None:
        self.asked.append((what, path))
        if self.on:
            self.on((what, path))

    def read(self, path: str, *, most: int) -> bytes | None:
        self._ask("read", path)
        return (self.root / path).read_bytes()[:most] if (self.root / path).is_file() else None

    def look(self, paths: Sequence[str]) -> Mapping[str, AtHost]:
        for path in paths:
            self._ask("look", path)
        return {path: at(self.root / path) for path in paths if os.path.lexists(self.root / path)}

    def listed(self, folder: str, *, most: int | None = None) -> Mapping[str, AtHost]:
        self._ask("listed", folder)
        here = self.root / folder
        return {path.name: at(path) for path in [*here.iterdir()][:most]} if here.is_dir() else {}

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:
        data = file.read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, sha256)
        self._ask("write", path)
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        part = self.root / (PART_FILE if self.lanes == 1 else f"{PART_FILE}-{sha256}")
        part.write_bytes(data)
        self._ask("rename", path)
        if new and os.path.lexists(self.root / path):
            raise FileExistsError(path)
        part.replace(self.root / path)

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._ask("remove", path)
            if not any((self.root / folder).is_symlink() for folder in folders_of(path)):
                with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    (self.root / path).unlink()

    def clear(self, folders: Sequence[str]) -> None:
        for folder in folders:
            self._ask("clear", folder)
            with contextlib.suppress(OSError):
                (self.root / folder).rmdir()

    def close(self) -> None:
        pass


def at(path: Path) -> AtHost:
    if path.is_symlink():
        return AtHost(kind="other")
    return AtHost(kind="folder") if path.is_dir() else AtHost(kind="file", size=path.stat().st_size)


def plans(desk: Desk, host: DiskHost) -> DeployPlan:
    return plan_files(desk.request, host, read_output(site=desk.site, output=desk.output))


def deploys(desk: Desk, host: DiskHost, *, confirm_removals: int | None = None, adopt: bool = False) -> DeployReport:
    plan = plans(desk, host)
    require_agreed(plan, confirm_removals=confirm_removals, adopt=adopt)
    return deploy_files(desk.request, host, plan)


def deploy_killed(desk: Desk, host: DiskHost, number: int) -> bool:
    """Deploy in a child process that is killed before its request of this number; tell whether it was."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            host.on = lambda _: os.kill(os.getpid(), signal.SIGKILL) if len(host.asked) == number else None
            deploys(desk, host)
            code = 0
        except YoyakError as error:
            code = 1
            print(error)
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status != 0
