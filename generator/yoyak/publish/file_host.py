"""What a host of files can do that has no switch: it keeps each file by its path, and changes one at a time.

SFTP, FTPS and S3 are such hosts. A deploy to any of them is the same, see `yoyak.publish.file_deploy`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Protocol


class FileHost(Protocol):
    """An open connection to the folder (or prefix) of a target.

    All paths are relative to it and safe (`manifest.is_safe`). Every method raises `OSError` (with the path as
    `filename`, where there is one) or `YoyakError` when the host refuses or does not answer; neither tells a password.
    """

    where: str
    """The place as a person would name it; without any password."""

    def read(self, path: str, *, most: int) -> bytes | None:
        """Return a file's bytes, at most `most` of them, or None when there is no such file."""

    def found(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of the paths at which something is: a file, a folder or a link."""

    def strangers(self, *, most: int) -> int:
        """Return how many things are at the top of the folder, counted up to `most`; 0 when there is no folder."""

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str) -> None:
        """Put a file in place, with the folders above it, whole or not at all where the host can do that."""

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files and the folders above them that are empty then. What is gone already is no error."""

    def close(self) -> None:
        """End the connection."""
