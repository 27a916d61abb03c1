"""load, for the looks: templates and the house's assets become `Looks`, so that render touches no disk."""

from __future__ import annotations

from pathlib import Path

from yoyak.content import Looks
from yoyak.error import YoyakError
from yoyak.house_assets import house_assets
from yoyak.text.leftovers import is_leftover

TEMPLATE_ENDINGS = (".html", ".xml", ".json", ".txt")


def load_looks(originals: Path, own: Path) -> Looks:
    """Return the templates of yoyak and those of a site, and their assets; of two with one name the site's."""
    same = own.is_dir() and originals.samefile(own)
    overrides = {} if same or not own.is_dir() else _templates(own)
    of_yoyak, of_site = _files(originals / "assets"), _files(own / "assets")
    assets, problems = house_assets({**of_yoyak, **of_site}, of_site)
    return Looks(originals=_templates(originals), overrides=overrides, assets=assets, problems=problems)


def _templates(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in TEMPLATE_ENDINGS and path.is_file() and not name.startswith("assets/"):
            try:
                found[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise YoyakError(f"templates/{name}: this template is not UTF-8. Save it as UTF-8.") from error
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and not is_leftover(path.name)
    }
