"""What a host of files can do that has no switch: it keeps each file by its path, and changes one at a time.

SFTP, FTPS and S3 are such hosts. A deploy to any of them is the same, see `yoyak.publish.file_deploy`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Literal, Protocol

from yoyak.model.types import Record


class AtHost(Record, frozen=True, kw_only=True):
    """What is at a path of a host."""

    kind: Literal["file", "folder", "other"]
    """A link is an ``other``, whatever it leads to, where the host tells."""
    size: int | None = None
    """A file's bytes, where the host tells."""


class FileHost(Protocol):
    """An open connection to the folder (or prefix) of a target.

    All paths are relative to it and safe (`manifest.is_safe`); the folder itself is an empty text. Every method raises
    `OSError` (with the path as `filename`, where there is one) or `YoyakError` when the host refuses or does not
    answer; neither tells a password.
    """

    where: str
    """The place as a person would name it; without any password."""
    lanes: int
    """How many files may be written at once, from as many threads."""

    def read(self, path: str, *, most: int) -> bytes | None:
        """Return a file's bytes, at most `most` of them, or None when there is no such file."""

    def look(self, paths: Sequence[str]) -> Mapping[str, AtHost]:
        """Return what is at the paths, without those at which nothing is. A link is not followed."""

    def listed(self, folder: str, *, most: int | None = None) -> Mapping[str, AtHost]:
        """Return what is in a folder, by name, at most `most` of it; nothing when there is no such folder."""

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:
        """Put a file in place, with the folders above it, whole or not at all where the host can do that.

        `new` tells that nothing was there: it is a `FileExistsError` when the host can tell, at no cost, that
        something is there now.
        """

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, in this order. No link above a file is followed.

        What is gone already is no error, nor is a folder in a file's place; that stays.
        """

    def clear(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty, in this order. Nothing else is an error."""

    def close(self) -> None:
        """End the connection."""
