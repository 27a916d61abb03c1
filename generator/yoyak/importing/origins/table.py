"""Where people come from, by the name that ``--from`` takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yoyak.importing.origins.astro import astro_site
from yoyak.importing.origins.eleventy import eleventy_site
from yoyak.importing.origins.hexo import hexo_site
from yoyak.importing.origins.old_site import OldSite, Opener
from yoyak.importing.origins.pelican import pelican_site


def _hugo(folder: Path) -> OldSite | None:
    from yoyak.importing.origins.hugo import hugo

    return hugo(folder)


def _jekyll(folder: Path) -> OldSite | None:
    from yoyak.importing.origins.jekyll import jekyll

    return jekyll(folder)


FOLDERS: Mapping[str, Opener] = {
    "hexo": hexo_site,
    "pelican": pelican_site,
    "astro": astro_site,
    "eleventy": eleventy_site,
    "hugo": _hugo,
    "jekyll": _jekyll,
}
"""Generators whose sites are folders, in the order in which a folder is tried: the surest sign first."""
FILES: tuple[str, ...] = ("wordpress", "ghost", "medium", "substack", "blogger", "tistory", "naver")
"""Blogs and programs that give a file: `format_of` of `importing/sniff.py` knows it, by what is in it."""
