"""Golden sites and invalid sites: how they are built, compared, and written anew."""

from __future__ import annotations

import shutil
from fnmatch import fnmatchcase
from pathlib import Path

from sites import SETTINGS, Built, build_site, problems, tree, use_plain_templates
from yoyak.messages.catalogue import paragraph

TESTS = Path(__file__).parent
SITES, INVALID = TESTS / "sites", TESTS / "sites_invalid"
HOUSE = frozenset(path.stem for path in (TESTS.parent / "templates" / "assets").iterdir())
"""Names of the looks' own assets: they change with the looks."""


def golden_cases() -> list[str]:
    """Return the names of the golden sites."""
    return sorted(place.parent.name for place in SITES.glob("*/pages.txt"))


def invalid_cases() -> list[str]:
    """Return the names of the sites with mistakes."""
    return sorted(place.name for place in INVALID.iterdir() if place.is_dir())


def build_golden(case: str, folder: Path) -> Built:
    """Build a golden site in `folder`."""
    shutil.copytree(SITES / case, folder, ignore=shutil.ignore_patterns("expected", "*.txt.orig"))
    (folder / "pages.txt").unlink()
    use_plain_templates(folder)
    return build_site(folder, preview=(SITES / case / "preview").exists())


def expected_of(case: str, found: Built) -> dict[str, bytes]:
    """Return what stands in expected/: the list of all paths, and the pages that pages.txt names."""
    files = {path: data for path, data in tree(found.output).items() if not _of_the_house(path)}
    patterns = (SITES / case / "pages.txt").read_text(encoding="utf-8").split()
    chosen = {path: data for path, data in files.items() if any(fnmatchcase(path, pattern) for pattern in patterns)}
    said = [paragraph(problem) for problem in found.report.problems]
    return {
        "PATHS": "".join(f"{path}\n" for path in sorted(files)).encode(),
        "PROBLEMS": "".join(f"{line}\n" for line in said).encode(),
        **chosen,
    }


def _of_the_house(path: str) -> bool:
    return path.startswith("assets/") and path.removeprefix("assets/").split(".")[0] in HOUSE


def problems_of(case: str, folder: Path) -> str:
    """Build a site with mistakes in `folder` and return the printed lines of its problems."""
    shutil.copytree(INVALID / case, folder, ignore=shutil.ignore_patterns("problems.txt"))
    if not (folder / "site.yaml").exists():
        (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    use_plain_templates(folder)
    return "".join(f"{line}\n" for line in problems(build_site(folder)))
