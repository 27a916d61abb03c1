"""write: outputs become the files of output/. Nothing is touched before everything is rendered and checked.

Files that differ are staged beside the output folder first, then moved into place one rename each; files that do not
differ are not written. Only what our own manifest lists is ever replaced or removed, and no link is followed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from msgspec import structs

from yoyak import manifest
from yoyak.block_groups import folder_apart
from yoyak.content import Asset
from yoyak.error import YoyakError
from yoyak.locate import PREVIEW, STORE
from yoyak.manifest import FORMAT, Manifest
from yoyak.model import Output, Record
from yoyak.picture_files import bytes_of
from yoyak.text.leftovers import is_leftover

Change = Literal["new", "changed", "same"]


class Staged(Record, kw_only=True):
    """One file that is ready to be put in its place."""

    path: str
    digest: str
    change: Change
    signature: tuple[int, int, int]
    """Size, time of change and inode of the file, which a rename keeps."""


class Written(Record, kw_only=True):
    """What was done to the output folder; paths relative to it."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class Target:
    """The output folder of one build, with the staging folder beside it. Made by `open_target`, ended by `close`."""

    def __init__(self, folder: Path, staging: Path, before: Mapping[str, str]) -> None:
        self.folder, self.staging, self.before = folder, staging, before
        self._tree = staging / "tree"
        """Files as they will lie in the output, so that whole folders can be moved."""
        self._made: set[str] = set()
        self._folders: set[Path] = set()
        self._direct: dict[Path, bool] = {folder: True}

    def stage(self, output: Output) -> Staged:
        """Put a rendered file into the staging folder, unless its bytes are in place. May run in another process."""
        digest = hashlib.sha256(output.data).hexdigest()
        change, signature = self._change(output.path, digest)
        if change != "same":
            signature = _write_new(self._place(output.path, change), output.data)
        return Staged(path=output.path, digest=digest, change=change, signature=signature)

    def stage_asset(self, asset: Asset) -> Staged:
        """Put a picture into the staging folder; its digest is known already.

        Raises:
            YoyakError: its file is another one now.
        """
        change, signature = self._change(asset.output, asset.digest)
        if change != "same":
            try:
                data = bytes_of(asset)
            except OSError as error:
                raise YoyakError(f"{asset.path} can no longer be read ({error.strerror}). Build again.") from error
            if data is None or hashlib.sha256(data).hexdigest() != asset.digest:
                raise YoyakError(f"{asset.path} was changed while the site was built. Build again.")
            signature = _write_new(self._place(asset.output, change), data)
        return Staged(path=asset.output, digest=asset.digest, change=change, signature=signature)

    def place_now(self, staged: Staged) -> bool:
        """Put one changed file into its place before the others; tell whether it is there."""
        if staged.change != "changed" or not self._replaces(staged.path):
            return False
        _replace(Path(self._own_place(staged.path)), self.folder / staged.path)
        return True

    def _place(self, path: str, change: Change) -> str:
        """Return where a file is staged: one that takes another's place needs no folders."""
        if not _is_inside(path):
            raise YoyakError(f"{path!r} would lie outside the output folder.")
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

    def _change(self, path: str, digest: str) -> tuple[Change, tuple[int, int, int]]:
        if path not in self.before:
            return "new", _NONE
        place = self.folder / path
        if self.before[path] == digest == _digest(place) and self._reached(place.parent):
            return "same", _signature(os.lstat(place))
        return "changed", _NONE

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
        self._refuse_foreign(new)
        listing = Manifest(format=FORMAT, preview=preview, base_url=base_url, files={**self.before, **digests})
        if new or removed:
            self._write_manifest(listing)
        for path in removed:
            _remove(self.folder, path)
        changed = tuple(file.path for file in files if file.change == "changed")
        if self._tree.is_dir():
            _move_into(self._tree, self.folder)
        self._replace_all(changed)
        self._write_manifest(structs.replace(listing, files=digests))
        return Written(new=new, changed=changed, removed=removed, unchanged=len(digests) - len(new) - len(changed))

    def _replace_all(self, paths: Iterable[str]) -> None:
        """Put the files into their places that were staged without their folders."""
        staged = {place.name: place for place in self.staging.glob("*/*") if place.parent != self._tree}
        for path in paths:
            if place := staged.get(_name(path)):
                _replace(place, self.folder / path)

    def _refuse_foreign(self, paths: Iterable[str]) -> None:
        there = set(os.listdir(self.folder))  # noqa: PTH208 - names
        for path in paths:
            if path.partition("/")[0] not in there:
                continue
            place = self.folder / path
            if os.path.lexists(place) and not self._is_our_folder(place):
                raise YoyakError(f"{place} is not from yoyak and stands where the site needs a file. Move it away.")
            self._refuse_file(place.parent)

    def _is_our_folder(self, place: Path) -> bool:
        """Tell whether a folder has only files of ours in it, so that it goes with them."""
        if place.is_symlink() or not place.is_dir():
            return False
        files = (path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
        return all(path.relative_to(self.folder).as_posix() in self.before for path in files)

    def _refuse_file(self, place: Path) -> None:
        """Refuse a foreign file in the place of a folder."""
        if place in self._folders or place == self.folder:
            return
        if place.is_file() and not place.is_symlink() and place.relative_to(self.folder).as_posix() not in self.before:
            raise YoyakError(f"{place} is not from yoyak and stands where the site needs a folder. Move it away.")
        self._folders.add(place)
        self._refuse_file(place.parent)

    def _write_manifest(self, listing: Manifest) -> None:
        place, data = self.folder / manifest.NAME, manifest.encode(listing)
        if place.is_file() and place.read_bytes() == data:
            return
        new = self.staging / "manifest"  # not in the output: what a killed build leaves there nobody would remove
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(new, place)

    def close(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self.staging, ignore_errors=True)


_NONE = (0, 0, 0)


def _name(path: str) -> str:
    """Return under which name a file is staged that takes another's place."""
    return hashlib.blake2b(path.encode(), digest_size=16).hexdigest()


def _signature(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _write_new(place: str, data: bytes) -> tuple[int, int, int]:
    """Write a file and return its signature."""
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return _signature(os.fstat(file))
    finally:
        os.close(file)


def _is_work(name: str) -> bool:
    """Tell whether somebody may miss a file of this name."""
    return not name.startswith(".") and not is_leftover(name)


def open_target(folder: Path, site: Path, work: Path, *, many: bool = False) -> Target:
    """Return the output folder, ready for staging. `work` is a folder for what is under way, held by this build.

    With `many` a large part of the site is to come.

    Raises:
        YoyakError: the folder is not ours to write to; the message says why.
    """
    refuse_dangerous(folder, site)
    before = _listed_in(folder)
    if before is None and folder.is_dir() and any(_is_work(entry.name) for entry in os.scandir(folder)):
        raise YoyakError(
            f"{folder} has files that yoyak did not write (there is no {manifest.NAME}). "
            "Choose an empty folder with --output."
        )
    name = f"staging-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    for left in work.glob(f"{name}*"):  # of a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    if many or before is None:
        staging = folder_apart(work, name)
    else:
        staging = work / name
        staging.mkdir()
    folder.mkdir(parents=True, exist_ok=True)
    return Target(folder, staging, before or {})


def refuse_dangerous(folder: Path, site: Path) -> None:
    """Refuse an output folder that holds what a build reads.

    Raises:
        YoyakError: it does.
    """
    real, home = folder.resolve(), Path.home().resolve()
    forbidden = {site.resolve(), *site.resolve().parents, home, *home.parents}
    inside = [(site / name).resolve() for name in ("content", "templates", ".git", STORE)]
    if real == (site / PREVIEW).resolve():
        return
    if real in forbidden or any(real == place or place in real.parents or real in place.parents for place in inside):
        raise YoyakError(
            f"{folder} cannot be the output folder: it holds, or is part of, what a build reads. "
            "Choose another with --output."
        )
    if folder.exists() and not folder.is_dir():
        raise YoyakError(f"{folder} cannot be the output folder: it is a file.")


def files_of(folder: Path) -> dict[str, str]:
    """Return the digests of the files that an earlier build wrote, by path."""
    return _listed_in(folder) or {}


def _listed_in(folder: Path) -> dict[str, str] | None:
    """Return the digests of the files that an earlier build wrote, by path; None when none wrote here."""
    try:
        files = manifest.decode((folder / manifest.NAME).read_bytes()).files
    except (OSError, ValueError):
        return None
    return {path: digest for path, digest in files.items() if _is_inside(path)}


def _is_inside(path: str) -> bool:
    return not {"", ".", ".."} & set(path.split("/"))


def _digest(path: Path) -> str:
    if path.is_symlink():
        return ""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _move_into(source: Path, target: Path) -> None:
    """Move everything in `source` to the same place below `target`: a folder that is not there yet as a whole.

    A link that stands in the way is replaced, never followed.
    """
    for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
        place = target / entry.name
        if entry.is_dir() and place.is_dir() and not place.is_symlink():
            _move_into(Path(entry.path), place)
            continue
        if place.is_symlink():
            place.unlink()
        if place.is_dir():
            raise YoyakError(f"{place} is a folder, but the site has a file of that name. Remove the folder.")
        shutil.move(entry.path, place) if entry.is_dir() else _replace(Path(entry.path), place)


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:  # the output folder is on another disk
            raise
        temporary = target.with_name(f".{target.name[:40]}.yoyak")
        temporary.unlink(missing_ok=True)  # it may be a link, and copying follows those
        shutil.copyfile(source, temporary)
        temporary.replace(target)


def _remove(folder: Path, path: str) -> None:
    target = folder / path
    if any(parent.is_symlink() for parent in target.parents if folder in parent.parents):
        return
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except OSError:
            return
