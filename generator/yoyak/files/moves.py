"""moves: staged files take their places in the output, all of them or none.

Before the first change a journal stands beside the staged files. What is replaced or removed is kept there until the
last change is done, so whoever finds a journal can put back what was: the build itself after an error, or the next
command after a kill. Nothing is opened or written while files are moved.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import json

from yoyak.files.handles import Exchanged, reached
from yoyak.files.site_files import cause, remedy
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.types import Record

ELSEWHERE = "elsewhere"
"""A file in a staging folder that names the output folder in which the true one lies."""
_JOURNAL = "journal"


class Step(Record, kw_only=True):
    """A path of the output gets `new`, a path below the staging folder, or nothing."""

    path: str
    new: str = ""
    had: bool
    """Whether something stood there before. Then it is kept from before the change until after the last one."""


class MoveJournal(Record, kw_only=True):
    folder: str
    steps: tuple[Step, ...]


class Moves:
    """The changes of one build to an output folder."""

    def __init__(self, staging: Path, folder: Path, steps: Sequence[Step] = ()) -> None:
        self.staging, self.folder, self.steps = staging, folder, list(steps)
        self._root = os.path.realpath(folder)
        self._begun: set[int] = set()
        """The numbers of the steps that were begun in this process."""
        self._found = len(self.steps)
        """How many steps are those of another process, of which is not known how far it came."""
        self.lasts = False
        """Whether the journal could not be removed: then all that it names must stay."""

    def carry_out(self, steps: Sequence[Step], *, lasting: bool = True) -> None:
        """Write down what is to be done, and do it.

        Raises:
            OSError: something could not be done; `undo` puts back what was.
        """
        first = len(self.steps)
        self.steps += steps
        folders = [self._are_folders(step) for step in steps]  # before the first change: nothing is asked after it
        self._write(lasting=lasting)
        for number, (old, new) in enumerate(folders, first):
            self._do(number, old=old, new=new)

    def _are_folders(self, step: Step) -> tuple[bool, bool]:
        """Tell whether what is replaced, and what takes its place, is a folder."""
        old = step.had and is_folder(self.folder / step.path)
        return old, bool(step.had and step.new) and is_folder(self.staging / step.new)

    def _write(self, *, lasting: bool) -> None:
        new = self.staging / f"{_JOURNAL}-new"
        with new.open("wb") as file:
            file.write(json.encode(MoveJournal(folder=str(self.folder), steps=tuple(self.steps))))
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        move(new, self.staging / _JOURNAL)

    def _do(self, number: int, *, old: bool, new: bool) -> None:
        self._begun.add(number)
        step, kept = self.steps[number], self._kept(number)
        with reached(self._root, step.path) as target:
            if step.had and step.new and not old and not new:
                _keep(target, kept)
            elif step.had:
                _set_aside(target, kept, is_folder=old)
            if step.new:
                move(self.staging / step.new, target)

    def _kept(self, number: int) -> Path:
        return self.staging / f"old-{number}"

    def undo(self) -> OSError | None:
        """Put back what was, as far as that can be done; return the first error that stayed."""
        failed = None
        for number in reversed(range(len(self.steps))):
            try:
                self._undo(number)
            except OSError as error:
                failed = failed or error
        if failed is None:
            self.lasts = False  # an earlier try may have failed
            self.end()
        else:
            self.lasts = True
        return failed

    def _undo(self, number: int) -> None:
        if number >= self._found and number not in self._begun:
            return
        step = self.steps[number]
        with suppress(Exchanged), reached(self._root, step.path, makes=step.had) as target:
            self._put_back(number, step, target)

    def _put_back(self, number: int, step: Step, target: Path) -> None:
        kept, aside = self._kept(number), self.staging / f"gone-{number}"
        if not step.had:
            new = self.staging / step.new
            if there(target) and (not there(new) or _same(new, target)):
                move(target, aside)
            elif number in self._begun and is_folder(target) and is_folder(new):
                _take_back(target, new)
        elif there(kept) and not (there(target) and _same(kept, target)):
            if is_folder(kept) and there(target):
                move(target, aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            move(kept, target)

    def end(self) -> None:
        """Let what was done be final."""
        place = self.staging / _JOURNAL
        ways: tuple[Callable[[], object], ...] = (
            place.unlink,
            place.unlink,
            lambda: place.rename(self.staging / f"{_JOURNAL}-old"),
            lambda: os.truncate(place, 0),
        )
        for way in ways:
            try:
                way()
            except FileNotFoundError:
                pass
            except OSError:
                continue
            self.steps.clear()
            return
        self.lasts = True

    def close(self) -> OSError | None:
        """Undo what was not made final, and remove the staging folder; return the error that keeps that from being."""
        failed = self.undo() if self.steps and not self.lasts else None
        if not self.lasts:
            remove_tree(self.staging)
        return failed


def settle(staging: Path, folder: Path | None) -> None:
    """Put back what a build that did not end had changed, and remove its staging folder.

    Raises:
        YoyakError: it cannot be put back now.
    """
    if not is_folder(staging):
        with suppress(OSError):
            staging.unlink()
        return
    journal = _read(staging / _JOURNAL)
    if journal and (folder is None or journal.folder == str(folder)):
        target = Path(journal.folder)
        moves = Moves(staging, target, journal.steps)
        if is_folder(target) and (failed := moves.undo()):
            raise half(target, failed)
        if moves.lasts:
            raise half(target, OSError())
    remove_tree(staging)


def half(folder: Path, error: OSError) -> YoyakError:
    """Return what is said when an output folder has files of two builds."""
    return YoyakError(say("write.half", folder=str(folder), why=cause(error), remedy=remedy(error)))


def _read(place: Path) -> MoveJournal | None:
    try:
        if not stat.S_ISREG(os.lstat(place).st_mode):
            return None
        journal = json.decode(place.read_bytes(), type=MoveJournal)
    except FileNotFoundError:
        return None
    except ValueError:
        return None  # it was not wholly written, so nothing was changed; or it was made void
    except OSError as error:
        raise half(place.parent, error) from error
    paths = [path for step in journal.steps for path in (step.path, step.new or "x")]
    return None if any({"", ".", ".."} & set(path.split("/")) for path in paths) else journal


def there(place: Path) -> os.stat_result | None:
    """Return what a place looks like that has something, without following a link.

    Raises:
        OSError: that cannot be said. `os.path.lexists` would say no.
    """
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_folder(place: Path) -> bool:
    """Tell whether a place has a folder, and no link to one."""
    found = there(place)
    return bool(found and stat.S_ISDIR(found.st_mode))


def _same(one: Path, other: Path) -> bool:
    """Tell whether two places have one file, or two files with the same bytes."""
    first, second = os.lstat(one), os.lstat(other)
    if not stat.S_ISREG(first.st_mode) or not stat.S_ISREG(second.st_mode):
        return False
    return first.st_ino == second.st_ino or one.read_bytes() == other.read_bytes()


def _keep(place: Path, kept: Path) -> None:
    """Keep a file under a second name; where the disk has no such names the file is moved."""
    try:
        os.link(place, kept, follow_symlinks=False)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):
        _set_aside(place, kept, is_folder=False)


def _set_aside(place: Path, kept: Path, *, is_folder: bool) -> None:
    """Move what is to be kept, wholly or not at all: a half of it would later be taken for the whole."""
    _first_that_works(place, kept, (os.rename, os.rename) if is_folder else (os.rename, os.rename, _link_over))


def move(source: Path, target: Path) -> None:
    """Move a file or a folder: by one rename, which is tried twice, else in the ways that are left."""
    _first_that_works(source, target, (os.rename, os.rename, _link_over, _copy_over))


def _first_that_works(source: Path, target: Path, ways: Sequence[Callable[[Path, Path], None]]) -> None:
    failed: OSError | None = None
    for way in ways:
        try:
            way(source, target)
        except OSError as error:
            failed = failed or error
        else:
            return
    assert failed
    raise failed


def _link_over(source: Path, target: Path) -> None:
    if is_folder(source):
        if there(target) and not is_folder(target):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
        target.mkdir(exist_ok=True)
        for name in sorted(os.listdir(source)):  # noqa: PTH208 - names
            move(source / name, target / name)
        source.rmdir()
        return
    if found := there(target):
        if os.path.samestat(found, os.lstat(source)):
            source.unlink()
            return
        target.unlink()
    os.link(source, target, follow_symlinks=False)
    source.unlink()


def _copy_over(source: Path, target: Path) -> None:
    if is_folder(source):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(source))
    if there(target):
        target.unlink()
    try:
        shutil.copy2(source, target, follow_symlinks=False)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise
    source.unlink()


def _take_back(target: Path, new: Path) -> None:
    """Move what came from a folder back into it, after only a part of it could be moved."""
    for name in sorted(os.listdir(target)):  # noqa: PTH208 - names
        if not there(new / name):
            move(target / name, new / name)
        elif is_folder(target / name):
            _take_back(target / name, new / name)
        else:
            (target / name).unlink()
    target.rmdir()


def remove_tree(folder: Path) -> None:
    """Remove a folder, with a second try for what could not be removed."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        shutil.rmtree(folder, ignore_errors=True)


def remove_empty(folder: Path, paths: Sequence[str], aside: Path) -> None:
    """Remove the folders above `paths` that are empty now. One that cannot be removed is put `aside`."""
    names = {parent for path in paths for parent in Path(path).parents if parent != Path()}
    for number, name in enumerate(sorted(names, key=lambda name: (-len(name.parts), name))):
        place = folder / name
        with suppress(OSError):
            if not is_folder(place) or any((folder / parent).is_symlink() for parent in name.parents):
                continue
            try:
                place.rmdir()  # without a look at what is in it: that may fail, and this says the same
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST) and not os.listdir(place):  # noqa: PTH208 - names
                    place.rename(aside / f"empty-{number}")
