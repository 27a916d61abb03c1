"""Where people come from, by the name that ``--from`` takes."""

from __future__ import annotations

from collections.abc import Mapping

from yoyak.importing.origins.old_site import Opener

FOLDERS: Mapping[str, Opener] = {}
"""Generators whose sites are folders, in the order in which a folder is tried: the surest sign first."""
FILES: tuple[str, ...] = ("wordpress", "ghost", "medium", "substack", "blogger", "tistory", "naver")
"""Blogs and programs that give a file: `format_of` of `importing/sniff.py` knows it, by what is in it."""
