"""Where a site is, and yoyak's own files: below a site folder, and inside an installed wheel or atop a checkout."""

from __future__ import annotations

import hashlib
from pathlib import Path

STORE = Path(".yoyak")
"""Below a site folder: what may be deleted at any time."""
PREVIEW = STORE / "preview"
"""A folder in the store that holds a built site: that of ``yoyak serve``."""
BUNDLE = STORE / "bundle"
"""The other one: the portable site of which ``yoyak build --bundle FILE`` makes one file."""
PORTABLE = Path("portable")
"""Below a site folder: where a portable build goes."""
SITES = STORE / "sites"
"""Folders with built sites: of each target of a deploy that has an address of its own."""
PREVIEWS = STORE / "previews"
"""Folders with built previews: of each target that takes some."""
DEPLOY = STORE / "deploy"
"""Locks and caches of targets."""
HIDDEN = ".yoyak-staging"
"""The staging folder inside an output folder that lies on another disk than `STORE`. It is never deployed."""

PUBLIC = "public"
"""The folder of content/ whose files are copied to the root of the output as they are."""

STARTER_PARTS = ("site.yaml", "content")
"""What of `starter_folder` makes a new site; a checkout's top holds much else."""

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def site_folder(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has a site.yaml."""
    return next((folder for folder in (start, *start.parents) if (folder / "site.yaml").is_file()), None)


def plain_path(path: Path) -> Path:
    """Return a path that is absolute and has no ``..`` in it, as a person would write it.

    Without ``..`` links stay as they were named; with one they are followed, for ``link/..`` is not where it seems.
    """
    return path.resolve() if ".." in path.parts else path.absolute()


def failed_build(site: Path, output: Path) -> Path:
    """Return the file that is there while `output` is older than the content of its site; its text says why.

    Each output folder has its own: a good build into one says nothing of another.
    """
    usual = output.resolve() == (site / "output").resolve()
    mark = "" if usual else f"-{hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:12]}"
    return site / STORE / f"failed-build{mark}"


def mark_of(output: Path) -> str:
    """Return what tells the files of one output folder from those of another in the store."""
    return hashlib.sha256(str(output).encode()).hexdigest()[:12]


def staging_name(output: Path) -> str:
    """Return how the names of the folders begin in which builds into an output folder stage their files."""
    return f"staging-{mark_of(output)}"


def templates_folder() -> Path:
    """Return the folder with the one copy of yoyak's templates and assets."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _CHECKOUT / "templates"


def starter_folder() -> Path:
    """Return the folder that holds the sample site, of which `STARTER_PARTS` are copied by ``yoyak new``."""
    installed = _PACKAGE / "starter"
    return installed if installed.is_dir() else _CHECKOUT
