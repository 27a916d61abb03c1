"""write: outputs become the files of output/. Nothing is touched before everything is rendered and checked.

Files that differ are staged first, on the disk of the output folder, then moved into place one rename each, all or none
(`yoyak.files.moves`); files that do not differ are not written. Only what our own manifest lists is ever replaced or
removed, and no link is followed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from msgspec import structs

from yoyak.files.moves import ELSEWHERE, Moves, Step, half, is_folder, remove_empty, remove_tree, settle, there
from yoyak.files.output_folder import is_inside, listed_in, other_disk, refuse_dangerous, refuse_full
from yoyak.files.site_files import read_of_output, unread, unwritten
from yoyak.files.waiting_signals import ending_waits
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, MANIFEST_FORMAT, Manifest, encode_manifest
from yoyak.model.message import say
from yoyak.model.sources import NO_FILE, Asset, FileStamp, output_stamp
from yoyak.model.types import Output, Record
from yoyak.paths import HIDDEN, staging_name

Change = Literal["new", "changed", "same"]


class Staged(Record, kw_only=True):
    """One file that is ready to be put in its place."""

    path: str
    digest: str
    change: Change
    stamp: FileStamp
    """Of the file; a rename keeps it."""


class Written(Record, kw_only=True):
    """What was done to the output folder; paths relative to it."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class Target:
    """The output folder of one build, with its staging folder. Made by `open_target`, ended by `close`."""

    def __init__(self, folder: Path, staging: Path, before: Mapping[str, str], mark: Path | None = None) -> None:
        """`mark` is what says in .yoyak/ that the staging folder lies elsewhere."""
        self.folder, self.staging, self.before, self._mark = folder, staging, before, mark
        self._moves = Moves(staging, folder)
        self._tree = staging / "tree"
        """Files as they will lie in the output, so that whole folders can be moved."""
        self._made: set[str] = set()
        self._folders: set[Path] = set()
        self._direct: dict[Path, bool] = {folder: True}

    def stage(self, output: Output) -> Staged:
        """Put a rendered file into the staging folder, unless its bytes are in place. May run in another process."""
        digest = hashlib.sha256(output.data).hexdigest()
        try:
            change, stamp = self._change(output.path, digest)
            if change != "same":
                stamp = _write_new(self._place(output.path, change), output.data)
        except OSError as error:
            raise unwritten(self.folder, error) from error
        return Staged(path=output.path, digest=digest, change=change, stamp=stamp)

    def stage_asset(self, asset: Asset) -> Staged:
        """Put a picture into the staging folder; its digest is known already.

        Raises:
            YoyakError: its file is another one now.
        """
        with self._told():
            change, stamp = self._change(asset.output, asset.digest)
        if change != "same":
            from yoyak.files.picture_files import bytes_of  # here, for a site with pictures

            try:
                data = bytes_of(asset)
            except OSError as error:
                raise YoyakError(say("write.picture-unreadable", path=asset.path, why=unread(error))) from error
            if data is None or hashlib.sha256(data).hexdigest() != asset.digest:
                raise YoyakError(say("write.picture-changed", path=asset.path))
            with self._told():
                stamp = _write_new(self._place(asset.output, change), data)
        return Staged(path=asset.output, digest=asset.digest, change=change, stamp=stamp)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of the output folder what the system says of a staged file."""
        try:
            yield
        except OSError as error:
            raise unwritten(self.folder, error) from error

    def place_now(self, staged: Staged) -> bool:
        """Put one changed file into its place before the others; tell whether it is there.

        It is put back by `close` when nothing is committed.
        """
        place = self._own_place(staged.path)
        if staged.change != "changed" or not self._replaces(staged.path) or not os.path.lexists(place):
            return False
        new = place.removeprefix(f"{self.staging}/")
        try:
            self._moves.carry_out([Step(path=staged.path, new=new, had=True)], lasting=False)
        except OSError as error:
            raise self._undone(error) from error
        return True

    def staged_files(self, staged: Collection[Staged]) -> dict[str, str]:
        """Return where the bytes of those staged files are that differ; of one that is in its place already, there."""
        own, new = self._own_places(), {one.path: f"{self._tree}/{one.path}" for one in staged if one.change != "same"}
        places = ((p.path, f"{self.staging}/{own.get(_name(p.path), '-')}") for p in staged if p.change == "changed")
        return new | {p: next(filter(os.path.isfile, (at, new[p])), f"{self.folder}/{p}") for p, at in places}

    def _place(self, path: str, change: Change) -> str:
        """Return where a file is staged: one that takes another's place needs no folders."""
        if not is_inside(path):
            raise YoyakError(say("write.outside", path=repr(path)))
        place = self._own_place(path) if change == "changed" and self._replaces(path) else f"{self._tree}/{path}"
        self._make_folder(place[: place.rfind("/")])
        return place

    def _own_place(self, path: str) -> str:
        """Return where this process stages a file that takes another's place. In one folder they would wait in turn."""
        return f"{self.staging}/{os.getpid()}/{_name(path)}"

    def _replaces(self, path: str) -> bool:
        """Tell whether a file of the output has this path, reached without a link."""
        place = self.folder / path
        return not place.is_symlink() and place.is_file() and self._reached(place.parent)

    def _make_folder(self, folder: str) -> None:
        if folder in self._made:
            return
        try:
            os.mkdir(folder)  # noqa: PTH102 - no object for each of many thousands
        except FileExistsError:
            pass
        except FileNotFoundError:
            self._make_folder(folder[: folder.rfind("/")])
            with suppress(FileExistsError):
                os.mkdir(folder)  # noqa: PTH102
        self._made.add(folder)

    def _change(self, path: str, digest: str) -> tuple[Change, FileStamp]:
        if path not in self.before:
            return "new", NO_FILE
        place = self.folder / path
        if self.before[path] == digest == _digest(self.folder, path) and self._reached(place.parent):
            return "same", output_stamp(os.lstat(place))
        return "changed", NO_FILE

    def _reached(self, folder: Path) -> bool:
        """Tell whether a folder of the output is reached without a link; what lies behind one is not ours."""
        if folder not in self._direct:
            self._direct[folder] = not folder.is_symlink() and self._reached(folder.parent)
        return self._direct[folder]

    def commit(
        self, staged: Iterable[Staged], *, preview: bool, base_url: str, kept: Mapping[str, str] | None = None
    ) -> Written:
        """Move everything into its place, remove what is no longer there, and write the manifest last.

        `kept` are the digests of the files that are in their place already. What is about to be written stands in the
        manifest before: a killed build's files are known as ours by the next.
        """
        files = sorted(staged, key=lambda file: file.path)
        digests = {**(kept or {}), **{file.path: file.digest for file in files}}
        removed = tuple(sorted(path for path in self.before if path not in digests))
        new = tuple(file.path for file in files if file.change == "new")
        changed = tuple(file.path for file in files if file.change == "changed")
        listing = Manifest(format=MANIFEST_FORMAT, preview=preview, base_url=base_url, files={**self.before, **digests})
        with self._told():
            own = self._own_places()
            self._refuse_foreign(new, [path for path in changed if _name(path) not in own])
            steps = list(self._steps(changed, removed, own))
            first = self._stage_manifest(listing, "manifest-1") if new or removed else []
            final = structs.replace(listing, files=digests)
            same = first and final == listing
            last = [] if same else self._stage_manifest(final, "manifest-2", again=bool(first))
        with ending_waits((lambda: settle(self.staging, self.folder)) if steps and not preview else None):
            self._carry_out([*first, *steps, *last])
            remove_empty(self.folder, removed, self.staging)
            self._moves.end()
        return Written(new=new, changed=changed, removed=removed, unchanged=len(digests) - len(new) - len(changed))

    def _carry_out(self, steps: list[Step]) -> None:
        if not steps:
            return
        try:
            self._moves.carry_out(steps)
        except OSError as error:
            raise self._undone(error) from error

    def _undone(self, error: OSError) -> YoyakError:
        """Put back what was, and return what is said of it."""
        failed = self._moves.undo() and self._moves.undo()
        return half(self.folder, failed) if failed else unwritten(self.folder, error)

    def _own_places(self) -> dict[str, str]:
        """Return where the files are, below the staging folder, that were staged without their folders."""
        folders = [name for name in os.listdir(self.staging) if name.isdecimal()]  # noqa: PTH208 - glob hides errors
        return {name: f"{of}/{name}" for of in folders for name in os.listdir(self.staging / of)}  # noqa: PTH208

    def _steps(self, changed: Iterable[str], removed: tuple[str, ...], own: Mapping[str, str]) -> Iterator[Step]:
        """Yield what is to be done: first what goes, then new files and whole new folders, then what is replaced."""
        for path in removed:
            if self._reached((self.folder / path).parent) and _is_file_or_link(self.folder / path):
                yield Step(path=path, had=True)
        if is_folder(self._tree):
            yield from self._steps_below("", frozenset(removed))
        for path in changed:
            if new := own.get(_name(path)):
                yield Step(path=path, new=new, had=there(self.folder / path) is not None)

    def _steps_below(self, below: str, removed: frozenset[str]) -> Iterator[Step]:
        """Yield the steps of what is staged with its folders: a folder that is not there yet goes as a whole.

        A link that stands in the way is replaced, never followed.
        """
        for entry in sorted(os.scandir(f"{self._tree}/{below}"), key=lambda entry: entry.name):
            path = f"{below}{entry.name}"
            place = self.folder / path
            if entry.is_dir() and is_folder(place):
                yield from self._steps_below(f"{path}/", removed)
            else:
                yield Step(path=path, new=f"tree/{path}", had=path not in removed and there(place) is not None)

    def _refuse_foreign(self, new: Iterable[str], again: Iterable[str]) -> None:
        """Refuse what stands in the way of new files, and of those `again` that are not in their places any more."""
        names = set(os.listdir(self.folder))  # noqa: PTH208 - names
        for path, ours in [*((path, False) for path in new), *((path, True) for path in again)]:
            if path.partition("/")[0] not in names:
                continue
            place = self.folder / path
            if there(place) and not self._is_our_folder(place) and not (ours and _is_file_or_link(place)):
                raise YoyakError(say("write.foreign-file", path=str(place)))
            self._refuse_file(place.parent)

    def _is_our_folder(self, place: Path) -> bool:
        """Tell whether a folder has only files of ours in it, so that it goes with them."""
        if place.is_symlink() or not place.is_dir():
            return False
        for entry in os.scandir(place):
            path = Path(entry.path)
            is_ours = path.relative_to(self.folder).as_posix() in self.before
            if not (self._is_our_folder(path) if entry.is_dir(follow_symlinks=False) else is_ours):
                return False
        return True

    def _refuse_file(self, place: Path) -> None:
        """Refuse a foreign file in the place of a folder."""
        if place in self._folders or place == self.folder:
            return
        found = there(place)
        in_the_way = found and not stat.S_ISDIR(found.st_mode) and not stat.S_ISLNK(found.st_mode)
        if in_the_way and place.relative_to(self.folder).as_posix() not in self.before:
            raise YoyakError(say("write.foreign-folder", path=str(place)))
        self._folders.add(place)
        self._refuse_file(place.parent)

    def _stage_manifest(self, listing: Manifest, name: str, *, again: bool = False) -> list[Step]:
        """Return the step that puts a manifest into its place; none when it is there."""
        place, data = self.folder / MANIFEST, encode_manifest(listing)
        found = there(place)
        if not again and found and stat.S_ISREG(found.st_mode) and place.read_bytes() == data:
            return []
        with (self.staging / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return [Step(path=MANIFEST, new=name, had=again or found is not None)]

    def close(self) -> None:
        """Remove the staging folder, and put back what was placed early when nothing was committed."""
        with ending_waits():
            self._moves.close()
        if self._mark and not self._moves.lasts:
            remove_tree(self._mark)


def _name(path: str) -> str:
    """Return under which name a file is staged that takes another's place."""
    return hashlib.blake2b(path.encode(), digest_size=16).hexdigest()


def _write_new(place: str, data: bytes) -> FileStamp:
    """Write a file and return its stamp."""
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return output_stamp(os.fstat(file))
    finally:
        os.close(file)


def open_target(folder: Path, site: Path, work: Path) -> Target:
    """Return the output folder, ready for staging. `work` is a folder for what is under way, held by this build.

    Raises:
        YoyakError: the folder is not ours to write to; the message says why.
    """
    refuse_dangerous(folder, site)
    name = staging_name(folder)
    try:
        for left in (folder / HIDDEN, *work.glob(f"{name}*")):  # of a build that was killed
            settle(left, folder)
        before = listed_in(folder)
        refuse_full(folder, before)
        work.mkdir(parents=True, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        return _opened(folder, work, name, before)
    except OSError as error:
        raise unwritten(folder, error) from error


def _opened(folder: Path, work: Path, name: str, before: Mapping[str, str] | None) -> Target:
    """Return the target with a staging folder on the disk of the output: a rename goes no further."""
    staging = work / name
    staging.mkdir()
    if not other_disk(staging, folder):
        return Target(folder, staging, before or {})
    (staging / ELSEWHERE).write_text(str(folder), encoding="utf-8")
    there_too = folder / HIDDEN
    there_too.mkdir(mode=0o700)
    return Target(folder, there_too, before or {}, staging)


def _is_file_or_link(place: Path) -> bool:
    found = there(place)
    return bool(found and (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)))


def _digest(folder: Path, path: str) -> str:
    """Return the digest of a file of the output; empty for what is no regular file, or behind a link."""
    try:
        return hashlib.sha256(read_of_output(folder, path)).hexdigest()
    except OSError:
        return ""
