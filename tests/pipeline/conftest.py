"""What is told of files here holds on a disk, where a user's sites are."""

from disks import tmp_path

__all__ = ["tmp_path"]
