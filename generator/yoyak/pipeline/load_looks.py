"""load, for the looks: templates and the house's assets become `Looks`, so that render touches no disk."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from yoyak.content import HouseAsset, Looks
from yoyak.error import YoyakError
from yoyak.text.leftovers import is_leftover

TEMPLATE_ENDINGS = (".html", ".xml", ".json", ".txt")
_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")


def load_looks(originals: Path, own: Path) -> Looks:
    """Return the templates of yoyak and those of a site, and their assets; of two with one name the site's."""
    same = own.is_dir() and originals.samefile(own)
    overrides = {} if same or not own.is_dir() else _templates(own)
    assets = _files(originals / "assets")
    if not same:
        assets |= _files(own / "assets")
    return Looks(originals=_templates(originals), overrides=overrides, assets=_with_names(assets))


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


def _with_names(assets: dict[str, bytes]) -> dict[str, HouseAsset]:
    """Give each asset a name with its content's hash; a style sheet's own `url(…)` follow, so it is named last."""
    plain = {name: _named(name, data) for name, data in assets.items() if not name.endswith(".css")}
    styles = {name: _named(name, _with_urls(data, plain)) for name, data in assets.items() if name.endswith(".css")}
    return {**plain, **styles}


def _named(name: str, data: bytes) -> HouseAsset:
    stem, dot, ending = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:10]
    return HouseAsset(
        output=f"assets/{stem or ending}.{digest}{dot if stem else ''}{ending if stem else ''}", data=data
    )


def _with_urls(data: bytes, assets: dict[str, HouseAsset]) -> bytes:
    def name(match: re.Match[str]) -> str:
        asset = assets.get(match[2])
        return f'url("{asset.output.removeprefix("assets/")}")' if asset else match[0]

    return _URL.sub(name, data.decode("utf-8")).encode() if b"url(" in data else data
