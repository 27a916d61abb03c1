"""Where people come from, by the name that ``--from`` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from yoyak.importing.origins.astro import astro_site
from yoyak.importing.origins.eleventy import eleventy_site
from yoyak.importing.origins.hexo import hexo_site
from yoyak.importing.origins.hugo import hugo
from yoyak.importing.origins.jekyll import jekyll
from yoyak.importing.origins.old_pages import OldSite
from yoyak.importing.origins.pelican import pelican_site

FOLDERS: Mapping[str, Callable[[Path], OldSite | None]] = {
    "hexo": hexo_site,
    "pelican": pelican_site,
    "astro": astro_site,
    "eleventy": eleventy_site,
    "hugo": hugo,
    "jekyll": jekyll,
}
"""Generators whose sites are folders, in the order in which a folder is tried: the surest sign first."""
FILES: tuple[str, ...] = ("wordpress", "ghost", "medium", "substack", "blogger", "tistory", "naver")
"""Blogs and programs that give a file: `format_of` of `importing/sniff.py` knows it, by what is in it."""


def opened(folder: Path, wanted: str) -> OldSite | None:
    """Return the site that a folder is, of the generator that is `wanted` or of the first that knows it."""
    named = [FOLDERS[wanted]] if wanted in FOLDERS else [] if wanted else FOLDERS.values()
    return next((site for open_site in named if (site := open_site(folder))), None)
