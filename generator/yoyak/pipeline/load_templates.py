"""load, for the looks: templates and the house's assets become `Looks`, so that render touches no disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from yoyak.files.refusals import link_out
from yoyak.files.site_files import Refused, read_below
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Problem, say
from yoyak.model.sources import Looks
from yoyak.templating.built_in_assets import house_assets
from yoyak.text.file_names import is_leftover

TEMPLATE_ENDINGS = (".html", ".xml", ".json", ".txt")


def load_looks(originals: Path, own: Path) -> Looks:
    """Return the templates of yoyak and those of a site, and their assets; of two with one name the site's."""
    same = own.is_dir() and originals.samefile(own)
    refused: list[Problem] = []

    def read(path: Path) -> bytes | None:
        return _read(Path(os.path.realpath(own)), path.relative_to(own).as_posix(), refused)

    overrides = {} if same or not own.is_dir() else _templates(own, read)
    of_yoyak, of_site = _files(originals / "assets", Path.read_bytes), _files(own / "assets", read)
    assets, problems = house_assets({**of_yoyak, **of_site}, of_site)
    return Looks(
        originals=_templates(originals, Path.read_bytes),
        overrides=overrides,
        assets=assets,
        problems=(*refused, *problems),
    )


_Read = Callable[[Path], bytes | None]
"""Gives a file's bytes, or None for one that is refused. yoyak's own are read as they are: installers make links."""


def _read(root: Path, name: str, refused: list[Problem]) -> bytes | None:
    try:
        return read_below(str(root), str(root / name))
    except Refused:
        refused.append(link_out(f"templates/{name}", "templates/"))
        return None


def _templates(folder: Path, read: _Read) -> dict[str, str]:
    found = {}
    for path in _below(folder):
        name = path.relative_to(folder).as_posix()
        if path.suffix in TEMPLATE_ENDINGS and path.is_file() and not name.startswith("assets/"):
            try:
                if (data := read(path)) is not None:
                    found[name] = _text(data)
            except UnicodeDecodeError as error:
                raise YoyakError(say("not-utf-8.template", name=f"templates/{name}")) from error
    return found


def _text(data: bytes) -> str:
    """Return a template's text with the ends of its lines as every system has them."""
    return data.decode().replace("\r\n", "\n").replace("\r", "\n")


def _files(folder: Path, read: _Read) -> dict[str, bytes]:
    files = (path for path in _below(folder) if _is_asset(path))
    return {path.relative_to(folder).as_posix(): data for path in files if (data := read(path)) is not None}


def _below(folder: Path) -> list[Path]:
    """Return everything below a folder that is no folder, sorted. One that cannot be listed is not taken for empty."""
    found = os.walk(folder, onerror=_fail) if folder.is_dir() else ()
    return sorted(Path(top, name) for top, _, names in found for name in names)


def _fail(error: OSError) -> None:
    raise error


def _is_asset(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and not is_leftover(path.name)
